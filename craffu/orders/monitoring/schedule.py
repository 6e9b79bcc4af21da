"""Every check of a condition from its service on: when it was due, whether it was made, and why it was not (MON-01, MON-06).

Worked out anew from what is recorded, so that a question about a past instant is answered as it was then. A check is never put
back: its day may only come nearer. What no rule says is the project's own (ADR 43).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from craffu.cases.risk.rules import Grade
from craffu.clocks.london import day_of, end_of, start_of
from craffu.orders.monitoring.rules import brought_forward, check_due, interval


@dataclass(frozen=True, slots=True)
class Graded:
    """From an instant on a case has this grade; None where none is current."""

    since: datetime
    grade: Grade | None


@dataclass(frozen=True, slots=True)
class Owned:
    """From an instant on the plan asks for a check every so many days; None leaves it to the grade."""

    since: datetime
    days: int | None


@dataclass(frozen=True, slots=True)
class Heightened:
    """The days of heightened follow-up (MON-03), both included, and since when we know of it."""

    first: date
    last: date
    known: datetime

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """When it begins to hold, and when it no longer does."""
        return max(start_of(self.first), self.known), end_of(self.last)

    def covers(self, at: datetime) -> bool:
        begins, ends = self.instants
        return begins <= at < ends


@dataclass(frozen=True, slots=True)
class Pace:
    """From an instant on so many days lie between two checks, and why: heightened follow-up, the plan, or the grade."""

    since: datetime
    days: int
    grade: Grade | None = None
    is_heightened: bool = False
    is_own: bool = False


def paces(grades: Sequence[Graded], own: Sequence[Owned], heightened: Iterable[Heightened]) -> list[Pace]:
    """Every instant at which the interval of a condition's checks may change, in order. Before the first it is that of none."""
    times = list(heightened)
    instants = {one.since for one in grades} | {one.since for one in own}
    instants |= {at for one in times for at in one.instants}
    return [_pace_at(at, grades, own, times) for at in sorted(instants)]


def _pace_at(at: datetime, grades: Sequence[Graded], own: Sequence[Owned], times: list[Heightened]) -> Pace:
    grade = next((one.grade for one in reversed(grades) if one.since <= at), None)
    asked = next((one.days for one in reversed(own) if one.since <= at), None)
    is_heightened = any(one.covers(at) for one in times)
    days = interval(grade, asked, is_heightened=is_heightened)
    is_own = asked is not None and not is_heightened and asked < interval(grade)
    return Pace(at, days, grade, is_heightened, is_own)


class Ended(StrEnum):
    """Why a check is asked for no longer. Keys are stored."""

    CUSTODY = "custody"
    HOSPITAL = "hospital"
    ABROAD = "abroad"
    ORDER_OVER = "order_over"
    CONDITION_OVER = "condition_over"
    CANNOT_BE_CHECKED = "cannot_be_checked"


@dataclass(frozen=True, slots=True)
class Away:
    """That the respondent is not there from one day to another, both included, why, and since when we know it.

    `said` is when its last day was said last.
    """

    first: date
    last: date
    why: Ended
    known: datetime
    said: datetime

    @property
    def holds_from(self) -> datetime:
        return max(start_of(self.first), self.known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A condition that is to be checked: from which day on, since when we know it, and until when.

    `done` is when checks were made, `away` when none can be.
    """

    key: str
    began: date
    known: datetime
    paces: Sequence[Pace] = ()
    done: Sequence[datetime] = ()
    away: Sequence[Away] = ()
    ended_at: datetime | None = None
    ended: Ended = Ended.ORDER_OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """One check as it stands: asked for `since`, due all of a day, and done, cancelled or still to be made."""

    key: str
    since: datetime
    due_on: date
    pace: Pace
    is_first: bool = False
    done_at: datetime | None = None
    cancelled_at: datetime | None = None
    why: Ended | None = None

    @property
    def overdue_from(self) -> datetime:
        return end_of(self.due_on)

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.cancelled_at is None

    @property
    def is_in_time(self) -> bool:
        return self.done_at is not None and self.done_at < self.overdue_from

    def was_missed(self, now: datetime) -> bool:
        """Whether its day went by while it stood open; doing it late does not undo that (MON-04)."""
        return (self.done_at or self.cancelled_at or now) >= self.overdue_from

    @property
    def left_before_due(self) -> bool:
        """Cancelled before it was late: it counts neither as made nor as missed."""
        return self.cancelled_at is not None and self.cancelled_at < self.overdue_from


@dataclass(slots=True)
class _At:
    """Where a schedule has come: the day from which the next check counts, and since when it stands."""

    day: date
    since: datetime
    floor: date
    is_first: bool = True
    made: list[Scheduled] = field(default_factory=list)


def schedule(one: Watched, now: datetime) -> list[Scheduled]:
    """MON-01, MON-06: every check of a condition up to now, with the one to come; each counts from the day the last was done.

    What is known later than it was due is due on the day on which it is known. After an absence it is as after service.
    """
    at = _At(one.began, start_of(one.began), max(one.began, day_of(one.known)))
    done = [each for each in sorted(set(one.done)) if each >= at.since and each <= now]
    while True:
        away = min(
            (each for each in one.away if _hinders(each, at.since, now)), key=lambda each: each.holds_from, default=None
        )
        is_over = one.ended_at is not None and one.ended_at <= now
        stops = [each for each in (away.holds_from if away else None, one.ended_at if is_over else None) if each]
        stop = max(at.since, min(stops)) if stops else None
        if is_over and one.ended_at is not None and one.ended_at <= at.since:
            return at.made
        if done and (stop is None or done[0] <= stop):
            made = done.pop(0)
            at.made.append(_row(one, at, made, done_at=made))
            at.day, at.since, at.floor, at.is_first = day_of(made), made, day_of(made), False
        elif stop is None:
            at.made.append(_row(one, at, now))
            return at.made
        elif away is not None and stop == max(at.since, away.holds_from):
            if stop > at.since:
                at.made.append(_row(one, at, stop, cancelled_at=stop, why=away.why))
            after = end_of(away.last)
            done = [each for each in done if each >= after]
            at.day, at.since, at.floor, at.is_first = away.last, after, max(away.last, day_of(away.said)), True
        else:
            at.made.append(_row(one, at, stop, cancelled_at=stop, why=one.ended))
            return at.made


def _hinders(away: Away, since: datetime, now: datetime) -> bool:
    return away.holds_from <= now and end_of(away.last) > since and away.holds_from < end_of(away.last)


def _row(one: Watched, at: _At, until: datetime, **how: object) -> Scheduled:
    pace = next((each for each in reversed(one.paces) if each.since <= at.since), Pace(at.since, interval(None)))
    due_on = max(at.floor, check_due(at.day, pace.days, is_first=at.is_first))
    for each in one.paces:
        if at.since < each.since <= until:
            if each.days < pace.days:
                due_on = brought_forward(due_on, at.day, each.days, day_of(each.since), is_first=at.is_first)
            pace = each
    return Scheduled(
        key=f"{one.key}.{len(at.made) + 1}", since=at.since, due_on=due_on, pace=pace, is_first=at.is_first, **how  # type: ignore[arg-type]
    )  # fmt: skip
