"""An end that was typed otherwise than the order has it is put right, and what ran out by it stands again (ORD-13, ORD-17)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.clocks.london import end_of, start_of
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.ticking import tick
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.life.then import as_moved
from craffu.orders.models import Order, OrderMove
from craffu.orders.monitoring.actions import plan_check
from craffu.orders.monitoring.facts import NewPlan
from craffu.orders.monitoring.measures import OnTime
from craffu.orders.monitoring.queries import checks_on_time, monitored
from craffu.orders.monitoring.schedule import Ended, Scheduled
from craffu.orders.queries import find_order, story_of_order
from craffu.orders.watching.actions import expire_orders
from craffu.victims.models import CaseHappening
from craffu.victims.queries import not_struck
from craffu.work.models import WorkItem
from tests.factories.orders import MADE, REASON, TERMS, considered, received, scanned
from tests.integration.orders.conftest import NOW
from tests.worlds import World, kept

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SERVED = Given(served_at=MADE + HOUR, place="court", method="personal", server="PC Rees", proof="Statement")
TYPED, SAYS = date(2026, 12, 10), date(2028, 12, 10)
RAN_OUT = end_of(TYPED) + HOUR
RIGHT = Given(last_day=SAYS, source_record="sealed order", reason_text="The year was typed wrong")


@kept(at=NOW)
def mistyped(world: World, team: Acting) -> Order:
    """Served, of two years, with a last day typed two years too soon."""
    made = received(team, considered(world.system, world.folder).reference, MADE, last_day=TYPED)
    return move_order(by=team, order=scanned(team, made).reference, move="serve", given=SERVED)


def at(moment: Any) -> Any:
    return time_machine.travel(moment, tick=False)


def correct(by: Acting, order: Order, given: Given = RIGHT, **said: Any) -> Order:
    return move_order(by=by, order=order.reference, move="correct_end", given=given, **said)


def of_orders() -> list[str]:
    rows = CaseHappening.objects.for_system("a test").filter(source="orders").order_by("id")
    return [one.kind for one in not_struck(rows)]


@pytest.mark.rule("ORD-17")
@pytest.mark.rule("ORD-13")
@pytest.mark.rule("VIC-05")
def test_an_order_that_ran_out_by_a_mistyped_day_stands_again_and_whoever_it_protects_is_told(
    mistyped: Order, team: Acting, system: Acting, force: Force
) -> None:
    with at(RAN_OUT):
        tick(force=force, at=RAN_OUT)
    over = find_order(team, mistyped.reference)
    assert over is not None
    assert (over.status, over.ended_at) == ("expired", end_of(TYPED))
    assert "order_ended" in of_orders()
    with at(RAN_OUT + DAY):
        back = correct(team, mistyped, seen=over.moves_made)
        tick(force=force, at=RAN_OUT + DAY)
        later = find_order(team, mistyped.reference)
    assert later is not None
    assert (back.status, back.last_day, back.ended_at, back.served_at) == ("in_force", SAYS, None, MADE + HOUR)
    assert (later.status, later.last_day, later.ended_at) == ("in_force", SAYS, None), "the clock let it stand"
    assert "order_ended" not in of_orders()
    assert of_orders().count("order_varied") == 1
    ended = WorkItem.objects.for_system("a test").filter(kind="safety_news", why="order_ended")
    assert {one.state for one in ended} == {"withdrawn"}
    last = OrderMove.objects.for_user(team).filter(order=mistyped).order_by("number").last()
    assert last is not None
    assert (last.from_status, last.to_status, last.words, last.said["source_record"]) == (
        "expired", "in_force", "The year was typed wrong", "sealed order",
    )  # fmt: skip
    event = Event.objects.get(kind="order_end_corrected")
    assert event.actor == "team"
    story = story_of_order(team, later)
    again = as_moved(later, story.moves)
    assert (again.status, again.last_day, again.ended_at) == ("in_force", SAYS, None)
    before = as_moved(later, story.moves[:-1])
    assert (before.status, before.last_day, before.ended_at) == ("expired", TYPED, end_of(TYPED))
    assert expire_orders(system, start_of(SAYS)) == 0
    with at(end_of(SAYS)):
        assert expire_orders(system, end_of(SAYS)) == 1


@pytest.mark.rule("ORD-17")
def test_an_end_that_was_recorded_too_late_is_put_right_and_the_clock_ends_it_on_its_day(
    mistyped: Order, team: Acting, system: Acting
) -> None:
    """What is over by its own day is over from that day, and whoever is protected less is told of a relaxation."""
    yesterday = NOW.date() - DAY
    back = correct(team, mistyped, replace(RIGHT, last_day=yesterday))
    assert (back.status, back.last_day) == ("in_force", yesterday)
    assert of_orders()[-1] == "order_relaxed"
    assert expire_orders(system, NOW) == 1
    over = find_order(team, mistyped.reference)
    assert over is not None
    assert (over.status, over.ended_at) == ("expired", end_of(yesterday))
    again = correct(team, mistyped, replace(RIGHT, last_day=None, is_indefinite=True))
    assert (again.status, again.last_day, again.is_indefinite) == ("in_force", None, True)


@pytest.mark.rule("ORD-17")
def test_an_order_that_nobody_was_served_with_stands_again_unserved(
    team: Acting, system: Acting, tmp_path: Path
) -> None:
    made = received(team, considered(system, tmp_path).reference, MADE, last_day=TYPED)
    with at(RAN_OUT):
        assert expire_orders(system, RAN_OUT) == 1
        assert correct(team, made).status == "granted"


@pytest.mark.rule("CLK-09")
@pytest.mark.rule("ORD-17")
def test_what_is_no_correction_is_refused_and_says_why(mistyped: Order, team: Acting, investigator: Acting) -> None:
    for given, code in [
        (replace(RIGHT, last_day=TYPED), "same_end"),
        (replace(RIGHT, last_day=MADE.date() - DAY), "ends_before_it_begins"),
        (replace(RIGHT, is_indefinite=True), "two_ends"),
        (replace(RIGHT, last_day=None), "missing:period"),
        (replace(RIGHT, source_record=""), "missing:source_record"),
        (replace(RIGHT, reason_text=" "), "missing:reason_text"),
    ]:
        with pytest.raises(NotNow) as refused:
            correct(team, mistyped, given)
        assert refused.value.code == code
    with pytest.raises(NotPermitted) as other:
        correct(investigator, mistyped)
    assert other.value.code == "wrong_role"
    with pytest.raises(Conflict):
        correct(team, mistyped, seen=mistyped.moves_made - 1)
    assert find_order(team, mistyped.reference).last_day == TYPED  # type: ignore[union-attr]
    correct(team, mistyped, replace(RIGHT, last_day=None, is_indefinite=True))
    with pytest.raises(NotNow) as same:
        correct(team, mistyped, replace(RIGHT, last_day=None, is_indefinite=True))
    assert same.value.code == "same_end"


@pytest.mark.rule("ORD-17")
def test_what_a_court_ended_is_not_brought_back(mistyped: Order, team: Acting) -> None:
    discharged = Given(
        discharged_on=NOW.date(), applicant="respondent", reason_text=REASON, consents=("respondent", "chief_officer")
    )
    move_order(by=team, order=mistyped.reference, move="discharge", given=discharged)
    with pytest.raises(NotNow) as refused:
        correct(team, mistyped)
    assert refused.value.code == "not_from_this_state"


@pytest.mark.rule("MON-04")
@pytest.mark.rule("ORD-17")
def test_no_check_is_missed_that_nobody_could_make_while_the_order_was_over_by_a_mistyped_day(
    team: Acting, system: Acting, acting_as: Callable[..., Acting], force: Force, tmp_path: Path
) -> None:
    """The checks until then stay as they were, and from the day on which it is put right it is as after service."""
    typed = date(2026, 11, 25)
    made = received(team, considered(system, tmp_path).reference, MADE, last_day=typed)
    order = move_order(by=team, order=scanned(team, made).reference, move="serve", given=SERVED)
    manager = acting_as("offender_manager", username="manager")

    def checks(now: datetime) -> list[list[Scheduled]]:
        return [line.checks for line in monitored(manager, find_order(team, order.reference) or order, now).lines]

    said = plan_check(
        by=manager, order=order.reference, condition=monitored(manager, order, NOW).standing[1].condition.pk,
        given=NewPlan(cannot="Only she can tell"),
    )  # fmt: skip
    ran_out = end_of(typed) + HOUR
    with at(ran_out):
        tick(force=force, at=ran_out)
    ((open_then,), (cannot,)) = checks(ran_out)
    assert (open_then.due_on, open_then.why, open_then.cancelled_at) == (
        date(2026, 11, 27),
        Ended.ORDER_OVER,
        end_of(typed),
    )
    corrected = ran_out + 20 * DAY
    with at(corrected):
        correct(team, order)
        tick(force=force, at=corrected)
        ((before, again), (still,)) = checks(corrected)
        assert (before, still) == (open_then, cannot), "what cannot be checked is not checked since"
        assert (again.due_on, again.is_open, again.is_first) == (date(2026, 12, 19), True, True), (
            "it is followed closely"
        )
        assert again.key == before.key.replace(".1", "+1.1")
        assert not WorkItem.objects.for_system("a test").filter(kind="order_check", missed_from__isnull=False).exists()
        assert checks_on_time(manager, date(2026, 11, 1), date(2027, 1, 1), corrected) == OnTime(0, 0, 2, 1)
        how = NewPlan(methods=("visit",), evidence="visit_record", tolerance="None")
        plan_check(by=manager, order=order.reference, condition=said.condition_id, given=how, now=corrected + DAY)
    (_first, (_left, anew)) = checks(corrected + DAY)
    assert (anew.due_on, anew.is_open) == (date(2026, 12, 20), True)


@pytest.mark.rule("MON-04")
def test_a_condition_that_came_once_the_end_was_put_right_is_checked_from_its_own_day(
    team: Acting, system: Acting, mistyped: Order
) -> None:
    with at(RAN_OUT):
        assert expire_orders(system, RAN_OUT) == 1
    with at(RAN_OUT + DAY):
        correct(team, mistyped)
    varied_at = RAN_OUT + 5 * DAY
    with at(varied_at):
        curfew = replace(TERMS.conditions[0], type="curfew", words="To be at home from 21:00.")
        given = Given(
            varied_on=varied_at.date(), applicant="respondent", reason_text=REASON,
            terms=replace(TERMS, conditions=(*TERMS.conditions, curfew)),
        )  # fmt: skip
        move_order(by=team, order=mistyped.reference, move="vary", given=given)
        found = monitored(system, find_order(team, mistyped.reference) or mistyped, varied_at)
    assert [[one.key.rpartition("-")[2] for one in line.checks if one.is_open] for line in found.standing] == [
        ["1+1.1"], ["2+1.1"], ["3.1"]
    ]  # fmt: skip
