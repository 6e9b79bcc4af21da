"""Limits within which a figure varies by itself (MSR-08)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.measures.statistics.control import Limits, between, individuals, laney
from craffu.measures.statistics.signals import chart
from tests.method_case_file import needs_methods, printed

pytestmark = pytest.mark.rule("MSR-08")
series = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40)


@needs_methods
def test_individuals_to_the_printed_digits() -> None:
    case = printed("xmr_limits")
    assert len(case["cases"]) == 3
    for one in case["cases"]:
        values = list(case["y"])
        if one["change"]:
            values[one["change"]["index_1based"] - 1] = one["change"]["value"]
        found = individuals(values, screen=one["screen_outliers"])
        assert found is not None
        expected = (one["mean"], one["lpl"], one["upl"])
        assert (found.mean, found.lower, found.upper) == pytest.approx(expected, abs=case["tol"]), one
        assert not found.is_trial


@needs_methods
def test_laney_to_the_printed_digits() -> None:
    case = printed("laney_p_prime")
    found = laney(list(zip(case["x"], case["n"], strict=True)))
    assert found is not None
    assert found.mean == pytest.approx(case["pbar"], abs=5e-10)
    assert found.sigma_z == pytest.approx(case["sigma_z"], abs=5e-10)
    first = [one for one in found.limits[:3] if one]
    assert [high for _low, high in first] == pytest.approx(case["ucl_first3"], abs=5e-7)
    assert [low for low, _high in first] == pytest.approx(case["lcl_first3_before_clip"], abs=5e-7)
    plain = [found.mean + (high - found.mean) / found.sigma_z for _low, high in first]
    assert plain == pytest.approx(case["plain_p_ucl_first3"], abs=5e-7)
    assert [one[0] for one in found.clipped() if one] == [0.0] * 12
    assert found.is_trial


@given(series)
def test_limits_stand_evenly_around_the_mean_and_turn_with_the_figures(values: list[float]) -> None:
    found, turned = individuals(values), individuals([-one for one in values])
    assert found is not None
    assert turned is not None
    near = 1e-9 * max(1.0, *map(abs, values))
    assert found.lower <= found.mean <= found.upper
    assert found.upper - found.mean == pytest.approx(found.mean - found.lower, abs=near)
    assert (turned.lower, turned.upper) == pytest.approx((-found.upper, -found.lower), abs=near)
    every = individuals(values, screen=False)
    assert every is not None
    assert every.lower <= found.lower + near


@given(st.lists(st.integers(0, 30), min_size=2, max_size=30))
def test_counts_are_never_expected_below_nought(values: list[int]) -> None:
    found, other = individuals(values, counts=True), individuals(values)
    assert found is not None
    assert other is not None
    assert found.lower == max(0.0, other.lower)
    assert (found.mean, found.upper) == (other.mean, other.upper)


def test_how_many_points_there_must_be() -> None:
    assert individuals([]) is None
    assert individuals([4]) is None
    assert individuals([4, 6]) == Limits(5, pytest.approx(-0.32), pytest.approx(10.32), is_trial=True)
    assert individuals([4, 4, 4]) == Limits(4, 4, 4, is_trial=True)
    found = [individuals([1, 2] * 6), individuals([*[1, 2] * 6, 1])]
    assert [one.is_trial for one in found if one] == [True, False]


def test_a_range_of_exactly_so_many_times_their_mean_is_dropped() -> None:
    # Ten ranges with a mean of 1000, one of them 3267 wide.
    rest = [748.0] * 8 + [749.0]
    for wide, is_dropped in ((3267.0, True), (3266.0, False)):
        values, up = [0.0], 1
        for step in [*rest[:4], wide, *rest[4:]]:
            values.append(values[-1] + up * step)
            up = -up
        found = individuals(values)
        assert found is not None
        typical = 6733 / 9 if is_dropped else (6733 + wide) / 10
        assert found.upper - found.mean == pytest.approx(2.66 * typical)


def test_points_of_nothing_have_no_limits_and_are_no_part_of_the_rest() -> None:
    found = laney([(3, 10), (0, 0), (5, 20)])
    alone = laney([(3, 10), (5, 20)])
    assert found is not None
    assert alone is not None
    assert found.limits == (alone.limits[0], None, alone.limits[1])
    assert found.clipped()[1] is None
    # By hand: a mean of 8 / 30, and the two z of it.
    one = math.sqrt(8 / 30 * 22 / 30)
    z = (0.3 - 8 / 30) / (one / math.sqrt(10)), (0.25 - 8 / 30) / (one / math.sqrt(20))
    assert found.mean == pytest.approx(8 / 30)
    assert found.sigma_z == pytest.approx(abs(z[1] - z[0]) / 1.128)
    assert found.limits[0] is not None
    assert found.limits[0][1] - found.mean == pytest.approx(3 * found.sigma_z * one / math.sqrt(10))
    assert laney([]) is None
    assert laney([(3, 10), (0, 0)]) is None


@pytest.mark.parametrize("all_of", [0, 1])
def test_where_none_or_all_are_so_nothing_varies(all_of: int) -> None:
    found = laney([(5 * all_of, 5), (9 * all_of, 9)])
    assert found is not None
    assert (found.mean, found.sigma_z) == (all_of, 0.0)
    assert found.limits == found.clipped() == ((all_of, all_of), (all_of, all_of))


def test_when_laneys_limits_are_no_longer_trial() -> None:
    twelve = [(3, 10), (4, 11)] * 6
    found = [laney(twelve), laney([*twelve, (0, 0)]), laney([*twelve, (3, 9)])]
    assert [one.is_trial for one in found if one] == [True, True, False]
    wide = laney([(0, 10), (10, 10), (0, 10)])
    assert wide is not None
    assert wide.clipped() == ((0.0, 1.0),) * 3


def test_days_between_rare_events() -> None:
    found = between([30.0, 60.0, 45.0])
    assert found is not None
    power = [one ** (1 / 3.6) for one in (30.0, 60.0, 45.0)]
    mean, typical = sum(power) / 3, (power[1] - power[0] + power[1] - power[2]) / 2
    assert found.mean == pytest.approx(mean**3.6)
    assert found.upper == pytest.approx((mean + 2.66 * typical) ** 3.6)
    assert found.lower == pytest.approx((mean - 2.66 * typical) ** 3.6)
    assert found.is_trial
    assert between([3.0]) is None
    # Two on one day, and a lower limit that cannot be below nought.
    low = between([0.0, 90.0])
    assert low is not None
    assert low.lower == 0.0
    # No range is dropped: one long quiet is what the chart is for.
    quiet = [1.0, 1.0] * 8
    wild = between([*quiet, 400.0])
    assert wild is not None
    assert wild.upper > wild.mean * 2
    with pytest.raises(ValueError, match="negative"):
        between([3.0, -1.0])


def test_a_figure_that_never_changes_is_no_signal() -> None:
    for value in (0.1, 0.7, 1 / 3, 3.3, 5):
        found = chart([value] * 24)
        assert found.limits == Limits(value, value, value, is_trial=False)
        assert not any(found.signals)
