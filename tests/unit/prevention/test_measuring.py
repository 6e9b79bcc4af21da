"""How right an order of people was: as published of a tool whose error rates are known, and at each edge (methods A6)."""

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.prevention.proving.measuring import (
    Counts,
    auc,
    auc_error,
    auc_interval,
    counts,
    gaps,
    interval,
    psi,
    share,
    tenths,
)
from tests.rule_case_file import ABSENT

METHODS = Path(__file__).resolve().parents[4] / "shared" / "domain" / "method_cases.json"
pytestmark = pytest.mark.rule("PRI-08")


def said(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(METHODS.read_text(encoding="utf-8"))[name]
    return found


def people(*parts: tuple[float, int, int]) -> tuple[Any, Any]:
    """Of each score so many people, and so many of them with the outcome."""
    scores = np.concatenate([np.full(n, score, dtype=float) for score, n, _ in parts])
    outcomes = np.concatenate([np.array([1] * k + [0] * (n - k), dtype=np.int64) for _, n, k in parts])
    return scores, outcomes


@pytest.mark.skipif(not METHODS.exists(), reason=ABSENT)
def test_a_published_tool_to_the_printed_digits() -> None:
    compas = said("classifier_fairness_compas")
    parts = zip(range(1, 11), compas["deciles_size"], compas["deciles_events"], strict=True)
    scores, outcomes = people(*((float(score), n, k) for score, n, k in parts))
    area = auc(scores, outcomes)
    assert area == pytest.approx(compas["auc_decile"], abs=5e-6)
    did, among = compas["base_rate"]
    assert area is not None
    assert auc_error(area, did, among - did) == pytest.approx(compas["auc_se_hanley_mcneil"], abs=5e-7)
    whole = counts(scores, outcomes, 5)
    assert {name: getattr(whole, name) for name in ("tn", "fp", "fn", "tp")} == compas["groups"]["all"]
    assert (whole.outcomes, whole.n) == (did, among)
    for name, top in compas["top"].items():
        found = counts(scores, outcomes, float(name.removeprefix("decile>=")))
        assert found.tp == top["tp"]
        assert share(found.shares()["ppv"]) == pytest.approx(top["precision"], abs=5e-6)
        assert share((found.tp, found.outcomes)) == pytest.approx(top["recall"], abs=5e-6)
        if "wilson" in top:
            assert interval(found.shares()["ppv"]) == pytest.approx(top["wilson"], abs=5e-5)
            assert found.lift == pytest.approx(top["lift"], abs=5e-6)


@pytest.mark.skipif(not METHODS.exists(), reason=ABSENT)
def test_whom_a_published_tool_failed_more_often() -> None:
    of = said("classifier_fairness_compas")["groups"]
    groups = {}
    for name in ("African-American", "Caucasian"):
        one = of[name]
        groups[name] = Counts(one["tp"], one["fp"], one["fn"], one["tn"])
        for what in ("fpr", "fnr", "ppv", "npv"):
            assert share(groups[name].shares()[what]) == pytest.approx(one[what], abs=5e-5), (name, what)
    found = {one.share: one for one in gaps(groups)}
    assert set(found) == {"fnr", "ppv"}
    assert (found["fnr"].group, found["fnr"].other) == ("Caucasian", "African-American")
    assert found["fnr"].gap == pytest.approx(0.4772 - 0.2799, abs=1e-4)
    assert found["fnr"].interval[0] > 0.15
    assert found["fnr"].is_alert
    assert not found["ppv"].is_alert, "a gap of 0.04 is not"


def test_a_gap_is_an_alert_only_where_it_is_far_and_sure() -> None:
    def one(fn: int, tp: int) -> Counts:
        return Counts(tp, 50, fn, 200)

    sure = gaps({"a": one(60, 140), "b": one(40, 20)})[0]
    assert sure.group == "b"
    assert sure.gap == pytest.approx(40 / 60 - 0.3)
    assert sure.is_alert
    unsure = gaps({"a": one(60, 140), "b": one(5, 7)})[0]
    assert unsure.gap == pytest.approx(5 / 12 - 0.3)
    assert not unsure.is_alert
    assert not gaps({"a": one(60, 140), "b": one(80, 120)})[0].is_alert, "a gap of a tenth is not more than one"


def test_a_group_of_few_is_not_told() -> None:
    large = Counts(100, 100, 100, 100)
    assert large.is_shown
    assert Counts(5, 5, 5, 15).is_shown
    assert not Counts(5, 5, 5, 14).is_shown
    assert not Counts(5, 15, 4, 15).is_shown
    assert gaps({"a": large, "b": Counts(1, 1, 1, 1)}) == []
    assert gaps({"a": large}) == []


def test_a_share_of_nobody_is_none() -> None:
    nobody = Counts(0, 0, 0, 0)
    assert {share(one) for one in nobody.shares().values()} == {None}
    assert {interval(one) for one in nobody.shares().values()} == {None}
    assert nobody.lift is None
    assert Counts(0, 3, 0, 5).lift is None
    assert Counts(0, 0, 3, 5).lift is None
    assert gaps({"a": Counts(0, 0, 100, 400), "b": Counts(20, 20, 20, 20)})
    assert all(one.share == "fnr" for one in gaps({"a": Counts(0, 0, 100, 400), "b": Counts(20, 20, 20, 20)}))


def test_an_area_needs_both_kinds() -> None:
    assert auc(np.array([1.0, 2.0]), np.array([1, 1])) is None
    assert auc(np.array([1.0, 2.0]), np.array([0, 0])) is None
    assert auc(np.array([1.0, 2.0]), np.array([0, 1])) == 1
    assert auc(np.array([2.0, 1.0]), np.array([0, 1])) == 0
    assert auc(np.array([2.0, 2.0]), np.array([0, 1])) == 0.5
    assert auc_interval(1.0, 5, 5) == (1.0, 1.0)
    low, high = auc_interval(0.7, 30, 70)
    assert low == pytest.approx(0.7 - 1.959964 * auc_error(0.7, 30, 70))
    assert high == pytest.approx(1.4 - low)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1)), min_size=1, max_size=60))
