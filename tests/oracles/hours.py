"""A slow twin of the hour clocks: it looks at every minute and asks which London day it lies in (CLK-07, CLK-08, CLK-10)."""

import functools
from collections.abc import Collection
from datetime import date, datetime, timedelta

import holidays
from dateutil.relativedelta import FR, relativedelta

from tests.oracles.calendar import LONDON, MINUTE

# A second opinion on bank holidays and on Easter, filled before the first question.
KEPT = holidays.country_holidays("GB", subdiv="ENG", years=range(2011, 2037))


def is_bank_holiday(day: date) -> bool:
    """Of a weekend only what statute names: the list gives New Year's Day beside its substitute."""
    if day.month == 12 and day.day in {26, 27}:
        sundays = [number for number in (25, 26) if date(day.year, 12, number).isoweekday() == 7]
        return day.isoweekday() != 7 if day.day == 26 else bool(sundays)
    return day in KEPT and day.isoweekday() < 6


@functools.cache
def is_out(day: date, kinds: Collection[str]) -> bool:
    """Whether a clock leaves a day out that leaves out these kinds."""
    easter_sunday = next(at for at, name in KEPT.items() if at.year == day.year and name == "Good Friday")
    return (
        ("Sunday" in kinds and day.strftime("%a") == "Sun")
        or ("Saturday" in kinds and day.strftime("%a") == "Sat")
        or ("Christmas Day" in kinds and day.strftime("%d %m") == "25 12")
        or ("Good Friday" in kinds and day == easter_sunday + relativedelta(weekday=FR(-1)))
        or ("bank holiday" in kinds and is_bank_holiday(day))
    )


def due(start: datetime, minutes: int, kinds: frozenset[str], counts: Collection[date] = ()) -> datetime:
    """The end of the last minute counted; days in `counts` count whatever they are. `start` is a whole minute, in UTC."""
    at, left = start, minutes
    while left:
        day = at.astimezone(LONDON).date()
        left -= day in counts or not is_out(day, kinds)
        at += MINUTE
    return at


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
