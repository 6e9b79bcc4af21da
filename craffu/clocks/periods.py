"""Decides on which day a statutory period ends: 'beginning with' a day, or 'after' an event (CLK-02).

Stalking Protection Act 2019 ss.3(2), 9; Anti-social Behaviour, Crime and Policing Act 2014 s.46(2). The rule for a
month without the corresponding day is recalled case law, so its answers carry the mark 'not confirmed' (CLK-14).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from dateutil.relativedelta import relativedelta

from craffu.clocks.lengths import CalendarLength
from craffu.clocks.london import end_of

NOT_CONFIRMED: Final = "not confirmed"

_ONE_DAY = timedelta(days=1)


class Counting(StrEnum):
    """The words of the statute: 'beginning with' counts the first day, 'after' or 'from' leaves it out."""

    BEGINNING_WITH = "beginning_with"
    AFTER = "after"


class EndsBecause(StrEnum):
    """Why a period ends on the day it does."""

    DAYS_COUNTED = "days_counted"
    DAY_BEFORE_CORRESPONDING = "day_before_corresponding"
    CORRESPONDING_DAY = "corresponding_day"
    NO_CORRESPONDING_DAY = "no_corresponding_day"


@dataclass(frozen=True, slots=True)
class Period:
    """A period of whole London days.

    It runs from `first_day` to the end of `last_day`; `ends` is its exclusive end (UTC). `last_day` is the longer
    reading, which says how long an order protects; `act_by` is the earlier one, which police work to. They differ only
    where `mark` says 'not confirmed'.
    """

    first_day: date
    last_day: date
    ends: datetime
    act_by: date
    mark: str | None
    why: EndsBecause


def period(start: date, length: CalendarLength, counting: Counting) -> Period:
    """The period of a length counted from a day; months are counted first, then days.

    `start` is the first day ('beginning with') or the day of the event ('after').
    """
    turned = start + relativedelta(months=length.months)
    corresponds = turned.day == start.day
    counts_start = counting == Counting.BEGINNING_WITH
    last_day = turned + timedelta(days=length.days)
    if counts_start and corresponds:
        last_day -= _ONE_DAY
    # Without a corresponding day the other reading takes the month's last day for it, and ends the day before.
    act_by = last_day - _ONE_DAY if counts_start and not corresponds else last_day
    return Period(
        first_day=start if counts_start else start + _ONE_DAY,
        last_day=last_day,
        ends=end_of(last_day),
        act_by=act_by,
        mark=None if corresponds else NOT_CONFIRMED,
        why=_why(length, corresponds=corresponds, counts_start=counts_start),
    )


def _why(length: CalendarLength, *, corresponds: bool, counts_start: bool) -> EndsBecause:
    if not corresponds:
        return EndsBecause.NO_CORRESPONDING_DAY
    if length.days:
        return EndsBecause.DAYS_COUNTED
    return EndsBecause.DAY_BEFORE_CORRESPONDING if counts_start else EndsBecause.CORRESPONDING_DAY
