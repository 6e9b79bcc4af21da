"""Incidents for each year at risk before, during and after something that was done, and under orders and under none (PLN-03).

Pure. Time in custody is taken out; where no time at risk is left the answer is None and not nought. Nothing here says that what
was done caused anything: whoever is chosen when things are at their worst would on average do better afterwards anyway.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from craffu.prevention.planning.rules import Rate, rate

# A year on either side; and how far back time under orders and under none is told apart, as the population is (PRI-01).
BESIDE: Final = timedelta(days=365)
WINDOW: Final = timedelta(days=1_095)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days from the first until the day before `until`; None where it has not ended."""

    first: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """The rates before, during and after; None where there is no time at risk. `has_ended` says whether there is an after."""

    before: Rate | None
    during: Rate | None
    after: Rate | None
    has_ended: bool


@dataclass(frozen=True, slots=True)
class OnAndOff:
    """The rates while an order stood, and while none did; None where there is no time at risk."""

    on: Rate | None
    off: Rate | None


def days_in(first: date, until: date) -> frozenset[int]:
    """The days from one until the day before another, as ordinals; none where it ends before it begins."""
    return frozenset(range(first.toordinal(), until.toordinal()))


def covered(stretches: Iterable[Stretch], today: date) -> frozenset[int]:
    """Every day that any of these covers, to the day before today: today is not over."""
    return frozenset().union(*(days_in(one.first, min(one.until or today, today)) for one in stretches))


def rate_on(days: Collection[int], incidents: Iterable[date]) -> Rate | None:
    """The rate of the incidents that lie on these days."""
    return rate(sum(day.toordinal() in days for day in incidents), len(days))


def compared(
    done: Stretch, incidents: Collection[date], custody: Iterable[Stretch], today: date, *, locks_up: bool = False
) -> Compared:
    """The year before something was done, the time during which it lasted, and at most a year after it ended (PLN-03).

    `custody` is taken out of each. What locks somebody up is itself in custody: during it there is no time at risk.
    """
    away = covered([*custody, *([done] if locks_up else [])], today)
    ends = min(done.until or today, today)
    before = days_in(done.first - BESIDE, min(done.first, today)) - away
    after = days_in(ends, min(ends + BESIDE, today)) - away
    return Compared(
        rate_on(before, incidents),
        rate_on(days_in(done.first, ends) - away, incidents),
        rate_on(after, incidents),
        done.until is not None and done.until <= today,
    )


def on_and_off(
    orders: Iterable[Stretch], incidents: Collection[date], custody: Iterable[Stretch], today: date
) -> OnAndOff:
    """Of the last three years the time under any order, and under none, custody taken out of both."""
    whole = days_in(today - WINDOW, today) - covered(custody, today)
    on = whole & covered(orders, today)
    return OnAndOff(rate_on(on, incidents), rate_on(whole - on, incidents))
