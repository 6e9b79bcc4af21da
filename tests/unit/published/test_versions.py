"""What a sent row is to what is held of it: an older word never overwrites a newer one (INT-01)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.published.facts import CONFLICT, CREATED, OLDER, UNCHANGED, UPDATED
from craffu.published.versions import (
    Held,
    decide,
    digest_of,
    figure_content,
    hand_series_key,
    held_versions,
    street_content,
    street_keys,
)
from tests.factories.published import street


@pytest.mark.rule("INT-01")
@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ([("k", "a")], [(CREATED, 1)]),
        ([("held", "now")], [(UNCHANGED, 3)]),
        ([("held", "before")], [(OLDER, 3)]),
        ([("held", "news")], [(UPDATED, 4)]),
        ([("k", "a"), ("k", "a")], [(CREATED, 1), (UNCHANGED, 1)]),
        ([("held", "news"), ("held", "news")], [(UPDATED, 4), (UNCHANGED, 4)]),
        ([("k", "a"), ("k", "b"), ("other", "c")], [(CONFLICT, 0), (CONFLICT, 0), (CREATED, 1)]),
    ],
)
def test_what_becomes_of_a_row(said: list[tuple[str, str]], answers: list[tuple[str, int]]) -> None:
    held = held_versions([("held", 1, "first"), ("held", 2, "before"), ("held", 3, "now")])
    assert held == {"held": Held(3, "now", frozenset({"first", "before"}))}
    assert decide(said, held) == answers


@pytest.mark.rule("INT-01")
def test_where_nothing_is_held_every_row_is_news_and_the_first_of_its_key() -> None:
    assert decide([("a", "x"), ("b", "x")], {}) == [(CREATED, 1), (CREATED, 1)]
    assert decide([("a", "x"), ("a", "x")], {}) == [(CREATED, 1), (UNCHANGED, 1)]
    assert decide([("a", "x"), ("a", "y")], {}) == [(CONFLICT, 0), (CONFLICT, 0)]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy"))))
def test_the_same_rows_again_change_nothing(said: list[tuple[str, str]]) -> None:
    first = decide(said, {})
    kept = {
        (key, number, content)
        for (key, content), (outcome, number) in zip(said, first, strict=True)
        if outcome == CREATED
    }
    again = decide(said, held_versions(sorted(kept)))
    assert {outcome for outcome, _ in again} <= {UNCHANGED, CONFLICT}


def test_how_a_figure_is_printed_is_not_what_it_says() -> None:
    assert figure_content(0, "", (), {}) != figure_content(None, "blank", (), {})
    assert figure_content(1, "", ("b", "a"), {"x": "1", "y": "2"}) == figure_content(
        1, "", ("a", "b"), {"y": "2", "x": "1"}
    )


@pytest.mark.rule("MSR-05")
@pytest.mark.rule("MSR-07")
def test_another_definition_unit_period_or_rule_is_another_series() -> None:
    said = ("The whole subgroup", "crime", "rolling_year", "2021")
    keys = {hand_series_key(*said[:place], "other", *said[place + 1 :]) for place in range(4)}
    assert len(keys | {hand_series_key(*said)}) == 5
    assert hand_series_key("the  whole subgroup ", *said[1:]) == hand_series_key(*said)


@pytest.mark.rule("INT-01")
def test_rows_without_crime_id_are_known_by_what_they_say_and_how_often() -> None:
    seen: dict[str, int] = {}
    content = street_content(street(2))
    assert content == street_content(street(77, crime_id="abc"))
    assert street_keys(["", "id", ""], [content] * 3, seen) == [f"{content}-1", "id", f"{content}-2"]
    assert street_keys([""], [content], seen) == [f"{content}-3"]
    assert seen == {content: 3}


@pytest.mark.parametrize(
    "changed",
    [{"last_outcome": "Court result unavailable"}, {"longitude": None}, {"outside": True}, {"month": "2018-11"}],
)
def test_a_row_that_says_something_else_has_another_content(changed: dict[str, object]) -> None:
    assert street_content(street(**changed)) != street_content(street())  # type: ignore[arg-type]


@given(st.lists(st.text()))
def test_the_hash_of_a_batch_does_not_depend_on_its_order(keys: list[str]) -> None:
    assert digest_of(keys) == digest_of(reversed(keys))


@pytest.mark.rule("INT-01")
def test_a_hash_stays_what_it_was_so_that_the_same_again_is_known() -> None:
    """What is kept was named by these: another length or another order of what they are made of would make all of it new."""
    assert digest_of(["b", "a"]) != digest_of(["a"])
    assert digest_of(["b", "a"]) == "7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78"
    assert street_content(street(1)) == "296e4332a765df7cc86d862849b53f33"
    assert (
        hand_series_key("The whole subgroup", "crime", "rolling_year", "2021")
        == "hand-8269465d798da73c918ee1519c8135e1"
    )
