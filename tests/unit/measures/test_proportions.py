"""Other intervals of a proportion, as they are printed, and at the ends (MSR-04)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.common.distributions import binomial_at_most
from craffu.measures.statistics.proportions import exact, wilson_corrected
from craffu.published.intervals import wilson
from tests.method_case_file import needs_methods, printed

pytestmark = pytest.mark.rule("MSR-04")
x_of_n = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@needs_methods
def test_newcombes_examples_to_the_printed_digits() -> None:
    found = printed("wilson_clopper_pearson")
    assert len(found["cases"]) == 4
    for case in found["cases"]:
        of = case["x"], case["n"]
        assert wilson(*of) == pytest.approx(case["wilson"], abs=found["tol"]), case
        assert wilson_corrected(*of, found["conf"]) == pytest.approx(case["wilson_cc"], abs=found["tol"]), case
        assert exact(*of, found["conf"]) == pytest.approx(case["exact"], abs=found["tol"]), case


@given(x_of_n)
def test_each_holds_the_share_inside_none_and_all_and_is_the_mirror_of_its_complement(of: tuple[int, int]) -> None:
    x, n = of
    for interval in (exact, wilson_corrected):
        found, other = interval(x, n), interval(n - x, n)
        assert found is not None
        assert other is not None
        assert 0 <= found[0] <= x / n <= found[1] <= 1
        assert found == pytest.approx((1 - other[1], 1 - other[0]), abs=1e-9)


@given(x_of_n)
def test_the_exact_one_leaves_at_most_its_tail_on_each_side(of: tuple[int, int]) -> None:
    x, n = of
    found = exact(x, n, 0.9)
    assert found is not None
    if x:
        assert 1 - binomial_at_most(x - 1, n, found[0]) == pytest.approx(0.05, abs=1e-8)
    if x < n:
        assert binomial_at_most(x, n, found[1]) == pytest.approx(0.05, abs=1e-8)


@given(x_of_n)
def test_the_careful_ones_hold_wilsons(of: tuple[int, int]) -> None:
    corrected = wilson_corrected(*of)
    low, high = wilson(*of)
    assert corrected is not None
    assert corrected[0] <= low + 1e-12
    assert high <= corrected[1] + 1e-12


def test_a_wider_level_is_wider() -> None:
    for interval in (exact, wilson_corrected):
        usual, wide = interval(7, 20), interval(7, 20, 0.998)
        assert usual is not None
        assert wide is not None
        assert wide[0] < usual[0] < usual[1] < wide[1]


def test_none_and_all_and_one_of_one() -> None:
    assert exact(0, 20) == (0.0, pytest.approx(0.168433, abs=1e-6))
    assert exact(20, 20) == (pytest.approx(0.831567, abs=1e-6), 1.0)
    assert exact(1, 1) == (pytest.approx(0.025, abs=1e-9), 1.0)
    assert wilson_corrected(20, 20) == (pytest.approx(0.799512, abs=1e-4), 1.0)
    assert wilson_corrected(0, 1) == (0.0, pytest.approx(0.9454, abs=1e-3))


def test_of_nothing_there_is_none_and_nonsense_is_refused() -> None:
    assert exact(0, 0) is None
    assert wilson_corrected(0, 0) is None
    for x, n in ((1, 0), (-1, 5), (6, 5)):
        for interval in (exact, wilson_corrected):
            with pytest.raises(ValueError, match="none to all"):
                interval(x, n)
