"""How far a printed proportion, rate, difference or change can be trusted: its 95 % interval (MSR-04).

Wilson's for a proportion and Newcombe's hybrid of it for a difference (Newcombe 1998), Garwood's exact one for a count, and
the interval of the ratio of two counts for a change. Never Wald's.
"""

import functools
import math
from statistics import NormalDist
from typing import Final

from craffu.common.distributions import gamma_quantile

LEVEL: Final = 0.95
_TAIL: Final = (1 - LEVEL) / 2
_Z: Final = NormalDist().inv_cdf(1 - _TAIL)

type Interval = tuple[float, float]


def wilson(x: float, n: float) -> Interval:
    """The interval of the proportion x / n, both ends inside 0 to 1; neither need be whole (an effective number).

    Raises ValueError unless 0 <= x <= n and n > 0.
    """
    if not 0 <= x <= n or n == 0:
        raise ValueError("a proportion has something to divide and no more than all of it")
    p, z2 = x / n, _Z * _Z
    middle = p + z2 / (2 * n)
    half = _Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    scale = 1 + z2 / n
    # At the ends the formula is exact and floating point is not.
    low = 0.0 if x == 0 else (middle - half) / scale
    high = 1.0 if x == n else (middle + half) / scale
    return low, high


def newcombe(x1: int, n1: int, x2: int, n2: int) -> Interval:
    """The interval of the difference x1 / n1 - x2 / n2, by the hybrid of the two Wilson intervals."""
    p1, p2 = x1 / n1, x2 / n2
    (low1, high1), (low2, high2) = wilson(x1, n1), wilson(x2, n2)
    difference = p1 - p2
    return (
        difference - math.hypot(p1 - low1, high2 - p2),
        difference + math.hypot(high1 - p1, p2 - low2),
    )


@functools.lru_cache(maxsize=4096)
def poisson_exact(count: int) -> Interval:
    """The exact (Garwood) interval of a count: half the chi-squared quantiles at 2x and 2x + 2 degrees of freedom."""
    if count < 0:
        raise ValueError("a count is not negative")
    low = 0.0 if count == 0 else gamma_quantile(_TAIL, count)
    return low, gamma_quantile(1 - _TAIL, count + 1)


def ratio_change(before: int, after: int) -> Interval:
    """The interval of after / before - 1, from the ratio of two counts that are both above nought."""
    if before <= 0 or after <= 0:
        raise ValueError("a ratio needs two counts above nought")
    middle, half = math.log(after / before), _Z * math.sqrt(1 / before + 1 / after)
    return math.exp(middle - half) - 1, math.exp(middle + half) - 1
