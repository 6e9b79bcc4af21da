"""From weights to decisions: what speaks against one person holds a pair down, whatever else it says (IDN-02)."""

from typing import Any

import numpy as np
import pytest

from craffu.linkage.model.scoring import (
    either_of_two,
    expected_to_be_right,
    joined_evidence,
    own_numbers,
    prior_shift,
    probabilities,
    speaks_against,
)

HIGHEST = {"given": 7, "family": 6, "born": 8, "more_given": 2, "identifier": 3, "other_0": 2, "home": 6}


def test_a_weight_is_a_probability() -> None:
    assert probabilities(np.array([0.0, 1.0, -1.0, 1e9, -1e9])).tolist() == pytest.approx([1 / 2, 2 / 3, 1 / 3, 1, 0])


def test_the_share_of_pairs_is_what_the_weights_say() -> None:
    weight = np.r_[np.full(50, 20.0), np.full(950, -20.0)]
    shift = prior_shift(weight, 0.01, 1_000)
    assert shift == pytest.approx(np.log2(0.05 / 0.95) - np.log2(0.01 / 0.99), abs=0.01)
    assert prior_shift(np.zeros(0), 0.01, 0) < 10


@pytest.mark.parametrize(
    ("levels", "shared", "against"),
    [
        ({"given": 7, "family": 6, "born": 8}, True, False),
        # twins, and a father and a son
        ({"given": 0, "family": 6, "born": 8}, True, True),
        ({"given": 7, "family": 6, "born": 0}, True, True),
        ({"given": 7, "more_given": 0, "family": 6, "born": 8}, True, True),
        # where no home is shared, a slip
        ({"given": 0, "family": 6, "born": 8}, False, False),
        # another family name: only with the same given name and birthday
        ({"given": 7, "family": 0, "born": 8}, True, False),
        ({"given": 5, "family": 0, "born": 8}, False, True),
        ({"given": 7, "family": 0, "born": 7}, False, True),
        # a twin whose name is not said
        ({"given": -1, "family": 6, "born": 8, "home": 6}, True, True),
        ({"given": -1, "family": 6, "born": 8, "home": 5}, True, True),
        ({"given": -1, "family": 6, "born": 8, "home": 4}, True, False),
        ({"given": -1, "family": 6, "born": 8, "home": 0}, True, False),
        ({"given": -1, "family": 6, "born": 8, "home": -1}, True, True),
        ({"given": -1, "family": 6, "born": 8, "home": -1, "identifier": 3}, True, False),
        ({"given": -1, "family": 6, "born": 8, "home": -1}, False, False),
        ({"given": -1, "family": 6, "born": 8, "home": 6}, False, False),
        # what is not said speaks against nobody, but a family's name alone says nobody
        ({"given": 7, "family": 6, "born": -1}, True, False),
        ({"given": -1, "family": 6, "born": -1}, True, True),
        # a brother, unless the birthday says who, or a slip of it
        ({"given": -1, "family": 6, "born": 5}, True, True),
        ({"given": -1, "family": 6, "born": 6, "home": 4}, True, False),
        ({"given": 0, "family": 6, "born": -1}, False, False),
        # a number of one's own answers it
        ({"given": 0, "family": 6, "born": 8, "identifier": 3}, True, False),
        ({"given": 0, "family": 6, "born": 8, "identifier": 2}, True, True),
        ({"given": 0, "family": 6, "born": 8, "other_0": 2}, True, False),
    ],
)
def test_what_speaks_against_one_person(levels: dict[str, int], shared: bool, against: bool) -> None:
    pairs: dict[str, Any] = {f"level_{name}": np.array([level]) for name, level in levels.items()}
    found = speaks_against(
        pairs | {"left": np.array([0])}, HIGHEST, ("identifier", "other_0"), homes_are_shared=shared, namesakes=shared
    )
    assert found.tolist() == [against]


@pytest.mark.parametrize(
    ("levels", "against"),
    [
        # A name by which somebody is also known may be his brother's own.
        ({"given": 1, "family": 1, "born": 9}, True),
        ({"given": 1, "family": 7, "born": 9}, True),
        ({"given": 8, "family": 1, "born": 8}, True),
        # With the same given name and birthday another family name is one that somebody took.
        ({"given": 8, "family": 1, "born": 9}, False),
        ({"given": 2, "family": 2, "born": 9}, False),
        ({"given": 1, "family": 1, "born": 9, "identifier": 3}, False),
    ],
)
def test_a_name_by_which_somebody_is_also_known_goes_to_a_person(levels: dict[str, int], against: bool) -> None:
    pairs: dict[str, Any] = {f"level_{name}": np.array([level]) for name, level in levels.items()}
    highest = {"given": 8, "family": 7, "born": 9, "identifier": 3}
    for shared in (True, False):
        found = speaks_against(
            pairs | {"left": np.array([0])},
            highest,
            ("identifier",),
            homes_are_shared=shared,
            namesakes=shared,
            known_as={"given": 1, "family": 1},
        )
        assert found.tolist() == [against]


