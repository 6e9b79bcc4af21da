"""Minutes of London's clock one by one: how they are written, how much time truly passed, and which days are worked on.

Independent of the product's clocks but for the table of bank holidays. Nothing happens between one and two, so that every
minute is one instant (`days.not_at_clock_change`).
"""

from datetime import date, timedelta
from functools import cache

from craffu.clocks.bank_holidays import is_bank_holiday
from craffu.config.generate.days import A_DAY, EPOCH, day_of

AN_HOUR = 60


def moved(minute: int) -> int:
    """The same minute, or the one an hour later where the clock shows one."""
    return minute + AN_HOUR if minute % A_DAY // AN_HOUR == 1 else minute


@cache
def written_day(day: int) -> str:
    return day_of(day).isoformat()


def written_minute(minute: int) -> str:
    return f"{written_day(minute // A_DAY)}T{minute % A_DAY // 60:02}:{minute % 60:02}:00"


@cache
def clock_changes(year: int) -> tuple[int, int]:
    """The days on which the clocks go forward and back: the last Sundays of March and October."""
    return _last_sunday(year, 3), _last_sunday(year, 10)


def _last_sunday(year: int, month: int) -> int:
    last = date(year, month, 31)
    return (last - timedelta(days=(last.weekday() + 1) % 7) - EPOCH).days


@cache
def _summer(day: int) -> tuple[int, int]:
    forward, back = clock_changes(day_of(day).year)
    return forward * A_DAY + AN_HOUR, back * A_DAY + AN_HOUR


def passed(minute: int) -> int:
    """The minute on a clock that is never changed, for telling how much time lies between two."""
    begins, ends = _summer(minute // A_DAY)
    return minute - AN_HOUR if begins <= minute < ends else minute


@cache
def is_worked_on(day: int) -> bool:
    when = day_of(day)
    return when.weekday() < 5 and not is_bank_holiday(when)


@cache
def working_day_after(day: int, count: int) -> int:
    """The day that is so many working days after another."""
    while count:
        day += 1
        count -= is_worked_on(day)
    return day


@cache
def eve_of_holiday(day: int) -> int:
    """The last day before the next bank holiday, from a day on; the day itself where none is near."""
    for later in range(day + 1, day + 150):
        if is_bank_holiday(day_of(later)):
            return later - 1
    return day


@cache
def next_clock_change(day: int) -> int:
    """The next day, from one on, on which the clocks change."""
    year = day_of(day).year
    return next(one for one in (*clock_changes(year), *clock_changes(year + 1)) if one >= day)
