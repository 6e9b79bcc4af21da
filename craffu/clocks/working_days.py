"""Decides by which day something is due that has so many working days: weekends and bank holidays are left out (CLK-10, CLK-11).

The day of the event is day 0. Where the table of bank holidays ends before the last day, the answer is provisional.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from craffu.clocks.bank_holidays import is_provisional
from craffu.clocks.left_out import is_kept_as_bank_holiday
from craffu.clocks.london import end_of

_ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """`due_day` is there to its end, `ends` is its exclusive end (UTC); `skipped` are the days left out, in order."""

    due_day: date
    ends: datetime
    skipped: tuple[date, ...]
    provisional: bool


def is_working_day(day: date) -> bool:
    """Monday to Friday, unless a bank holiday in England and Wales, by proclamation or by statute."""
    return day.weekday() < _SATURDAY and not is_kept_as_bank_holiday(day)


def working_days_after(event: date, days: int) -> WorkingDays:
    """The `days`th working day after a day. Raises ValueError for fewer than one, TypeError for an instant."""
    if days < 1:
        raise ValueError(f"{days} working days are no period: at least one")
    if isinstance(event, datetime):
        raise TypeError("a day is wanted, not an instant: the London day of an instant is day_of(instant)")
    day, left, skipped = event, days, []
    while left:
        day += _ONE_DAY
        if is_working_day(day):
            left -= 1
        else:
            skipped.append(day)
    return WorkingDays(day, end_of(day), tuple(skipped), provisional=is_provisional(day))