def test_a_name_may_be_a_fathers_and_his_sons_where_no_home_is_said() -> None:
    pairs = {
        "left": np.array([0]),
        "level_given": np.array([7]),
        "level_family": np.array([6]),
        "level_born": np.array([0]),
    }
    assert speaks_against(pairs, HIGHEST, (), homes_are_shared=False, namesakes=True).tolist() == [True]
    assert speaks_against(pairs, HIGHEST, (), homes_are_shared=False, namesakes=False).tolist() == [False]


@pytest.mark.parametrize(("given", "born", "against"), [(0, 5, True), (-1, -1, True), (0, 6, False), (1, -1, False)])
def test_one_of_a_family_is_a_brother_unless_the_birthday_says_who(given: int, born: int, against: bool) -> None:
    pairs = {
        "left": np.array([0]),
        "level_given": np.array([given]),
        "level_family": np.array([6]),
        "level_born": np.array([born]),
    }
    assert speaks_against(pairs, HIGHEST, (), homes_are_shared=False, namesakes=True).tolist() == [against]
    assert speaks_against(pairs, HIGHEST, (), homes_are_shared=False, namesakes=False).tolist() == [False]


def test_what_hardly_anybody_shares_is_a_number_of_ones_own() -> None:
    assert own_numbers({"other_0": 0.0001, "other_1": 0.1, "identifier": 0.5, "given": 0.0}, 1e-5) == (
        "other_0",
        "identifier",
    )


@pytest.mark.parametrize(
    ("probability", "threshold"),
    [
        ([1.0] * 200 + [0.95], 0.95),
        ([1.0] * 5 + [0.95], 1.0),
        ([0.93] * 9, 0.99),
        ([1.0] * 5 + [0.5], 1.0),
        ([], 0.99),
    ],
)
def test_as_many_are_expected_to_be_right_as_the_rule_asks_for(probability: list[float], threshold: float) -> None:
    assert expected_to_be_right(np.array(probability), 0.995, 0.92, 0.99) == min(threshold, 0.99)


def test_persons_are_known_by_all_that_their_records_say() -> None:
    """Records 0 and 1 are one person; of 2, the one has the name and the other the birthday."""
    pairs = {
        "left": np.array([0, 1, 2]), "right": np.array([2, 2, 3]), "weight": np.array([1.0, 2.0, -3.0]),
        "level_name": np.array([2, -1, 0]), "part_name": np.array([5.0, 0.0, -4.0]),
        "level_born": np.array([-1, 3, 0]), "part_born": np.array([0.0, 6.0, -2.0]),
    }  # fmt: skip
    found = joined_evidence(pairs, np.array([0, 0, 2, 3]), -1.0)
    assert list(zip(found["left"].tolist(), found["right"].tolist(), strict=True)) == [(1, 2), (2, 3)]
    # one bit for having had two pairs to choose from
    assert found["weight"].tolist() == [-1 + 5 + 6 - 1, -1 - 4 - 2]
    assert (found["level_name"].tolist(), found["level_born"].tolist()) == ([2, 0], [3, 0])
    assert not len(joined_evidence(pairs, np.array([0, 0, 0, 0]), -1.0)["weight"])


def test_where_two_say_whole_birthdays_a_year_says_nothing_of_them() -> None:
    """Records 0 and 1 are one person, as 2 and 3 are; 0 and 2 say birthdays, and 3 the year, which is that of 0."""
    pairs = {
        "left": np.array([0, 0, 1]), "right": np.array([2, 3, 3]), "weight": np.array([1.0, 2.0, 2.0]),
        "level_born": np.array([0, 3, 3]), "part_born": np.array([-5.0, 4.0, 4.0]),
    }  # fmt: skip
    assert joined_evidence(pairs, np.array([0, 0, 2, 2]), 0.0, [3])["level_born"].tolist() == [0]
    assert joined_evidence(pairs, np.array([0, 0, 2, 2]), 0.0, [3])["part_born"].tolist() == [-5.0]
    assert joined_evidence(pairs, np.array([0, 0, 2, 2]), 0.0)["level_born"].tolist() == [3]
    # 1 alone and 3 say no more than a year, which then counts
    assert joined_evidence(pairs, np.array([0, 1, 2, 3]), 0.0, [3])["level_born"].tolist() == [0, 3, 3]


