"""How far areas may be expected to vary by chance for their size: the limits of a funnel (MSR-08).

Spiegelhalter 2005, Statistics in Medicine 24:1185-1202; methods C. Areas are compared by a funnel, never by a league table. A
share inside its limits says nothing about its area.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

from craffu.common.distributions import binomial_chance, binomial_quantile, gamma_quantile
from craffu.published.intervals import Interval

# What lies outside the outer limits would come by chance once in five hundred times.
LEVELS: Final = (0.95, 0.998)
# How much of each end is drawn in before the spread of the areas is judged.
DRAWN_IN: Final = 0.1
_PLACES: Final = 40


def limits(share: float, size: int, level: float) -> Interval:
    """Between which a share of so many lies by chance, where the chance of each is `share`: exact binomial limits.

    Both lie inside 0 to 1 and hold the share itself. Between two counts they lie by how near each comes to the tail. Where
    even all of them would be likely enough, the upper limit is 1.
    """
    if not 0 <= share <= 1 or size < 1:
        raise ValueError("a share lies between 0 and 1, and is of something")
    if share in (0, 1):
        return share, share
    tail = (1 - level) / 2
    _, low = _limit(tail, size, share)
    count, high = _limit(1 - tail, size, share)
    return min(max(low, 0.0), share), 1.0 if count == size else max(high, share)


def _limit(p: float, size: int, share: float) -> tuple[int, float]:
    count, at_most = binomial_quantile(p, size, share)
    return count, (count - (at_most - p) / binomial_chance(count, size, share)) / size


def ratio_limits(expected: float, level: float) -> Interval | None:
    """Between which observed over expected lies by chance: exact Poisson limits. None where nothing is expected."""
    if expected < 0:
        raise ValueError("what is expected is not negative")
    if expected == 0:
        return None
    tail = (1 - level) / 2
    return gamma_quantile(tail, expected) / expected, gamma_quantile(1 - tail, expected + 1) / expected


def curve(share: float, largest: float, level: float) -> Iterator[tuple[int, float, float]]:
    """The limits along all sizes up to the largest, as size, low and high; nearer together where they bend."""
    last = 0
    for place in range(1, _PLACES + 1):
        size = round(largest * (place / _PLACES) ** 2)
        if size > last:
            last = size
            yield (size, *limits(share, size, level))


@dataclass(frozen=True, slots=True)
class Spread:
    """How much more areas differ than chance would have it.

    `phi` is about 1 where only chance is at work; `tau2` is what must be added to the variance of each on the arcsine scale, and
    nought where nothing must.
    """

    areas: int
    phi: float
    tau2: float


def spread(areas: Sequence[tuple[int, int]], share: float) -> Spread | None:
    """How much areas differ around a share, each as x of n; those of nothing are left out. None of fewer than two.

    z = (asin sqrt p - asin sqrt share) 2 sqrt n, a tenth at each end drawn in, phi their mean square, and tau2 by moments.
    """
    held = [(x, n) for x, n in areas if n]
    count = len(held)
    if count < 2:
        return None
    middle = math.asin(math.sqrt(share))
    z = _drawn_in([(math.asin(math.sqrt(x / n)) - middle) * 2 * math.sqrt(n) for x, n in held])
    phi = math.fsum(one * one for one in z) / count
    if phi <= (count - 1) / count:
        return Spread(count, phi, 0.0)
    weights = [4 * n for _, n in held]
    whole = sum(weights)
    left = whole - sum(one * one for one in weights) / whole
    return Spread(count, phi, (count * phi - (count - 1)) / left)


def wide_limits(share: float, size: int, level: float, found: Spread) -> Interval:
    """The limits with what areas differ by beyond chance; those of chance alone where they do not."""
    if found.tau2 == 0:
        return limits(share, size, level)
    if not 0 <= share <= 1 or size < 1:
        raise ValueError("a share lies between 0 and 1, and is of something")
    half = NormalDist().inv_cdf((1 + level) / 2) * math.sqrt(1 / (4 * size) + found.tau2)
    middle = math.asin(math.sqrt(share))
    return math.sin(max(middle - half, 0.0)) ** 2, math.sin(min(middle + half, math.pi / 2)) ** 2


def _drawn_in(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    low, high = _quantile(ordered, DRAWN_IN), _quantile(ordered, 1 - DRAWN_IN)
    return [min(max(one, low), high) for one in values]


def _quantile(ordered: Sequence[float], p: float) -> float:
    """Between the two values around the place, by how near it lies to each."""
    place = p * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
