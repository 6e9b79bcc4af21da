"""A cohort meeting as it is called, attended, decided and approved."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

from craffu.access.acting import Acting, acting_system
from craffu.cases.victim_queries import victims_beside
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.people.models import Person
from craffu.people.queries import contacts_of, records_of
from craffu.prevention.meetings.actions import (
    add_meeting_action,
    approve_minutes,
    call_meeting,
    decide_item,
    propose,
    record_attendance,
)
from craffu.prevention.meetings.facts import NewAction, NewAttendance, NewDecision, NewMeeting
from craffu.prevention.meetings.kinds import Decision
from craffu.prevention.meetings.queries import MeetingStory, find_meeting
from craffu.prevention.models import Meeting, MeetingDecided, MeetingItem, ScoreStands

WHY: Final = "He waits outside where she works each day"
PROBATION, HOUSING = 1, 2
AGENCIES: Final = ("Probation Service", "Glan Afon Homes")


def story_of(by: Acting, meeting: str) -> MeetingStory:
    found = find_meeting(by, meeting)
    assert found is not None
    return found


def called(by: Acting, chair: Acting, day: date, now: datetime | None = None) -> str:
    assert chair.user is not None
    row: Meeting = call_meeting(by=by, given=NewMeeting(day, chair.user.username, AGENCIES), now=now)
    return row.reference


def proposed(by: Acting, meeting: str, person: Person, now: datetime | None = None, why: str = WHY) -> MeetingItem:
    return propose(by=by, meeting=meeting, person=person, reason=why, now=now)


def came(
    by: Acting, meeting: str, agency: int | None = None, *, undertook: bool = True, now: datetime | None = None
) -> int:
    given = NewAttendance("Nia Prosser, practitioner", agency, came=True, undertook=undertook)
    number: int = record_attendance(by=by, meeting=meeting, given=given, now=now).number
    return number


def decided(
    by: Acting, meeting: str, number: int, decision: Decision, agencies: Collection[int] = (),
    now: datetime | None = None, why: str = WHY,
) -> MeetingDecided:  # fmt: skip
    one = story_of(by, meeting).item(number)
    assert one is not None
    given = NewDecision(decision, why, agencies)
    return decide_item(by=by, meeting=meeting, number=number, given=given, seen=one.version, now=now)


def approved(by: Acting, meeting: str, now: datetime | None = None) -> None:
    approve_minutes(by=by, meeting=meeting, seen=story_of(by, meeting).version, now=now)


def some_scored(by: Acting, number: int) -> list[Person]:
    rows = ScoreStands.objects.for_user(by).exclude(value=None).select_related("person").order_by("id")
    return [one.person for one in rows[:number]]


def minuted(by: Acting, chair: Acting, *, is_approved: bool = True) -> str:
    """A meeting of today whose minutes its chair approved: somebody selected, about whom Probation has an action."""
    today = day_of(clock.now())
    meeting = called(by, chair, today)
    proposed(by, meeting, some_scored(by, 1)[0])
    came(by, meeting)
    came(by, meeting, PROBATION)
    decided(by, meeting, 1, Decision.SELECT, {PROBATION})
    add_meeting_action(
        by=by, meeting=meeting, number=1, given=NewAction("See him at the office every week", today, agency=PROBATION)
    )
    if is_approved:
        approved(chair, meeting)
    return meeting


def with_a_victim(by: Acting, others: int) -> list[Person]:
    """Somebody scored beside whom a victim has a contact, and so many others."""
    system = acting_system(by.force, "test")
    found = some_scored(by, 40)
    first = next(one for one in found if contacts_of(system, victims_beside(system, records_of(system, one))))
    return [first, *[one for one in reversed(found) if one.pk != first.pk][:others]]
