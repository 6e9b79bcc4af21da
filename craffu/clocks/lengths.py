"""Decides what an ISO 8601 length says: a calendar length (P28D, P3M, P2Y) or an hour clock (PT48H).

The two are never mixed, because a day of the calendar may last 23 or 25 hours (CLK-01, CLK-02).
"""

import re
from dataclasses import dataclass
from datetime import timedelta

_CALENDAR = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_ELAPSED = re.compile(r"PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")


@dataclass(frozen=True, slots=True)
class CalendarLength:
    """So many months, then so many days; at least one day in all."""

    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if min(self.months, self.days) < 0 or self.months == self.days == 0:
            raise ValueError(f"{self} is no length: at least one day, and nothing negative")


def calendar_length(text: str) -> CalendarLength:
    """Read years, months, weeks and days. Raises ValueError for anything else, hours included."""
    years, months, weeks, days = _numbers(_CALENDAR, text, "a length in days, weeks, months or years, like P28D or P2Y")
    return CalendarLength(months=12 * years + months, days=7 * weeks + days)


def elapsed_length(text: str) -> timedelta:
    """Read hours, minutes and seconds. Raises ValueError for anything else, days included, and for no time at all."""
    hours, minutes, seconds = _numbers(_ELAPSED, text, "a length in hours, minutes or seconds, like PT48H")
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if not length:
        raise ValueError(f"{text!r} is no time at all")
    return length


def _numbers(pattern: re.Pattern[str], text: str, wanted: str) -> list[int]:
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not {wanted}")
    return [int(number or 0) for number in found.groups()]
