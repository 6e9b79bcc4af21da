"""Dip samples: frame, draw, size, allocation, replacement and the second review, against other ways to work them out (SCR-01 to
SCR-05, SCR-07)."""

import hashlib
import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.scrutiny.sampling.rules import (
    CENSUS_UP_TO,
    Allocation,
    NotAFrame,
    Reason,
    Stratum,
    StratumDrawn,
    allocate,
    check_frame,
    draw,
    draw_strata,
    frame_hash,
    in_order,
    may_replace,
    none_seen,
    replacement,
    second_set,
    second_size,
    shows,
    size_for,
    turns,
)
from tests.method_case_file import needs_methods, printed

FRAME = [f"C{number:04}" for number in range(1, 21)]
references = st.sets(st.text(min_size=1, max_size=8), min_size=1, max_size=30)


@pytest.mark.rule("SCR-01")
@given(references)
def test_a_frame_is_known_whatever_its_order_and_not_with_one_more(refs: set[str]) -> None:
    assert frame_hash(sorted(refs, reverse=True)) == frame_hash(refs)
    assert frame_hash(refs) == hashlib.sha256("\n".join(sorted(refs)).encode("utf-8")).hexdigest()
    assert frame_hash({*refs, "one more than 8"}) != frame_hash(refs)


@pytest.mark.rule("SCR-01")
def test_a_frame_has_each_case_once() -> None:
    check_frame(FRAME)
    with pytest.raises(NotAFrame, match="C0003 stands in the frame twice"):
        check_frame([*FRAME, "C0003"])
    with pytest.raises(NotAFrame, match="nothing to draw from"):
        check_frame([])


@needs_methods
@pytest.mark.rule("SCR-02")
def test_the_printed_order() -> None:
    found = printed("seeded_hash_draw")
    assert in_order(FRAME, found["seed"]) == found["order"]


@pytest.mark.rule("SCR-02")
@given(references, st.text(max_size=6), st.integers(0, 12))
def test_a_larger_sample_extends_a_smaller_one(refs: set[str], seed: str, size: int) -> None:
    made, larger = draw(refs, seed, size), draw(refs, seed, size + 1)
    assert larger.drawn[: len(made.drawn)] == made.drawn
    assert len(made.drawn) == min(size, len(refs))
    assert {*made.drawn, *made.following} == refs
    assert [*made.drawn, *made.following] == in_order(refs, seed)


@pytest.mark.rule("SCR-02")
def test_strata_are_drawn_each_by_itself_with_what_a_case_stands_for() -> None:
    strata = {"breach": FRAME[:6], "none": FRAME[6:], "left": ["X1"]}
    made = draw_strata(strata, {"breach": 3, "none": 4, "left": 0}, "seed")
    assert [(one.name, one.population, one.weight) for one in made] == [
        ("breach", 6, 2.0), ("none", 14, 3.5), ("left", 1, None),
    ]  # fmt: skip
    assert made[0] == StratumDrawn("breach", 6, draw(FRAME[:6], "seed", 3))


@needs_methods
@pytest.mark.rule("SCR-03")
def test_the_printed_sizes() -> None:
    found = printed("sample_size_finite")
    for case in found["cochran_ceiling"]["cases"]:
        assert size_for(case["N"], case["p"], case["e"]).number == case["n"], case
    # Krejcie and Morgan round to the nearest: ours is that, or one more.
    for population, number in found["table"].items():
        if int(population) > CENSUS_UP_TO:
            assert size_for(int(population), 0.5, 0.05).number - number in {0, 1}, population


@pytest.mark.rule("SCR-03")
@given(st.integers(1, 100_000), st.floats(0.01, 0.99), st.floats(0.01, 0.5))
def test_no_size_is_beyond_its_frame_and_a_small_frame_is_taken_whole(
    population: int, expected: float, within: float
) -> None:
    size = size_for(population, expected, within)
    assert 1 <= size.number <= population
    assert size.is_census == (size.number == population)
    assert size.is_census or population > CENSUS_UP_TO


@pytest.mark.rule("SCR-03")
@pytest.mark.parametrize("wrong", [(0, 0.5, 0.1), (60, 0, 0.1), (60, 1, 0.1), (60, 0.5, 0), (60, 0.5, 1)])
def test_a_size_is_of_something(wrong: tuple[int, float, float]) -> None:
    with pytest.raises(ValueError, match="both between 0 and 1"):
        size_for(*wrong)


@pytest.mark.rule("SCR-03")
def test_what_a_small_sample_cannot_say_is_said() -> None:
    few = shows(20, 10_199)
    assert few.unseen_up_to == none_seen(20) == pytest.approx(0.1611, abs=5e-5)
    assert few.margin == pytest.approx(1.959964 * math.sqrt(0.25 / 20 * (10_199 - 20) / (10_199 - 1)), abs=1e-6)
    assert [round(shows(n, 10**9).margin, 3) for n in (50, 112, 230)] == [0.139, 0.093, 0.065]
    assert (shows(50, 50).margin, shows(60, 50).unseen_up_to) == (0.0, 0.0)
    assert shows(49, 50).margin > 0


strata = st.lists(
    st.tuples(st.integers(1, 400), st.sampled_from([0.0, 0.1, 0.3, 0.5])), min_size=1, max_size=6
).map(lambda many: [Stratum(f"s{at}", size, spread) for at, (size, spread) in enumerate(many)])  # fmt: skip


