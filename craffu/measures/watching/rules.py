"""Whether the newest whole month of a measure is a signal that somebody should look at, by the rules of the NHS (MSR-08).

Pure. A share is charted with Laney's limits, which widen where a month counts few; a count as individuals (methods C). Months
of which nothing is counted say nothing of a share. Of fewer than twelve that say something, or of a handful of cases in each,
nothing is judged: a list of the cases tells more than a chart of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile
from typing import Final

from craffu.measures.statistics.control import Limits
from craffu.measures.statistics.signals import Better, Kind, Meaning, Signal, chart, chart_of_shares, meaning

# Project decision: so many months with cases, and so many cases in each on average.
LEAST_MONTHS: Final = 12
LEAST_CASES: Final = 5


@dataclass(frozen=True, slots=True)
class Month:
    """So many of so many in a calendar month, by its first day; of a count `denominator` is nought."""

    first: date
    numerator: int
    denominator: int

    @property
    def share(self) -> float:
        return self.numerator / self.denominator


@dataclass(frozen=True, slots=True)
class Alert:
    """The newest month, by which rule it is marked, and the limits that it is held against."""

    month: Month
    rule: Kind
    is_up: bool
    limits: Limits


def alert(months: Sequence[Month], better: Better) -> Alert | None:
    """The newest of these whole months of a share, in their order, where it is marked and is no improvement; None otherwise."""
    told = [one for one in months if one.denominator]
    if len(told) < LEAST_MONTHS or told[-1] is not months[-1]:
        return None
    if sum(one.denominator for one in told) < LEAST_CASES * len(told):
        return None
    found = chart_of_shares([(one.numerator, one.denominator) for one in told])
    return _marked(told[-1], found.signals[-1], found.limits, better)


def alert_of_counts(months: Sequence[Month], better: Better) -> Alert | None:
    """The same of counts. Months before the first in which anything was counted say nothing: the register had not begun."""
    told = list(dropwhile(lambda one: not one.numerator, months))
    if len(told) < LEAST_MONTHS or sum(one.numerator for one in told) < LEAST_CASES * len(told):
        return None
    found = chart([float(one.numerator) for one in told], counts=True)
    return _marked(told[-1], found.signals[-1], found.limits, better)


def _marked(month: Month, signal: Signal | None, limits: Limits | None, better: Better) -> Alert | None:
    if signal is None or limits is None or meaning(signal, better) is Meaning.IMPROVEMENT:
        return None
    return Alert(month, signal.kind, signal.is_up, limits)
