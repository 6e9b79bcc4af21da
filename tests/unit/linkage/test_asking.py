"""Which pairs an engine is asked to compare in whole: those that what is slowly compared could still lift over the least."""

import math
from typing import Any

import numpy as np
import pytest

from craffu.engines.choice import Engine, Kind
from craffu.engines.columns import Columns
from craffu.engines.workspace import workspace
from craffu.linkage.model.asking import levels_asked, levels_of_those, worth_comparing
from craffu.linkage.model.levels import columns_counted, columns_in, said_levels, weighed_by_levels

pytestmark = pytest.mark.rule("IDN-02")


def _level(sql: str, m: float, u: float, rarer: str = "") -> dict[str, Any]:
    made = {"sql_condition": sql, "m_probability": m, "u_probability": u}
    return made | ({"tf_adjustment_column": rarer} if rarer else {})


def _comparison(name: str, column: str, *levels: dict[str, Any]) -> dict[str, Any]:
    unsaid = {"sql_condition": f"({column}_l IS NULL OR {column}_r IS NULL)"}
    return {"output_column_name": name, "comparison_levels": [unsaid, *levels]}


# Weights: of a birthday 4 or -2, of a name 3 and how rare it is, 1 where it begins alike, or -3. Chance alone makes -10.
SETTINGS: dict[str, Any] = {
    "probability_two_random_records_match": 1 / 1025,
    "comparisons": [
        _comparison("born", "born", _level("born_l = born_r", 0.8, 0.05), _level("ELSE", 0.2, 0.8)),
        _comparison(
            "given",
            "given",
            _level("given_l = given_r", 0.5, 0.0625, "given"),
            _level("substr(given_l, 1, 1) = substr(given_r, 1, 1)", 0.25, 0.125),
            _level("ELSE", 0.0625, 0.5),
        ),
    ],
}
ROWS = [
    {"born": "1", "given": "ann"},
    {"born": "1", "given": "ann"},
    {"born": "1", "given": "amy"},
    {"born": "1", "given": "bea"},
    {"born": "2", "given": "ann"},
    {"born": None, "given": "amy"},
]
BORN, NAME = math.log2(16), math.log2(8)


def _kept(least: float, across: bool) -> tuple[dict[tuple[int, int], float], list[dict[str, int]]]:
    """The pairs worth comparing with what they weigh so far, and the levels of those that do weigh enough."""
    # Everybody is looked for and found by one key, and the last by nobody's.
    keys = np.array([1, 1, 1, 1, 1, -1])
    rare = np.array([1.0, 1.0, 2.0, 3.0, 1.0, 2.0])
    rows = Columns.of(ROWS)
    tables = [rows[:2], rows[2:]] if across else [rows]
    with workspace(Engine(Kind.DUCKDB), len(rows)) as place:
        first = 0
        for at, table in enumerate(tables):
            here = slice(first, first + len(table))
            first = here.stop
            found_by = np.where(keys[here] < 0, -2, keys[here])
            numbers = {"record": np.arange(here.start, here.stop), "rare_given": rare[here]}
            place.hold(f"side_{at}", table.beside({**numbers, "left_0": keys[here], "right_0": found_by}))
        place.keep("likely", worth_comparing(SETTINGS, 1, across, least, {"given": 3.0}))
        likely = place.answer("SELECT * FROM likely").to_pylist()
        found = place.answer(levels_of_those(SETTINGS, "likely", across, least)).to_pylist()
    weights = {(one["record_l"], one["record_r"]): one["weight"] for one in likely}
    return weights, sorted(found, key=lambda one: (one["record_l"], one["record_r"]))


def test_names_are_compared_of_those_alone_whom_they_could_lift_over_the_least() -> None:
    likely, found = _kept(least=-5.0, across=False)
    # Chance and one birthday make -6; a name that begins alike would lift that by 1, the same one, which half of them have, by 0.
    assert likely == pytest.approx(dict.fromkeys([(0, 2), (0, 3), (1, 2), (1, 3), (2, 3)], BORN - 10))
    assert found == [
        {"record_l": 0, "record_r": 2, "level_born": 1, "level_given": 1},
        {"record_l": 1, "record_r": 2, "level_born": 1, "level_given": 1},
    ]


def test_how_rare_a_name_is_counts_before_anything_is_compared() -> None:
    likely, found = _kept(least=-6.0, across=False)
    assert (0, 1) in likely
    assert {"record_l": 0, "record_r": 1, "level_born": 1, "level_given": 2} in found
    above, _ = _kept(least=-4.99, across=False)
    assert not above


def test_across_two_tables_a_record_of_the_one_meets_those_of_the_other() -> None:
    likely, found = _kept(least=-5.0, across=True)
    assert set(likely) == {(0, 2), (0, 3), (1, 2), (1, 3)}
    assert [(one["record_l"], one["record_r"]) for one in found] == [(0, 2), (1, 2)]


def test_a_weight_is_what_its_levels_say_added_up() -> None:
    levels = {"level_born": np.array([1, -1, 0]), "level_given": np.array([2, 1, 0])}
    made = weighed_by_levels(SETTINGS, levels, lambda column, here: np.full(len(here), {"given": 7.0}[column]))
    rarer = NAME + math.log2(0.0625) + 7
    assert made["part_born"] == pytest.approx([BORN, 0, -2])
    assert made["part_given"] == pytest.approx([rarer, 1, -3])
    assert made["weight"] == pytest.approx([BORN + rarer - 10, 1 - 10, -2 - 3 - 10])
    assert (made["weight"].dtype, made["part_born"].dtype) == (np.float64, np.float32)


def test_levels_are_numbered_from_nothing_alike_up() -> None:
    given = SETTINGS["comparisons"][1]
    assert [(number, level["m_probability"]) for number, level in said_levels(given)] == [
        (2, 0.5),
        (1, 0.25),
        (0, 0.0625),
    ]
    assert columns_counted(SETTINGS) == ["given"]
    assert columns_in(["given_l = given_r", "length(born_turned_l) > 1"]) == ["born_turned", "given"]
    assert levels_asked([given], "some") == (
        "SELECT record_l, record_r, (CASE WHEN (given_l IS NULL OR given_r IS NULL) THEN -1 WHEN given_l = given_r THEN 2 WHEN"
        " substr(given_l, 1, 1) = substr(given_r, 1, 1) THEN 1 ELSE 0 END) AS level_given FROM some AS pairs"
    )
