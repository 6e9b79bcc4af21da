"""Rates over a base, and changes of counts whose events come in clusters (MSR-04)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.measures.statistics.rates import change, clustering, rate
from craffu.published.intervals import poisson_exact, ratio_change
from tests.method_case_file import needs_methods, printed

pytestmark = pytest.mark.rule("MSR-04")
counts = st.lists(st.integers(0, 9), min_size=1, max_size=30)


@needs_methods
def test_exact_intervals_of_a_count_to_the_printed_digits() -> None:
    cases = printed("poisson_exact_count_ci")["cases"]
    assert len(cases) == 5
    for case in cases:
        assert poisson_exact(case["x"]) == pytest.approx(case["ci"], abs=1e-6)
        found = rate(case["x"], 50, 1000)
        assert found is not None
        assert found.value == pytest.approx(case["x"] * 20)
        assert found.interval == pytest.approx([20 * end for end in case["ci"]], abs=2e-5)


@needs_methods
def test_the_change_of_the_2023_review() -> None:
    facts = printed("dyfed_powys_facts")
    separate = change([1] * facts["implied_prior_year"], [1] * facts["stalking_harassment_2021_22"])
    assert separate is not None
    assert separate[0] * 100 == pytest.approx(facts["change_pct_on_prior_year"], abs=0.005)
    assert separate[1] == pytest.approx(ratio_change(6752, 10199))


def test_a_base_may_be_years_in_force_and_of_none_there_is_no_rate() -> None:
    found = rate(1, 181 / 365.25, 1)
    assert found is not None
    assert found.value == pytest.approx(2.01796, abs=1e-5)
    assert rate(0, 0, 1) is None
    assert rate(3, 0.0, 1000) is None
    nought = rate(0, 2, 1)
    assert nought is not None
    assert (nought.value, nought.interval[0]) == (0.0, 0.0)
    assert nought.interval[1] == pytest.approx(3.688879 / 2, abs=1e-6)
    with pytest.raises(ValueError, match="base"):
        rate(1, -1, 1)
    with pytest.raises(ValueError, match="count"):
        rate(-1, 1, 1)


def test_clusters() -> None:
    assert clustering([1, 1, 1]) == 1
    assert clustering([0, 4, 0]) == 4
    assert clustering([3, 1]) == 2.5
    assert clustering([]) is None
    assert clustering([0, 0]) is None
    with pytest.raises(ValueError, match="negative"):
        clustering([3, -1])


@given(counts, counts)
def test_clustered_events_say_less_than_separate_ones(before: list[int], after: list[int]) -> None:
    found = change(before, after)
    if not (sum(before) and sum(after)):
        assert found is None
        return
    assert found is not None
    value, (low, high) = found
    separate = ratio_change(sum(before), sum(after))
    assert low <= separate[0] + 1e-12
    assert separate[1] <= high + 1e-12
    assert -1 < low < value < high
    # The other way round it is one over it.
    back = change(after, before)
    assert back is not None
    assert (1 + back[1][0]) * (1 + high) == pytest.approx(1)


def test_all_events_of_one_person_are_one_piece_of_evidence() -> None:
    found = change([8], [8])
    assert found is not None
    assert found[1] == pytest.approx(ratio_change(1, 1))
    wide, usual = change([4, 4], [6], 0.998), change([4, 4], [6])
    assert wide is not None
    assert usual is not None
    assert wide[1][0] < usual[1][0] < usual[1][1] < wide[1][1]
