"""How far areas may be expected to vary by chance (MSR-08)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.common.distributions import binomial_at_most
from craffu.measures.statistics.funnels import LEVELS, Spread, curve, limits, ratio_limits, spread, wide_limits
from tests.method_case_file import needs_methods, printed

pytestmark = pytest.mark.rule("MSR-08")
NO_SPREAD = Spread(5, 0.7, 0.0)


@needs_methods
def test_limits_of_a_ratio_to_the_printed_digits() -> None:
    case = printed("funnel_poisson_limits_ratio")
    found = [[ratio_limits(expected, level) for expected in case["expected"]] for level in LEVELS]
    for level, (low, high) in zip(found, (("ll95", "ul95"), ("ll998", "ul998")), strict=True):
        assert [one[0] for one in level if one] == pytest.approx(case[low], abs=case["tol"])
        assert [one[1] for one in level if one] == pytest.approx(case[high], abs=case["tol"])


def test_where_nothing_is_expected_there_is_no_ratio() -> None:
    assert ratio_limits(0, 0.95) is None
    with pytest.raises(ValueError, match="negative"):
        ratio_limits(-1, 0.95)


@pytest.mark.parametrize(
    ("share", "size", "level", "low", "high"),
    [
        # Worked by hand from single chances: of ten coins 1 or fewer have 11/1024, 2 or fewer 56/1024, 7 or fewer 968/1024,
        # 8 or fewer 1013/1024.
        (0.5, 10, 0.95, (2 - (56 - 25.6) / 45) / 10, (8 - (1013 - 998.4) / 45) / 10),
        # Of two, none has 1/4 and all has 1/4.
        (0.5, 2, 0.95, 0.0, 1.0),
        (0.99, 1, 0.95, 1 - 0.975 / 0.99, 1.0),
        (0.0, 9, 0.95, 0.0, 0.0),
        (1.0, 9, 0.95, 1.0, 1.0),
    ],
)
def test_limits_of_a_share(share: float, size: int, level: float, low: float, high: float) -> None:
    assert limits(share, size, level) == pytest.approx((low, high), abs=1e-9)


@given(st.floats(0.001, 0.999), st.integers(1, 20_000))
def test_limits_hold_the_share_and_stay_inside_nought_and_one(share: float, size: int) -> None:
    inner, outer = (limits(share, size, level) for level in LEVELS)
    assert 0 <= outer[0] <= inner[0] <= share <= inner[1] <= outer[1] <= 1


@given(st.floats(0.01, 0.99), st.integers(1, 400))
def test_a_count_below_the_lower_limit_is_as_unlikely_as_it_says(share: float, size: int) -> None:
    low, high = limits(share, size, 0.95)
    below = math.ceil(low * size - 1e-9) - 1
    assert binomial_at_most(below, size, share) <= 0.025 + 1e-9
    above = math.floor(high * size + 1e-9) + 1
    # Between two counts the limit lies by how near it comes, so that one that is just too likely may lie outside.
    assert 1 - binomial_at_most(above, size, share) <= 0.025 + 1e-9


@pytest.mark.parametrize(("share", "size"), [(-0.1, 5), (1.1, 5), (0.5, 0), (0.5, -1)])
def test_limits_of_nonsense_are_refused(share: float, size: int) -> None:
    for ask in (
        lambda: limits(share, size, 0.95),
        lambda: wide_limits(share, size, 0.95, NO_SPREAD),
        lambda: wide_limits(share, size, 0.95, Spread(5, 3.0, 0.1)),
    ):
        with pytest.raises(ValueError, match="between 0 and 1"):
            ask()


def test_a_funnel_narrows_as_areas_grow() -> None:
    found = list(curve(0.06, 30_000, 0.95))
    sizes = [size for size, _low, _high in found]
    assert sizes == sorted(set(sizes))
    assert sizes[-1] == 30_000
    assert sizes[0] == 19
    assert len(sizes) == 40
    widths = [high - low for _size, low, high in found]
    assert widths[5:] == sorted(widths[5:], reverse=True)
    assert [size for size, _low, _high in curve(0.06, 3, 0.95)] == [1, 2, 3]
    assert list(curve(0.06, 0.2, 0.95)) == []


def test_areas_that_are_alike_have_no_spread_beyond_chance() -> None:
    found = spread([(10, 100), (21, 200), (9, 100), (31, 300), (0, 0)], 0.1)
    assert found is not None
    assert (found.areas, found.tau2) == (4, 0.0)
    assert found.phi < 0.75
    assert wide_limits(0.1, 50, 0.95, found) == limits(0.1, 50, 0.95)


def test_areas_that_differ_widen_the_limits() -> None:
    areas = [(5, 100), (20, 100), (10, 100), (30, 100), (2, 100)]
    found = spread(areas, 0.1)
    assert found is not None
    # By hand: z of each, the ends drawn in to the tenth and the ninetieth of a hundred, which here lie between the last two.
    z = sorted((math.asin(math.sqrt(x / 100)) - math.asin(math.sqrt(0.1))) * 20 for x, _n in areas)
    low, high = z[0] + 0.4 * (z[1] - z[0]), z[3] + 0.6 * (z[4] - z[3])
    square = sum(one**2 for one in (low, z[1], z[2], z[3], high))
    assert found.phi == pytest.approx(square / 5)
    # Five areas of one size: the weights 400 each leave 2000 - 400.
    assert found.tau2 == pytest.approx((square - 4) / 1600)
    chance, wide = limits(0.1, 100, 0.95), wide_limits(0.1, 100, 0.95, found)
    assert wide[0] < chance[0]
    assert chance[1] < wide[1]
    middle, half = math.asin(math.sqrt(0.1)), 1.959964 * math.sqrt(1 / 400 + found.tau2)
    assert wide == pytest.approx((math.sin(max(0, middle - half)) ** 2, math.sin(middle + half) ** 2), abs=1e-6)


def test_areas_of_different_sizes_weigh_by_their_size() -> None:
    areas = [(5, 50), (60, 200), (1, 100)]
    found = spread(areas, 0.15)
    assert found is not None
    whole, squares = 4 * 350, 16 * (2500 + 40000 + 10000)
    assert found.tau2 == pytest.approx((3 * found.phi - 2) / (whole - squares / whole))


@given(st.floats(0, 1), st.integers(1, 5000), st.floats(0.0001, 5))
def test_wide_limits_hold_the_share_and_stay_inside(share: float, size: int, tau2: float) -> None:
    inner, outer = (wide_limits(share, size, level, Spread(9, 2.0, tau2)) for level in LEVELS)
    assert 0 <= outer[0] <= inner[0] <= share + 1e-12
    assert share - 1e-12 <= inner[1] <= outer[1] <= 1


@pytest.mark.parametrize("areas", [[], [(3, 10)], [(3, 10), (0, 0)]])
def test_of_fewer_than_two_areas_no_spread_is_told(areas: list[tuple[int, int]]) -> None:
    assert spread(areas, 0.3) is None
