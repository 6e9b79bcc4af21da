"""Shares and quantiles of the distributions that intervals and limits are made of: gamma, beta, Student's and binomial.

Pure, of doubles, each to about ten digits (Abramowitz and Stegun 6.5 and 26.5): the base install has no package for them.
"""

import math
from collections.abc import Iterator
from statistics import NormalDist

_TINY = 1e-300
_SHARES_ONLY = "a quantile is asked for a share between 0 and 1"


def gamma_below(shape: float, x: float) -> float:
    """Which share of the gamma distribution of this shape and scale 1 lies below x."""
    if x <= 0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        return front * _series(shape, x)
    return 1 - front * _fraction(x + 1 - shape, _gamma_terms(shape, x))


def gamma_quantile(p: float, shape: float) -> float:
    """Where the gamma distribution of this shape and scale 1 has the share p below it; half a chi-squared quantile of 2 * shape.

    Newton's steps from Wilson and Hilferty's approximation, which is so near that two or three of them are enough.
    """
    if not 0 < p < 1:
        raise ValueError(_SHARES_ONLY)
    ninth = 1 / (9 * shape)
    x = shape * max(1 - ninth + NormalDist().inv_cdf(p) * math.sqrt(ninth), 1e-3) ** 3
    for _ in range(100):
        slope = math.exp((shape - 1) * math.log(x) - x - math.lgamma(shape))
        step = (gamma_below(shape, x) - p) / slope
        x = max(x - step, x / 10)
        if abs(step) <= 1e-11 * x:
            break
    return x


def beta_below(a: float, b: float, x: float) -> float:
    """Which share of the beta distribution of a and b lies below x: the regularised incomplete beta function."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    # The fraction closes in quickly on this side of the mean only.
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_below(b, a, 1 - x)
    front = math.exp(a * math.log(x) + b * math.log1p(-x) - _log_beta(a, b)) / a
    return front * _fraction(1.0, _beta_terms(a, b, x))


def beta_quantile(p: float, a: float, b: float) -> float:
    """Where the beta distribution of a and b has the share p below it.

    Newton's steps, and a half of what is left where one would leave it.
    """
    if not 0 < p < 1:
        raise ValueError(_SHARES_ONLY)
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(200):
        over = beta_below(a, b, x) - p
        low, high = (low, x) if over > 0 else (x, high)
        slope = math.exp((a - 1) * math.log(x) + (b - 1) * math.log1p(-x) - _log_beta(a, b))
        following = x - over / slope if slope > _TINY else low
        if not low < following < high:
            following = (low + high) / 2
        if abs(following - x) <= 1e-15 + 1e-13 * x:
            break
        x = following
    return x


def student_quantile(p: float, freedom: float) -> float:
    """Where Student's distribution of so many degrees of freedom has the share p below it."""
    if not 0 < p < 1 or freedom <= 0:
        raise ValueError(_SHARES_ONLY)
    if p == 0.5:
        return 0.0
    # The share of both tails is that of a beta distribution, small where the quantile lies far out.
    x = beta_quantile(2 * min(p, 1 - p), freedom / 2, 0.5)
    return math.copysign(math.sqrt(freedom * (1 - x) / x), p - 0.5)


def binomial_chance(count: int, size: int, share: float) -> float:
    """The chance of exactly this count among so many, each with the same share."""
    if not 0 <= count <= size:
        return 0.0
    if share in (0.0, 1.0):
        return float(count == size * share)
    ways = math.lgamma(size + 1) - math.lgamma(count + 1) - math.lgamma(size - count + 1)
    return math.exp(ways + count * math.log(share) + (size - count) * math.log1p(-share))


def binomial_at_most(count: int, size: int, share: float) -> float:
    """The chance of this count or fewer among so many, each with the same share."""
    if count < 0:
        return 0.0
    return 1.0 if count >= size else beta_below(size - count, count + 1, 1 - share)


def binomial_quantile(p: float, size: int, share: float) -> tuple[int, float]:
    """The smallest count that so many, each with the same share, do not exceed with a chance of p or more; and that chance."""
    if not 0 < p < 1:
        raise ValueError(_SHARES_ONLY)
    guess = share * size + NormalDist().inv_cdf(p) * math.sqrt(size * share * (1 - share))
    count = min(max(math.floor(guess), 0), size)
    at_most = binomial_at_most(count, size, share)
    while at_most < p and count < size:
        count += 1
        at_most += binomial_chance(count, size, share)
    while count > 0 and at_most - binomial_chance(count, size, share) >= p:
        at_most -= binomial_chance(count, size, share)
        count -= 1
    return count, at_most


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _series(shape: float, x: float) -> float:
    term = total = 1 / shape
    step = shape
    while term > total * 1e-16:
        step += 1
        term *= x / step
        total += term
    return total


def _gamma_terms(shape: float, x: float) -> Iterator[tuple[float, float]]:
    i = 0
    while True:
        i += 1
        yield -i * (i - shape), x + 1 - shape + 2 * i


def _beta_terms(a: float, b: float, x: float) -> Iterator[tuple[float, float]]:
    yield -(a + b) * x / (a + 1), 1.0
    m = 0
    while True:
        m += 1
        yield m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1.0
        yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1.0


def _fraction(first: float, terms: Iterator[tuple[float, float]]) -> float:
    """One over a continued fraction, by Lentz's way: its first denominator, then each numerator with its denominator."""
    c, d = 1 / _TINY, 1 / first
    value, change = d, 0.0
    for _, (a, b) in zip(range(100_000), terms, strict=False):
        d = a * d + b
        d = 1 / (d if abs(d) > _TINY else _TINY)
        c = b + a / c
        c = c if abs(c) > _TINY else _TINY
        change = d * c
        value *= change
        if abs(change - 1) <= 1e-15:
            break
    return value
