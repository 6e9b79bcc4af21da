"""How long there is to appeal, and whether that bars (CLK-09, ORD-17).

A community protection notice: 21 days beginning with its issue (Anti-social Behaviour, Crime and Policing Act 2014 s.46(2)). For
a stalking protection order the Act gives no time: 21 days after the decision are a watch, never a bar, and not confirmed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from craffu.clocks.lengths import CalendarLength
from craffu.clocks.periods import NOT_CONFIRMED, Counting, period

WITHIN: Final = CalendarLength(days=21)
WATCHED: Final = frozenset({"SPO", "ISPO"})
NOTICE: Final = "CPN"


@dataclass(frozen=True, slots=True)
class AppealDays:
    """The last day, whether an appeal after it is barred, and the mark of what is not confirmed."""

    last_day: date
    bars: bool
    mark: str | None


def notice_appeal(issued_on: date) -> AppealDays:
    """The last day to appeal against a community protection notice."""
    return AppealDays(period(issued_on, WITHIN, Counting.BEGINNING_WITH).last_day, True, None)


def appeal_watch(decided_on: date) -> AppealDays:
    """The day until which an appeal against a decision on a stalking protection order is watched for."""
    return AppealDays(period(decided_on, WITHIN, Counting.AFTER).last_day, False, NOT_CONFIRMED)
