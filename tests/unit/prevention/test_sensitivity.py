"""Each constant of a scheme is tried half as large and half as large again, alone (PRI-09; methods A5)."""

from collections import Counter
from dataclasses import replace

import pytest

from craffu.prevention.proving.sensitivity import Changed, changes, told
from craffu.prevention.scoring.schemes import PARTS, Params, default

pytestmark = pytest.mark.rule("PRI-09")


def test_every_constant_is_tried_both_ways_and_nothing_else_is_changed() -> None:
    scheme = default()
    tried = list(changes(scheme))
    names = [*Params.__slots__, *(f"weight_{part}" for part in PARTS)]
    assert Counter(one.constant for one in tried) == Counter(dict.fromkeys(names, 2))
    for one in tried:
        other = one.scheme
        assert other.sha256 != scheme.sha256
        if one.constant.startswith("weight_"):
            part = one.constant[-1]
            assert sum(other.weights.values()) == pytest.approx(1)
            assert (one.before, one.after) == (scheme.weights[part], other.weights[part])
            assert other.params == scheme.params
            rest = [other.weights[each] / scheme.weights[each] for each in PARTS if each != part]
            assert rest == pytest.approx([rest[0]] * 4), "the others keep their shares"
            continue
        assert other.weights == scheme.weights
        assert [name for name in Params.__slots__ if getattr(other.params, name) != getattr(scheme.params, name)] == [
            one.constant
        ]
        assert (one.before, one.after) == (getattr(scheme.params, one.constant), getattr(other.params, one.constant))
        assert one.after == pytest.approx(one.before * 0.5, abs=0.5) or one.after == pytest.approx(
            one.before * 1.5, abs=0.5
        )
    assert all(one.scheme.params.victim_cap >= 2 for one in tried)


def test_what_became_of_the_order_is_its_tau_and_who_came_and_went() -> None:
    one = Changed("harm_half_life", 365, 182, default())
    before = {"a": 4.0, "b": 3.0, "c": 2.0, "d": 1.0}
    same = told(one, before, {key: value * 2 for key, value in before.items()}, 2)
    assert (same.tau, same.entered, same.left) == (1.0, 0, 0)
    other = told(one, before, {"a": 4.0, "b": 1.0, "c": 3.0, "d": 3.0}, 2)
    assert (other.entered, other.left) == (2, 1), "whoever ties with the last is among the first"
    assert other.tau == pytest.approx((3 - 2) / (6 * 5) ** 0.5)
    gone = told(one, before, {"a": 4.0}, 2)
    assert (gone.tau, gone.entered, gone.left) == (None, 0, 1)
    assert told(one, {}, {}, 2).tau is None


def test_each_is_half_as_much_and_half_as_much_again_and_never_less_than_a_scheme_allows() -> None:
    scheme = default()
    found = {(one.constant, one.after) for one in changes(scheme)}
    assert {("recency_half_life", 90), ("recency_half_life", 270), ("victim_cap", 2), ("victim_cap", 6)} <= found
    assert {("harm_weight_cap", 912), ("harm_weight_cap", 2738)} <= found
    gravity = sorted(one.after for one in changes(scheme) if one.constant == "weight_G")
    assert gravity == pytest.approx([0.15 / 0.85, 0.45 / 1.15])
    least = replace(scheme, params=replace(scheme.params, victim_cap=2, breach_cap=1))
    tried = {one.after for one in changes(least) if one.constant == "victim_cap"}
    assert tried == {3}, "V counts people beyond the first, so two is the least"
    assert {one.after for one in changes(least) if one.constant == "breach_cap"} == {2}