def test_at_the_very_bounds() -> None:
    assert expected_to_be_right(np.array([0.92, 0.999, 0.999]), 0.95, 0.92, 0.99) == 0.92
    prior = 1e-5
    assert own_numbers({"other_0": 3 * prior + 1e-4, "other_1": 3.1 * prior + 1e-4}, prior) == ("other_0",)
    # a register of one record, and of none, has no pairs: the share is held between one in two and nothing
    assert prior_shift(np.zeros(0), 0.5, 1) == prior_shift(np.zeros(0), 0.5, 2) == pytest.approx(0)


def test_records_of_one_person_are_no_evidence_of_another() -> None:
    pairs = {"left": np.array([0]), "right": np.array([1]), "weight": np.array([3.0])}
    found = joined_evidence(pairs, np.array([7, 7]), -5.0)
    assert {name: len(values) for name, values in found.items()} == {"left": 0, "right": 0, "weight": 0, "pairs": 0}


def _fits(**born: int) -> Any:
    """Pairs of records by their letters, on these levels of the birthday."""
    names = [(ord(pair[0]) - ord("a"), ord(pair[1]) - ord("a")) for pair in born]
    left, right = (np.array(side) for side in zip(*names, strict=True))
    return {"left": left, "right": right, "level_born": np.array([*born.values()])}


@pytest.mark.rule("IDN-02")
@pytest.mark.rule("IDN-05")
@pytest.mark.parametrize(
    ("born", "likely", "doubtful"),
    [
        # b says none, and fits a and c, who were born on two days
        ({"ab": -1, "ac": 0, "bc": -1}, "ab bc", "ab bc"),
        # one of them is not likely to be b, or both were born on one day
        ({"ab": -1, "ac": 0, "bc": -1}, "ab", ""),
        ({"ab": -1, "ac": 8, "bc": -1}, "ab ac bc", ""),
        # d, who fits c alone, is c
        ({"ab": -1, "ac": 0, "bc": -1, "cd": -1}, "ab bc cd", "ab bc"),
    ],
)
def test_who_says_no_birthday_and_fits_two_is_for_a_person(born: dict[str, int], likely: str, doubtful: str) -> None:
    pairs = _fits(**born)
    named = np.array([name in likely.split() for name in born])
    found = either_of_two(pairs, np.arange(4), named, None, HIGHEST, ())
    assert [name for name, is_so in zip(born, found, strict=True) if is_so] == doubtful.split()
    # Nor does a year say which of two.
    pairs["level_born"][pairs["level_born"] == -1] = 2
    assert either_of_two(pairs, np.arange(4), named, None, HIGHEST, (), [2]).tolist() == found.tolist()


@pytest.mark.rule("IDN-02")
def test_a_number_of_ones_own_says_which_of_two() -> None:
    pairs = _fits(ab=-1, ac=0, bc=-1) | {"level_identifier": np.array([3, -1, -1])}
    likely = np.array([True, False, True])
    assert either_of_two(pairs, np.arange(3), likely, None, HIGHEST, ("identifier",)).tolist() == [False, False, True]
    pairs["level_identifier"] = np.array([-1, -1, -1])
    assert either_of_two(pairs, np.arange(3), likely, None, HIGHEST, ("identifier",)).tolist() == [True, False, True]


@pytest.mark.rule("IDN-04")
def test_records_held_to_be_one_person_are_not_two() -> None:
    pairs = _fits(ab=-1, ac=0, bc=-1)
    likely = np.array([True, False, True])
    assert not either_of_two(pairs, np.array([0, 1, 0]), likely, None, HIGHEST, ()).any()


@pytest.mark.rule("IDN-06")
def test_pairs_that_nobody_asked_about_say_who_is_two() -> None:
    asked, beside = _fits(ab=-1, bc=-1), _fits(ac=0)
    likely = np.array([True, True])
    assert either_of_two(asked, np.arange(3), likely, beside, HIGHEST, ()).all()
    assert not either_of_two(asked, np.arange(3), likely, None, HIGHEST, ()).any()
