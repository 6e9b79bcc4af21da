"""A record is looked for by the same rules as pairs of a whole table are found by, and by no rule that finds nothing more."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.linkage.model.blocking import RULES, Rule
from craffu.linkage.model.keys import agrees, keys_of, looked_for, without_implied
from craffu.linkage.standard.tables import standardised

pytestmark = pytest.mark.rule("IDN-06")
SAID = st.fixed_dictionaries(
    {
        "given_name": st.sampled_from(["", "Rhys", "Rees", "Rhys Owen", "Owen"]),
        "family_name": st.sampled_from(["", "Evans", "Evens", "Owen", "Owen-Rhys", "Rhys"]),
        "date_of_birth": st.sampled_from(["", "1984", "1984-03", "1984-03-02", "1984-02-03", "--03-02"]),
        "identifier": st.sampled_from(["", "2003/0000001A"]),
    }
)


@given(said=st.lists(SAID, min_size=2, max_size=5))
def test_whoever_agrees_by_a_rule_finds_the_other_by_a_key(said: list[dict[str, str]]) -> None:
    rows = standardised(said)
    fewer = without_implied(RULES)
    for low, high in combinations(rows, 2):
        meets = agrees(low, high, RULES)
        assert agrees(low, high, fewer) is meets
        for new, old in ((low, high), (high, low)):
            found = set(looked_for(new, fewer)) & set(keys_of(old, fewer))
            assert found or not meets


def test_a_rule_that_another_implies_is_left_out() -> None:
    names = {str(rule) for rule in without_implied(RULES)}
    assert "given + family" not in names
    assert {"given_heard + family_heard", "given_heard + born_year", "born", "identifier"} <= names
    assert len(names) < len(RULES)


A, B = ("a",), ("b",)


@pytest.mark.parametrize(
    ("rule", "low", "high", "meets"),
    [
        (Rule(A, A), {"a": "x"}, {"a": "x"}, True),
        (Rule(A, A), {"a": "x"}, {"a": "y"}, False),
        (Rule(A, A), {"a": None}, {"a": None}, False),
        (Rule(A, B), {"a": "x", "b": None}, {"a": None, "b": "x"}, True),
        # The one that came first is on the left, as in a whole table.
        (Rule(A, B), {"a": None, "b": "x"}, {"a": "x", "b": None}, False),
    ],
)
def test_which_side_of_a_rule_a_record_is_on(rule: Rule, low: Any, high: Any, meets: bool) -> None:
    assert agrees(low, high, [rule]) is meets
