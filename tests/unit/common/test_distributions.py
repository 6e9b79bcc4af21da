"""Shares and quantiles, against what they are by definition: sums of the chances of single counts."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.common.distributions import (
    beta_below,
    beta_quantile,
    binomial_at_most,
    binomial_chance,
    binomial_quantile,
    gamma_below,
    gamma_quantile,
)

shares = st.floats(0.001, 0.999)


@given(st.integers(1, 60), shares, st.data())
def test_the_chance_of_so_many_or_fewer_is_the_sum_of_the_chances(size: int, share: float, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, size))
    chances = [math.comb(size, one) * share**one * (1 - share) ** (size - one) for one in range(size + 1)]
    assert binomial_chance(count, size, share) == pytest.approx(chances[count], rel=1e-9)
    assert binomial_at_most(count, size, share) == pytest.approx(math.fsum(chances[: count + 1]), abs=1e-10)


@given(st.integers(1, 5000), shares, st.floats(0.001, 0.999))
def test_a_quantile_is_the_smallest_count_that_reaches_it(size: int, share: float, p: float) -> None:
    count, at_most = binomial_quantile(p, size, share)
    assert at_most == pytest.approx(binomial_at_most(count, size, share), abs=1e-9)
    assert at_most >= p - 1e-9
    assert binomial_at_most(count - 1, size, share) <= p + 1e-9


@pytest.mark.parametrize(("share", "count"), [(0.0, 0), (1.0, 9)])
@pytest.mark.parametrize("p", [0.001, 0.5, 0.999])
def test_what_never_or_always_happens(share: float, count: int, p: float) -> None:
    assert binomial_quantile(p, 9, share) == (count, 1.0)
    assert [binomial_chance(one, 9, share) for one in (count, 4)] == [1.0, 0.0]


def test_counts_that_cannot_be() -> None:
    assert [binomial_chance(one, 3, 0.4) for one in (-1, 4)] == [0.0, 0.0]
    assert [binomial_at_most(one, 3, 0.4) for one in (-1, 3, 4)] == [0.0, 1.0, 1.0]


@given(st.floats(0.5, 400), st.floats(0.5, 400), st.floats(0.001, 0.999))
def test_a_beta_quantile_has_its_share_below_it(a: float, b: float, p: float) -> None:
    x = beta_quantile(p, a, b)
    assert 0 < x < 1
    assert beta_below(a, b, x) == pytest.approx(p, abs=1e-9)
    assert beta_below(b, a, 1 - x) == pytest.approx(1 - p, abs=1e-9)


@pytest.mark.parametrize(("a", "b", "x", "share"), [(1, 1, 0.3, 0.3), (2, 1, 0.3, 0.09), (1, 3, 0.5, 0.875)])
def test_beta_shares_that_can_be_written_down(a: float, b: float, x: float, share: float) -> None:
    assert beta_below(a, b, x) == pytest.approx(share, abs=1e-14)
    assert [beta_below(a, b, end) for end in (-0.1, 0.0, 1.0, 1.1)] == [0.0, 0.0, 1.0, 1.0]


@given(st.floats(0.3, 2000), st.floats(0.001, 0.999))
def test_a_gamma_quantile_has_its_share_below_it(shape: float, p: float) -> None:
    assert gamma_below(shape, gamma_quantile(p, shape)) == pytest.approx(p, abs=1e-9)


def test_gamma_shares_that_can_be_written_down() -> None:
    assert gamma_below(1, 2.5) == pytest.approx(1 - math.exp(-2.5), abs=1e-14)
    assert gamma_below(2, 0.3) == pytest.approx(1 - 1.3 * math.exp(-0.3), abs=1e-14)
    assert [gamma_below(2, x) for x in (0.0, -1.0)] == [0.0, 0.0]


@pytest.mark.parametrize("p", [-0.1, 0.0, 1.0, 1.1])
def test_a_quantile_is_asked_for_a_share_between_none_and_all(p: float) -> None:
    for ask in (lambda: gamma_quantile(p, 2), lambda: beta_quantile(p, 2, 3), lambda: binomial_quantile(p, 5, 0.5)):
        with pytest.raises(ValueError, match="between 0 and 1"):
            ask()
