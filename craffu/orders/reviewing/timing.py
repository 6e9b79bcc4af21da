"""When an order is next reviewed, and by when somebody has decided what becomes of it at its end (REV-01, REV-06).

The intervals are the force's own: no Act sets any but for criminal behaviour orders of somebody under 18 (Sentencing Act 2020
s.337). Which events bring a review forward the 2023 review asks for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.cases.risk.rules import Grade
from craffu.clocks.working_days import working_days_after
from craffu.orders.clocks.terms import cbo_review_last_day
from craffu.orders.reviewing.rules import APPLIES_FOR, Decision

# `review.first_after_service`, `review.interval.*`, `review.event_due_working_days`, `watch.lapse_decision_days`.
FIRST_AFTER_SERVICE: Final = timedelta(days=28)
INTERVALS: Final = {
    Grade.HIGH: timedelta(days=28),
    Grade.MEDIUM: timedelta(days=56),
    Grade.STANDARD: timedelta(days=91),
}
EVENT_WORKING_DAYS: Final = 5
DECIDED_BEFORE_END: Final = timedelta(days=14)
CBO: Final = "CBO"
_ADULT: Final = 18
_ONE_DAY: Final = timedelta(days=1)
# What decides what becomes of an order when it ends. That it goes on as it is, or is watched more closely, does not.
DECIDES_THE_END: Final = frozenset({*APPLIES_FOR, Decision.LET_EXPIRE})
# Decided once, they are taken back by whoever then decides that the order goes on.
_PROTECTS_NO_MORE: Final = frozenset({Decision.LET_EXPIRE, Decision.DISCHARGE})
# Until then an application is with the court, and not later than so long before the order ends.
APPLY_WITHIN: Final = timedelta(days=28)
APPLY_BEFORE_END: Final = timedelta(days=7)


class Because(StrEnum):
    """Why a review is due on its day. Keys are stored."""

    SCHEDULE = "schedule"
    EVENT = "event"
    BEFORE_END = "before_end"
    STATUTE = "statute"


class Event(StrEnum):
    """What brings a review forward. Keys are stored."""

    BREACH = "breach"
    CHANGE_SOUGHT = "change_sought"
    CIRCUMSTANCES = "circumstances"
    GRADE_RAISED = "grade_raised"
    EXPIRY_WATCH = "expiry_watch"


@dataclass(frozen=True, slots=True)
class Happened:
    """One such event, and since when we know of it."""

    at: datetime
    event: Event


_HIGHER: Final = {Grade.STANDARD: 0, Grade.MEDIUM: 1, Grade.HIGH: 2}


def grades_raised(given: Iterable[tuple[datetime, Grade]]) -> list[Happened]:
    """When a grade was given that is higher than the one before; of a first grade nobody knows that it was raised."""
    found: list[Happened] = []
    before: Grade | None = None
    for at, grade in sorted(given):
        if before is not None and _HIGHER[grade] > _HIGHER[before]:
            found.append(Happened(at, Event.GRADE_RAISED))
        before = grade
    return found


@dataclass(frozen=True, slots=True)
class Next:
    """The day by whose end a review is due, and why then."""

    due_day: date
    because: Because


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What bears on when an order is reviewed next. `grade` None is unassessed: its clocks run as at high risk (RSK-02).

    `events` are the days of those that no review has answered; `statutory_from` the day from which a criminal behaviour order of
    somebody under 18 runs, None for any other. `end_is_decided`: what becomes of it on its last day is decided already.
    """

    served_on: date | None
    grade: str | None = None
    last_completed_on: date | None = None
    events: Sequence[date] = ()
    last_day: date | None = None
    end_is_decided: bool = False
    statutory_from: date | None = None


def next_review_due(given: Reviewed) -> Next | None:
    """REV-01: the earliest of what the schedule, an event, the end and the statute ask for; of equal ones the first.

    None for an order that nobody was served with, while nothing else asks.
    """
    found = [*_by_schedule(given), *_by_events(given.events), *_before_end(given), *_by_statute(given)]
    return min(found, key=lambda one: one.due_day, default=None)


