"""How far a pair without a whole birthday is believed: by the birthdays of all others, worked by hand (IDN-02)."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from craffu.linkage.arrivals.facts import Basis
from craffu.linkage.model.undated import Believed, believed, less_where_undated

pytestmark = pytest.mark.rule("IDN-02")

# Levels of dates: no birthday, another one, a year that only one of them goes beyond, the same.
UNSAID, OTHER, YEAR, SAME = -1, 0, 1, 2
IN_PART = [YEAR]
# What each of them says, in bits.
SAYS = {UNSAID: 0.0, OTHER: -6.0, YEAR: 3.0, SAME: 12.0}
TOLD: Believed = ((4.0, 0.5), (8.0, 0.9), (12.0, 1.0))

type Group = tuple[float, int, int]
"""What the other parts weigh, the level of the dates, and how many such pairs there are."""


def _pairs(groups: Sequence[Group]) -> dict[str, NDArray[Any]]:
    every = [(other, level) for other, level, number in groups for _ in range(number)]
    level, part = np.array([level for _, level in every]), np.array([SAYS[level] for _, level in every])
    return {"level_born": level, "part_born": part, "weight": np.array([other for other, _ in every]) + part}


def _dated(*groups: tuple[float, int, int]) -> list[Group]:
    """Pairs of whole dates: what the other parts weigh, how many there are, and how many of them differ."""
    return [one for other, number, differ in groups for one in ((other, SAME, number - differ), (other, OTHER, differ))]


def _told(*groups: Group) -> Believed:
    return believed(_pairs(groups), IN_PART)


# Of the heaviest one in a hundred differs by a slip, of two people 97: (0.97 - 0.49) / 0.96 is a half.
USUAL = _dated((3.5, 100, 49), (8.5, 100, 20), (12.5, 100, 1))
OF_USUAL = ((3.5, pytest.approx(0.5)), (8.5, pytest.approx(0.77 / 0.96)), (12.5, pytest.approx(1.0)))


def test_between_two_people_and_one_it_is_a_matter_of_proportion() -> None:
    assert _told(*USUAL) == OF_USUAL


def test_only_pairs_that_both_say_a_whole_birthday_and_may_be_one_tell() -> None:
    others = [(3.5, UNSAID, 500), (8.5, YEAR, 500), *_dated((1.99, 500, 500), (-3.0, 500, 0))]
    assert _told(*USUAL, *others) == OF_USUAL
    assert len(_told(*USUAL, *_dated((2.0, 100, 60)))) == 4


def test_a_hundred_pairs_are_enough_and_fewer_are_taken_with_the_next_lighter() -> None:
    # 60 of 12 bits and 60 of 9 are one group, of which 12 in 120 differ; 99 more are too few to tell anything.
    found = _told(*_dated((12.0, 60, 3), (9.0, 60, 9), (5.0, 99, 60)))
    assert found == ((10.5, pytest.approx(1.0)),)
    assert _told(*_dated((5.0, 99, 0))) == ()
    assert _told(*_dated((5.0, 100, 0))) == ((5.0, 1.0),)


def test_of_many_pairs_slips_are_told_by_one_in_twenty() -> None:
    # A twentieth of 4,000 is 200: those of 20 bits, none of which differs, and those of 19, of which 20 do.
    found = _told(*_dated((20.0, 100, 0), (19.0, 100, 20), (6.0, 3800, 2014)))
    assert found == ((6.0, pytest.approx((0.97 - 0.53) / 0.87)), (19.5, pytest.approx(1.0)))


def test_a_heavier_pair_is_never_believed_less_than_a_lighter_one() -> None:
    # 20 of 100 and 90 of 300 differ: taken together 110 of 400, at what they weigh on the whole.
    found = _told(*_dated((5.0, 100, 20), (9.0, 300, 90), (12.0, 100, 0)))
    assert found == ((8.0, pytest.approx((0.97 - 0.275) / 0.97)), (12.0, pytest.approx(1.0)))
    # As many of each are one too.
    assert _told(*_dated((5.0, 100, 20), (9.0, 100, 20))) == ((7.0, pytest.approx(1.0)),)


def test_where_nothing_agrees_nothing_is_told_and_none_is_believed_where_all_differ() -> None:
    assert _told(*_dated((5.0, 100, 97))) == ()
    assert _told(*_dated((5.0, 100, 100))) == ()
    assert _told(*_dated((5.0, 100, 100), (9.0, 100, 1)))[0] == (5.0, 0.0)
    assert believed({"weight": np.array([3.0])}, IN_PART) == ()
    assert _told() == ()


def _less(other: float, level: int, least: float = 0.0, told: Believed = TOLD) -> float:
    pairs = _pairs([(other, level, 1)])
    return float(less_where_undated(pairs, 1 / (1 + np.exp2(-pairs["weight"])), told, IN_PART, least)[0])


@pytest.mark.parametrize(
    ("other", "share"),
    [
        (4.0, 0.5),
        (6.0, 0.7),
        # Lighter than any that tells.
        (3.0, 0.5),
        (10.0, 0.95),
    ],
)
def test_an_undated_pair_is_believed_as_far_as_such_pairs_are(other: float, share: float) -> None:
    assert _less(other, UNSAID) == pytest.approx(share)


def test_what_is_not_doubted_stays_as_it_is() -> None:
    # Four bits are 16 to 1; 11 are believed to 0.975.
    assert _less(4.0, SAME) == pytest.approx(1 / (1 + 2**-16))
    assert _less(9.0, OTHER) == pytest.approx(8 / 9)
    assert _less(11.0, UNSAID) == pytest.approx(1 / (1 + 2**-11))
    assert _less(30.0, UNSAID) == pytest.approx(1.0)
    # Less likely already than is believed of such pairs.
    assert _less(-2.0, UNSAID) == pytest.approx(0.2)
    assert _less(4.0, UNSAID, told=()) == pytest.approx(16 / 17)


def test_a_year_is_added_to_what_is_believed() -> None:
    # As likely as not, and three bits of a year: 8 to 1. Of more than 0.97 nothing is doubted: 9 to 1 and three bits are 72 to 1.
    assert _less(4.0, YEAR) == pytest.approx(8 / 9)
    assert _less(8.0, YEAR) == pytest.approx(1 / (1 + 2**-11))


def test_none_is_lost_to_whoever_looks() -> None:
    assert _less(4.0, UNSAID, least=0.6) == pytest.approx(0.6)
    assert _less(8.0, UNSAID, least=0.6) == pytest.approx(0.9)
    assert _less(-2.0, UNSAID, least=0.6) == pytest.approx(0.2)


def test_where_no_birthday_is_compared_nothing_changes() -> None:
    likely = np.array([0.9])
    assert less_where_undated({"weight": np.array([3.0])}, likely, TOLD, IN_PART) is likely


def test_what_a_run_learnt_is_kept_for_arrivals() -> None:
    basis = Basis((), frozenset(), frozenset(), False, 1.5, False, True, TOLD, {"given": 3})
    kept = json.loads(json.dumps(basis.as_json()))
    assert Basis.of_json(kept) == basis
    # What was kept before it was learnt tells nothing.
    del kept["believed"]
    assert Basis.of_json(kept).believed == ()
