"""Which points of a chart are more than ordinary variation, what they mean, and what the chart says of a target (MSR-08).

The rules of NHS England's Making Data Count as the R package NHSRplotthedots 0.2.2 has them; methods C. Every point of a pattern
is marked. A chart is re-based by a named person with a reason, and each stretch is then judged by itself.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from craffu.common.reasons import is_too_short
from craffu.measures.statistics.control import Limits, individuals, laney

RUN: Final = 7
WINDOW: Final = 3
NEAR: Final = 2 / 3
SYSTEM: Final = "system"


class Kind(StrEnum):
    """What makes a point a signal, the first that applies in this order."""

    BEYOND_LIMIT = "beyond_limit"
    TREND = "trend_7"
    TWO_OF_THREE = "two_of_three"
    ONE_SIDE = "seven_one_side"


class Meaning(StrEnum):
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEITHER = "neither"


class Assurance(StrEnum):
    """What may be expected of the target while nothing changes."""

    PASSES = "consistently_passes"
    FAILS = "consistently_fails"
    INCONSISTENT = "inconsistent"


class Better(StrEnum):
    """Which way is better; of many figures neither way is, such as of breaches that come to be reported."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Signal:
    """A marked point: why, and whether it lies or moves upward."""

    kind: Kind
    is_up: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """One stretch of a chart: its limits, and the signal of each point. Of fewer than two points there are no limits."""

    limits: Limits | None
    signals: tuple[Signal | None, ...]


def chart(values: Sequence[float], *, screen: bool = True, counts: bool = False) -> Chart:
    """An individuals chart of one stretch with its signals."""
    limits = individuals(values, screen=screen, counts=counts)
    if limits is None:
        return Chart(None, (None,) * len(values))
    return Chart(limits, signals(values, limits))


def chart_of_shares(points: Sequence[tuple[int, int]]) -> Chart:
    """A chart of shares x of n, each n above nought, within Laney's limits, which differ from point to point; those of the last.

    Each point is held against its own limits, and a trend is one of the shares themselves. Where none varies nothing is marked.
    """
    found = laney(points)
    if found is None or not found.sigma_z:
        return Chart(None, (None,) * len(points))
    # How many times the half width of its own limits a point lies from the mean.
    own = [limits[1] - found.mean for limits in found.limits if limits is not None]
    shares = [x / n for x, n in points]
    beyond = [(share - found.mean) / half for share, half in zip(shares, own, strict=True)]
    lower, upper = found.clipped()[-1] or (0.0, 1.0)
    marked = signals(beyond, Limits(0.0, -1.0, 1.0, found.is_trial), shares)
    return Chart(Limits(found.mean, lower, upper, found.is_trial), marked)


def signals(
    values: Sequence[float], limits: Limits, plotted: Sequence[float] | None = None
) -> tuple[Signal | None, ...]:
    """The signal of each point against limits; a trend is one of what is plotted, where that is another figure."""
    side = [(value > limits.mean) - (value < limits.mean) for value in values]
    outside = [value > limits.upper or value < limits.lower for value in values]
    near_upper = limits.mean + NEAR * (limits.upper - limits.mean)
    near_lower = limits.mean - NEAR * (limits.mean - limits.lower)
    near = [not out and (v > near_upper or v < near_lower) for v, out in zip(values, outside, strict=True)]
    rising, falling = (part_of_run([end == way for end in trend_ends(plotted or values)]) for way in (1, -1))
    pairs, run = two_of_three(near, side), part_of_run(one_side_ends(side))
    found: list[Signal | None] = []
    for place, out in enumerate(outside):
        is_up = side[place] > 0
        if out:
            found.append(Signal(Kind.BEYOND_LIMIT, is_up))
        elif rising[place] or falling[place]:
            found.append(Signal(Kind.TREND, rising[place]))
        elif pairs[place]:
            found.append(Signal(Kind.TWO_OF_THREE, is_up))
        elif run[place]:
            found.append(Signal(Kind.ONE_SIDE, is_up))
        else:
            found.append(None)
    return tuple(found)


def trend_ends(values: Sequence[float]) -> list[int]:
    """1 at each point that ends seven strictly rising ones, -1 at one that ends seven falling, 0 elsewhere."""
    steps = [(after > before) - (after < before) for before, after in itertools.pairwise(values)]
    return [
        steps[place - 1] if place >= RUN - 1 and abs(sum(steps[place - RUN + 1 : place])) == RUN - 1 else 0
        for place in range(len(values))
    ]


def one_side_ends(side: Sequence[int]) -> list[bool]:
    """Whether a point ends seven on one side of the mean; one on the mean itself ends every run."""
    return [place >= RUN - 1 and abs(sum(side[place - RUN + 1 : place + 1])) == RUN for place in range(len(side))]


def part_of_run(ends: Sequence[bool]) -> list[bool]:
    """Whether a point is one of the seven that a run's end marks."""
    return [any(ends[place : place + RUN]) for place in range(len(ends))]


def two_of_three(near: Sequence[bool], side: Sequence[int]) -> list[bool]:
    """Whether a point is one of three in a row, all on one side of the mean, of which two lie near a limit."""
    marked = [False] * len(near)
    for first in range(len(near) - WINDOW + 1):
        window = slice(first, first + WINDOW)
        if sum(near[window]) >= WINDOW - 1 and abs(sum(side[window])) == WINDOW:
            marked[window] = [True] * WINDOW
    return marked


def meaning(signal: Signal, better: Better) -> Meaning:
    """Whether a signal is an improvement or a concern; neither where neither way is better."""
    if better is Better.NEITHER:
        return Meaning.NEITHER
    return Meaning.IMPROVEMENT if signal.is_up == (better is Better.HIGHER) else Meaning.CONCERN


def assurance(limits: Limits, target: float, better: Better) -> Assurance | None:
    """What may be expected of a target: one outside the limits is always met or never. None where neither way is better."""
    if better is Better.NEITHER:
        return None
    if limits.lower <= target <= limits.upper:
        return Assurance.INCONSISTENT
    return Assurance.PASSES if (target < limits.lower) == (better is Better.HIGHER) else Assurance.FAILS


@dataclass(frozen=True, slots=True)
class Rebase:
    """From which point on a chart has limits of its own, who decided that, and why."""

    at: int
    by: str
    reason: str

    def __post_init__(self) -> None:
        if not self.by.strip() or self.by == SYSTEM:
            raise ValueError("a chart is re-based by a named person: say who")
        if is_too_short(self.reason):
            raise ValueError("a chart is re-based for a reason: say why in a sentence")


def stretches(
    values: Sequence[float], rebases: Sequence[Rebase], *, screen: bool = True, counts: bool = False
) -> list[Chart]:
    """The charts of the stretches between re-basings, in the order of time. Raises ValueError for one outside the series."""
    cuts = sorted(one.at for one in rebases)
    if len(set(cuts)) < len(cuts) or not all(0 < cut < len(values) for cut in cuts):
        raise ValueError("a chart is re-based at a point after its first, and at each but once")
    bounds = [0, *cuts, len(values)]
    return [chart(values[first:last], screen=screen, counts=counts) for first, last in itertools.pairwise(bounds)]
