"""When pre-charge bail runs out and who may extend it, and two limits that police bail and charges meet (CLK-13).

PACE 1984 ss.47ZB to 47ZM; Magistrates' Courts Act 1980 s.127 with *Marren v Dawson Bentley*; pre-charge bail statutory guidance,
9 June 2023. Every period runs from the same bail start, the day after arrest; days that do not count move its end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from craffu.clocks.lengths import CalendarLength
from craffu.clocks.london import due, end_of
from craffu.clocks.periods import Counting, period

_ONE_DAY: Final = timedelta(days=1)
FIRST: Final = CalendarLength(months=3)
# Six months where one of these investigates.
FIRST_ELSEWHERE: Final = CalendarLength(months=6)
INVESTIGATORS_ELSEWHERE: Final = frozenset({"FCA", "HMRC", "NCA", "SFO"})
# By the length of the whole bail: who may extend it so far.
LATER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "P6M": "inspector",
        "P9M": "superintendent",
        "P12M": "assistant chief constable or commander in a designated case, or magistrates' court",
    }
)
_MONTHS: Final = MappingProxyType({"P6M": 6, "P9M": 9, "P12M": 12})
CUSTODY_PAUSE: Final = timedelta(hours=3)
SUMMARY: Final = CalendarLength(months=6)


@dataclass(frozen=True, slots=True)
class LaterPeriod:
    """How far bail may be extended, counted from the bail start, and by whom."""

    length: str
    last_day: date
    act_by: date
    authority: str


@dataclass(frozen=True, slots=True)
class Bail:
    """The first period of bail and the later ones. `ends` is exclusive (UTC); police work to `act_by`."""

    bail_start_on: date
    last_day: date
    ends: datetime
    act_by: date
    later_periods: tuple[LaterPeriod, ...]


def bail_start(arrested_on: date) -> date:
    """The bail start date: the day after arrest."""
    return arrested_on + _ONE_DAY


def bail(start: date, *, stood_still_days: int = 0, investigator: str | None = None) -> Bail:
    """CLK-13: three months beginning with the bail start; days with the DPP or in hospital are not counted.

    Raises ValueError for fewer than no such days.
    """
    if stood_still_days < 0:
        raise ValueError(f"{stood_still_days} days cannot have been left out")
    stood = timedelta(days=stood_still_days)
    elsewhere = investigator in INVESTIGATORS_ELSEWHERE
    first = period(start, FIRST_ELSEWHERE if elsewhere else FIRST, Counting.BEGINNING_WITH)
    later = [_later(start, length, stood) for length in LATER] if not elsewhere else []
    last_day = first.last_day + stood
    return Bail(start, last_day, end_of(last_day), first.act_by + stood, tuple(later))


def _later(start: date, length: str, stood: timedelta) -> LaterPeriod:
    runs = period(start, CalendarLength(months=_MONTHS[length]), Counting.BEGINNING_WITH)
    return LaterPeriod(length, runs.last_day + stood, runs.act_by + stood, LATER[length])


def custody_paused_until(arrested_at: datetime) -> datetime:
    """Arrest for breach of bail pauses the custody clock for three elapsed hours (UTC)."""
    return due(arrested_at, CUSTODY_PAUSE)


@dataclass(frozen=True, slots=True)
class SummaryLimit:
    """The last day, and a mark only where the readings of a short month differ."""

    last_day: date
    mark: str | None


def summary_limit(last_act_on: date) -> SummaryLimit:
    """The last day to lay an information or charge a summary offence: six months after the last act, which is day 0."""
    runs = period(last_act_on, SUMMARY, Counting.AFTER)
    return SummaryLimit(runs.last_day, None if runs.act_by == runs.last_day else runs.mark)