@pytest.mark.rule("SCR-04")
@given(strata, st.integers(1, 800), st.sampled_from(Allocation), st.integers(0, 12))
def test_an_allocation_keeps_what_it_says(many: list[Stratum], number: int, how: Allocation, least: int) -> None:
    made = allocate(many, number, how, least)
    held = sum(one.population for one in many)
    minimums = sum(min(least, one.population) for one in many)
    assert made.number == min(held, max(number, minimums))
    assert made.is_raised == (minimums > number)
    for one in many:
        assert min(least, one.population) <= made.sizes[one.name] <= one.population
    assert list(made.sizes) == [one.name for one in many]


@pytest.mark.rule("SCR-04")
def test_a_tie_goes_to_the_larger_stratum_and_then_by_name() -> None:
    alike = [Stratum("b", 100), Stratum("a", 100), Stratum("c", 200)]
    # 2.5, 2.5 and 5: one of two alike gets what is left.
    assert allocate(alike, 10, Allocation.PROPORTIONAL, 1).sizes == {"b": 2, "a": 3, "c": 5}
    # 0.5, 0.5 and 1.5 over a third: the largest remainder is the largest stratum's.
    larger = [Stratum("a", 100), Stratum("b", 300)]
    assert allocate(larger, 2, Allocation.PROPORTIONAL, 0).sizes == {"a": 0, "b": 2}


@pytest.mark.rule("SCR-04")
def test_neyman_without_any_spread_is_proportional() -> None:
    still = [Stratum("a", 300, 0.0), Stratum("b", 100, 0.0)]
    assert allocate(still, 40, Allocation.NEYMAN).sizes == allocate(still, 40, Allocation.PROPORTIONAL).sizes
    one_still = [Stratum("a", 300, 0.0), Stratum("b", 100, 0.5)]
    assert allocate(one_still, 40, Allocation.NEYMAN).sizes == {"a": 10, "b": 30}
    # What varies is taken whole, and what is left goes to the rest.
    assert allocate(one_still, 150, Allocation.NEYMAN).sizes == {"a": 50, "b": 100}


@needs_methods
@pytest.mark.rule("SCR-04")
@pytest.mark.parametrize("how", Allocation)
def test_the_printed_shares_are_rounded_by_largest_remainder(how: Allocation) -> None:
    found = printed("stratified")
    many = [Stratum(one["name"], one["N"], one["S"]) for one in found["strata"]]
    made = allocate(many, found["n_total"], how, 0)
    for one, share in zip(many, found[how.value], strict=True):
        assert abs(made.sizes[one.name] - share) < 1


@pytest.mark.rule("SCR-05")
def test_only_three_reasons_replace_a_case_and_each_by_the_next_that_was_not_used() -> None:
    assert [*map(may_replace, ["out_of_scope", "duplicate", "reviewer_conflict"])] == [True] * 3
    assert not any(map(may_replace, ["lost_file", "file_incomplete", "awkward_finding", ""]))
    assert len(Reason) == 3
    following = ["A", "B", "C"]
    assert [replacement(following, following[:used]) for used in range(4)] == ["A", "B", "C", None]


@pytest.mark.rule("SCR-07")
def test_a_quarter_at_least_thirty_or_all_are_reviewed_again() -> None:
    assert [second_size(n) for n in (0, 1, 29, 30, 31, 119, 120, 121, 124, 125, 400)] == [
        0, 1, 29, 30, 30, 30, 30, 31, 31, 32, 100,
    ]  # fmt: skip
    drawn = [f"C{number}" for number in range(200)]
    again = second_set(drawn, "seed")
    assert len(again) == 50
    by_hand = sorted(drawn, key=lambda ref: hashlib.sha256(f"seed|second|{ref}".encode()).hexdigest())
    assert list(again) == by_hand[:50]
    assert list(again) != in_order(drawn, "seed")[:50]


@pytest.mark.rule("SCR-07")
def test_cases_are_given_out_in_turn_and_never_twice_to_the_same() -> None:
    refs = [f"C{number}" for number in range(12)]
    again = set(refs) - {"C4"}
    made = turns(refs, again, ["ann", "bob", "cat"])
    assert [made[ref].first for ref in refs] == ["ann", "bob", "cat"] * 4
    assert made["C4"].second is None
    assert all(one.first != one.second for one in made.values())
    partners = {(one.first, one.second) for one in made.values() if one.second}
    assert partners == set(itertools.permutations(["ann", "bob", "cat"], 2)), "nobody always judges beside the same one"
    assert {(one.first, one.second) for one in turns(refs, refs, ["ann", "bob"]).values()} == {
        ("ann", "bob"),
        ("bob", "ann"),
    }
    for few in ([], ["ann"], ["ann", "ann"], ["ann", "bob", "ann"]):
        with pytest.raises(ValueError, match="two reviewers at least"):
            turns(refs, again, few)


@pytest.mark.rule("SCR-02")
def test_no_seed_favours_anybody() -> None:
    """Each of ten is drawn about as often as any other over many seeds."""
    frame = [f"C{number}" for number in range(10)]
    drawn = itertools.chain.from_iterable(draw(frame, str(seed), 3).drawn for seed in range(2000))
    counts = dict.fromkeys(frame, 0)
    for ref in drawn:
        counts[ref] += 1
    assert all(abs(count - 600) < 5 * math.sqrt(600 * 0.7) for count in counts.values()), counts