def test_an_area_is_the_share_of_pairs_in_the_right_order(rows: list[tuple[int, int]]) -> None:
    scores, outcomes = np.array([float(s) for s, _ in rows]), np.array([o for _, o in rows])
    pairs = [(s, t) for s, o in rows if o for t, p in rows if not p]
    found = auc(scores, outcomes)
    if not pairs:
        assert found is None
    else:
        assert found == pytest.approx(sum((s > t) + (s == t) / 2 for s, t in pairs) / len(pairs))


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 1)), max_size=80))
def test_tenths_hold_everybody_once_and_no_score_twice(rows: list[tuple[int, int]]) -> None:
    found = tenths(np.array([float(s) for s, _ in rows]), np.array([o for _, o in rows], dtype=np.int64))
    assert len(found) <= 10
    assert sum(one.n for one in found) == len(rows)
    assert sum(one.outcomes for one in found) == sum(o for _, o in rows)
    assert all(one.low <= one.high for one in found)
    assert all(one.high < other.low for one, other in itertools.pairwise(found))
    for one in found:
        within = [o for s, o in rows if one.low <= s <= one.high]
        assert (one.n, one.outcomes) == (len(within), sum(within))


def test_tenths_of_a_hundred_people_are_of_ten() -> None:
    scores = np.arange(100, dtype=float)
    assert [one.n for one in tenths(scores, np.ones(100, dtype=np.int64))] == [10] * 10
    assert tenths(scores[::-1].copy(), np.ones(100, dtype=np.int64))[0].low == 0


@pytest.mark.skipif(not METHODS.exists(), reason=ABSENT)
def test_a_shift_to_the_printed_digits() -> None:
    drift = said("psi")
    assert psi(drift["expected"], drift["actual"]) == pytest.approx(drift["psi"], abs=5e-7)


def test_a_shift_asks_for_the_same_parts_and_somebody_in_each() -> None:
    assert psi([0.5, 0.5], [0.5, 0.5]) == 0
    for expected, actual in (([0.5, 0.5], [1.0]), ([0.5, 0.5], [1.0, 0.0]), ([0.0, 1.0], [0.5, 0.5])):
        with pytest.raises(ValueError, match="same parts"):
            psi(expected, actual)
