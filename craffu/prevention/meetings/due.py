"""What is due of cohort meetings: minutes to approve, actions, members to put on an agenda, the next meeting (P23, PRI-10).

A subject is a meeting, by row number. Nobody is put on an agenda here: a named person does (PRI-06).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import end_of, start_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.prevention.cohort.queries import Membership, members_now
from craffu.prevention.meetings.queries import Action, Item, MeetingStory, stories_of_meetings
from craffu.prevention.meetings.rules import AHEAD, minutes_due, next_due
from craffu.prevention.models import Meeting
from craffu.prevention.topics import MEETINGS, PRIORITIES
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

QUEUE: Final = "meetings"


class What(StrEnum):
    """What is to be done. Keys are stored."""

    MINUTES = "meeting_minutes"
    ACT = "meeting_action"
    AGENDA = "meeting_agenda"
    NEXT = "meeting_next"


class Why(StrEnum):
    """Why. Keys are stored."""

    HELD = "meeting_held"
    AGREED = "meeting_agreed"
    AGENCY = "meeting_agreed_with_agency"
    FALLS_DUE = "meeting_member_falls_due"
    FOUR_WEEKS = "meeting_every_four_weeks"


def every_meeting(by: Acting) -> Iterable[str]:
    return map(str, Meeting.objects.for_user(by).order_by("id").values_list("pk", flat=True))


def meetings_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """News names meetings, or people: whoever enters, is looked at or leaves may fall due by any meeting to come.

    One that is called meets what the one before it waits for, so of meetings every one is asked: there are few.
    """
    rows = Meeting.objects.for_user(by).order_by("id")
    if topic == PRIORITIES:
        rows = rows.filter(approved__isnull=True, called_off__isnull=True)
    return map(str, rows.values_list("pk", flat=True)) if subjects else ()


def meetings_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due of each of these meetings as things stand at an instant. Thirteen queries, however many."""
    wanted = frozenset(map(int, subjects))
    rows = Meeting.objects.for_user(by)
    stories = stories_of_meetings(by, rows.filter(pk__one_of=wanted).select_related("by").order_by("id"))
    everything = [(one.pk, one.day, one.known_from) for one in rows.order_by("id")]
    members = members_now(by)
    found = {}
    for story in stories:
        meeting = story.meeting
        later = [at for pk, day, at in everything if pk != meeting.pk and (day, pk) > (meeting.day, meeting.pk)]
        dues = (*_minutes(story), *_acts(story), *_agenda(story, members, now), *_next(story, min(later, default=None)))
        is_to_come = story.is_open and now < end_of(meeting.day)
        found[str(meeting.pk)] = Answer(dues, end_of(meeting.day) if is_to_come else None)
    return found


def _minutes(story: MeetingStory) -> Iterator[Due]:
    """The minutes are approved within five working days of the meeting; the chair's, who answers for them."""
    day = story.meeting.day
    raised_at, by_when = start_of(day), end_of(minutes_due(day))
    if story.called_off is not None and story.called_off.known_from < raised_at:
        return
    ended = story.approved or story.called_off
    yield Due(
        kind=What.MINUTES.value, key=str(story.meeting.pk), about=("meeting", story.meeting.reference), queue=QUEUE,
        why=Why.HELD.value, what_if_not=Consequence.GOES_STALE, raised_at=raised_at, due_at=by_when, overdue_from=by_when,
        owner=story.chair.pk, facts={"limit": "policy"}, done_at=ended.known_from if ended else None,
        how=None if ended is None else How.DONE if story.approved else How.WITHDRAWN,
    )  # fmt: skip


def _acts(story: MeetingStory) -> Iterator[Due]:
    """What is to be done, by its day. What an agency does, the chair asks after: an agency has no account."""
    for item in story.items:
        for one in item.actions:
            yield _act(story, item, one)


def _act(story: MeetingStory, item: Item, one: Action) -> Due:
    row, closed, ends = one.row, one.closed, end_of(one.row.due_on)
    return Due(
        kind=What.ACT.value, key=str(row.pk), about=("meeting", story.meeting.reference), queue=QUEUE,
        why=(Why.AGREED if row.agency is None else Why.AGENCY).value, what_if_not=Consequence.PROTECTION_LAPSES,
        raised_at=row.known_from, due_at=ends, overdue_from=ends, owner=row.owner_id or story.chair.pk,
        facts={"limit": "policy", "item": str(item.number)}, done_at=closed.known_from if closed else None,
        how=None if closed is None else How.DONE if closed.is_done else How.WITHDRAWN,
    )  # fmt: skip


def _agenda(story: MeetingStory, members: Collection[Membership], now: datetime) -> Iterator[Due]:
    """Each member whose look falls due by a meeting to come and who is not on its agenda yet, a week before it (PRI-10)."""
    day = story.meeting.day
    ends = end_of(day)
    if not story.is_open or ends <= now:
        return
    for one in members:
        if one.review_due > day:
            continue
        looked = one.reviews[-1].known_from if one.reviews else one.entered.known_from
        raised_at = max(story.meeting.known_from, looked, start_of(day - AHEAD))
        item = story.item_of(one.person.pk)
        if item is not None and item.row.known_from < raised_at:
            continue
        yield Due(
            kind=What.AGENDA.value, key=f"{story.meeting.pk}:{one.entered.pk}:{len(one.reviews)}",
            about=("person", one.person.reference), queue=QUEUE, why=Why.FALLS_DUE.value,
            what_if_not=Consequence.GOES_STALE, raised_at=raised_at, due_at=ends, overdue_from=ends,
            facts={"limit": "policy"}, done_at=item.row.known_from if item else None, how=How.DONE if item else None,
        )  # fmt: skip


def _next(story: MeetingStory, called_at: datetime | None) -> Iterator[Due]:
    """A meeting follows within 28 days of the last: somebody calls it."""
    day = story.meeting.day
    raised_at, ends = start_of(day), end_of(next_due(day))
    if called_at is not None and called_at < raised_at:
        return
    yield Due(
        kind=What.NEXT.value, key=str(story.meeting.pk), about=("meeting", story.meeting.reference), queue=QUEUE,
        why=Why.FOUR_WEEKS.value, what_if_not=Consequence.GOES_STALE, raised_at=raised_at, due_at=ends, overdue_from=ends,
        facts={"limit": "policy"}, done_at=called_at, how=How.DONE if called_at else None,
    )  # fmt: skip


SOURCE: Final = Source(
    key="meetings",
    topics=frozenset({MEETINGS, PRIORITIES}),
    rules={what.value: "PRI-10" for what in What},
    whys=frozenset(Why),
    queues=frozenset({QUEUE}),
    every=every_meeting,
    named=meetings_named,
    due=meetings_due,
)
