"""Intervals, against the printed values of their sources (MSR-04)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.published.intervals import newcombe, poisson_exact, ratio_change, wilson


@pytest.mark.rule("MSR-04")
@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        # Newcombe 1998, his four examples.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
        (6, 6, 0.6097, 1.0),
    ],
)
def test_a_proportion_has_wilsons_interval(x: int, n: int, low: float, high: float) -> None:
    assert wilson(x, n) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.rule("MSR-04")
@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        (0, 0.0, 3.688879),
        (5, 1.623486, 11.668332),
        (10, 4.795389, 18.390356),
        (65, 50.165628, 82.847836),
        (100, 81.363991, 121.626794),
    ],
)
def test_a_count_has_the_exact_interval(count: int, low: float, high: float) -> None:
    assert poisson_exact(count) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.rule("MSR-04")
def test_the_difference_of_two_proportions_has_newcombes_interval() -> None:
    assert newcombe(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@pytest.mark.rule("MSR-04")
def test_a_change_has_the_interval_of_the_ratio() -> None:
    assert ratio_change(6752, 10199) == pytest.approx((0.4648, 0.5577), abs=5e-5)


@given(st.integers(0, 10_000_000))
def test_the_exact_interval_holds_its_count(count: int) -> None:
    low, high = poisson_exact(count)
    assert low <= count < high


@given(st.integers(1, 400))
def test_the_exact_interval_leaves_two_and_a_half_per_cent_on_each_side(count: int) -> None:
    """By the definition: seen from either end, a count as far out as this one has a chance of 2.5 %."""
    low, high = poisson_exact(count)
    assert _at_most(count - 1, low) == pytest.approx(0.975, abs=1e-7)
    assert _at_most(count, high) == pytest.approx(0.025, abs=1e-7)


def _at_most(count: int, mean: float) -> float:
    import math

    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1))


@given(st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n + 1), st.just(n + 1))))
def test_a_proportion_lies_in_its_interval_and_the_interval_in_0_to_1(pair: tuple[int, int]) -> None:
    x, n = pair
    low, high = wilson(x, n)
    assert 0 <= low <= x / n <= high <= 1


@pytest.mark.parametrize(("x", "n"), [(1, 0), (0, 0), (5, 4), (-1, 4)])
def test_what_is_no_proportion_has_no_interval(x: int, n: int) -> None:
    with pytest.raises(ValueError):
        wilson(x, n)


@pytest.mark.parametrize(("before", "after"), [(0, 3), (3, 0), (-1, 2)])
def test_a_change_from_or_to_nought_has_no_ratio(before: int, after: int) -> None:
    with pytest.raises(ValueError):
        ratio_change(before, after)


def test_a_negative_count_has_no_interval() -> None:
    with pytest.raises(ValueError):
        poisson_exact(-1)
