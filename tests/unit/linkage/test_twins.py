"""Two names, one birthday and one home: twins, or one person, as those of two sexes tell; worked by hand (IDN-02)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from craffu.linkage.model.twins import one_person

pytestmark = pytest.mark.rule("IDN-02")

HIGHEST = {"given": 7, "born": 9, "home": 6, "sex": 1}
ONE, TWO = 1, 0
ALIKE = {"given": 0, "born": 9, "home": 6, "sex": ONE}

type Pair = dict[str, Any]


def _told(pairs: Sequence[Pair], *, wrong: float = 0.0, **others: Any) -> list[bool]:
    """Which of the pairs are one person; each is of two records that nobody else has, unless it says which."""
    said = [ALIKE | {"left": 2 * at, "right": 2 * at + 1, "held": True} | one for at, one in enumerate(pairs)]
    made: dict[str, NDArray[Any]] = {
        **{side: np.array([one[side] for one in said]) for side in ("left", "right")},
        **{f"level_{name}": np.array([one[name] for one in said]) for name in ALIKE},
    }
    count = max(max(one["left"], one["right"]) for one in said) + 3
    person = others.get("person", np.arange(count))
    held = np.array([one["held"] for one in said])
    return [bool(one) for one in one_person(made, person, held, HIGHEST, wrong)]


def _many(number: int, **said: Any) -> list[Pair]:
    return [dict(said) for _ in range(number)]


def test_where_hardly_any_are_of_two_sexes_those_of_one_are_one_person() -> None:
    # Of none of two sexes there are, nineteen times in twenty, no more than 1.73 squared: 2.99, and 6.6 of one sex.
    assert all(_told(_many(220)))
    assert not any(_told(_many(219)))


def test_the_more_are_of_two_sexes_the_more_it_takes() -> None:
    # Three of two sexes: 2.73 squared is 7.45, and 16.4 of one sex; in 547 pairs that is three in a hundred.
    three = _many(3, sex=TWO, held=False)
    assert _told([*_many(547), *three]) == [True] * 547 + [False] * 3
    assert not any(_told([*_many(546), *three]))


def test_sexes_that_are_written_wrongly_are_no_twins() -> None:
    # In 400 pairs one in a hundred says the wrong sex, which is four of the three.
    three = _many(3, sex=TWO, held=False)
    assert _told([*_many(400), *three], wrong=0.01) == [True] * 400 + [False] * 3
    assert not any(_told([*_many(400), *three], wrong=0.001))


@pytest.mark.parametrize(
    "odd",
    [
        {"sex": -1},
        {"sex": TWO},
        {"born": 8},
        {"home": 3},
        {"held": False},
    ],
)
def test_only_held_pairs_of_one_birthday_home_and_sex_are_told(odd: Pair) -> None:
    assert _told([*_many(400), odd]) == [True] * 400 + [False]


@pytest.mark.parametrize("near", [{"home": 4}, {"home": 5}, {"given": -1}])
def test_one_street_and_number_is_one_home_and_a_name_unsaid_is_told_as_another(near: Pair) -> None:
    assert all(_told([*_many(260), near]))


def test_who_is_somebody_already_or_fits_two_stays_for_a_person() -> None:
    person = np.arange(600)
    person[1] = person[599] = 0
    assert _told(_many(260), person=person) == [False] + [True] * 259
    fits_two = [{"left": 0, "right": 1}, {"left": 0, "right": 3}]
    assert _told([*fits_two, *({"left": 10 + 2 * at, "right": 11 + 2 * at} for at in range(260))]) == (
        [False] * 2 + [True] * 260
    )
    # He and his sister fit one record: it may be either's.
    two_sexes = [{"left": 0, "right": 1}, {"left": 0, "right": 3, "sex": TWO, "held": False}]
    found = _told([*two_sexes, *({"left": 10 + 2 * at, "right": 11 + 2 * at} for at in range(400))])
    assert found == [False] * 2 + [True] * 400


def test_those_whose_given_names_agree_are_no_twins_whatever_their_sex() -> None:
    assert _told([*_many(220), *_many(40, given=2, sex=TWO, held=False)]) == [True] * 220 + [False] * 40


def test_where_a_table_says_no_sex_nothing_is_told() -> None:
    pairs = {f"level_{name}": np.array([level]) for name, level in ALIKE.items() if name != "sex"}
    told = one_person(
        {**pairs, "left": np.array([0]), "right": np.array([1])}, np.arange(2), np.array([True]), HIGHEST, 0.0
    )
    assert not told.any()
