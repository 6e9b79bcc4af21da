"""Conditions are planned, checked, missed and put off, and each miss is told of once (MON-01, MON-02, MON-04, MON-06)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.cases.models import RiskAssessment
from craffu.common.door import bookkeeping
from craffu.common.refusals import NotNow, NotPermitted
from craffu.daily.ticking import follow, tick
from craffu.orders.facts import Given
from craffu.orders.following.actions import raise_trigger
from craffu.orders.following.rules import Trigger
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import CheckMade, CheckPlanned, ChecksSuspended, Condition, Order, OrderPaper, OrderTrigger
from craffu.orders.monitoring.actions import confirm_proposed, plan_check, record_check, suspend_checks
from craffu.orders.monitoring.due import SOURCE, What, Why, checks_due
from craffu.orders.monitoring.facts import NewCheck, NewPlan
from craffu.orders.monitoring.kinds import Absent, Outcome
from craffu.orders.monitoring.lines import Line
from craffu.orders.monitoring.measures import OnTime
from craffu.orders.monitoring.queries import Monitored, checks_on_time, monitored, monitored_orders
from craffu.orders.monitoring.schedule import Ended
from craffu.orders.queries import find_order
from craffu.work.models import WorkItem, WorkStep
from craffu.work.rules import How
from tests.factories.orders import MADE, NO_CONTACT, NOT_TO_GO, PNG, TERMS, considered, received, scanned
from tests.integration.orders.conftest import NOW
from tests.worlds import World, kept

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Served on Friday 20 November: the first checks are due on the 27th.
SERVED = MADE + HOUR
SERVICE = Given(served_at=SERVED, place="court", method="personal", server="PC Rees", proof="Statement")
QUASHED = Given(quashed_on=NOW.date(), court="Swansea", appeal_case_no="A1")
VISIT = NewPlan(methods=("visit",), evidence="visit_record", tolerance="None")


def at(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def manager(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("offender_manager", username="om")


@kept(at=NOW)
def order(world: World, team: Acting) -> Order:
    """An order with a condition of no contact and one of a place, in force since the twentieth."""
    with at(SERVED + HOUR):
        made = scanned(team, received(team, considered(world.system, world.folder).reference, MADE))
        return move_order(by=team, order=made.reference, move="serve", given=SERVICE)


def stands(by: Acting, order: Order, now: datetime = NOW) -> Monitored:
    return monitored(by, find_order(by, order.reference) or order, now)


def lines(by: Acting, order: Order, now: datetime = NOW) -> list[Line]:
    return stands(by, order, now).standing


def due_days(by: Acting, order: Order, now: datetime = NOW) -> list[str]:
    return [f"{one.next.due_on:%d.%m}" if one.next else "" for one in lines(by, order, now)]


def check(by: Acting, order: Order, when: datetime, outcome: Outcome = Outcome.DONE, *places: int) -> CheckMade:
    standing = lines(by, order, when)
    chosen = [standing[one].condition.pk for one in places or range(len(standing))]
    given = NewCheck(conditions=chosen, at=when, outcome=outcome, method="visit", words="Seen at home")
    return record_check(by=by, order=order.reference, given=given, now=when)


@bookkeeping
def grade(order: Order, manager: Acting, name: str, when: datetime) -> None:
    number = RiskAssessment.objects.for_system("a test").filter(case=order.case).count() + 1
    RiskAssessment.objects.create(
        force=order.force, case=order.case, number=number, assessed_at=when, grade=name, known_from=when,
        assessor=manager.user, tool="DARA", version="1", licence_ref="X1", document_ref="D1",
    )  # fmt: skip


@bookkeeping
def raise_by_hand(order: Order, when: datetime) -> None:
    OrderTrigger.objects.create(
        force=order.force,
        order=order,
        trigger="victim_more_afraid",
        key="V1",
        at=when,
        raised_at=when,
        due_at=when + DAY,
        known_from=when,
    )


@pytest.mark.rule("MON-02")
def test_what_the_library_proposes_is_confirmed_once_and_a_plan_is_said_anew(
    order: Order, manager: Acting, force: Force
) -> None:
    proposed = [[each.value for each in one.proposal.methods] for one in lines(manager, order)]
    assert proposed == [["ask_victim", "messages_and_calls"], ["patrol", "tag_alerts"]]
    assert len(stands(manager, order).unplanned) == 2
    rows = confirm_proposed(by=manager, order=order.reference, tolerance="None")
    assert [(one.methods, one.tolerance, one.is_checkable) for one in rows] == [
        (methods, "None", True) for methods in proposed
    ]
    assert stands(manager, order).unplanned == []
    with pytest.raises(NotNow) as nothing:
        confirm_proposed(by=manager, order=order.reference, tolerance="None")
    assert nothing.value.code == "nothing_proposed"
    [first, _second] = lines(manager, order)
    for _time in range(2):
        plan_check(
            by=manager,
            order=order.reference,
            condition=first.condition.pk,
            given=replace(VISIT, every_days=5, by_grade=False),
        )
    assert CheckPlanned.objects.for_system("a test").count() == 3
    assert (
        list(Event.objects.filter(kind="order_check_planned").values_list("kind", flat=True))
        == ["order_check_planned"] * 2
    )
    # Every five days: the first check is brought forward, the other kept.
    assert due_days(manager, order) == ["25.11", "27.11"]


@pytest.mark.rule("MON-02")
@pytest.mark.parametrize(
    ("given", "code"),
    [
        (NewPlan(), "no_method"),
        (replace(VISIT, evidence=""), "no_evidence"),
        (replace(VISIT, tolerance=" "), "no_tolerance"),
        (replace(VISIT, by_grade=False), "no_interval"),
        (replace(VISIT, by_grade=False, every_days=29), "interval_range"),
    ],
)
def test_a_plan_that_is_not_whole_is_refused_and_nothing_kept(
    order: Order, manager: Acting, given: NewPlan, code: str
) -> None:
    [first, _second] = lines(manager, order)
    with pytest.raises(NotNow) as refused:
        plan_check(by=manager, order=order.reference, condition=first.condition.pk, given=given)
    assert refused.value.code == code
    assert not CheckPlanned.objects.for_system("a test").exists()


@pytest.mark.rule("MON-02")
def test_what_cannot_be_checked_says_why_and_is_asked_for_no_longer(order: Order, manager: Acting) -> None:
    [first, _second] = lines(manager, order)
    cannot = NewPlan(cannot="Only she can tell")
    row = plan_check(by=manager, order=order.reference, condition=first.condition.pk, given=cannot)
    assert (row.is_checkable, row.cannot, row.methods, row.evidence) == (False, "Only she can tell", [], "")
    assert due_days(manager, order) == ["", "27.11"]
    assert [one.why for one in lines(manager, order)[0].checks] == [Ended.CANNOT_BE_CHECKED]
    later = NOW + 10 * DAY
    plan_check(by=manager, order=order.reference, condition=first.condition.pk, given=VISIT, now=later)
    # As after service: within seven days of the day on which somebody said how.
    assert due_days(manager, order, later) == ["11.12", "27.11"]
    assert lines(manager, order, later)[0].next.key.endswith("+1.1")  # type: ignore[union-attr]


@pytest.mark.rule("MON-02")
@pytest.mark.rule("ORD-15")
def test_a_variation_asks_again_only_for_what_it_changed_and_undoes_no_check(
    order: Order, manager: Acting, team: Acting
) -> None:
    confirm_proposed(by=manager, order=order.reference, tolerance="None")
    check(manager, order, NOW)
    curfew = replace(NO_CONTACT, type="curfew", words="To be at home from 21:00.")
    nearer = replace(NOT_TO_GO, words="Not to go to the school or to Heol Newydd.")
    varied = Given(
        varied_on=NOW.date(),
        applicant="chief_officer",
        reason_text="Moved",
        terms=replace(TERMS, conditions=(nearer, curfew, NO_CONTACT)),
    )
    move_order(by=team, order=order.reference, move="vary", given=varied, now=NOW + HOUR)
    after = NOW + 2 * HOUR
    assert [(one.condition.type, one.plan is not None) for one in lines(manager, order, after)] == [
        ("exclusion_zone", False), ("curfew", False), ("no_contact_direct", True)
    ]  # fmt: skip
    # Unassessed runs as high: seven days from the check, and from the variation for what is new.
    assert due_days(manager, order, after) == ["01.12", "01.12", "01.12"]
    assert [len(one.checks) for one in lines(manager, order, after)] == [2, 1, 2]
    assert lines(manager, order, after)[0].methods == ["patrol", "tag_alerts"], "as before, until said anew"
    [plan] = [one for one in dues(manager, order, after) if one.kind == What.PLAN and one.done_at is None]
    assert plan.key == f"{order.pk}:plan-2"
    out = replace(varied, varied_on=(NOW + DAY).date(), terms=replace(TERMS, conditions=(NO_CONTACT,)))
    move_order(by=team, order=order.reference, move="vary", given=out, now=NOW + DAY)
    gone = [one for one in stands(manager, order, NOW + DAY).lines if one.removed_at is not None]
    assert [one.checks[-1].why for one in gone] == [Ended.CONDITION_OVER] * 2
    assert not [one for one in dues(manager, order, NOW + DAY) if one.kind == What.PLAN and one.done_at is None]


def dues(by: Acting, order: Order, now: datetime) -> list[Any]:
    return list(checks_due(by, [str(order.pk)], now)[str(order.pk)].dues)


@pytest.mark.rule("MON-01")
@pytest.mark.rule("MON-06")
def test_checks_go_by_the_grade_of_the_case_as_it_was_known(order: Order, manager: Acting) -> None:
    assert due_days(manager, order, SERVED + 2 * HOUR) == ["27.11", "27.11"]
    grade(order, manager, "standard", NOW)
    check(manager, order, NOW + HOUR)
    assert due_days(manager, order, NOW + DAY) == ["22.12", "22.12"]
    raised = NOW + 10 * DAY
    grade(order, manager, "high", raised)
    assert due_days(manager, order, raised - HOUR) == ["22.12", "22.12"]
    assert due_days(manager, order, raised + HOUR) == ["04.12", "04.12"], "today, for seven days are over"
    assert {
        one.why for one in dues(manager, order, raised + HOUR) if one.done_at is None and one.kind == What.CHECK
    } == {Why.HIGH}
    raise_by_hand(order, NOW + 2 * DAY)
    found = monitored_orders(manager, [order], NOW + 3 * DAY)[order.pk]
    assert [f"{one.next.due_on:%d.%m}" for one in found.standing if one.next] == ["27.11", "27.11"]
    assert found.wakes_at == datetime(2026, 12, 25, tzinfo=UTC)


@pytest.mark.rule("MON-04")
def test_an_attempt_and_a_refusal_are_no_check_and_the_words_and_the_photograph_are_kept(
    order: Order, manager: Acting
) -> None:
    for outcome in (Outcome.ATTEMPTED, Outcome.REFUSED):
        check(manager, order, NOW, outcome)
        assert due_days(manager, order, NOW + HOUR) == ["27.11", "27.11"]
    [first, _second] = lines(manager, order)
    given = NewCheck(
        conditions=[first.condition.pk],
        at=NOW,
        outcome=Outcome.CONCERN,
        method="call",
        words="A new telephone",
        paper=PNG,
    )
    rows = [record_check(by=manager, order=order.reference, given=given) for _time in range(2)]
    assert rows[0] == rows[1], "said twice it is kept once"
    assert (rows[0].words, rows[0].paper.kind, rows[0].by) == ("A new telephone", "evidence", manager.user)
    assert OrderPaper.objects.for_system("a test").count() == 1
    # What gives concern has it looked at every three days (MON-03).
    assert due_days(manager, order, NOW + HOUR) == ["27.11", "24.11"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM orders_checkmade WHERE id = %s", [rows[0].pk])
        assert "telephone" not in cursor.fetchone()[0]
    assert Event.objects.filter(kind="order_check_made").count() == 3


@pytest.mark.rule("MON-01")
def test_a_check_is_of_conditions_that_stand_while_the_order_is_in_force(
    order: Order, manager: Acting, team: Acting
) -> None:
    [first, second] = lines(manager, order)
    good = NewCheck(conditions=[first.condition.pk], at=NOW, outcome=Outcome.DONE, method="visit")
    for given, code in (
        (replace(good, at=SERVED - HOUR), "before_in_force"),
        (replace(good, at=NOW + HOUR), "ahead"),
        (replace(good, conditions=[]), "no_condition"),
        (replace(good, conditions=[second.condition.pk + 99]), "no_condition"),
        (replace(good, method="telepathy"), "no_method"),
        (replace(good, outcome=Outcome.ATTEMPTED), "outcome_not_said"),
        (replace(good, paper=b"no picture"), "paper_form"),
    ):
        with pytest.raises(NotNow) as refused:
            record_check(by=manager, order=order.reference, given=given)
        assert refused.value.code == code
    assert not CheckMade.objects.for_system("a test").exists()
    move_order(by=team, order=order.reference, move="quash", given=QUASHED)
    with pytest.raises(NotNow) as over:
        record_check(by=manager, order=order.reference, given=good)
    assert over.value.code == "not_watched"
    assert [one.checks[-1].why for one in stands(manager, order).lines] == [Ended.ORDER_OVER] * 2


@pytest.mark.rule("MON-01")
def test_before_service_a_plan_is_asked_for_and_no_check(
    system: Acting, team: Acting, manager: Acting, tmp_path: Path
) -> None:
    made = received(team, considered(system, tmp_path).reference, MADE)
    assert due_days(manager, made) == ["", ""]
    assert [one.kind for one in dues(manager, made, NOW)] == [What.PLAN]
    with pytest.raises(NotNow) as early:
        check(manager, made, NOW)
    assert early.value.code == "not_in_force"


@pytest.mark.rule("MON-06")
def test_an_absence_suspends_what_cannot_be_checked_and_is_said_anew(order: Order, manager: Acting) -> None:
    for last in (date(2026, 12, 31), date(2026, 12, 10), date(2026, 12, 10)):
        suspend_checks(by=manager, order=order.reference, why=Absent.CUSTODY, first=date(2026, 11, 25), last=last)
    assert ChecksSuspended.objects.for_system("a test").count() == 2
    # Of contact it goes on: a message can be sent from anywhere.
    assert due_days(manager, order, NOW) == ["27.11", "27.11"]
    assert due_days(manager, order, NOW + DAY) == ["27.11", "17.12"]
    excused = [one for one in dues(manager, order, NOW + DAY) if one.how is How.EXCUSED]
    assert [(one.done_at, one.why) for one in excused] == [(datetime(2026, 11, 25, tzinfo=UTC), Why.FIRST)]
    with pytest.raises(NotNow) as refused:
        suspend_checks(by=manager, order=order.reference, why=Absent.ABROAD, first=NOW.date(), last=NOW.date() - DAY)
    assert refused.value.code == "ends_before"


@pytest.mark.rule("MON-04")
@pytest.mark.rule("MON-06")
@pytest.mark.parametrize(
    ("said", "last", "then"),
    [
        # Said while it lasted, it holds as if it had been said so at first.
        (25, 30, ["27.11 excused", "07.12 open"]),
        # Said when the check had been missed: it stays so, whether days are added or taken away.
        (34, 50, ["27.11 excused", "02.12 missed excused", "27.12 open"]),
        (34, 24, ["27.11 excused", "02.12 missed open"]),
        # Said a day after, with the check still to be made.
        (26, 30, ["27.11 excused", "02.12 excused", "07.12 open"]),
    ],
)
def test_an_absence_said_to_have_been_longer_or_shorter_once_it_was_over_undoes_no_miss(
    order: Order, manager: Acting, said: int, last: int, then: list[str]
) -> None:
    november = datetime(2026, 10, 31, 12, tzinfo=UTC)
    first = date(2026, 11, 24)
    suspend_checks(by=manager, order=order.reference, why=Absent.CUSTODY, first=first, last=date(2026, 11, 25))
    at_last = november + said * DAY
    with at(at_last):
        until = (november + last * DAY).date()
        suspend_checks(by=manager, order=order.reference, why=Absent.CUSTODY, first=first, last=until)
    (line,) = [one for one in lines(manager, order, at_last + DAY) if one.condition.words == NOT_TO_GO.words]
    now = at_last + DAY
    assert [
        " ".join([f"{one.due_on:%d.%m}", *["missed"] * one.was_missed(now), "open" if one.is_open else "excused"])
        for one in line.checks
    ] == then
    period = date(2026, 12, 1), date(2026, 12, 5)
    is_missed = any("missed" in one for one in then)
    assert checks_on_time(manager, *period, now).due - checks_on_time(manager, *period, november).due == is_missed


@pytest.mark.rule("MON-06")
def test_an_absence_said_late_to_go_on_is_over_as_soon_as_it_is_said_to_have_ended(
    order: Order, manager: Acting
) -> None:
    first = date(2026, 11, 24)
    for said, last in ((24, 25), (35, 50), (36, 25)):
        moment = datetime(2026, 10, 31, 12, tzinfo=UTC) + said * DAY
        with at(moment):
            until = date(2026, 10, 31) + last * DAY
            suspend_checks(by=manager, order=order.reference, why=Absent.CUSTODY, first=first, last=until)
    assert due_days(manager, order, moment + HOUR)[1] == "02.12", "missed, and still to be made"


@pytest.mark.rule("MON-04")
def test_a_missed_check_is_told_of_once_and_late_doing_undoes_nothing(
    order: Order, manager: Acting, force: Force
) -> None:
    confirm_proposed(by=manager, order=order.reference, tolerance="None")
    ticks = [
        NOW,
        *(
            datetime(2026, 11, 28, tzinfo=UTC) + wait
            for wait in (-timedelta(seconds=1), timedelta(), HOUR, 72 * HOUR, 80 * HOUR)
        ),
    ]
    for moment in ticks:
        for _time in range(2):
            tick(force=force, at=moment, sources=[SOURCE])
    items = list(WorkItem.objects.for_system("a test").filter(kind=What.CHECK).order_by("id"))
    assert [(one.due_at, one.missed_from, one.state) for one in items] == [
        (datetime(2026, 11, 28, tzinfo=UTC), datetime(2026, 11, 28, tzinfo=UTC), "open")
    ] * 2
    told = WorkStep.objects.for_system("a test").filter(item__in=items, step__in=["supervisor", "inspector"])
    assert sorted((one.step, one.true_from.day) for one in told) == [("inspector", 1)] * 2 + [("supervisor", 28)] * 2
    late = datetime(2026, 12, 2, 10, tzinfo=UTC)
    check(manager, order, late)
    tick(force=force, at=late + HOUR, sources=[SOURCE])
    items = list(WorkItem.objects.for_system("a test").filter(kind=What.CHECK).order_by("id"))
    assert [(one.state, one.missed_from is not None) for one in items] == [("done", True)] * 2 + [("open", False)] * 2
    assert (
        WorkStep.objects.for_system("a test").filter(item__in=items, step__in=["supervisor", "inspector"]).count() == 4
    )
    assert {one.due_at for one in items[2:]} == {datetime(2026, 12, 10, tzinfo=UTC)}
    period = date(2026, 11, 1), date(2026, 12, 1)
    assert checks_on_time(manager, *period, late) == OnTime(0, 2, 0, 0)
    assert checks_on_time(manager, *period, NOW) == OnTime(0, 0, 0, 2), "as it was known then"


def checks_in_the_queue() -> set[datetime]:
    return set(WorkItem.objects.for_system("a test").filter(kind=What.CHECK).values_list("overdue_from", flat=True))


@pytest.mark.rule("MON-03")
def test_what_is_raised_by_hand_brings_the_check_in_the_queue_forward_at_once(
    order: Order, manager: Acting, force: Force
) -> None:
    tick(force=force, at=NOW, sources=[SOURCE])
    assert checks_in_the_queue() == {datetime(2026, 11, 28, tzinfo=UTC)}
    raise_trigger(by=manager, order=order.reference, trigger=Trigger.TAG_OR_DEVICE_ALERT, at=NOW, words="Cut", now=NOW)
    follow(force=force, now=NOW, sources=[SOURCE])
    assert checks_in_the_queue() == {datetime(2026, 11, 25, tzinfo=UTC)}


@pytest.mark.rule("MON-03")
def test_one_tick_settles_what_its_own_follow_up_brings_forward_and_a_second_changes_nothing(
    order: Order, force: Force
) -> None:
    tick(force=force, at=NOW)
    assert checks_in_the_queue() == {datetime(2026, 11, 25, tzinfo=UTC)}, "served four days ago: every third day"
    steps = list(WorkStep.objects.for_system("a test").values_list("id", "step", "true_from"))
    tick(force=force, at=NOW)
    assert list(WorkStep.objects.for_system("a test").values_list("id", "step", "true_from")) == steps


@pytest.mark.rule("MON-02")
def test_the_plan_is_due_within_a_working_day_and_done_when_the_last_has_one(order: Order, manager: Acting) -> None:
    [plan] = [one for one in dues(manager, order, NOW) if one.kind == What.PLAN]
    # Made on a Friday: Monday is the working day.
    assert (plan.due_at, plan.done_at, plan.queue) == (datetime(2026, 11, 24, tzinfo=UTC), None, "checks")
    for place, when in enumerate((NOW, NOW + HOUR)):
        line = lines(manager, order)[place]
        plan_check(by=manager, order=order.reference, condition=line.condition.pk, given=VISIT, now=when)
    [plan] = [one for one in dues(manager, order, NOW + DAY) if one.kind == What.PLAN]
    assert (plan.done_at, plan.how) == (NOW + HOUR, How.DONE)


@pytest.mark.rule("MON-01")
def test_an_order_that_ended_withdraws_what_was_asked(order: Order, manager: Acting, team: Acting) -> None:
    move_order(by=team, order=order.reference, move="quash", given=QUASHED)
    found = dues(manager, order, NOW + DAY)
    assert {(one.kind, one.how) for one in found} == {
        (What.PLAN.value, How.WITHDRAWN),
        (What.CHECK.value, How.WITHDRAWN),
    }


@pytest.mark.rule("SEC-01")
def test_only_those_who_manage_orders_monitor_them(
    order: Order, acting_as: Callable[..., Acting], manager: Acting
) -> None:
    [first, _second] = lines(manager, order)
    for right in ("response_officer", "victim_officer", "analyst"):
        by = acting_as(right)
        for act in (
            lambda by=by: plan_check(by=by, order=order.reference, condition=first.condition.pk, given=VISIT),
            lambda by=by: confirm_proposed(by=by, order=order.reference, tolerance="x"),
            lambda by=by: check(by, order, NOW),
            lambda by=by: suspend_checks(
                by=by, order=order.reference, why=Absent.CUSTODY, first=NOW.date(), last=NOW.date()
            ),
        ):
            with pytest.raises(NotPermitted):
                act()


def test_as_many_queries_for_many_orders_as_for_one(order: Order, team: Acting, manager: Acting) -> None:
    def number(orders: list[str]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            checks_due(manager, orders, NOW)
        return len(found)

    beginning = Beginning(kind="NMO", respondent=order.respondent, case=order.case)
    given = Given(
        made_at=MADE,
        court="Llanelli",
        court_case_no="63AA2",
        is_indefinite=True,
        source_record="sealed order",
        terms=TERMS,
    )
    other = begin_order(by=team, beginning=beginning, move="receive", given=given)
    assert Condition.objects.for_system("a test").count() == 4
    assert number([str(order.pk)]) == number([str(order.pk), str(other.pk)]) <= 30
