"""Who is in the cohort is what named people decided, with reasons, seen again within 28 days, and in no list once they left
(PRI-06, PRI-10, PLN-01; T31).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import pytest

from craffu.access.acting import Acting
from craffu.audit.models import Event as Logged
from craffu.clocks.london import day_of, end_of
from craffu.common.door import bookkeeping
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.ticking import follow, tick
from craffu.people.actions import rehome
from craffu.people.models import Person
from craffu.people.queries import records_of
from craffu.prevention import due
from craffu.prevention.cohort.actions import enter_cohort, leave_cohort, review_member
from craffu.prevention.cohort.queries import members_now, stays_of
from craffu.prevention.models import (
    CohortEntered,
    CohortReviewed,
    Plan,
    PlanApproved,
    PlanVersion,
    ScoreRun,
    ScoreStands,
)
from craffu.prevention.planning.actions import begin_plan, end_plan
from craffu.prevention.scoring.actions import renew_scores
from craffu.prevention.scoring.queries import stands_of
from craffu.prevention.scoring.rules import Tier
from craffu.work.models import WorkItem
from tests.factories.plans import version
from tests.integration.prevention.conftest import HOUR, NOW, of_tier
from tests.worlds import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.rule("PRI-10")]
DAY: Final = timedelta(days=1)
WHY: Final = "He has moved in next door to her"


def seen(by: Acting, person: Person) -> str:
    return stays_of(by, person).version


def enters(by: Acting, person: Person, at: datetime = NOW) -> CohortEntered:
    return enter_cohort(by=by, person=person, reason=WHY, seen=seen(by, person), now=at)


@pytest.fixture
def member(scored: ScoreRun, manager: Acting) -> Person:
    person = of_tier(manager, Tier.STANDARD)
    enters(manager, person)
    return person


def asked(by: Acting, kind: str) -> list[tuple[str, datetime, datetime | None]]:
    rows = WorkItem.objects.for_user(by).filter(kind=kind).order_by("id")
    return list(rows.values_list("state", "overdue_from", "over_at"))


@pytest.mark.rule("PRI-06")
def test_a_named_officer_brings_somebody_in_and_their_score_then_is_kept(member: Person, manager: Acting) -> None:
    [one] = members_now(manager)
    assert (one.entered.person, one.entered.score) == (member, stands_of(manager, member).value)
    assert (one.last_seen, one.review_due) == (day_of(NOW), day_of(NOW) + 28 * DAY)
    with pytest.raises(NotNow, match="in the cohort already"):
        enters(manager, member)
    assert Logged.objects.filter(kind="cohort_entered").count() == 1


@pytest.mark.rule("PRI-06")
@pytest.mark.parametrize("does", ["enter", "review", "leave"])
def test_the_system_and_whoever_may_not_see_scores_decide_nothing(
    member: Person, world: World, acting_as: Callable[..., Acting], does: str
) -> None:
    for by in (world.system, acting_as("response_officer"), acting_as("analyst")):
        acts: dict[str, Callable[[], object]] = {
            "enter": lambda by=by: enter_cohort(by=by, person=member, reason=WHY, seen=""),  # type: ignore[misc]
            "review": lambda by=by: review_member(by=by, person=member, words=WHY, seen=""),  # type: ignore[misc]
            "leave": lambda by=by: leave_cohort(by=by, person=member, reason=WHY, seen=""),  # type: ignore[misc]
        }
        with pytest.raises(NotPermitted):
            acts[does]()


@pytest.mark.rule("PRI-06")
def test_nobody_enters_or_leaves_without_a_reason_and_only_whoever_is_scored_enters(
    member: Person, manager: Acting
) -> None:
    outside = (
        Person.objects.for_user(manager).exclude(pk__in=ScoreStands.objects.for_user(manager).values("person")).first()
    )
    with pytest.raises(NotNow, match="A plan can be made for them all the same"):
        enters(manager, outside)
    for act in (
        lambda: leave_cohort(by=manager, person=member, reason="no", seen=seen(manager, member)),
        lambda: review_member(by=manager, person=member, words=" ", seen=seen(manager, member)),
    ):
        with pytest.raises(NotNow, match="Say why in at least 10"):
            act()
    other = ScoreStands.objects.for_user(manager).exclude(person=member).select_related("person").first().person
    with pytest.raises(NotNow, match="Say why in at least 10"):
        enter_cohort(by=manager, person=other, reason="Because", seen=seen(manager, other), now=NOW)
    for act in (
        lambda: leave_cohort(by=manager, person=other, reason=WHY, seen=seen(manager, other)),
        lambda: review_member(by=manager, person=other, words=WHY, seen=seen(manager, other)),
    ):
        with pytest.raises(NotNow, match="is not in the cohort"):
            act()


def test_whoever_saw_what_stood_before_is_told(member: Person, manager: Acting, supervisor: Acting) -> None:
    old = seen(manager, member)
    review_member(by=supervisor, person=member, words=WHY, seen=old, now=NOW + DAY)
    with pytest.raises(Conflict):
        leave_cohort(by=manager, person=member, reason=WHY, seen=old, now=NOW + DAY)


def test_a_member_is_looked_at_again_within_28_days_each_time(member: Person, manager: Acting, world: World) -> None:
    tick(force=world.force, at=NOW + HOUR, sources=(due.SOURCE,))
    assert asked(manager, due.MEMBER) == [], "it stands in nobody's list before its last week"
    tick(force=world.force, at=NOW + 23 * DAY, sources=(due.SOURCE,))
    first = end_of(day_of(NOW) + 28 * DAY)
    assert asked(manager, due.MEMBER) == [("open", first, None)]
    at = NOW + 27 * DAY
    review_member(by=manager, person=member, words=WHY, seen=seen(manager, member), now=at)
    follow(force=world.force, now=at, sources=(due.SOURCE,))
    assert asked(manager, due.MEMBER) == [("done", first, at)]
    tick(force=world.force, at=at + 29 * DAY, sources=(due.SOURCE,))
    second = end_of(day_of(at) + 28 * DAY)
    assert asked(manager, due.MEMBER) == [("done", first, at), ("open", second, None)]
    leave_cohort(by=manager, person=member, reason=WHY, seen=seen(manager, member), now=at + 29 * DAY)
    follow(force=world.force, now=at + 29 * DAY, sources=(due.SOURCE,))
    assert asked(manager, due.MEMBER)[1][0] == "withdrawn"


@pytest.mark.rule("PLN-01")
def test_whoever_enters_has_a_plan_begun_within_seven_days(member: Person, manager: Acting, world: World) -> None:
    tick(force=world.force, at=NOW + HOUR, sources=(due.SOURCE,))
    assert asked(manager, due.PLAN) == [("open", end_of(day_of(NOW) + 7 * DAY), None)]
    at = NOW + 2 * DAY
    begin_plan(by=manager, person=member.reference, now=at)
    follow(force=world.force, now=at, sources=(due.SOURCE,))
    assert [(state, over) for state, _due, over in asked(manager, due.PLAN)] == [("done", at)]


def test_whoever_left_is_in_no_list_and_what_moved_stands_beside_both_scores(member: Person, manager: Acting) -> None:
    leave_cohort(by=manager, person=member, reason=WHY, seen=seen(manager, member), now=NOW + DAY)
    assert members_now(manager) == []
    [stay] = stays_of(manager, member).all
    assert (stay.left.reason, stay.left.score) == (WHY, stay.entered.score)
    enters(manager, member, NOW + 2 * DAY)
    assert [one.entered.number for one in stays_of(manager, member).all] == [1, 2]
    assert [one.entered.number for one in members_now(manager)] == [2]


def test_whoever_left_before_a_plan_was_begun_needs_none(member: Person, manager: Acting, world: World) -> None:
    follow(force=world.force, now=NOW + HOUR, sources=(due.SOURCE,))
    leave_cohort(by=manager, person=member, reason=WHY, seen=seen(manager, member), now=NOW + DAY)
    begin_plan(by=manager, person=member.reference, now=NOW + 2 * DAY)
    follow(force=world.force, now=NOW + 2 * DAY, sources=(due.SOURCE,))
    assert [state for state, _due, _over in asked(manager, due.PLAN)] == ["withdrawn"]


def ends_plan(by: Acting, person: Person, at: datetime) -> None:
    why, as_seen = "He was sent to prison for six years", version(by, person.reference)
    end_plan(by=by, person=person.reference, reason=why, seen=as_seen, now=at)


def was_approved(manager: Acting, supervisor: Acting, plan: Plan) -> None:
    row = bookkeeping(PlanVersion.objects.create)(
        force=manager.force, plan=plan, number=1, objectives="", safety="", owner=manager.user, by=manager.user,
        review_on=day_of(NOW + 29 * DAY), known_from=NOW + DAY,
    )  # fmt: skip
    bookkeeping(PlanApproved.objects.create)(
        force=manager.force, version=row, agrees=True, by=supervisor.user, known_from=NOW + DAY
    )


@pytest.mark.rule("PLN-01")
def test_a_plan_that_ended_before_somebody_entered_is_none_for_their_stay(
    scored: ScoreRun, manager: Acting, world: World
) -> None:
    person = of_tier(manager, Tier.STANDARD)
    begin_plan(by=manager, person=person.reference, now=NOW)
    ends_plan(manager, person, NOW + HOUR)
    at = NOW + 30 * DAY
    enters(manager, person, at)
    tick(force=world.force, at=at + HOUR, sources=(due.SOURCE,))
    assert asked(manager, due.PLAN) == [("open", end_of(day_of(at) + 7 * DAY), None)]


@pytest.mark.rule("PLN-01")
def test_a_plan_that_was_dropped_before_anybody_approved_it_is_none(
    member: Person, manager: Acting, world: World
) -> None:
    begin_plan(by=manager, person=member.reference, now=NOW + DAY)
    follow(force=world.force, now=NOW + DAY, sources=(due.SOURCE,))
    assert [state for state, _due, _over in asked(manager, due.PLAN)] == ["done"]
    ends_plan(manager, member, NOW + 2 * DAY)
    follow(force=world.force, now=NOW + 2 * DAY, sources=(due.SOURCE,))
    assert asked(manager, due.PLAN) == [("open", end_of(day_of(NOW) + 7 * DAY), None)]
    begin_plan(by=manager, person=member.reference, now=NOW + 3 * DAY)
    leave_cohort(by=manager, person=member, reason=WHY, seen=seen(manager, member), now=NOW + 4 * DAY)
    ends_plan(manager, member, NOW + 5 * DAY)
    follow(force=world.force, now=NOW + 5 * DAY, sources=(due.SOURCE,))
    assert [(state, over) for state, _due, over in asked(manager, due.PLAN)] == [("done", NOW + 3 * DAY)]


@pytest.mark.rule("PLN-01")
def test_where_the_plan_of_a_member_ends_another_is_asked_for_anew(
    member: Person, manager: Acting, supervisor: Acting, world: World
) -> None:
    was_approved(manager, supervisor, begin_plan(by=manager, person=member.reference, now=NOW + DAY))
    at = NOW + 100 * DAY
    ends_plan(manager, member, at)
    follow(force=world.force, now=at, sources=(due.SOURCE,))
    first = ("done", end_of(day_of(NOW) + 7 * DAY), NOW + DAY)
    assert asked(manager, due.PLAN) == [first, ("open", end_of(day_of(at) + 7 * DAY), None)]
    leave_cohort(by=manager, person=member, reason=WHY, seen=seen(manager, member), now=at + DAY)
    follow(force=world.force, now=at + DAY, sources=(due.SOURCE,))
    assert [state for state, _due, _over in asked(manager, due.PLAN)] == ["done", "withdrawn"]


@pytest.mark.rule("PLN-01")
def test_where_another_plan_goes_on_the_end_of_one_asks_for_none(
    member: Person, manager: Acting, supervisor: Acting, world: World
) -> None:
    plan = begin_plan(by=manager, person=member.reference, now=NOW + DAY)
    was_approved(manager, supervisor, plan)
    # As where two people found to be one had a plan each.
    bookkeeping(Plan.objects.create)(
        force=manager.force, record_id=plan.record_id, by=manager.user, known_from=NOW + DAY + HOUR
    )
    ends_plan(manager, member, NOW + 2 * DAY)
    follow(force=world.force, now=NOW + 2 * DAY, sources=(due.SOURCE,))
    assert [state for state, _due, _over in asked(manager, due.PLAN)] == ["done"]


@bookkeeping
def joined(by: Acting, old: Person, into: Person, now: datetime) -> None:
    rehome(by=by, moves=[(into.pk, records_of(by, old))], left=[old.pk], why="One person", now=now)


@pytest.fixture
def twice(member: Person, manager: Acting, world: World) -> Person:
    """A member in whom another, who entered two days later, was found to be the same."""
    stand = ScoreStands.objects.for_user(manager).exclude(person=member).order_by("-id").select_related("person")
    other: Person = stand[0].person
    enters(manager, other, NOW + 2 * DAY)
    joined(world.system, other, member, NOW + 20 * DAY)
    renew_scores(by=world.system, people={member.pk, other.pk}, now=NOW + 20 * DAY)
    member.refresh_from_db()
    return member


@pytest.mark.rule("MON-04")
def test_one_look_at_two_members_found_to_be_one_answers_for_both_stays_and_so_does_their_leaving(
    twice: Person, manager: Acting, world: World
) -> None:
    at = NOW + 27 * DAY
    tick(force=world.force, at=at, sources=(due.SOURCE,))
    assert [state for state, _due, _over in asked(manager, due.MEMBER)] == ["open", "open"]
    review_member(by=manager, person=twice, words=WHY, seen=seen(manager, twice), now=at)
    tick(force=world.force, at=at + 4 * DAY, sources=(due.SOURCE,))
    assert [(state, over) for state, _due, over in asked(manager, due.MEMBER)] == [("done", at), ("done", at)]
    leave_cohort(by=manager, person=twice, reason=WHY, seen=seen(manager, twice), now=at + 5 * DAY)
    assert (stays_of(manager, twice).now, members_now(manager)) == (None, [])


@pytest.mark.rule("MON-04")
def test_a_look_at_one_of_two_stays_alone_was_a_look_at_whoever_it_is(
    twice: Person, manager: Acting, world: World
) -> None:
    tick(force=world.force, at=NOW + 27 * DAY, sources=(due.SOURCE,))
    first, second = stays_of(manager, twice).all
    at = NOW + 28 * DAY
    # As it was recorded before, of the newest alone.
    bookkeeping(CohortReviewed.objects.create)(
        force=manager.force, entered=second.entered, words=WHY, by=manager.user, known_from=at
    )
    assert [one.last_seen for one in stays_of(manager, twice).all] == [day_of(at), day_of(at)]
    dues = due.priorities_due(world.system, [str(twice.pk)], at)[str(twice.pk)].dues
    of_first = [one for one in dues if one.kind == due.MEMBER and one.key.startswith(f"{first.entered.pk}/")]
    assert [(one.key.partition(".")[0], one.done_at) for one in of_first] == [
        (f"{first.entered.pk}/0", at), (f"{first.entered.pk}/0", None)
    ]  # fmt: skip
    assert of_first[1].due_at == end_of(day_of(at) + 28 * DAY)
