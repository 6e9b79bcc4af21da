"""Decides when an hour clock is due that leaves whole days out, and shows what it counted (CLK-01, CLK-07, CLK-08, CLK-10).

Domestic Abuse Act 2021 ss.26(4), 29(3); Crime and Security Act 2010 ss.26(4), 27(4); Bail Act 1976 s.7(7), and others like them.
A day is left out from London midnight to midnight; an event on such a day starts to count at the next counted midnight.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from craffu.clocks.bank_holidays import is_provisional
from craffu.clocks.left_out import DayOut, LeftOut, left_out
from craffu.clocks.london import day_of, due, end_of, start_of
from craffu.clocks.periods import NOT_CONFIRMED

_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was counted of one London day: elapsed time between two instants (UTC)."""

    day: date
    begins: datetime
    ends: datetime

    @property
    def length(self) -> timedelta:
        return self.ends - self.begins


@dataclass(frozen=True, slots=True)
class CountedHours:
    """An hour clock worked out, with every stretch it counted and every day it left out.

    `due` (UTC) is exclusive: at midnight it is the end of the last counted day. Where the status of a day that was left out is in
    doubt, `act_by` is what police work to, as if that day counted, and the answer is marked. `provisional`: the table of bank
    holidays, on which it rests, does not know one of its days.
    """

    due: datetime
    counted: tuple[Stretch, ...]
    excluded: tuple[LeftOut, ...]
    provisional: bool = False
    act_by: datetime | None = None

    @property
    def last_day(self) -> date:
        """The last day that counts."""
        return self.counted[-1].day

    @property
    def mark(self) -> str | None:
        return None if self.act_by is None else NOT_CONFIRMED


def counted_hours(start: datetime, length: timedelta, leaves_out: Collection[DayOut] = ()) -> CountedHours:
    """The clock of a length from an instant. Raises ValueError for no time at all, and for a start without an offset."""
    if length <= timedelta():
        raise ValueError(f"{length} is no time at all")
    counted, excluded = _walk(start, length, leaves_out, doubt_counts=False)
    act_by = None
    if any(day.in_doubt for day in excluded):
        act_by = _walk(start, length, leaves_out, doubt_counts=True)[0][-1].ends
    rests_on_table = DayOut.BANK_HOLIDAY in leaves_out
    provisional = rests_on_table and (is_provisional(day_of(start)) or is_provisional(counted[-1].day))
    return CountedHours(counted[-1].ends, tuple(counted), tuple(excluded), provisional, act_by)


def _walk(
    start: datetime, length: timedelta, leaves_out: Collection[DayOut], *, doubt_counts: bool
) -> tuple[list[Stretch], list[LeftOut]]:
    counted: list[Stretch] = []
    excluded: list[LeftOut] = []
    day, at, rest = day_of(start), due(start, timedelta()), length
    while rest:
        out = left_out(day, leaves_out)
        if out is None or (out.in_doubt and doubt_counts):
            taken = min(rest, end_of(day) - at)
            counted.append(Stretch(day, at, at + taken))
            rest -= taken
        else:
            excluded.append(out)
        day += _ONE_DAY
        at = start_of(day)
    return counted, excluded
