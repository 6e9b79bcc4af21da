"""Rates for each so much of a base, and changes of counts whose events come in clusters (MSR-04, methods C).

The interval of a count is Garwood's, from `craffu.published.intervals`. Several events of one person are no separate evidence:
a change of such a count has a wider interval.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from craffu.published.intervals import LEVEL, Interval, poisson_exact


@dataclass(frozen=True, slots=True)
class Rate:
    """How many events for each `per` of the base, and the interval of that."""

    value: float
    interval: Interval


def rate(count: int, base: float, per: float) -> Rate | None:
    """Events for each `per` of a base, such as a year of an order in force; None where the base is nothing.

    The caller names the base. Raises ValueError for a negative count or base.
    """
    if base < 0:
        raise ValueError("a base is not negative")
    if base == 0:
        return None
    low, high = poisson_exact(count)
    return Rate(count * per / base, (low * per / base, high * per / base))


def clustering(events: Sequence[int]) -> float | None:
    """How many times as much a count varies as one of separate events: 1 where each person has one. None of no events.

    `events` are how many each person has. The variance of the sum of clusters that come by chance is the sum of the squares of
    their sizes (compound Poisson), so this is that sum over the sum of the sizes.
    """
    if any(one < 0 for one in events):
        raise ValueError("a count is not negative")
    whole = sum(events)
    return sum(one * one for one in events) / whole if whole else None


def change(before: Sequence[int], after: Sequence[int], level: float = LEVEL) -> tuple[float, Interval] | None:
    """The change of a count as a share of the first, and its interval, from how many events each person has in both periods.

    exp(ln(x2 / x1) +/- z sqrt(f1 / x1 + f2 / x2)) - 1, f being how much each is clustered. None where either has no event: from
    nought there is no percentage, and a ratio to nought has no such interval (MSR-02).
    """
    spread_before, spread_after = clustering(before), clustering(after)
    if spread_before is None or spread_after is None:
        return None
    first, second = sum(before), sum(after)
    half = NormalDist().inv_cdf((1 + level) / 2) * math.sqrt(spread_before / first + spread_after / second)
    ratio = second / first
    return ratio - 1, (ratio * math.exp(-half) - 1, ratio * math.exp(half) - 1)
