"""What an area would have if its cases were everybody's (methods C, case-mix)."""

import pytest

from craffu.measures.statistics.standardising import Chances, by_strata, chances_from, standardised
from craffu.published.intervals import poisson_exact

pytestmark = pytest.mark.rule("MSR-08")


def test_an_area_whose_cases_are_of_the_rarer_kind_is_not_worse() -> None:
    """Both areas have each kind's share exactly; one merely has more of the kind that seldom ends so."""
    found = by_strata(
        {"north": {"strangers": (2, 20), "known": (40, 80)}, "south": {"strangers": (8, 80), "known": (10, 20)}}
    )
    north, south = found["north"], found["south"]
    assert north is not None
    assert south is not None
    assert (north.observed, north.expected, north.ratio) == (42, pytest.approx(42), pytest.approx(1))
    assert (south.observed, south.expected, south.ratio) == (18, pytest.approx(18), pytest.approx(1))
    assert north.adjusted == pytest.approx(0.3)
    assert south.adjusted == pytest.approx(0.3)


def test_what_is_left_is_told_with_its_interval() -> None:
    found = by_strata({"north": {"a": (6, 10), "b": (0, 0)}, "south": {"a": (2, 10)}, "east": {}})
    north = found["north"]
    assert north is not None
    assert north.expected == pytest.approx(4)
    assert north.ratio == pytest.approx(1.5)
    low, high = poisson_exact(6)
    assert north.ratio_interval == pytest.approx((low / 4, high / 4))
    assert north.adjusted == pytest.approx(0.6)
    assert north.adjusted_interval == pytest.approx((low / 4 * 0.4, high / 4 * 0.4))
    assert found["east"] is None
    south = found["south"]
    assert south is not None
    assert south.ratio == pytest.approx(0.5)


def test_all_areas_together_have_what_is_expected() -> None:
    areas = {
        "a": {"x": (3, 11), "y": (4, 9)},
        "b": {"x": (1, 30), "y": (0, 2)},
        "c": {"y": (7, 8)},
    }
    found = [one for one in by_strata(areas).values() if one]
    assert sum(one.expected for one in found) == pytest.approx(sum(one.observed for one in found)) == 15


def test_chances_may_come_from_a_model() -> None:
    found = standardised(3, [0.5, 0.25, 0.25, 1.0], 0.2)
    assert found is not None
    assert (found.expected, found.ratio, found.adjusted) == (2.0, 1.5, pytest.approx(0.3))
    assert standardised(0, [], 0.2) is None
    assert standardised(0, [0.0], 0.2) is None
    assert by_strata({"a": {"x": (0, 5)}}) == {"a": None}
    assert by_strata({}) == {}
    with pytest.raises(ValueError, match="chance"):
        standardised(0, [0.5, -0.1], 0.2)


@pytest.mark.parametrize(("events", "coefficients", "way"), [(40, 4, "model"), (39, 4, "strata"), (0, 1, "strata")])
def test_a_model_needs_ten_events_for_each_coefficient(events: int, coefficients: int, way: str) -> None:
    assert chances_from(events, coefficients) is Chances(way)


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="coefficient"):
        chances_from(5, 0)
    for wrong in ((3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="x: as many"):
            by_strata({"a": {"x": wrong}})
