"""Limits within which a monthly figure varies by itself: individuals charts and Laney's p' (MSR-08).

NHS England, Making Data Count, as the R package NHSRplotthedots 0.2.2 does it; Laney 2002, Quality Engineering 14:531-537;
Nelson 1994, Journal of Quality Technology 26:239-241; methods C. What lies outside is a signal (`signals`), not a cause.
"""

import itertools
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# `msr.trial_limit_points`
FULL_FROM: Final = 13
WIDTH: Final = 2.66
# A moving range of so many times their mean is no part of the ordinary variation.
WILD: Final = 3.267
# The mean range of two values of a normal distribution, in standard deviations.
_OF_TWO: Final = 1.128
_SIGMAS: Final = 3
# Days between rare events become near enough normal so.
_RARE: Final = 3.6


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean of a figure, and between which it varies by itself; `is_trial` where they rest on fewer than thirteen points."""

    mean: float
    lower: float
    upper: float
    is_trial: bool


def individuals(values: Sequence[float], *, screen: bool = True, counts: bool = False) -> Limits | None:
    """The limits of an individuals chart: the mean and 2.66 times the mean moving range each way. None of fewer than two points.

    With `screen`, ranges of 3.267 times their mean and more are dropped once. Counts are never below nought.
    """
    if len(values) < 2:
        return None
    # Exactly, or a figure that never changes would lie beside its own mean and be a signal every month.
    mean = float(statistics.mean(map(float, values)))
    ranges = [abs(after - before) for before, after in itertools.pairwise(values)]
    typical = math.fsum(ranges) / len(ranges)
    if screen and typical:
        kept = [one for one in ranges if one < WILD * typical]
        typical = math.fsum(kept) / len(kept)
    lower = mean - WIDTH * typical
    return Limits(mean, max(lower, 0.0) if counts else lower, mean + WIDTH * typical, len(values) < FULL_FROM)


@dataclass(frozen=True, slots=True)
class Laney:
    """The limits of shares of different sizes. `sigma_z` says how much more they vary than chance would have it, 1 being as much.

    A point with nothing to divide has no limits.
    """

    mean: float
    sigma_z: float
    limits: tuple[tuple[float, float] | None, ...]
    is_trial: bool

    def clipped(self) -> tuple[tuple[float, float] | None, ...]:
        """The limits as they are drawn: no share is below 0 or above 1."""
        return tuple((max(one[0], 0.0), min(one[1], 1.0)) if one else None for one in self.limits)


def laney(points: Sequence[tuple[int, int]]) -> Laney | None:
    """Laney's p' limits of a series of x of n. None where fewer than two points have something to divide."""
    held = [(x, n) for x, n in points if n]
    if len(held) < 2:
        return None
    mean = sum(x for x, _ in held) / sum(n for _, n in held)
    one = math.sqrt(mean * (1 - mean))
    if one == 0:
        # None of all, or all: nothing varies.
        sigma_z = 0.0
    else:
        z = [(x / n - mean) / (one / math.sqrt(n)) for x, n in held]
        sigma_z = math.fsum(abs(after - before) for before, after in itertools.pairwise(z)) / (len(z) - 1) / _OF_TWO
    half = [_SIGMAS * sigma_z * one / math.sqrt(n) if n else None for _, n in points]
    limits = tuple(None if each is None else (mean - each, mean + each) for each in half)
    return Laney(mean, sigma_z, limits, len(held) < FULL_FROM)


def between(days: Sequence[float]) -> Limits | None:
    """The limits of the days between rare events (a t chart): of fewer than two such times None.

    The times to the power of 1 / 3.6 are charted as individuals, and the limits brought back. Above the upper limit events have
    become rarer, below the lower more frequent. Raises ValueError for a negative time.
    """
    if any(one < 0 for one in days):
        raise ValueError("no time between two events is negative")
    found = individuals([one ** (1 / _RARE) for one in days], screen=False, counts=True)
    if found is None:
        return None
    mean, lower, upper = (one**_RARE for one in (found.mean, found.lower, found.upper))
    return Limits(mean, lower, upper, found.is_trial)
