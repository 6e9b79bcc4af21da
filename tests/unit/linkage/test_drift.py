"""A model is learnt anew only where there is none, where records have moved too far from what it was learnt from, or if asked."""

from typing import Any

import pytest

from craffu.linkage.model.drift import Learns, levels_moved, levels_why, moved, why_anew

pytestmark = pytest.mark.rule("IDN-02")
KEPT = {"version": "1", "compared": ["given", "born"], "records": 1_000, "filled": {"given": 0.9, "born": 0.8}}


@pytest.mark.parametrize(
    ("change", "records", "filled", "why"),
    [
        ({}, 1_000, {"given": 0.9, "born": 0.8}, None),
        ({}, 4_000, {"given": 0.9, "born": 0.8}, None),
        ({}, 4_001, {"given": 0.9, "born": 0.8}, Learns.MANY_MORE),
        ({}, 10, {"given": 0.9, "born": 0.8}, None),
        ({}, 1_000, {"given": 0.9, "born": 0.7}, None),
        ({}, 1_000, {"given": 0.9, "born": 0.9001}, Learns.FILLED_MOVED),
        ({}, 1_000, {"given": 0.9, "born": 0.6999}, Learns.FILLED_MOVED),
        ({}, 1_000, {"given": 0.9, "born": 0.8, "place": 0.2}, Learns.FILLED_MOVED),
        ({}, 1_000, {"given": 0.9}, Learns.FILLED_MOVED),
        ({"version": "0"}, 1_000, {"given": 0.9, "born": 0.8}, Learns.OTHER_VERSION),
        ({"compared": ["given"]}, 1_000, {"given": 0.9, "born": 0.8}, Learns.OTHER_COLUMNS),
    ],
)
def test_when_a_model_no_longer_fits_the_records(
    change: dict[str, Any], records: int, filled: dict[str, float], why: Learns | None
) -> None:
    assert why_anew({**KEPT, **change}, "1", ["given", "born"], records, filled) is why


def test_a_model_of_before_there_were_figures_is_of_another_version() -> None:
    assert why_anew({"filled": {}}, "1", [], 1, {}) is Learns.OTHER_VERSION


@pytest.mark.parametrize(
    ("now", "by", "pairs", "why"),
    [
        ({"born": {"same": 0.9, "slip": 0.1}}, 0.0, 10_000, None),
        ({"born": {"same": 0.75, "slip": 0.25}}, 0.15, 10_000, None),
        ({"born": {"same": 0.74, "slip": 0.26}}, 0.16, 10_000, None),
        ({"born": {"same": 0.739, "slip": 0.261}}, 0.161, 10_000, Learns.LEVELS_MOVED),
        # Shares of few pairs move by chance.
        ({"born": {"same": 0.65, "slip": 0.35}}, 0.25, 100, None),
        ({"born": {"same": 0.64, "slip": 0.36}}, 0.26, 100, Learns.LEVELS_MOVED),
        ({"born": {"same": 0.9, "slip": 0.1}, "sex": {"same": 1.0}}, 1.0, 10_000, Learns.LEVELS_MOVED),
        ({}, 0.9, 0, None),
        ({}, 0.9, 10_000, Learns.LEVELS_MOVED),
    ],
)
def test_when_likely_pairs_agree_otherwise_than_they_did(
    now: dict[str, dict[str, float]], by: float, pairs: int, why: Learns | None
) -> None:
    before = {"born": {"same": 0.9, "slip": 0.1}}
    assert levels_moved(before, now) == by
    assert levels_why(before, now, pairs) is why


def test_nothing_has_moved_from_nothing() -> None:
    assert (moved({}, {}), levels_moved({}, {})) == (0.0, 0.0)
