"""Cohort meetings as they stand: who came, who is on the agenda, what was decided and is to be done, and the minutes (P23)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.access.later import together
from craffu.access.models import User
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.edits import version_of
from craffu.people.models import Person
from craffu.people.queries import shells_of, whoever_now
from craffu.prevention.cohort.queries import Membership, Stays, members_now
from craffu.prevention.meetings.kinds import Decision, Stage
from craffu.prevention.meetings.rules import Came, bound, stage
from craffu.prevention.models import (
    Meeting,
    MeetingAction,
    MeetingActionClosed,
    MeetingAgency,
    MeetingApproved,
    MeetingAttended,
    MeetingCalledOff,
    MeetingChaired,
    MeetingCorrected,
    MeetingDecided,
    MeetingItem,
    PopulationDefined,
    ScoreStands,
)


@dataclass(frozen=True, slots=True)
class Action:
    """Something that is to be done, and what became of it."""

    row: MeetingAction
    closed: MeetingActionClosed | None

    @property
    def who(self) -> str:
        """Whose it is: a user's name, or an agency's."""
        row = self.row
        return str(row.owner.name if row.owner is not None else row.agency.name if row.agency is not None else "")


@dataclass(frozen=True, slots=True)
class Item:
    """Somebody on the agenda, every decision about them, the last that stands at the end, and what is to be done.

    `people` are who they are by now: one, or those whose the records are of whoever has none any more (IDN-03, IDN-06).
    """

    row: MeetingItem
    decisions: tuple[MeetingDecided, ...]
    actions: tuple[Action, ...]
    people: tuple[Person, ...]

    @property
    def person(self) -> Person:
        """Whom it is about by now. Of several nobody is guessed: it stays whoever was put on the agenda."""
        return self.row.person if self.is_of_several else self.people[0]

    @property
    def is_of_several(self) -> bool:
        return len(self.people) > 1

    @property
    def references(self) -> list[str]:
        """Under which references the log has it: who they were when they were put on the agenda, and who they are."""
        return list(dict.fromkeys(one.reference for one in (self.row.person, *self.people)))

    def was_member(self, stays: Stays) -> bool:
        """Whether they were in the cohort before the meeting decided about them, under whichever reference."""
        if not self.decisions:
            return stays.now is not None
        first = self.decisions[0]
        return first.was_member or any(
            one.entered.known_from < first.known_from and (one.left is None or one.left.known_from > first.known_from)
            for one in stays.all
        )

    @property
    def number(self) -> int:
        return int(self.row.number)

    @property
    def standing(self) -> MeetingDecided | None:
        return self.decisions[-1] if self.decisions else None

    @property
    def decided(self) -> Decision | None:
        return Decision(self.decisions[-1].decision) if self.decisions else None

    @property
    def agencies(self) -> frozenset[int]:
        """Those that are to have it, by their numbers; none before it is decided."""
        return frozenset(self.decisions[-1].agencies) if self.decisions else frozenset()

    @property
    def version(self) -> str:
        """As somebody sees it who decides (T30)."""
        return version_of(self.row.pk, len(self.decisions))

    def action(self, number: int) -> Action | None:
        return next((one for one in self.actions if one.row.number == number), None)


@dataclass(frozen=True, slots=True)
class MeetingStory:
    """Everything recorded of one meeting, each in the order in which it was recorded."""

    meeting: Meeting
    chair: User
    agencies: tuple[MeetingAgency, ...]
    attended: tuple[MeetingAttended, ...]
    items: tuple[Item, ...]
    corrections: tuple[MeetingCorrected, ...]
    approved: MeetingApproved | None
    called_off: MeetingCalledOff | None

    def stage(self, today: date) -> Stage:
        return stage(
            self.meeting.day, today, is_approved=self.approved is not None, is_called_off=self.called_off is not None
        )

    @property
    def is_open(self) -> bool:
        """Whether anything can be added to its minutes."""
        return self.approved is None and self.called_off is None

    @property
    def bound(self) -> frozenset[int]:
        """The agencies, by number, that may be given anything of it."""
        return bound(came_of(self.attended))

    @property
    def undecided(self) -> list[Item]:
        return [one for one in self.items if one.standing is None]

    @property
    def populations(self) -> list[PopulationDefined]:
        """By which statements those on its agenda are of the population, each once."""
        return list({one.row.population_id: one.row.population for one in self.items}.values())

    @property
    def version(self) -> str:
        """What an approval or a paper is made from (T30)."""
        return version_of(
            self.meeting.pk, self.chair.pk, len(self.agencies), len(self.corrections), int(self.is_open),
            *(int(has_undertaken(one)) for one in self.attended),
            *(number for one in self.items for number in (one.row.pk, len(one.decisions), len(one.actions))),
        )  # fmt: skip

    def item(self, number: int) -> Item | None:
        return next((one for one in self.items if one.number == number), None)

    def item_of(self, person: int) -> Item | None:
        return next((one for one in self.items if one.person.pk == person), None)

    def beside(self, item: Item) -> list[int]:
        """The numbers of the other items that are about the same person by now."""
        return [one.number for one in self.items if one.row != item.row and one.person.pk == item.person.pk]

    def agency(self, number: int) -> MeetingAgency | None:
        return next((one for one in self.agencies if one.number == number), None)

    def came_for(self, number: int) -> list[MeetingAttended]:
        return [one for one in self.attended if one.came and one.agency is not None and one.agency.number == number]


def has_undertaken(one: MeetingAttended) -> bool:
    return getattr(one, "undertaken", None) is not None


def came_of(attended: Iterable[MeetingAttended]) -> list[Came]:
    return [
        Came(one.agency.number if one.agency is not None else None, one.came, has_undertaken(one)) for one in attended
    ]


def stories_of_meetings(by: Acting, meetings: Iterable[Meeting]) -> list[MeetingStory]:
    """All of these meetings, in their order. Nine queries, however many they are; on PostgreSQL in one message.

    One more where anybody on an agenda has no record any more.
    """
    rows = list(meetings)
    if not rows:
        return []
    of = frozenset(one.pk for one in rows)
    chaired = _told_of.later(by, of, model=MeetingChaired, along=("chair",))
    agencies = _told_of.later(by, of, model=MeetingAgency, ordered="number")
    attended = _told_of.later(by, of, model=MeetingAttended, along=("agency", "undertaken"), ordered="number")
    corrected = _told_of.later(by, of, model=MeetingCorrected, along=("by", "item"), ordered="number")
    approved = _told_of.later(by, of, model=MeetingApproved, along=("by",))
    off = _told_of.later(by, of, model=MeetingCalledOff, along=("by",))
    items = _told_of.later(by, of, model=MeetingItem, along=("person", "population", "by"), ordered="number")
    decided = _told_of.later(by, of, model=MeetingDecided, path="item__", along=("by",), ordered="number")
    undertaken = _told_of.later(
        by, of, model=MeetingAction, path="item__", along=("owner", "agency", "closed__by"), ordered="number"
    )
    together(chaired, agencies, attended, corrected, approved, off, items, decided, undertaken)
    chairs = {one.meeting_id: one.chair for one in chaired.answer}
    invited, came = _several(agencies.answer), _several(attended.answer)
    now = whoever_now(by, [one.person for one in items.answer])
    agenda = _as_items(items.answer, decided.answer, undertaken.answer, now)
    corrections = _several(corrected.answer)
    minutes, called_off = ({one.meeting_id: one for one in said.answer} for said in (approved, off))
    return [
        MeetingStory(
            one, chairs[one.pk], tuple(invited[one.pk]), tuple(came[one.pk]), tuple(agenda[one.pk]),
            tuple(corrections[one.pk]), minutes.get(one.pk), called_off.get(one.pk),
        )
        for one in rows
    ]  # fmt: skip


@prepared
def _told_of(
    by: Acting,
    meetings: frozenset[int],
    *,
    model: Any,
    path: str = "",
    along: tuple[str, ...] = (),
    ordered: str = "id",
) -> QuerySet[Any]:
    """What one kind of rows tells of these meetings; `path` leads to the item that it is told of, where it is of one."""
    rows: QuerySet[Any] = model.objects.for_user(by).filter(**{f"{path}meeting__one_of": meetings})
    return (rows.select_related(*along) if along else rows).order_by(ordered)


def _several(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for one in rows:
        found[one.meeting_id].append(one)
    return found


def _as_items(
    items: list[MeetingItem],
    said: list[MeetingDecided],
    undertaken: list[MeetingAction],
    now: Mapping[int, Sequence[Person]],
) -> dict[int, list[Item]]:
    """What is on the agenda of each meeting, with what was decided of it and what is to be done."""
    decisions: dict[int, list[MeetingDecided]] = defaultdict(list)
    for row in said:
        decisions[row.item_id].append(row)
    actions: dict[int, list[Action]] = defaultdict(list)
    for one in undertaken:
        actions[one.item_id].append(Action(one, getattr(one, "closed", None)))
    found: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        people = tuple(now[item.person_id]) or (item.person,)
        found[item.meeting_id].append(Item(item, tuple(decisions[item.pk]), tuple(actions[item.pk]), people))
    return found


def find_meeting(by: Acting, reference: str) -> MeetingStory | None:
    """Ten queries."""
    rows = Meeting.objects.for_user(by).filter(reference=reference).select_related("by")
    return next(iter(stories_of_meetings(by, rows)), None)


def meetings_of(by: Acting, *, most: int | None = None) -> list[MeetingStory]:
    """The meetings, or so many of them, the last day first. Ten queries."""
    return stories_of_meetings(by, Meeting.objects.for_user(by).select_related("by").order_by("-day", "-id")[:most])


def next_meeting(by: Acting, today: date) -> MeetingStory | None:
    """The next that is held and whose minutes are open: where somebody is proposed. Ten queries."""
    rows = Meeting.objects.for_user(by).filter(day__gte=today, approved__isnull=True, called_off__isnull=True)
    return next(iter(stories_of_meetings(by, rows.select_related("by").order_by("day", "id")[:1])), None)


@dataclass(frozen=True, slots=True)
class MembersDue:
    """The members who fall due by a meeting and are not on its agenda: of the population, and outside it (PRI-01, PRI-10)."""

    to_add: tuple[tuple[Membership, ScoreStands], ...]
    outside: tuple[Membership, ...]


def members_due(by: Acting, story: MeetingStory) -> MembersDue:
    """Three queries."""
    there = {one.person.pk for one in story.items}
    due = [one for one in members_now(by) if one.review_due <= story.meeting.day and one.person.pk not in there]
    stand = stands_among(by, {one.person.pk for one in due}) if due else {}
    return MembersDue(
        tuple((one, stand[one.person.pk]) for one in due if one.person.pk in stand),
        tuple(one for one in due if one.person.pk not in stand),
    )


def stands_among(by: Acting, people: Collection[int]) -> dict[int, ScoreStands]:
    """Where each of these people stands who is scored. One query."""
    rows = ScoreStands.objects.for_user(by).filter(person__one_of=frozenset(people)).select_related("run__population")
    return {one.person_id: one for one in rows}


def known_as(by: Acting, person: Person) -> frozenset[int]:
    """Under which row numbers a meeting may have spoken of somebody (IDN-06). Three queries at most."""
    return frozenset({person.pk, *shells_of(by, {person.pk})})


def decided_before(by: Acting, meeting: Meeting, ever: frozenset[int]) -> MeetingDecided | None:
    """What an earlier meeting decided last about somebody, by all that they are `known_as`. One query."""
    rows = MeetingDecided.objects.for_user(by).filter(item__person__one_of=ever, item__meeting__day__lte=meeting.day)
    found: MeetingDecided | None = (
        rows.exclude(item__meeting=meeting).select_related("item__meeting").order_by("known_from", "id").last()
    )
    return found


def last_discussed(by: Acting, people: Collection[int]) -> dict[int, date]:
    """On which day a meeting decided last about each of these people, of those about whom one did. Four queries at most.

    Whatever it decided of somebody who has no record any more it decided of whoever that is by now (IDN-06).
    """
    shells = shells_of(by, people)
    rows = MeetingDecided.objects.for_user(by).filter(item__person__one_of=frozenset({*people, *shells}))
    said = rows.order_by("known_from", "id").values_list("item__person_id", "item__meeting__day")
    return {shells.get(person, person): day for person, day in said}
