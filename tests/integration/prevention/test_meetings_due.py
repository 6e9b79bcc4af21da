"""What is due of cohort meetings: minutes, actions, members for an agenda, the next meeting (P23, PRI-10)."""

from datetime import datetime, timedelta
from typing import Final

import pytest

from craffu.access.acting import Acting
from craffu.clocks.london import day_of, end_of, start_of
from craffu.daily.ticking import follow, tick
from craffu.people.models import Person
from craffu.prevention.cohort.actions import enter_cohort
from craffu.prevention.cohort.queries import stays_of
from craffu.prevention.meetings import actions, due
from craffu.prevention.meetings.due import What
from craffu.prevention.meetings.facts import NewAction
from craffu.prevention.meetings.kinds import Decision
from craffu.prevention.models import ScoreRun
from craffu.work.models import WorkItem
from tests.factories.meetings import PROBATION, WHY, approved, called, came, decided, proposed, some_scored
from tests.integration.prevention.conftest import HOUR, NOW
from tests.worlds import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.rule("PRI-10")]
DAY: Final = timedelta(days=1)
TODAY: Final = day_of(NOW)
NOON: Final = NOW + 12 * HOUR


def asked(by: Acting, kind: str) -> list[tuple[str, datetime, datetime | None, int | None]]:
    rows = WorkItem.objects.for_user(by).filter(kind=kind).order_by("id")
    return list(rows.values_list("state", "overdue_from", "over_at", "owner_id"))


def asks(world: World, at: datetime) -> None:
    follow(force=world.force, now=at, sources=(due.SOURCE,))
    tick(force=world.force, at=at, sources=(due.SOURCE,))


@pytest.fixture
def person(scored: ScoreRun, manager: Acting) -> Person:
    return some_scored(manager, 1)[0]


def test_the_chair_has_five_working_days_to_approve_the_minutes(
    person: Person, manager: Acting, supervisor: Acting, world: World
) -> None:
    meeting = called(manager, supervisor, TODAY, NOW)
    asks(world, NOON)
    [(state, overdue, over, owner)] = asked(manager, What.MINUTES)
    assert (state, over, owner) == ("open", None, supervisor.user.pk)
    assert timedelta(days=7) <= overdue - start_of(TODAY) <= timedelta(days=11), "five working days"
    came(manager, meeting, now=NOON)
    proposed(manager, meeting, person, NOON)
    decided(manager, meeting, 1, Decision.DEFER, now=NOON)
    approved(supervisor, meeting, NOON + HOUR)
    asks(world, NOON + 2 * HOUR)
    assert asked(manager, What.MINUTES) == [("done", overdue, NOON + HOUR, supervisor.user.pk)]


def test_a_meeting_called_off_leaves_no_minutes_and_whatever_follows_still_does(
    person: Person, manager: Acting, supervisor: Acting, world: World
) -> None:
    meeting = called(manager, supervisor, TODAY + 7 * DAY, NOW)
    actions.call_off_meeting(by=manager, meeting=meeting, reason=WHY, now=NOW)
    asks(world, NOW + 8 * DAY)
    assert asked(manager, What.MINUTES) == []
    assert [one[:2] for one in asked(manager, What.NEXT)] == [("open", end_of(TODAY + 35 * DAY))]


def test_actions_are_due_by_their_day_and_the_chair_asks_after_an_agencys(
    person: Person, manager: Acting, supervisor: Acting, world: World
) -> None:
    meeting = called(manager, supervisor, TODAY, NOW)
    proposed(manager, meeting, person, NOW)
    came(manager, meeting, PROBATION, now=NOON)
    decided(manager, meeting, 1, Decision.SELECT, {PROBATION}, NOON)
    for given in (
        NewAction("Visit him every week", TODAY + 3 * DAY, "manager"),
        NewAction("See him every week", TODAY + 5 * DAY, agency=PROBATION),
    ):
        actions.add_meeting_action(by=manager, meeting=meeting, number=1, given=given, now=NOON)
    asks(world, NOON + HOUR)
    assert asked(manager, What.ACT) == [
        ("open", end_of(TODAY + 3 * DAY), None, manager.user.pk), ("open", end_of(TODAY + 5 * DAY), None, supervisor.user.pk),
    ]  # fmt: skip
    for number, is_done in ((1, True), (2, False)):
        actions.close_meeting_action(
            by=manager, meeting=meeting, item=1, number=number, is_done=is_done, words=WHY, now=NOON + DAY
        )
    asks(world, NOON + DAY + HOUR)
    assert [one[0] for one in asked(manager, What.ACT)] == ["done", "withdrawn"]


@pytest.mark.rule("PRI-06")
def test_a_member_who_falls_due_by_a_meeting_is_somebodys_work_until_a_named_person_puts_them_there(
    person: Person, manager: Acting, supervisor: Acting, world: World
) -> None:
    enter_cohort(by=manager, person=person, reason=WHY, seen=stays_of(manager, person).version, now=NOW)
    meeting = called(manager, supervisor, TODAY + 28 * DAY, NOW)
    called(manager, supervisor, TODAY + 27 * DAY, NOW)
    asks(world, NOW + 20 * DAY)
    assert asked(manager, What.AGENDA) == [], "a week before the meeting, and of that alone by which they fall due"
    asks(world, NOW + 22 * DAY)
    assert [one[:3] for one in asked(manager, What.AGENDA)] == [("open", end_of(TODAY + 28 * DAY), None)]
    actions.add_members_due(by=manager, meeting=meeting, now=NOW + 23 * DAY)
    asks(world, NOW + 23 * DAY + HOUR)
    assert [(one[0], one[2]) for one in asked(manager, What.AGENDA)] == [("done", NOW + 23 * DAY)]


def test_another_meeting_is_called_within_four_weeks(
    person: Person, manager: Acting, supervisor: Acting, world: World
) -> None:
    called(manager, supervisor, TODAY, NOW)
    asks(world, NOON)
    assert [one[:3] for one in asked(manager, What.NEXT)] == [("open", end_of(TODAY + 28 * DAY), None)]
    called(manager, supervisor, TODAY + 28 * DAY, NOW + DAY)
    asks(world, NOW + DAY + HOUR)
    assert [(one[0], one[2]) for one in asked(manager, What.NEXT)] == [("done", NOW + DAY)]
