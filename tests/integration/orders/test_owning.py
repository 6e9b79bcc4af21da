"""Somebody manages an order: they take it, are given it, or hand it on, and every change is kept (ORD-18)."""

from collections.abc import Callable

import pytest

from craffu.access.acting import Acting
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event
from craffu.audit.questions import acts
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order, OrderOwned
from craffu.orders.owning.actions import own_order, owned_version
from craffu.orders.owning.queries import managers_of
from craffu.orders.queries import story_of_order
from craffu.outbox.models import News
from tests.factories.orders import MADE, REASON, considered, received
from tests.integration.orders.conftest import NOW
from tests.worlds import World, kept


@kept(at=NOW)
def order(world: World, team: Acting) -> Order:
    return received(team, considered(world.system, world.folder).reference, MADE)


def owner_of(by: Acting, order: Order) -> str | None:
    last = story_of_order(by, order).owner
    return last.owner.username if last and last.owner else None


@pytest.mark.rule("ORD-18")
def test_an_order_is_taken_handed_on_and_given_back_each_once_and_logged(
    order: Order, team: Acting, acting_as: Callable[..., Acting]
) -> None:
    manager, other = acting_as("offender_manager", username="om"), acting_as("investigator", username="other")
    before = News.objects.count()
    own_order(by=manager, order=order.reference, to=manager.user)
    own_order(by=manager, order=order.reference, to=manager.user)
    assert owner_of(team, order) == "om"
    own_order(by=manager, order=order.reference, to=other.user)
    own_order(by=team, order=order.reference, to=None)
    rows = list(OrderOwned.objects.for_system("a test").order_by("id"))
    assert [(one.owner and one.owner.username, one.by.username) for one in rows] == [
        ("om", "om"), ("other", "om"), (None, "team")
    ]  # fmt: skip
    assert News.objects.count() == before + 3
    event = Event.objects.filter(kind="order_owned").order_by("id").last()
    assert event is not None
    refs = set(acts([event])[0].refs)
    assert refs == {f"order/{order.reference}", f"case/{order.case.reference}", "user/other"}


@pytest.mark.rule("ORD-18")
def test_nobody_takes_what_another_manages_and_nobody_is_given_what_is_shut_to_them(
    order: Order, team: Acting, acting_as: Callable[..., Acting]
) -> None:
    manager, other = acting_as("offender_manager"), acting_as("investigator")
    own_order(by=manager, order=order.reference, to=manager.user)
    with pytest.raises(NotPermitted):
        own_order(by=other, order=order.reference, to=other.user)
    with pytest.raises(NotNow) as role:
        own_order(by=team, order=order.reference, to=acting_as("analyst").user)
    assert role.value.code == "does_not_manage"
    supervisor = acting_as("supervisor", username="boss")
    restrict(by=supervisor, kind="case", reference=order.case.reference, reason="a test")
    with pytest.raises(NotNow) as shut:
        own_order(by=supervisor, order=order.reference, to=other.user)
    assert shut.value.code == "beyond_them"
    assert owner_of(supervisor, order) == manager.user.username


@pytest.mark.rule("ORD-18")
def test_T30_the_second_of_two_sees_who_has_it_and_an_order_that_is_over_is_given_to_nobody(
    order: Order, team: Acting
) -> None:
    seen = owned_version(story_of_order(team, order).owner)
    own_order(by=team, order=order.reference, to=team.user, seen=seen)
    with pytest.raises(Conflict):
        own_order(by=team, order=order.reference, to=None, seen=seen)
    over = Given(
        discharged_on=NOW.date(), applicant="respondent", reason_text=REASON, consents=("respondent", "chief_officer")
    )
    move_order(by=team, order=order.reference, move="discharge", given=over)
    with pytest.raises(NotNow) as refused:
        own_order(by=team, order=order.reference, to=None)
    assert refused.value.code == "order_is_over"


@pytest.mark.rule("ORD-18")
def test_those_who_manage_orders_may_be_given_one(order: Order, team: Acting, acting_as: Callable[..., Acting]) -> None:
    acting_as("analyst", username="analyst")
    manager = acting_as("offender_manager", username="om")
    named = {one.username for one in managers_of(team)}
    assert {"team", "om"} <= named
    assert "analyst" not in named
    assert manager.user in managers_of(team)
