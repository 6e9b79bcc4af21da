"""Pairs are counted before anything is compared, and what would be too many is tightened, left out or refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.engines.columns import Columns
from craffu.linkage.model.blocking import NothingToCompare, Rule, TooManyPairs, chosen, pairs_of

FILLED = {"given", "family", "given_heard", "family_heard", "given_initial", "born_year"}
A, B, AB = ("a",), ("b",), ("a", "b")
ROWS = st.lists(
    st.fixed_dictionaries({"a": st.sampled_from([None, "x", "y"]), "b": st.sampled_from([None, "x", "y"])}), max_size=7
)


@pytest.mark.parametrize(("left", "right"), [(A, A), (AB, AB), (A, B), (AB, ("b", "a"))])
@given(ours=ROWS, theirs=ROWS)
def test_pairs_are_counted_as_they_would_be_compared(left: Any, right: Any, ours: list[Any], theirs: list[Any]) -> None:
    def agree(one: Any, other: Any) -> bool:
        return all(one[a] is not None and one[a] == other[b] for a, b in zip(left, right, strict=True))

    assert pairs_of(Rule(left, right), Columns.of(ours), Columns.of(theirs)) == sum(
        agree(one, other) for one in ours for other in theirs
    )
    within = sum(agree(one, other) for at, one in enumerate(ours) for other in ours[at + 1 :])
    if left == right:
        assert pairs_of(Rule(left, right), Columns.of(ours), None) == within
    else:
        # either way round, and with itself: never fewer than are compared
        assert pairs_of(Rule(left, right), Columns.of(ours), None) >= within / 2


def _people(count: int, families: int) -> list[dict[str, Any]]:
    return [
        {
            "given": "ann", "given_heard": "an", "given_initial": "a", "family": f"f{at % families}",
            "family_heard": f"h{at % families}", "born_year": str(1900 + at % 50),
        }
        for at in range(count)
    ]  # fmt: skip


def test_a_rule_that_is_too_big_is_tightened_or_left_out_and_named() -> None:
    found = chosen(Columns.of(_people(200, 2)), None, FILLED, (), 2_000)
    assert found.tightened["given_heard + family_heard"] == "given_heard + family_heard + born_year"
    assert found.left_out == {}
    assert found.total == sum(found.pairs.values()) <= 2_000
    found = chosen(Columns.of(_people(200, 2)), None, FILLED - {"born_year"}, (), 10**6)
    assert [str(rule) for rule in found.rules] == ["given + family", "given_heard + family_heard"]
    assert found.tightened == {}


def test_a_run_in_which_every_rule_is_too_big_is_refused() -> None:
    with pytest.raises(TooManyPairs, match=r"given \+ family: 9,900 pairs.*map more columns"):
        chosen(Columns.of(_people(200, 2)), None, {"given", "family"}, (), 100)
    with pytest.raises(NothingToCompare, match="map two names"):
        chosen(Columns.of(_people(2, 2)), None, {"given"}, (), 100)


def test_columns_of_ones_own_are_looked_for_too() -> None:
    rows = [{"given_initial": "a", "other_0": "x"}, {"given_initial": "a", "other_0": "x"}]
    assert [
        rule.sql for rule in chosen(Columns.of(rows), None, {"given_initial", "other_0"}, ["other_0"], 100).rules
    ] == ["l.other_0 = r.other_0 AND l.given_initial = r.given_initial"]


def test_no_rule_is_needed_where_no_two_records_agree() -> None:
    found = chosen(Columns.of([{"born": "1"}, {"born": "2"}]), None, {"born"}, (), 100)
    assert (found.rules, found.total, found.left_out) == ((), 0, {})
