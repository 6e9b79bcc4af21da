"""What officers did in cases of stalking before and after the champions' training, together and never one by one (R2b).

2023 review, recommendation 2. Whether a stalking protection order was decided about in 48 hours (MET02), how long that took,
whether stalking was recorded as something else at first, and whether conduct was found to be wrongly classed where reviewers
read cases in a dip sample. A difference is no effect: who is trained is not chosen by lot.
"""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

from craffu.measures.practice.kinds import Group
from craffu.published.intervals import Interval, newcombe

AROUND: Final = timedelta(days=365)
DECIDE_WITHIN: Final = timedelta(hours=48)
# R2b: cells under ten are not shown. Of fewer than five officers a figure would be somebody's (`msr.internal_threshold`).
FEWEST_CASES: Final = 10
FEWEST_OFFICERS: Final = 5


def group_of(opened_on: date, trained_on: date | None) -> Group | None:
    """R2b: where a case belongs by the day its officer was first trained; None more than a year away from it."""
    if trained_on is None:
        return Group.NEVER
    if opened_on < trained_on:
        return Group.BEFORE if trained_on - opened_on <= AROUND else None
    return Group.AFTER if opened_on - trained_on < AROUND else None


@dataclass(frozen=True, slots=True)
class Handled:
    """A case of stalking: who has it, after how long an order was decided about, and whether it was recorded otherwise first.

    `took` is None where nothing has been decided.
    """

    officer: str
    took: timedelta | None
    recorded_otherwise: bool


@dataclass(frozen=True, slots=True)
class Practice:
    """What was done in some cases."""

    cases: int
    officers: int
    considered: int
    recorded_otherwise: int
    # Hours in which half of the cases were decided about; None where half of them or more were not.
    median_hours: float | None

    @property
    def is_shown(self) -> bool:
        return _is_shown(self.cases, self.officers)


def _is_shown(cases: int, officers: int) -> bool:
    return cases >= FEWEST_CASES and officers >= FEWEST_OFFICERS


def practice(cases: Sequence[Handled]) -> Practice:
    """An undecided case has taken longer than any that was decided, so that those which wait do not shorten the median."""
    took = [math.inf if one.took is None else one.took / timedelta(hours=1) for one in cases]
    half = statistics.median(took) if took else math.inf
    return Practice(
        cases=len(cases),
        officers=len({one.officer for one in cases}),
        considered=sum(one.took is not None and one.took <= DECIDE_WITHIN for one in cases),
        recorded_otherwise=sum(one.recorded_otherwise for one in cases),
        median_hours=None if math.isinf(half) else half,
    )


@dataclass(frozen=True, slots=True)
class Read:
    """A case that was read in a dip sample: who has it, and whether its conduct was wrongly classed or rightly only in part."""

    officer: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class Classing:
    """What was found in some cases that were read."""

    cases: int
    officers: int
    wrongly_classed: int

    @property
    def is_shown(self) -> bool:
        return _is_shown(self.cases, self.officers)


def classing(cases: Sequence[Read]) -> Classing:
    return Classing(len(cases), len({one.officer for one in cases}), sum(one.is_wrong for one in cases))


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much two shares differ, and the 95 % interval of that by Newcombe (MSR-04)."""

    value: float
    interval: Interval


class _Cases(Protocol):
    @property
    def cases(self) -> int: ...

    @property
    def is_shown(self) -> bool: ...


def share_of(found: _Cases, counted: str) -> float | None:
    """What share of the cases is counted; None where those that are, or those that are not, are too few to show (R2b).

    By a share of cases whose number is shown they could be told one by one.
    """
    number: int = getattr(found, counted)
    if not found.is_shown or min(number, found.cases - number) < FEWEST_CASES:
        return None
    return number / found.cases


def difference[Found: _Cases](one: Found, other: Found, counted: str) -> Difference | None:
    """Of what is counted of the cases, the first less the second; None where one of the two shares is not shown (R2b)."""
    if share_of(one, counted) is None or share_of(other, counted) is None:
        return None
    mine, theirs = getattr(one, counted), getattr(other, counted)
    return Difference(mine / one.cases - theirs / other.cases, newcombe(mine, one.cases, theirs, other.cases))
