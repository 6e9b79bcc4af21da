"""Days and times of the fictional force as whole numbers: days, or minutes, since the first of January 1970, local time."""

import functools
from datetime import date, timedelta

import numpy as np

from craffu.clocks.bank_holidays import is_bank_holiday
from craffu.config.generate.chance import Flags, Ints, Words
from craffu.config.generate.tables import words

EPOCH = date(1970, 1, 1)
A_DAY = 1440
NEVER = np.iinfo(np.int64).max // 4
_FIRST, _LAST = date(1899, 1, 1), date(2061, 1, 1)
_OFFSET = (EPOCH - _FIRST).days


def number(day: date) -> int:
    return (day - EPOCH).days


def day_of(at: int) -> date:
    return EPOCH + timedelta(days=int(at))


@functools.cache
def _days() -> Words:
    return words([(_FIRST + timedelta(days=at)).isoformat() for at in range((_LAST - _FIRST).days)])


@functools.cache
def _times() -> Words:
    return words([f"T{at // 60:02}:{at % 60:02}:00" for at in range(A_DAY)])


def written(days: Ints, given: Flags | None = None) -> Words:
    """Each day as year-month-day, empty where it is not given."""
    made: Words = _days()[np.clip(days, number(_FIRST), number(_LAST) - 1) + _OFFSET]
    return made if given is None else np.where(given, made, "")


def written_at(minutes: Ints, given: Flags | None = None) -> Words:
    """Each instant as local time, empty where it is not given."""
    moved = not_at_clock_change(np.clip(minutes, 0, number(_LAST) * A_DAY - 1))
    made: Words = _days()[moved // A_DAY + _OFFSET] + _times()[moved % A_DAY]
    return made if given is None else np.where(given, made, "")


def not_at_clock_change(minutes: Ints) -> Ints:
    """An hour later where the clock shows one: on two nights a year that hour is missing or comes twice."""
    return np.where(minutes % A_DAY // 60 == 1, minutes + 60, minutes)


def years_of(days: Ints) -> Ints:
    return (days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970).astype(np.int64)


def months_of(days: Ints) -> Ints:
    """Months since January of the year 0."""
    return (days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12).astype(np.int64)


def month_and_day(days: Ints) -> tuple[Ints, Ints]:
    """The month (1 to 12) and the day of it."""
    stamped = days.astype("datetime64[D]")
    month = stamped.astype("datetime64[M]")
    return month.astype(np.int64) % 12 + 1, (stamped - month.astype("datetime64[D]")).astype(np.int64) + 1


def years_later(days: Ints, years: Ints) -> Ints:
    """The same day so many years on; the last of February stays in February."""
    stamped = days.astype("datetime64[D]")
    month = stamped.astype("datetime64[M]")
    into = (stamped - month.astype("datetime64[D]")).astype(np.int64)
    target = month + (years * 12).astype("timedelta64[M]")
    length = ((target + np.timedelta64(1, "M")).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(
        np.int64
    )
    made: Ints = target.astype("datetime64[D]").astype(np.int64) + np.minimum(into, length - 1)
    return made


@functools.cache
def _sittings(first: int, last: int) -> Ints:
    """For each day from `first` the nearest one, it or later, on which courts sit."""
    made = np.empty(last - first, dtype=np.int64)
    following = last
    for at in range(last - 1, first - 1, -1):
        day = day_of(at)
        if day.weekday() < 5 and not is_bank_holiday(day):
            following = at
        made[at - first] = following
    return made


def court_days(days: Ints) -> Ints:
    """The same day where courts sit on it, or else the next on which they do."""
    first, last = number(date(2012, 1, 1)), number(date(2035, 1, 1))
    return _sittings(first, last)[np.clip(days, first, last - 1) - first]