def _by_schedule(given: Reviewed) -> Iterable[Next]:
    """Counted from the day of the last completed review; a completed one never puts the first off for want of service."""
    if given.last_completed_on is not None:
        grade = Grade(given.grade) if given.grade else Grade.HIGH
        return [Next(given.last_completed_on + INTERVALS[grade], Because.SCHEDULE)]
    return [] if given.served_on is None else [Next(given.served_on + FIRST_AFTER_SERVICE, Because.SCHEDULE)]


def _by_events(events: Iterable[date]) -> Iterable[Next]:
    return [Next(working_days_after(on, EVENT_WORKING_DAYS).due_day, Because.EVENT) for on in events]


def _before_end(given: Reviewed) -> Iterable[Next]:
    """Never later than fourteen days before it ends, unless somebody decided then, or later, what becomes of it."""
    if given.last_day is None or given.end_is_decided:
        return []
    return [Next(decide_by(given.last_day), Because.BEFORE_END)]


def _by_statute(given: Reviewed) -> Iterable[Next]:
    """By the end of each twelve months from its effect. A review within them moves no later one."""
    if given.statutory_from is None:
        return []
    last_day = cbo_review_last_day(given.statutory_from)
    while given.last_completed_on is not None and last_day < given.last_completed_on:
        last_day = cbo_review_last_day(last_day + _ONE_DAY)
    return [Next(last_day, Because.STATUTE)]


def statutory_from(kind: str, age: int | None, effect_on: date | None) -> date | None:
    """From when the statute's twelve months run; None where it asks for no review, or the age is not known."""
    return effect_on if kind == CBO and age is not None and age < _ADULT else None


def decide_by(last_day: date) -> date:
    """REV-06: the last day on which a decision about the end of an order counts."""
    return last_day - DECIDED_BEFORE_END


@dataclass(frozen=True, slots=True)
class Lapse:
    """By when a decision about the end had to stand, and whether the order ends, or ended, without one."""

    decide_by: date
    lapse_unreviewed: bool


def lapse(last_day: date, decided_on: date | None) -> Lapse:
    """REV-06: decided fourteen days before, or a lapse unreviewed. The target is nought."""
    by = decide_by(last_day)
    return Lapse(by, lapse_unreviewed=decided_on is None or decided_on > by)


@dataclass(frozen=True, slots=True)
class Decided:
    """A completed review, as far as it says what becomes of the end: the last day that the order had then."""

    on: date
    decision: str
    last_day: date | None


def end_decided_on(last_day: date | None, decided: Iterable[Decided]) -> date | None:
    """The day on which somebody first decided what becomes of this end, by the decisions that stand; None where nobody has.

    A decision about an earlier end, before the order was given another, says nothing of this one. That it goes on, or is watched
    more closely, takes back that it was to end.
    """
    found: list[Decided] = []
    for one in decided:
        if one.last_day != last_day or last_day is None:
            continue
        if one.decision in DECIDES_THE_END:
            found.append(one)
        else:
            found = [each for each in found if each.decision not in _PROTECTS_NO_MORE]
    return found[0].on if found else None


# What a court refuses of which it was asked after a review decided so.
_ASKED_FOR: Final[Mapping[str, frozenset[Decision]]] = {
    "vary": frozenset({Decision.VARY, Decision.RELAX}),
    "renew": frozenset({Decision.RENEW}),
    "discharge": frozenset({Decision.DISCHARGE}),
}


def refuses(change: str, decision: str, *, renews_by_variation: bool) -> bool:
    """REV-06: whether a court that refused a change refused what a review had decided to ask for. Somebody decides anew then."""
    is_renewal = change == "vary" and renews_by_variation and decision == Decision.RENEW
    return is_renewal or decision in _ASKED_FOR.get(change, frozenset())


def apply_by(decided_on: date, last_day: date | None) -> date:
    """By when the application that a review decided on is lodged: within 28 days, a week before the end, or else by the end.

    A renewal is lodged on or before the last day (ORD-15). What was decided on the last day, or after it, is lodged that day.
    """
    by = decided_on + APPLY_WITHIN
    if last_day is None:
        return by
    in_time = last_day - APPLY_BEFORE_END
    return max(decided_on, min(by, in_time if in_time > decided_on else last_day))
