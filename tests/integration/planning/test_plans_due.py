"""What is due of plans: to be made in seven days, approved, reviewed in 28 days and after what happens (PLN-01, PLN-02)."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.breaches.models import Breach
from craffu.breaches.topics import BREACHES
from craffu.clocks.london import end_of, start_of
from craffu.common import clock
from craffu.daily.sources import SOURCES
from craffu.daily.ticking import tick
from craffu.orders.models import Order
from craffu.orders.topics import ORDERS, TRIGGERS
from craffu.people.models import Person
from craffu.people.topics import PEOPLE
from craffu.prevention.models import Plan
from craffu.prevention.planning.actions import close_plan_action, end_plan, review_plan
from craffu.prevention.planning.due import RULES, SOURCE, What, plans_due, plans_named
from craffu.prevention.planning.kinds import Outcome
from craffu.prevention.topics import PLANS
from craffu.work.facts import Due
from craffu.work.models import WorkItem
from craffu.work.rules import How
from tests.factories.breaches import reported
from tests.factories.plans import DONE, acted, answers, approved, begun, planned, put, version
from tests.integration.planning.conftest import NOW

DAY = timedelta(days=1)
TODAY = NOW.date()


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def dues(by: Acting, now: datetime = NOW) -> dict[str, list[Due]]:
    plan = Plan.objects.for_system("a test").order_by("-id")[0]
    found: dict[str, list[Due]] = {}
    for one in plans_due(by, [str(plan.pk)], now)[str(plan.pk)].dues:
        found.setdefault(one.kind, []).append(one)
    return found


@pytest.mark.rule("PLN-01")
def test_a_plan_that_was_begun_is_approved_within_seven_days(
    person: str, manager: Acting, supervisor: Acting, system: Acting
) -> None:
    plan = begun(manager, person)
    (make,) = dues(system)[What.MAKE]
    assert (make.about, make.queue, make.why, make.owner) == (
        ("person", person),
        "plans",
        "plan_begun",
        manager.user.pk,
    )
    assert (make.raised_at, make.due_at, make.done_at) == (NOW, end_of(TODAY + 7 * DAY), None)
    assert plan.case is not None
    assert make.of_case == plan.case.reference
    acted(manager, person, manager.user, TODAY + 3 * DAY)
    put(manager, person, answers(manager, person, manager.user))
    # Put forward is not approved: the work stands, and a supervisor has until the end of the next working day.
    assert dues(system)[What.MAKE][0].done_at is None
    (approve,) = dues(system)[What.APPROVE]
    assert (approve.due_at, approve.done_at) == (end_of(date(2026, 11, 25)), None)
    assert What.REVIEW not in dues(system)
    approved(supervisor, person)
    found = dues(system)
    assert (found[What.MAKE][0].done_at, found[What.MAKE][0].how) == (NOW, How.DONE)
    assert (found[What.APPROVE][0].done_at, found[What.APPROVE][0].how) == (NOW, How.DONE)


@pytest.mark.rule("PLN-02")
def test_a_review_is_due_every_28_days_and_within_five_working_days_of_a_breach(
    person: str, order: Order, manager: Acting, supervisor: Acting, system: Acting
) -> None:
    planned(manager, person, manager.user)
    approved(supervisor, person)
    (review,) = dues(system)[What.REVIEW]
    assert (review.why, review.due_at, review.raised_at) == (
        "plan_review_28_days", end_of(date(2026, 12, 22)), start_of(date(2026, 12, 15))
    )  # fmt: skip
    assert review.owner == manager.user.pk
    with at(NOW + 2 * DAY):
        reported(
            manager, person, clock.now() - timedelta(hours=1), order=order.reference, words="He waited at the gate"
        )
    (sooner,) = dues(system, NOW + 2 * DAY)[What.REVIEW]
    assert (sooner.key, sooner.why, sooner.due_at) == (review.key, "plan_review_breach", end_of(date(2026, 12, 3)))
    assert sooner.raised_at == NOW + 2 * DAY
    with at(NOW + 3 * DAY):
        review_plan(by=manager, person=person, outcome=Outcome.TO_CHANGE, words=DONE, seen=version(manager, person))
    found = dues(system, NOW + 3 * DAY)
    done, coming = found[What.REVIEW]
    assert (done.key, done.why, done.due_at, done.done_at) == (
        review.key, "plan_review_breach", end_of(date(2026, 12, 3)), NOW + 3 * DAY
    )  # fmt: skip
    assert (coming.why, coming.due_at) == ("plan_review_28_days", end_of(date(2026, 12, 25)))
    # What is to change is another version within seven days.
    _first, again = found[What.MAKE]
    assert (again.why, again.due_at, again.done_at) == ("plan_to_change", end_of(date(2026, 12, 4)), None)
    with at(NOW + 4 * DAY):
        put(manager, person, answers(manager, person, manager.user))
        approved(supervisor, person)
    assert dues(system, NOW + 4 * DAY)[What.MAKE][1].done_at == NOW + 4 * DAY


@pytest.mark.rule("PLN-02")
@pytest.mark.rule("MON-04")
def test_another_version_answers_the_review_that_stood_and_the_next_is_due_by_its_own_day(
    person: str, order: Order, manager: Acting, supervisor: Acting, system: Acting
) -> None:
    planned(manager, person, manager.user)
    approved(supervisor, person)
    key = dues(system)[What.REVIEW][0].key
    with at(NOW + 2 * DAY):
        # Nothing was raised by then: what another version answers so stands nowhere.
        put(manager, person, answers(manager, person, manager.user))
        approved(supervisor, person)
    assert [one.key for one in dues(system, NOW + 2 * DAY)[What.REVIEW]] == [f"{key}.v2"]
    with at(NOW + 3 * DAY):
        reported(manager, person, clock.now() - timedelta(hours=1), order=order.reference, words="He waited there")
        tick(force=system.force, at=NOW + 3 * DAY)
    with at(NOW + 4 * DAY):
        put(manager, person, answers(manager, person, manager.user))
        approved(supervisor, person)
    answered, coming = dues(system, NOW + 4 * DAY)[What.REVIEW]
    assert (answered.key, answered.why, answered.done_at, answered.how) == (
        f"{key}.v2", "plan_review_breach", NOW + 4 * DAY, How.DONE
    )  # fmt: skip
    assert (coming.key, coming.why, coming.due_at) == (
        f"{key}.v3", "plan_review_28_days", end_of(TODAY + 32 * DAY)
    )  # fmt: skip
    tick(force=system.force, at=NOW + 26 * DAY)
    items = WorkItem.objects.for_system("a test").filter(kind=What.REVIEW).order_by("id")
    assert list(items.values_list("key", "state", "overdue_from", "missed_from")) == [
        (answered.key, "done", answered.overdue_from, None), (coming.key, "open", coming.overdue_from, None)
    ]  # fmt: skip
    with at(NOW + 27 * DAY):
        review_plan(by=manager, person=person, outcome=Outcome.STANDS, words=DONE, seen=version(manager, person))
    found = dues(system, NOW + 28 * DAY)[What.REVIEW]
    assert [(one.key, one.done_at) for one in found] == [
        (coming.key, NOW + 27 * DAY), (answered.key, NOW + 4 * DAY), (key.removesuffix("1") + "2", None)
    ]  # fmt: skip


@pytest.mark.rule("PLN-02")
def test_what_a_plan_asks_for_is_due_by_its_day_and_all_is_withdrawn_with_the_plan(
    person: str, manager: Acting, supervisor: Acting, system: Acting
) -> None:
    planned(manager, person, supervisor.user)
    acted(manager, person, manager.user, TODAY + 3 * DAY)
    acted(manager, person, manager.user, TODAY)
    close_plan_action(by=manager, person=person, number=2, is_done=True, words=DONE)
    close_plan_action(by=manager, person=person, number=3, is_done=False, words=DONE)
    approved(supervisor, person)
    first, done, not_done = dues(system)[What.ACT]
    assert (first.owner, first.due_at, first.done_at) == (supervisor.user.pk, end_of(TODAY + 7 * DAY), None)
    assert (done.how, not_done.how) == (How.DONE, How.WITHDRAWN)
    end_plan(
        by=manager,
        person=person,
        reason="He was sent to prison for six years",
        seen=version(manager, person),
        now=NOW + DAY,
    )
    found = dues(system, NOW + DAY)
    assert {(kind, one.how) for kind, several in found.items() for one in several} == {
        (What.MAKE, How.DONE), (What.APPROVE, How.DONE), (What.REVIEW, How.WITHDRAWN), (What.ACT, How.WITHDRAWN),
        (What.ACT, How.DONE),
    }  # fmt: skip


@pytest.mark.rule("PLN-02")
@pytest.mark.rule("MON-04")
def test_the_clock_raises_it_and_what_is_overdue_is_missed(
    person: str, order: Order, manager: Acting, supervisor: Acting, system: Acting
) -> None:
    assert SOURCE in SOURCES
    assert set(SOURCE.rules) == {what.value for what in RULES}
    planned(manager, person, manager.user)
    approved(supervisor, person)
    tick(force=system.force, at=NOW)
    items = {one.kind: one for one in WorkItem.objects.for_system("a test").filter(queue="plans")}
    # A review of the schedule is raised a week before its day.
    assert set(items) == {"plan_make", "plan_approve", "plan_action"}
    assert (items["plan_action"].state, items["plan_action"].missed_from) == ("open", None)
    tick(force=system.force, at=NOW + 8 * DAY)
    late = WorkItem.objects.for_system("a test").get(kind="plan_action")
    assert late.missed_from == end_of(TODAY + 7 * DAY)
    assert late.rule == "PLN-02"
    tick(force=system.force, at=NOW + 21 * DAY)
    assert WorkItem.objects.for_system("a test").get(kind="plan_review").due_at == end_of(date(2026, 12, 22))


def test_news_of_people_orders_and_breaches_finds_the_plan(
    person: str, order: Order, manager: Acting, system: Acting
) -> None:
    plan = begun(manager, person)
    whose = Person.objects.for_system("a test").get(reference=person)
    reported(manager, person, NOW - timedelta(hours=1), order=order.reference, words="He waited at the gate")
    breach = Breach.objects.for_system("a test").get()
    named = {
        PLANS: [str(plan.pk)], PEOPLE: [str(whose.pk)], ORDERS: [str(order.pk)], TRIGGERS: [str(order.pk)],
        BREACHES: [str(breach.pk)],
    }  # fmt: skip
    assert set(named) == SOURCE.topics
    for topic, subjects in named.items():
        assert list(plans_named(system, topic, subjects)) == [str(plan.pk)], topic
    assert list(plans_named(system, PEOPLE, ["0"])) == []
    assert list(SOURCE.every(system)) == [str(plan.pk)]


def test_many_plans_are_asked_in_as_many_queries_as_one(
    person: str, manager: Acting, supervisor: Acting, system: Acting
) -> None:
    planned(manager, person, manager.user)
    approved(supervisor, person)
    one = [str(Plan.objects.for_system("a test").get().pk)]
    with CaptureQueriesContext(connection) as before:
        plans_due(system, one, NOW)
    end_plan(by=manager, person=person, reason="He was sent to prison for six years", seen=version(manager, person))
    planned(manager, person, manager.user)
    approved(supervisor, person)
    every = [str(pk) for pk in Plan.objects.for_system("a test").values_list("pk", flat=True)]
    assert len(every) == 2
    with CaptureQueriesContext(connection) as after:
        plans_due(system, every, NOW)
    assert len(after) == len(before)
