"""A respondent who moves stays ours until the other force acknowledges by name, day and reference (ORD-22)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.ticking import tick
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import Order, OrderTransferred, TransferAcknowledged
from craffu.orders.transfers.actions import NewTransfer, acknowledge_transfer, send_orders
from craffu.orders.transfers.queries import Moving, also_standing, moving, transfers_of
from craffu.orders.transfers.rules import Receipt
from craffu.work.models import WorkItem
from tests.factories.identities import record_of, score
from tests.factories.orders import MADE, considered, received
from tests.integration.orders.conftest import NOW
from tests.worlds import World, kept

RECEIPT = Receipt(date(2026, 11, 23), "PS 441 Gwent", "GW/77")
A_DAY = timedelta(days=1)

pytestmark = pytest.mark.usefixtures("other_force")


@kept(at=NOW)
def made(world: World, team: Acting) -> Order:
    return received(team, considered(world.system, world.folder).reference, MADE)


@pytest.fixture
def sending(made: Order, other_force: Force) -> NewTransfer:
    return NewTransfer(
        orders=[made.reference], direction="out", other_force=other_force.code, sent_on=date(2026, 11, 22),
        reference="GA/12",
    )  # fmt: skip


def stands(by: Acting, order: Order, at: datetime = NOW) -> Moving:
    return moving(transfers_of(by, order)[-1], at)


@pytest.mark.rule("ORD-22")
def test_it_stays_ours_until_the_other_force_acknowledges_and_its_clocks_run_on(
    made: Order, sending: NewTransfer, team: Acting
) -> None:
    before = Order.objects.for_user(team).filter(pk=made.pk).values().get()
    send_orders(by=team, given=sending)
    sent = stands(team, made)
    assert (sent.is_ours, sent.stands.why.value, sent.stands.chase) == (True, "receipt_not_acknowledged", False)
    assert stands(team, made, NOW + 6 * A_DAY).stands.chase
    acknowledge_transfer(by=team, order=made.reference, receipt=RECEIPT)
    theirs = stands(team, made)
    assert (theirs.is_ours, theirs.stands.why.value, theirs.stands.age_days) == (False, "acknowledged", 1)
    assert moving(theirs.row, NOW - A_DAY).is_ours
    assert Order.objects.for_user(team).filter(pk=made.pk).values().get() == before
    kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))[-2:]
    assert kinds == ["order_transfer_sent", "order_transfer_acknowledged"]


@pytest.mark.rule("ORD-22")
def test_who_moves_in_is_ours_from_our_own_receipt(made: Order, sending: NewTransfer, team: Acting) -> None:
    send_orders(by=team, given=replace(sending, direction="in", reference="GW/1"))
    assert not stands(team, made).is_ours
    acknowledge_transfer(by=team, order=made.reference, receipt=replace(RECEIPT, by="PC 12 Rees"))
    assert stands(team, made).is_ours


@pytest.mark.rule("ORD-22")
def test_orders_of_one_respondent_go_together_or_not_at_all(made: Order, sending: NewTransfer, team: Acting) -> None:
    given = Given(
        made_at=MADE, court="Llanelli", court_case_no="63AA2", is_indefinite=True, source_record="sealed order"
    )
    beginning = Beginning(kind="NMO", respondent=made.respondent, case=made.case)
    other = begin_order(by=team, beginning=beginning, move="receive", given=given)
    assert also_standing(team, made) == [other]
    both = replace(sending, orders=[made.reference, other.reference, made.reference])
    send_orders(by=team, given=both)
    assert [one.reference for one in OrderTransferred.objects.for_user(team)] == ["GA/12", "GA/12"]
    with pytest.raises(Conflict):
        send_orders(by=team, given=replace(both, orders=[other.reference]))
    move_order(
        by=team, order=other.reference, move="discharge",
        given=Given(discharged_on=date(2026, 11, 24), applicant="applicant", reason_text="Moved abroad"),
    )  # fmt: skip
    acknowledge_transfer(by=team, order=made.reference, receipt=RECEIPT)
    with pytest.raises(NotNow) as refused:
        send_orders(by=team, given=both)
    assert refused.value.code == "not_standing"
    assert OrderTransferred.objects.for_user(team).count() == 2


@pytest.mark.rule("ORD-22")
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"other_force": "demo"}, "no_such_force"),
        ({"other_force": "nowhere"}, "no_such_force"),
        ({"direction": "up"}, "no_such_direction"),
        ({"reference": " "}, "missing:reference"),
        ({"sent_on": date(2026, 11, 25)}, "ahead"),
    ],
)
def test_what_is_no_transfer_is_not_recorded(
    change: dict[str, object], why: str, sending: NewTransfer, team: Acting
) -> None:
    with pytest.raises(NotNow) as refused:
        send_orders(by=team, given=replace(sending, **change))
    assert refused.value.code == why
    assert not OrderTransferred.objects.for_user(team).exists()


@pytest.mark.rule("ORD-22")
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"by": " "}, "no_receipt"),
        ({"reference": ""}, "no_receipt"),
        ({"on": None}, "no_receipt"),
        ({"on": date(2026, 11, 25)}, "ahead"),
        ({"on": date(2026, 11, 21)}, "before_sent"),
    ],
)
def test_without_a_name_a_day_and_a_reference_it_is_no_receipt(
    change: dict[str, object], why: str, made: Order, sending: NewTransfer, team: Acting
) -> None:
    send_orders(by=team, given=sending)
    with pytest.raises(NotNow) as refused:
        acknowledge_transfer(by=team, order=made.reference, receipt=replace(RECEIPT, **change))
    assert refused.value.code == why
    assert not TransferAcknowledged.objects.for_user(team).exists()
    assert stands(team, made).is_ours


@pytest.mark.rule("ORD-22")
@pytest.mark.rule("SEC-01")
def test_whoever_says_who_manages_an_order_says_that_it_moves_and_a_receipt_is_given_once(
    made: Order, sending: NewTransfer, team: Acting, investigator: Acting, system: Acting
) -> None:
    for by in (investigator, system):
        with pytest.raises(NotPermitted):
            send_orders(by=by, given=sending)
    with pytest.raises(Conflict):
        acknowledge_transfer(by=team, order=made.reference, receipt=RECEIPT)
    send_orders(by=team, given=sending)
    with pytest.raises(NotPermitted):
        acknowledge_transfer(by=investigator, order=made.reference, receipt=RECEIPT)
    acknowledge_transfer(by=team, order=made.reference, receipt=RECEIPT)
    with pytest.raises(Conflict):
        acknowledge_transfer(by=team, order=made.reference, receipt=RECEIPT)
    with pytest.raises(NotPermitted):
        send_orders(by=team, given=replace(sending, orders=["O-99999"]))


@pytest.mark.rule("ORD-22")
def test_what_nobody_has_written_about_is_due_at_once_and_a_receipt_within_seven_days(
    made: Order, sending: NewTransfer, team: Acting, force: Force, acting_as: Callable[..., Acting]
) -> None:
    def items(at: datetime) -> list[tuple[object, ...]]:
        with time_machine.travel(at, tick=False):
            tick(force=force, at=at)
        rows = WorkItem.objects.for_system("a test").filter(kind="order_transfer").order_by("id")
        return [(one.why, one.state, one.due_at, one.missed_from is not None) for one in rows]

    tonight, chased = datetime(2026, 11, 25, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
    send_orders(by=team, given=replace(sending, sent_on=None, reference=""))
    assert stands(team, made).stands.why.value == "not_sent"
    assert items(NOW + timedelta(minutes=1)) == [("transfer_not_sent", "open", tonight, False)]
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        send_orders(by=team, given=replace(sending, sent_on=date(2026, 11, 23)))
    wanted = [("transfer_not_sent", "done", tonight, False)]
    assert items(NOW + timedelta(hours=2)) == [*wanted, ("receipt_not_acknowledged", "open", chased, False)]
    assert items(chased) == [*wanted, ("receipt_not_acknowledged", "open", chased, True)]
    with time_machine.travel(chased + timedelta(hours=1), tick=False):
        acknowledge_transfer(by=team, order=made.reference, receipt=RECEIPT)
    assert [state for _, state, *_ in items(chased + timedelta(hours=2))] == ["done", "done"]


@pytest.mark.rule("ORD-22")
def test_nothing_is_due_of_the_transfer_of_an_order_that_has_ended(
    made: Order, sending: NewTransfer, team: Acting, force: Force
) -> None:
    send_orders(by=team, given=sending)
    tick(force=force, at=NOW)
    given = Given(
        discharged_on=date(2026, 11, 24), applicant="respondent", reason_text="By consent",
        consents=("respondent", "chief_officer"),
    )  # fmt: skip
    move_order(by=team, order=made.reference, move="discharge", given=given)
    tick(force=force, at=NOW + A_DAY)
    assert [one.state for one in WorkItem.objects.for_system("a test").filter(kind="order_transfer")] == ["withdrawn"]


@pytest.mark.rule("ORD-22")
@pytest.mark.rule("IDN-06")
def test_an_order_under_another_record_of_the_respondent_goes_with_it(
    made: Order, team: Acting, system: Acting
) -> None:
    another = record_of(system, "another")
    given = Given(
        made_at=MADE, court="Llanelli", court_case_no="63AA2", is_indefinite=True, source_record="sealed order"
    )
    beginning = Beginning(kind="NMO", respondent=another, case=None)
    other = begin_order(by=team, beginning=beginning, move="receive", given=given)
    assert also_standing(team, made) == []
    score(system, made.respondent_id, another.pk)
    assert also_standing(team, made) == [other]
