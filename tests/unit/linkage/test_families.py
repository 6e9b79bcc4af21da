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


# Of fifteen pairs of Nowaks ten share a given name, of sixty-six of Prices none: of all 81 ten do.
NOWAK = _people("nowak", [*["jan"] * 5, "ewa"])
PRICE = _people("price", [*"abcdefghijkl"], 1920)


def _bits(alike: int, two: int, of_all: int) -> float:
    return round(math.log2((alike + 1) / (two * alike / of_all + 1)), 2)


OF_NOWAKS = _bits(10, 15, 81)


def _of_the_first(*rows: dict[str, Any]) -> float:
    return float(shared_given(Columns.of(rows))[0])


def test_a_family_name_whose_bearers_share_given_names_says_less_than_another() -> None:
    bits = shared_given(Columns.of([*NOWAK, *PRICE]))
    assert bits.tolist() == [OF_NOWAKS] * 6 + [0.0] * 12
    assert in_hundredths(Columns.of([*NOWAK, *PRICE])) == {"nowak": 195}


@pytest.mark.parametrize(("jans", "says_less"), [(4, True), (3, False), (2, False)])
def test_what_chance_may_well_make_is_nothing(jans: int, says_less: bool) -> None:
    nowak = _people("nowak", [*["jan"] * jans, "ewa", "ola", "iga", "ida"][:6])
    alike = jans * (jans - 1) // 2
    assert _of_the_first(*nowak, *PRICE) == (_bits(alike, 15, 81) if says_less else 0.0)


def test_whoever_is_recorded_often_or_at_several_homes_is_one() -> None:
    again = [NOWAK[0], PRICE[0], NOWAK[0] | {"home_there": "elsewhere"}, NOWAK[1] | {"home_there": "there"}]
    assert _of_the_first(*NOWAK, *PRICE, *again) == OF_NOWAKS


@pytest.mark.parametrize("said", ["born_year", "birthday", "home_there"])
def test_two_that_agree_in_the_year_the_birthday_or_the_home_are_no_two_people_to_count(said: str) -> None:
    # The second Jan is no other than the first, so of fourteen pairs of Nowaks nine share a given name.
    alike = NOWAK[1] | {said: NOWAK[0][said]}
    assert _of_the_first(NOWAK[0], alike, *NOWAK[2:], *PRICE) == _bits(9, 14, 80)
    # Where they agree in two of the three it is one pair that is not counted.
    both = NOWAK[1] | {said: NOWAK[0][said], "home_there": NOWAK[0]["home_there"]}
    assert _of_the_first(NOWAK[0], both, *NOWAK[2:], *PRICE) == _bits(9, 14, 80)


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
    assert bits[:6].tolist() == [OF_NOWAKS] * 6
    assert bits[18:].tolist() == [OF_NOWAKS] * 4 + [0.0] * 3


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
