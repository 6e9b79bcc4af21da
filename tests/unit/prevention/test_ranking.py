"""Ties stand together, whoever has no score in no order, and how far two tables agree is said (PRI-05, PRI-09)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.prevention.scoring.ranking import Ranked, first_of, jaccard, kendall, ranked

SCORES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3).map(float), min_size=1)


@pytest.mark.rule("PRI-05")
@given(scores=SCORES, wanted=st.integers(0, 9), seed=st.text(max_size=3))
def test_everybody_who_ties_with_the_last_is_listed(scores: dict[str, float], wanted: int, seed: str) -> None:
    found = ranked([Ranked(key, score) for key, score in scores.items()], wanted, seed)
    assert set(found.order) == set(scores)
    assert found.listed == found.order[: len(found.listed)]
    listed, left = [scores[key] for key in found.listed], [scores[key] for key in found.order[len(found.listed) :]]
    assert not set(listed) & set(left)
    best = sorted(scores.values(), reverse=True)
    beyond = [score for score in best[wanted:] if wanted and score == best[wanted - 1]]
    assert (len(found.listed), found.tied) == (min(wanted, len(scores)) + len(beyond), len(beyond))
    assert found.has_room is (len(scores) < wanted)
    assert sorted(listed, reverse=True) == listed


@pytest.mark.rule("PRI-05")
def test_harm_then_age_then_chance_say_in_which_order_ties_are_shown() -> None:
    people = [Ranked("a", 1.0, 5.0, 9), Ranked("b", 1.0, 6.0, 9), Ranked("c", 1.0, 5.0, 8), Ranked("d", None, 9.0, 1)]
    found = ranked(people, 1, "seed")
    assert (found.order, found.listed, found.tied, found.unscored) == (("b", "c", "a"), ("b", "c", "a"), 2, ("d",))
    alike = [Ranked(key, 1.0) for key in "abcdefgh"]
    assert ranked(alike, 8, "one").order == ranked(alike[::-1], 8, "one").order
    assert len({ranked(alike, 8, f"seed {at}").order for at in range(5)}) > 1


@pytest.mark.rule("PRI-09")
def test_agreement_is_kendalls_tau_b() -> None:
    def tau(one: list[int], other: list[int]) -> float | None:
        return kendall(
            dict(zip("abcde", map(float, one), strict=False)), dict(zip("abcde", map(float, other), strict=False))
        )

    assert (tau([1, 2, 3], [4, 5, 6]), tau([1, 2, 3], [6, 5, 4])) == (1.0, -1.0)
    # As scipy documents it: ties on both sides.
    assert tau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]) == pytest.approx(-0.4714045207910317)
    assert (tau([1], [1]), tau([1, 1], [1, 2]), tau([1, 2], [2, 2])) == (None, None, None)
    assert kendall({"a": 1.0, "b": 2.0}, {"b": 1.0, "c": 2.0}) is None


@pytest.mark.rule("PRI-09")
def test_how_many_are_in_both_of_those_in_either() -> None:
    assert jaccard("ab", "bc") == pytest.approx(1 / 3)
    assert (jaccard("ab", "ba"), jaccard("a", "b"), jaccard("", "")) == (1.0, 0.0, None)
    assert first_of({"a": 1.0, "b": 3.0, "c": 1.0}, 2) == ["b", "a", "c"]
    assert first_of({"a": 1.0, "b": 3.0, "c": 2.0}, 2) == ["b", "c"]
    assert (first_of({"a": 1.0}, 5), first_of({"a": 1.0, "b": 0.0}, 0)) == (["a"], [])
