"""Other intervals of a proportion than Wilson's, which is the one that is printed (`craffu.published.intervals`, MSR-04).

Newcombe 1998, his methods 4 and 5; methods C. Never Wald's.
"""

import math
from statistics import NormalDist

from craffu.common.distributions import beta_quantile
from craffu.published.intervals import LEVEL, Interval


def exact(x: float, n: float, level: float = LEVEL) -> Interval | None:
    """Clopper and Pearson's interval of x of n, both ends inside 0 to 1; None of nothing.

    Neither need be whole. For where a guarantee is wanted: it holds the true share at least as often as it says, and is wider for
    that.
    Raises ValueError unless 0 <= x <= n.
    """
    if not _is_something(x, n):
        return None
    tail = (1 - level) / 2
    low = 0.0 if x == 0 else beta_quantile(tail, x, n - x + 1)
    high = 1.0 if x == n else beta_quantile(1 - tail, x + 1, n - x)
    return low, high


def wilson_corrected(x: int, n: int, level: float = LEVEL) -> Interval | None:
    """Wilson's interval of x of n with the correction for continuity, as others print it; None of nothing.

    To set our own beside a figure published with it. Raises ValueError unless 0 <= x <= n.
    """
    if not _is_something(x, n):
        return None
    z = NormalDist().inv_cdf((1 + level) / 2)
    p, q, z2 = x / n, 1 - x / n, z * z
    scale = 2 * (n + z2)
    low = (2 * n * p + z2 - 1 - z * math.sqrt(z2 - 2 - 1 / n + 4 * p * (n * q + 1))) / scale if x else 0.0
    high = (2 * n * p + z2 + 1 + z * math.sqrt(z2 + 2 - 1 / n + 4 * p * (n * q - 1))) / scale if x < n else 1.0
    return max(0.0, low), min(1.0, high)


def _is_something(x: float, n: float) -> bool:
    if not 0 <= x <= n:
        raise ValueError("a proportion counts none to all of what there is")
    return n > 0
