"""What a breach repeats, so that thousands are counted without reading what they repeat, is what its story says (BRC-07, B6)."""

import importlib
from typing import Any

import pytest
from django.apps import apps

from craffu.access.acting import Acting
from craffu.breaches.detecting.rules import Decision
from craffu.breaches.history.queries import counted, counts, seen
from craffu.breaches.ledger.queries import stories_of_breaches
from craffu.breaches.models import Breach, BreachMismatch
from craffu.breaches.standpoints.actions import decide, part_again
from craffu.common.door import bookkeeping
from craffu.daily.ticking import tick
from craffu.orders.life.actions import move_order
from craffu.orders.models import Condition, Order
from craffu.people.queries import people_of_records
from tests.factories.breaches import breaches, send_incident
from tests.factories.orders import MADE, notified, order_of, scanned
from tests.integration.breaches.conftest import DAY, HOUR, NOW, SERVED
from tests.integration.breaches.test_detecting import run, sent
from tests.integration.breaches.test_history import disagreements
from tests.worlds import World, kept

pytestmark = [pytest.mark.django_db, pytest.mark.rule("BRC-07")]
WHY = "She recognised his voice"


@kept(at=NOW)
def supervisor(world: World) -> Acting:
    return world.acting_as("supervisor", username="supervisor")


@kept(at=NOW)
def second(world: World, served: Order, team: Acting) -> Order:
    """A further order against the same person, of the same case."""
    order = scanned(team, order_of(team, served.case.reference, MADE, "ISPO"))
    return notified(team, move_order(by=team, order=order.reference, move="serve", given=SERVED))


@kept(at=NOW)
def three(world: World, second: Order, supervisor: Acting) -> list[Breach]:
    """Each may have broken both orders; of the first an officer says that it broke a condition of one of them."""
    for number in (2, 3, 4):
        send_incident(world.system, world.folder, number, **sent(NOW - number * HOUR))
    run(world.system)
    return breaches()


def counted_orders() -> set[tuple[int | None, bool]]:
    return {(one.of_order_id, one.of_several) for one in breaches()}


def conditions(order: Order) -> list[int]:
    return list(Condition.objects.for_system("a test").filter(terms__order=order).values_list("pk", flat=True))


def names(breach: Breach, by: Acting, order: Order) -> None:
    breach.refresh_from_db()
    decide(
        by=by, breach=breach.reference, decision=Decision.ACCEPT, reason=WHY, seen=breach.moves_made,
        conditions=conditions(order)[:1],
    )  # fmt: skip


def is_repeated(by: Acting) -> None:
    """Every breach repeats what its story and what is kept of its mismatches say, and both ways to count say the same."""
    kept_now = breaches()
    stories = stories_of_breaches(by, kept_now)
    for one in kept_now:
        orders = {tie.order_id for tie in stories[one.pk].holding}
        said = ({one.of_order_id} - {None}, one.of_several)
        assert said == ((orders, False) if len(orders) < 2 else (set(), True)), one
        open_ = BreachMismatch.objects.for_system("a test").filter(breach=one, until=None)
        since = sorted(open_.values_list("since", flat=True))
        assert (one.disagreeing, one.disagrees_since) == (len(since), since[0] if since else None), one


def both_ways(by: Acting, order: Order, now: Any) -> tuple[Any, Any]:
    person = people_of_records(by, [order.respondent_id])[order.respondent_id]
    return counted(by, seen(by, person)), counted(by, seen(by, person, now))


def test_of_several_orders_each_counts_what_broke_it_and_the_whole_counts_it_once(
    three: list[Breach], served: Order, second: Order, supervisor: Acting, system: Acting, clock: Any
) -> None:
    now = NOW + HOUR
    clock.move_to(now)
    assert counted_orders() == {(None, True)}
    names(three[0], supervisor, served)
    tick(force=system.force, at=now)

    is_repeated(supervisor)
    stands, stood = both_ways(supervisor, served, now)
    assert stands == stood
    whole, per_order = stands
    assert (whole.recorded, whole.undecided) == (1, 2)
    of = {one.order.pk if one.order else None: (one.recorded, one.undecided) for one in per_order}
    assert of == {served.pk: (1, 2), second.pk: (0, 2)}
    person = people_of_records(supervisor, [served.respondent_id])[served.respondent_id]
    assert counts(supervisor, seen(supervisor, person)) == whole


def test_what_is_joined_parted_and_taken_back_is_repeated_as_it_stands(
    three: list[Breach], served: Order, second: Order, supervisor: Acting, system: Acting, clock: Any
) -> None:
    clock.move_to(NOW + HOUR)
    names(three[0], supervisor, served)
    decide(
        by=supervisor, breach=three[1].reference, decision=Decision.DUPLICATE, reason=WHY, seen=0,
        duplicate_of=three[0].reference,
    )  # fmt: skip
    tick(force=system.force, at=NOW + HOUR)
    is_repeated(supervisor)
    stands, stood = both_ways(supervisor, served, NOW + HOUR)
    assert stands == stood

    clock.move_to(NOW + 2 * HOUR)
    part_again(by=supervisor, breach=three[1].reference, reason=WHY)
    tick(force=system.force, at=NOW + 2 * HOUR)
    is_repeated(supervisor)
    stands, stood = both_ways(supervisor, served, NOW + 2 * HOUR)
    assert stands == stood


def test_the_longest_standing_are_listed_first_and_all_are_counted(
    three: list[Breach], served: Order, supervisor: Acting, system: Acting, clock: Any
) -> None:
    for day in (1, 3, 9):
        clock.move_to(NOW + day * DAY)
        if day == 3:
            names(three[1], supervisor, served)
        run(system, NOW + day * DAY)
    is_repeated(supervisor)
    every = BreachMismatch.objects.for_system("a test").filter(until=None).order_by("since", "id")
    expected = [(one.breach.reference, one.code) for one in every.select_related("breach")]
    assert len(expected) == 3
    person = people_of_records(supervisor, [served.respondent_id])[served.respondent_id]
    found = disagreements(supervisor, seen(supervisor, person), NOW + 9 * DAY, most=2)
    assert found.total == len(expected)
    assert [(one.breach, one.code) for one in found.longest] == expected[:2]


def test_of_breaches_kept_before_it_is_written_down_once(
    three: list[Breach], served: Order, second: Order, supervisor: Acting, system: Acting, clock: Any
) -> None:
    clock.move_to(NOW + DAY)
    names(three[0], supervisor, served)
    run(system, NOW + DAY)
    before = list(Breach.objects.for_system("a test").order_by("id").values())
    written = importlib.import_module("craffu.breaches.migrations.0003_counted_so_far")

    @bookkeeping
    def as_if_nothing_had_been() -> None:
        Breach.rows.update(of_order=None, of_several=False, disagreeing=0, disagrees_since=None)

    as_if_nothing_had_been()
    assert counted_orders() == {(None, False)}
    bookkeeping(written.count)(apps, None)
    assert list(Breach.objects.for_system("a test").order_by("id").values()) == before
    is_repeated(supervisor)
