"""What will fall due of orders week by week, by the register's own rules, from what is known on a day (R1a; ADR 80).

Pure. MON-01 says when the next check comes, REV-01 when the next review, REV-06 by when an end is decided; what is to come after
the next is worked out as if each were done on its day, and what is late as if it were done today. An order that nobody knows of
yet is in no forecast.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from craffu.cases.risk.rules import Grade
from craffu.clocks.london import day_of
from craffu.orders.monitoring.rules import brought_forward, check_due, interval
from craffu.orders.monitoring.schedule import Pace
from craffu.orders.reviewing.timing import INTERVALS, Because, Next, Reviewed, decide_by, next_review_due
from craffu.resourcing.timing.kinds import Timed

WEEKS: Final = 13
_WEEK: Final = timedelta(days=7)
_A_DAY: Final = timedelta(days=1)
# Who checks every three days and is five days late has not given it up.
_GIVEN_UP_AFTER: Final = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Falls:
    """One thing that falls due: what, of which order, and on which day."""

    task: Timed
    order: str
    on: date


@dataclass(frozen=True, slots=True)
class Held:
    """One cut-off: what was foreseen and what then fell due in the same weeks, of each order."""

    foreseen: Sequence[Falls]
    fell: Sequence[Falls]


def checks_to_come(stands: date, paces: Sequence[Pace], first: date, until: date) -> Iterator[date]:
    """MON-01: the check that stands, then the next from each, at the interval that is known of the day. A shorter one that
    begins meanwhile brings a check forward, as it does in the register.
    """
    due = stands
    while due <= until:
        yield due
        if is_given_up(due, timedelta(days=_days_on(due, paces)), first):
            return
        done = max(due, first)
        due = _next_check(done, paces)


def is_given_up(due: date, interval_: timedelta, first: date) -> bool:
    """Whether something has been late for more than four weeks, and for longer than the time from one of it to the next. It is
    taken to stay late: nobody can say when the next falls due, since that counts from when this one is done.
    """
    return first - due > max(interval_, _GIVEN_UP_AFTER)


def _days_on(on: date, paces: Sequence[Pace]) -> int:
    return next((one.days for one in reversed(paces) if day_of(one.since) <= on), interval(None))


def _next_check(done: date, paces: Sequence[Pace]) -> date:
    days = _days_on(done, paces)
    due = check_due(done, days)
    for one in paces:
        if done < day_of(one.since) <= due and one.days < days:
            due = brought_forward(due, done, one.days, day_of(one.since))
    return due


def reviews_to_come(
    stands: Next | None, facts: Reviewed, watches: Sequence[date], first: date, until: date
) -> Iterator[Next]:
    """REV-01: the review that stands, then the next from each. `watches` are the days on which a watch of its end is still to
    come, each of which brings a review forward. A review on or after the day by which its end is decided decides it (REV-06).
    """
    due = stands
    while due is not None and due.due_day <= until:
        yield due
        if is_given_up(due.due_day, INTERVALS[Grade(facts.grade) if facts.grade else Grade.HIGH], first):
            return
        done = max(due.due_day, first)
        is_decided = facts.end_is_decided or (facts.last_day is not None and done >= decide_by(facts.last_day))
        facts = replace(
            facts, last_completed_on=done, events=[on for on in watches if on > done], end_is_decided=is_decided
        )
        due = next_review_due(facts)


def task_of(review: Next) -> Timed:
    """A review that is due because the end is near is where somebody decides what becomes of it."""
    return Timed.END if review.because is Because.BEFORE_END else Timed.REVIEW


@dataclass(frozen=True, slots=True)
class Week:
    """What falls due from one day to another, both included."""

    first: date
    last: date
    numbers: Mapping[Timed, int]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What was late before a day, and what falls due in each of the weeks that begin with it."""

    first: date
    late: Mapping[Timed, int]
    weeks: Sequence[Week]

    @property
    def numbers(self) -> Counter[Timed]:
        """All that falls due, without what was late."""
        return sum((Counter(one.numbers) for one in self.weeks), Counter())


def last_day(first: date, weeks: int) -> date:
    """The last day of so many weeks."""
    return first + weeks * _WEEK - _A_DAY


def by_week(falls: Iterable[Falls], first: date, weeks: int = WEEKS) -> Forecast:
    """What is due before the first day is late; what falls after the last week is left out."""
    late: Counter[Timed] = Counter()
    numbers: list[Counter[Timed]] = [Counter() for _ in range(weeks)]
    for one in falls:
        if one.on < first:
            late[one.task] += 1
        elif one.on <= last_day(first, weeks):
            numbers[(one.on - first) // _WEEK][one.task] += 1
    starts = [first + place * _WEEK for place in range(weeks)]
    return Forecast(
        first, late, [Week(on, last_day(on, 1), number) for on, number in zip(starts, numbers, strict=True)]
    )
