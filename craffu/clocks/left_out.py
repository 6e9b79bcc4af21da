"""Decides whether a clock of the law leaves a day out whole, why, and whether that is in doubt (CLK-07, CLK-08, CLK-10).

Bank holidays are those of the proclaimed table, and those by statute: Banking and Financial Dealings Act 1971, Sch. 1 para 1.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from dateutil.easter import easter

from craffu.clocks.bank_holidays import is_bank_holiday

_SATURDAY: Final = 5
_SUNDAY: Final = 6
_TWO_DAYS: Final = timedelta(days=2)


class DayOut(StrEnum):
    """A kind of day that a clock may leave out, in the order in which a day is given its reason."""

    SUNDAY = "Sunday"
    CHRISTMAS_DAY = "Christmas Day"
    GOOD_FRIDAY = "Good Friday"
    SATURDAY = "Saturday"
    BANK_HOLIDAY = "bank holiday"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A day that is left out, and why. `in_doubt`: by statute it is a bank holiday, but no table proclaims it."""

    day: date
    why: DayOut
    in_doubt: bool = False


def is_by_statute(day: date) -> bool:
    """Whether statute makes a day of Christmas a bank holiday: the 26th unless a Sunday, the 27th where 25th or 26th is one."""
    if (day.month, day.day) == (12, 26):
        return day.weekday() != _SUNDAY
    return (day.month, day.day) == (12, 27) and (day - _TWO_DAYS).weekday() in (_SATURDAY, _SUNDAY)


def is_kept_as_bank_holiday(day: date) -> bool:
    """Whether a day is a bank holiday by proclamation or by statute."""
    return is_bank_holiday(day) or is_by_statute(day)


def is_good_friday(day: date) -> bool:
    """Whether a day is the Friday before Easter."""
    return day == easter(day.year) - _TWO_DAYS


_IS: Final = {
    DayOut.SUNDAY: lambda day: day.weekday() == _SUNDAY,
    DayOut.CHRISTMAS_DAY: lambda day: (day.month, day.day) == (12, 25),
    DayOut.GOOD_FRIDAY: is_good_friday,
    DayOut.SATURDAY: lambda day: day.weekday() == _SATURDAY,
    DayOut.BANK_HOLIDAY: is_kept_as_bank_holiday,
}


def left_out(day: date, kinds: Collection[DayOut]) -> LeftOut | None:
    """Why a clock that leaves out some kinds of day leaves out this one; None where it counts."""
    why = next((kind for kind in DayOut if kind in kinds and _IS[kind](day)), None)
    if why is None:
        return None
    return LeftOut(day, why, in_doubt=why is DayOut.BANK_HOLIDAY and not is_bank_holiday(day))
