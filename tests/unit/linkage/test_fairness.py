"""Kinds of names beside all: persons joined wrongly are counted, over several tables, and few say little (T42)."""

import pytest

from craffu.linkage.evaluating.fairness import ALL, Joined, Verdict, joined_by_kind, judged, together

pytestmark = pytest.mark.rule("IDN-02")

SHORT, MARKED = frozenset({"short"}), frozenset({"marked"})


def test_persons_of_two_people_are_counted_by_kind_and_with_their_pairs() -> None:
    truth = ["a", "a", "b", "c", "c", "d", "e"]
    kinds = [SHORT, SHORT | MARKED, MARKED, SHORT, SHORT, MARKED, MARKED]
    found = joined_by_kind([[0, 1, 2], [3, 4], [5], [6]], truth, kinds)
    assert found == {
        ALL: Joined(2, 1, 4, 2),
        "short": Joined(2, 1, 4, 2),
        # The pair of records 0 and 1 is one that has a marked name in it too.
        "marked": Joined(1, 1, 3, 2),
    }
    only_one = joined_by_kind([[0, 3]], truth, [SHORT, SHORT, SHORT, MARKED, SHORT, SHORT, SHORT])
    assert only_one == {ALL: Joined(1, 1, 1, 1), "short": Joined(1, 1, 1, 1), "marked": Joined(1, 1, 1, 1)}
    assert joined_by_kind([[0, 1, 4]], ["a"] * 7, [SHORT, MARKED, MARKED, SHORT, MARKED])["short"] == Joined(1, 0, 2, 0)


def test_nobody_joined_is_nobody_wrong() -> None:
    assert joined_by_kind([[0], [1]], ["a", "a"], [SHORT, SHORT]) == {ALL: Joined()}
    assert judged({ALL: Joined()}) == {}


def test_several_tables_are_counted_as_one() -> None:
    found = together(
        [{ALL: Joined(5, 1, 9, 2), "short": Joined(2, 1, 3, 2)}, {ALL: Joined(7, 2, 8, 3), "marked": Joined(1)}]
    )
    assert found == {ALL: Joined(12, 3, 17, 5), "short": Joined(2, 1, 3, 2), "marked": Joined(1)}
    assert together([]) == {ALL: Joined()}


@pytest.mark.parametrize(
    ("persons", "mixed", "verdict"),
    [
        # Of all one in a hundred is wrong: of five hundred five would be.
        (500, 10, Verdict.WITHIN),
        (500, 11, Verdict.BEYOND),
        (500, 0, Verdict.WITHIN),
        (499, 10, Verdict.TOO_FEW_TO_SAY),
        (100, 0, Verdict.TOO_FEW_TO_SAY),
        (100, 9, Verdict.BEYOND),
    ],
)
def test_a_kind_is_held_to_twice_the_share_of_all_and_few_to_what_they_show(
    persons: int, mixed: int, verdict: Verdict
) -> None:
    one = judged({ALL: Joined(10_000, 100), "short": Joined(persons, mixed)})["short"]
    assert one.verdict is verdict
    assert one.times == pytest.approx(100 * mixed / persons)
    assert one.low <= one.times <= one.high
    assert one.joined == Joined(persons, mixed)


def test_what_hardly_ever_happens_is_no_difference() -> None:
    one = judged({ALL: Joined(100_000, 0), "short": Joined(5_000, 10)})["short"]
    assert (one.times, one.verdict) == (2.0, Verdict.WITHIN)
