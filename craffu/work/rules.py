"""When due work is missed, who is told of it and when they see it coming, in which order it stands, and who covers (MON-04).

What is not done by its due time is missed for good: the supervisor is told at once, the inspector after 72 elapsed hours while
it is still not done. Doing it late undoes no miss. Each step is raised once, however often the clock runs. The rest is the
project's own decision (ADR 33).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.clocks.london import day_of, due, end_of


class Step(StrEnum):
    """Who is told of what was missed, in order."""

    SUPERVISOR = "supervisor"
    INSPECTOR = "inspector"


# `monitor.escalate_inspector_after`; the supervisor is told at once.
TOLD_AFTER: Final = {Step.SUPERVISOR: timedelta(0), Step.INSPECTOR: timedelta(hours=72)}


@dataclass(frozen=True, slots=True)
class Missed:
    """Whether work was missed, whom that has been or is now to be told, and which of them nobody has told yet."""

    overdue_from: datetime
    missed: bool
    escalated_to: tuple[Step, ...]
    new_escalations: tuple[Step, ...]


def missed(
    overdue_from: datetime, now: datetime, *, done_at: datetime | None = None, already_raised: Iterable[str] = ()
) -> Missed:
    """How due work stands that is overdue from an instant on: the end, exclusive, of its due day or time.

    Work done up to a step is not taken to that step; what is done after `now` is not done yet.
    """
    done = done_at if done_at is not None and done_at <= now else None
    is_missed = (now if done is None else done) >= overdue_from
    raised = set(already_raised)
    told = tuple(
        step
        for step, after in TOLD_AFTER.items()
        if is_missed and due(overdue_from, after) <= (now if done is None else done)
    )
    return Missed(overdue_from, is_missed, told, tuple(step for step in told if step.value not in raised))


# `work.foreseen_before`: how long before it is late the supervisor sees what is not done yet.
FORESEEN_BEFORE: Final = timedelta(hours=24)


def foreseen_at(raised_at: datetime, overdue_from: datetime) -> datetime:
    """From when on the supervisor sees it coming: a day before it is late, or half of its time where that is shorter."""
    ahead = min(FORESEEN_BEFORE, max(overdue_from - raised_at, timedelta()) / 2)
    return overdue_from - ahead


def after(last_in_time: datetime) -> datetime:
    """The first instant that is late, where what is done at `last_in_time` is still in time."""
    return last_in_time + datetime.resolution


class How(StrEnum):
    """How something that was due came to an end."""

    DONE = "done"
    EXCUSED = "excused"
    WITHDRAWN = "withdrawn"


class Consequence(StrEnum):
    """What happens if it is not done, the worst first: by this a queue is sorted before it is sorted by time."""

    HARM_UNWARNED = "harm_unwarned"
    LIMIT_OF_LAW = "limit_of_law"
    PROTECTION_LAPSES = "protection_lapses"
    RISK_UNKNOWN = "risk_unknown"
    PROMISE_BROKEN = "promise_broken"
    VOICE_UNHEARD = "voice_unheard"
    GOES_STALE = "goes_stale"
    HISTORY_SPLIT = "history_split"


RANK: Final[Mapping[Consequence, int]] = {one: rank for rank, one in enumerate(Consequence)}


class Band(StrEnum):
    """How long something has waited, in days of London since it was raised: 0 to 1, 2 to 7, 8 to 28, or more."""

    FRESH = "0-1"
    WEEK = "2-7"
    MONTH = "8-28"
    LONGER = "29"


_BAND_ENDS: Final = {Band.FRESH: 1, Band.WEEK: 7, Band.MONTH: 28}


def days_of(band: Band, today: date) -> tuple[date | None, date]:
    """The first and the last day on which something was raised that is in this band today; the first is None for no end."""
    bands = list(Band)
    place = bands.index(band)
    last = today if place == 0 else today - timedelta(days=_BAND_ENDS[bands[place - 1]] + 1)
    return (None if band is Band.LONGER else today - timedelta(days=_BAND_ENDS[band]), last)


class Part(StrEnum):
    """Where something due stands in somebody's day."""

    NOW = "now"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


SOON: Final = timedelta(days=7)


def part_of(due_at: datetime, overdue_from: datetime, now: datetime) -> Part:
    """Late is now; what is late by the end of today in London is today's; what is due within seven days comes after that."""
    today = day_of(now)
    if overdue_from <= now:
        return Part.NOW
    if due_at < end_of(today) or overdue_from <= end_of(today):
        return Part.TODAY
    return Part.WEEK if due_at < end_of(today + SOON) or overdue_from <= end_of(today + SOON) else Part.LATER


class Why(StrEnum):
    """Why somebody is away, coded. `BACK` says that they are there after all."""

    LEAVE = "leave"
    SICKNESS = "sickness"
    TRAINING = "training"
    MOVED_ON = "moved_on"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Away:
    """That somebody is away from one day to another, both included, and who covers; None for nobody yet."""

    who: int
    first: date
    last: date
    cover: int | None
    why: str = Why.LEAVE


def away_on(said: Iterable[Away], day: date) -> dict[int, int | None]:
    """Who is away on a day, each with who was named to cover. `said` in the order it was said: the last word counts."""
    last = {one.who: one for one in said if one.first <= day <= one.last}
    return {who: one.cover for who, one in last.items() if one.why != Why.BACK}


def covers(away: Mapping[int, int | None], who: int) -> int | None:
    """Who does somebody's work: they themselves, or who covers for them, or for that one; None where it ends with nobody."""
    seen: set[int] = set()
    present: int | None = who
    while present is not None and present in away:
        if present in seen:
            return None
        seen.add(present)
        present = away[present]
    return present


class Taken(StrEnum):
    """A step of an item. The supervisor is told what is missed at once, the inspector later; `foreseen` comes before it is."""

    RAISED = "raised"
    FORESEEN = "foreseen"
    SUPERVISOR = "supervisor"
    INSPECTOR = "inspector"
    DONE = "done"
    EXCUSED = "excused"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    FORWARD = "forward"
    GIVEN = "given"
    REASSIGNED = "reassigned"
    TOOK = "took"


# However often the clock runs.
ONCE = (Taken.RAISED, Taken.FORESEEN, Taken.SUPERVISOR, Taken.INSPECTOR)


class Reassign(StrEnum):
    """Why work is given to somebody else, coded."""

    AWAY = "away"
    TOO_MUCH = "too_much"
    KNOWS_IT = "knows_it"
    MOVED_ON = "moved_on"
    MISTAKE = "mistake"
