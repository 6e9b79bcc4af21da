"""Whether the newest whole month of a share is a signal that somebody should look at, by the rules of the NHS (MSR-08).

Pure. Months of which nothing is counted say nothing. Of fewer than twelve that say something, or of a handful of cases in each,
nothing is judged: a list of the cases tells more than a chart of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from craffu.measures.statistics.control import Limits
from craffu.measures.statistics.signals import Better, Kind, Meaning, chart, meaning

# Project decision: so many months with cases, and so many cases in each on average.
LEAST_MONTHS: Final = 12
LEAST_CASES: Final = 5


@dataclass(frozen=True, slots=True)
class Month:
    """So many of so many in a calendar month, by its first day."""

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
    """The newest of these whole months, in their order, where it is marked and is no improvement; None otherwise."""
    told = [one for one in months if one.denominator]
    if len(told) < LEAST_MONTHS or told[-1] is not months[-1]:
        return None
    if sum(one.denominator for one in told) < LEAST_CASES * len(told):
        return None
    found = chart([one.share for one in told])
    signal = found.signals[-1]
    if signal is None or found.limits is None or meaning(signal, better) is Meaning.IMPROVEMENT:
        return None
    return Alert(told[-1], signal.kind, signal.is_up, found.limits)
