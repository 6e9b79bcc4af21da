"""The figures about contact with victims: promises, news, revisits and measures, each by itself and never added to another.

MET27 and MET28 (VIC-04, VIC-05), VIC-03 and VIC-08. A promise broken, a limit of the Victims' Code and news of somebody's
safety are three questions: a force that answers one well may answer another badly.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from craffu.access.acting import Acting
from craffu.victims.contacts.rules import BREACHES, Kept
from craffu.victims.everybody import (
    NOT_TOLD,
    TOLD,
    Everybody,
    Stood,
    code_notices,
    everybody,
    measures,
    promises,
    revisits,
    safety_news,
)
from craffu.victims.notices.rules import Told, Warned

NO_CASES: Final = "no cases"
_IN_DAYS: Final = frozenset({Told.ON_TIME, Told.LATE, Told.MISSED})
_IN_TIME: Final = frozenset({Warned.WARNED, Warned.IN_TIME})
_CRITICAL: Final = _IN_TIME | {Warned.TOLD_NOT_WARNED, Warned.LATE, Warned.MISSED}


@dataclass(frozen=True, slots=True)
class Figure:
    """So many of so many; `excused` stay in the denominator and are printed apart, and every status is counted.

    What still runs, and what somebody did not want to hear of, is in `by_status` alone.
    """

    numerator: int
    denominator: int
    excused: int
    by_status: Mapping[str, int]

    @property
    def share(self) -> Fraction | str:
        """The share, or that there is nothing to divide."""
        return Fraction(self.numerator, self.denominator) if self.denominator else NO_CASES


@dataclass(frozen=True, slots=True)
class NoticesFigures:
    """What was agreed, what the Code asks and what safety asks: three figures beside one another."""

    agreement: Figure
    code: Figure
    safety: Figure


@dataclass(frozen=True, slots=True)
class ContactFigures:
    """All of them for one page, each by itself."""

    notices: NoticesFigures
    revisits: Figure
    told: Figure


def contact_figures(by: Acting, first: date, last: date, now: datetime) -> ContactFigures:
    """Every figure of this module, each table read once for all of them."""
    found = everybody(by, now)
    return ContactFigures(
        _notices(found, first, last), _revisits(found, first, last), told_figures(by, first, last, now)
    )


def promises_figures(by: Acting, first: date, last: date, now: datetime) -> Figure:
    """MET27: of the contacts promised and due from one day to another, those made by their time through an agreed channel."""
    return _promises(everybody(by, now), first, last)


def notices_figures(by: Acting, first: date, last: date, now: datetime) -> NoticesFigures:
    """MET27 and MET28 beside one another, with the share warned before or told within the hour."""
    return _notices(everybody(by, now), first, last)


def _notices(found: Everybody, first: date, last: date) -> NoticesFigures:
    return NoticesFigures(
        _promises(found, first, last),
        _figure(code_notices(found), first, last, {Told.ON_TIME}, _IN_DAYS),
        _figure(safety_news(found), first, last, _IN_TIME, _CRITICAL),
    )


def revisit_figures(by: Acting, first: date, last: date, now: datetime) -> Figure:
    """VIC-03: of the revisits due from one day to another, those done by their day."""
    return _revisits(everybody(by, now), first, last)


def _revisits(found: Everybody, first: date, last: date) -> Figure:
    return _figure(revisits(found), first, last, {Told.ON_TIME}, _IN_DAYS)


def told_figures(by: Acting, first: date, last: date, now: datetime) -> Figure:
    """VIC-08: of what was done for somebody's safety from one day to another, what they were told of."""
    return _figure(measures(by, now), first, last, {TOLD}, {TOLD, NOT_TOLD})


def _promises(found: Everybody, first: date, last: date) -> Figure:
    return _figure(promises(found), first, last, {Kept.KEPT}, BREACHES | {Kept.KEPT, Kept.EXCUSED})


def _figure(rows: Iterable[Stood], first: date, last: date, counted: Collection[str], among: Collection[str]) -> Figure:
    by_status = Counter(row.status for row in rows if first <= row.day <= last)
    return Figure(
        sum(by_status[status] for status in counted),
        sum(by_status[status] for status in among),
        by_status[Kept.EXCUSED],
        dict(by_status),
    )
