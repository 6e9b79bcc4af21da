"""What a family name says less where the given name agrees too, because those who bear it share many given names (T42)."""

import math
from typing import Any

import numpy as np
import pytest

from craffu.engines.columns import Columns
from craffu.linkage.model.comparisons import as_settings, comparisons_for
from craffu.linkage.model.families import in_hundredths, less_for_families, shared_given

pytestmark = pytest.mark.rule("IDN-02")

SETTINGS = {"comparisons": [as_settings(one) for one in comparisons_for({"given", "family"}, 0)]}


def _people(family: str | None, given: list[str | None], year: int = 1950) -> list[dict[str, Any]]:
    """People of one family name, each born in another year on another day and at home elsewhere."""
    return [
        {
            "family": family,
            "given": name,
            "born_year": f"{year + at}",
            "birthday": f"{at:04}",
            "home_there": f"{year} {at}",
        }
        for at, name in enumerate(given)
    ]


# Of six pairs of Nowaks three share a given name, of ten of Prices none: of all sixteen 3/16 do.
NOWAK, PRICE = (
    _people("nowak", ["jan", "jan", "jan", "ewa"]),
    _people("price", ["ann", "bob", "cai", "dai", "eve"], 1920),
)
OF_NOWAKS = round(math.log2((3 + 1) / (6 * 3 / 16 + 1)), 2)


def _of_the_first(*rows: dict[str, Any]) -> float:
    return float(shared_given(Columns.of(rows))[0])


def test_a_family_name_whose_bearers_share_given_names_says_less_than_another() -> None:
    bits = shared_given(Columns.of([*NOWAK, *PRICE]))
    assert bits.tolist() == [OF_NOWAKS] * 4 + [0.0] * 5
    assert in_hundredths(Columns.of([*NOWAK, *PRICE])) == {"nowak": 91}


def test_whoever_is_recorded_often_is_one() -> None:
    assert _of_the_first(*NOWAK, *PRICE, NOWAK[0], PRICE[0], NOWAK[0]) == OF_NOWAKS


@pytest.mark.parametrize("said", ["born_year", "birthday", "home_there"])
def test_two_that_agree_in_the_year_the_birthday_or_the_home_are_no_two_people_to_count(said: str) -> None:
    # The third Jan is one with the first, so of five pairs of Nowaks two share a given name.
    alike = [*NOWAK[:2], NOWAK[2] | {said: NOWAK[0][said]}, NOWAK[3]]
    assert _of_the_first(*alike, *PRICE) == round(math.log2((2 + 1) / (5 * 2 / 15 + 1)), 2)
    # Where they agree in two of the three it is one pair that is not counted.
    both = NOWAK[2] | {"born_year": NOWAK[0]["born_year"], "birthday": NOWAK[0]["birthday"]}
    assert _of_the_first(*NOWAK[:2], both, NOWAK[3], *PRICE) == _of_the_first(*alike, *PRICE)
    assert _of_the_first(NOWAK[0], NOWAK[0] | {said: "elsewhere"}, *PRICE) == 0.0


def test_who_does_not_say_enough_is_not_counted_and_still_answered() -> None:
    unsaid = [
        {**NOWAK[0], "given": None},
        {**NOWAK[0], "born_year": None, "birthday": "1231"},
        {**NOWAK[0], "birthday": None},
        {**NOWAK[0], "home_there": None, "born_year": "1801", "birthday": "1130"},
        *_people(None, ["jan", "jan"], 1900),
        *_people("unheard", [None]),
    ]
    bits = shared_given(Columns.of([*NOWAK, *PRICE, *unsaid]))
    assert bits[: len(NOWAK)].tolist() == [OF_NOWAKS] * 4
    assert bits[len(NOWAK) + len(PRICE) :].tolist() == [OF_NOWAKS] * 4 + [0.0] * 3


def test_where_no_home_is_said_the_birthday_alone_tells_people_apart() -> None:
    rows = [one | {"home_there": None} for one in (*NOWAK, *PRICE)]
    assert shared_given(Columns.of(rows))[0] == OF_NOWAKS


@pytest.mark.parametrize("rows", [NOWAK[:1], _people(None, ["jan"]), _people("nowak", [None])])
def test_where_nobody_can_say_a_name_says_as_much_as_ever(rows: list[dict[str, Any]]) -> None:
    columns = Columns.of(
        [{"family": "x", "given": None, "born_year": None, "birthday": None, "home_there": None}, *rows]
    )
    assert not shared_given(columns).any()


def _pairs(*said: tuple[int, int, float]) -> dict[str, Any]:
    given, family, part = zip(*said, strict=True)
    return {
        "level_given": np.array(given), "level_family": np.array(family), "part_family": np.array(part, dtype=np.float32),
        "weight": np.array(part) + 1.0,
    }  # fmt: skip


def test_it_says_less_where_both_names_agree_and_never_speaks_against_the_two() -> None:
    family = len(SETTINGS["comparisons"][1]["comparison_levels"]) - 2
    assert SETTINGS["comparisons"][1]["output_column_name"] == "family"
    pairs = _pairs((7, family, 8.0), (1, family, 8.0), (0, family, 8.0), (-1, family, 8.0), (7, family - 1, 8.0),
                   (7, family, 1.5), (7, family, -0.5))  # fmt: skip
    found = less_for_families(pairs, SETTINGS, np.full(7, 2.0))
    assert found["part_family"].tolist() == [6.0, 6.0, 8.0, 8.0, 8.0, 0.0, -0.5]
    assert found["weight"].tolist() == [7.0, 7.0, 9.0, 9.0, 9.0, 1.0, 0.5]
    assert found["part_family"].dtype == np.float32
    assert found["level_given"] is pairs["level_given"]
    assert pairs["part_family"][0] == 8.0


@pytest.mark.parametrize("name", ["given", "family"])
def test_where_a_name_is_not_compared_nothing_is_less(name: str) -> None:
    settings = {"comparisons": [as_settings(one) for one in comparisons_for({name}, 0)]}
    pairs = {"level_" + name: np.array([7]), "weight": np.array([3.0])}
    assert less_for_families(pairs, settings, np.array([2.0])) == pairs
