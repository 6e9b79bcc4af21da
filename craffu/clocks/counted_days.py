"""Decides which days a period of days counts that leaves out time of its own, and shows both (CLK-03; SOA 2003 s.83(6)).

The first day is the first that counts. Nothing of the calendar is left out: only what the period is told to leave out.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from craffu.clocks.london import end_of

_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Away:
    """Whole days that are left out, the first to the last."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.first} to {self.last} ends before it begins")


@dataclass(frozen=True, slots=True)
class CountedDays:
    """The days that count, in order, and those before the last of them that were left out; `ends` is exclusive (UTC)."""

    counted: tuple[date, ...]
    excluded: tuple[date, ...]
    ends: datetime

    @property
    def first_day(self) -> date:
        return self.counted[0]

    @property
    def last_day(self) -> date:
        return self.counted[-1]


def counted_days(start: date, days: int, away: Collection[Away] = ()) -> CountedDays:
    """So many days beginning with a day. Raises ValueError for fewer than one."""
    if days < 1:
        raise ValueError(f"{days} days are no period: at least one")
    counted: list[date] = []
    excluded: list[date] = []
    day = start
    while len(counted) < days:
        is_out = any(out.first <= day <= out.last for out in away)
        (excluded if is_out else counted).append(day)
        day += _ONE_DAY
    return CountedDays(tuple(counted), tuple(excluded), end_of(counted[-1]))
