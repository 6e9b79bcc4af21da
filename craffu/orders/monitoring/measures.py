"""How many of the checks that were due were made in time (MET14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from craffu.orders.monitoring.schedule import Scheduled


@dataclass(frozen=True, slots=True)
class OnTime:
    """Of `due` checks so many were made `in_time`. `cancelled` before they were due and `not_yet_due` are counted beside."""

    in_time: int
    due: int
    cancelled: int
    not_yet_due: int


def on_time(checks: Iterable[Scheduled], first: date, until: date, at: datetime) -> OnTime:
    """MET14: of those due from one day on, and before another, as of an instant. An attempt makes no check.

    A check counts on the day on which it was due last: that day only ever comes nearer. What is done before its due day has come
    is in time and counts; what is not done and not over yet is left out.
    """
    mine = [one for one in checks if first <= one.due_on < until]
    cancelled = [one for one in mine if one.left_before_due]
    waiting = [one for one in mine if one.is_open and at < one.overdue_from]
    return OnTime(
        sum(one.is_in_time for one in mine), len(mine) - len(cancelled) - len(waiting), len(cancelled), len(waiting)
    )
