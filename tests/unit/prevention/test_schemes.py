"""Schemes as data: what ships, tables of points, and what is refused (PRI-02, PRI-09; methods A1, A5)."""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from craffu.prevention.scoring.facts import Event
from craffu.prevention.scoring.rules import scored
from craffu.prevention.scoring.schemes import (
    BadScheme,
    default,
    points_at,
    read,
    scheme_of,
    shipped,
)

pytestmark = pytest.mark.rule("PRI-09")
V100, POINTS = shipped()["v100"], shipped()["points"]


def event(key: str, age: int, weight: float | None, victim: str = "v1", **said: bool) -> Event:
    return Event(key, age, weight, frozenset({victim}), age, **said)  # type: ignore[arg-type]


def test_three_schemes_ship_and_each_is_another() -> None:
    assert sorted(shipped()) == ["points", "rfgv-b", "v100"]
    assert len({one.sha256 for one in shipped().values()}) == 3
    assert shipped()["rfgv-b"] is default()


@pytest.mark.rule("PRI-02")
def test_v100_sums_what_offences_weigh_in_a_year_and_nothing_else() -> None:
    once = scored([event("i1", 0, 20)], V100)
    twice = scored([event("i1", 365, 10), event("i2", 0, 10, "v2", is_breach=True)], V100)
    assert once.value == twice.value
    assert once.contributions["G"] == once.value
    more = scored([event("i1", 300, 21)], V100)
    assert more.value is not None
    assert once.value is not None
    assert more.value > once.value
    assert scored([event("i1", 366, 5000)], V100).value is None


@pytest.mark.rule("PRI-02")
def test_a_table_of_points_gives_those_of_the_last_step_that_is_reached() -> None:
    found = scored([event("i1", 28, 10), event("i2", 29, 40, "v2", is_breach=True)], POINTS)
    assert found.parts == {"R": 100, "F": 40, "G": 25, "V": 50, "B": 60}
    assert found.value == pytest.approx(0.2 * 100 + 0.2 * 40 + 0.3 * 25 + 0.15 * 50 + 0.15 * 60)
    assert scored([event("i1", 29, 10)], POINTS).parts["R"] == 75
    assert scored([event("i1", 500, 10)], POINTS).parts["F"] == 0, "none in a year"


def test_a_measure_counts_to_a_millionth() -> None:
    steps = ((0.0, 0.0), (10.0, 25.0))
    assert [points_at(steps, one) for one in (0, 9.999, 9.9999999, 10, 11)] == [0, 0, 25, 25, 25]


@pytest.mark.rule("PRI-03")
def test_the_range_holds_the_score_under_every_scheme() -> None:
    gaps = [
        event("i1", 40, None),
        replace(event("i2", 10, 51), victims=frozenset()),
        Event("i3", None, 5, frozenset(), 3),
    ]
    for scheme in shipped().values():
        found = scored(gaps, scheme)
        assert found.value is not None
        assert found.low is not None
        assert found.high is not None
        assert found.low <= found.value <= found.high, scheme.name


def test_a_scheme_is_made_again_from_its_own_words() -> None:
    for scheme in shipped().values():
        assert scheme_of(json.loads(scheme.canonical)).sha256 == scheme.sha256
    assert "points" not in json.loads(default().canonical)
    other = replace(POINTS, points={**POINTS.points, "R": ((0.0, 100.0), (30.0, 75.0))})
    assert other.sha256 != POINTS.sha256


def test_the_tables_that_ship_never_reward_what_is_worse() -> None:
    for part, steps in POINTS.points.items():
        worth = [points for _begins, points in steps]
        assert all((one >= other) if part == "R" else (one <= other) for one, other in pairwise(worth))


@pytest.mark.parametrize(
    ("part", "steps", "wrong"),
    [
        ("X", [[0, 1]], "points must be of R, F, G, V, B: mend X"),
        ("R", [], "must begin at nought"),
        ("R", [[1, 100]], "must begin at nought"),
        ("R", [[0, 100], [0, 50]], "each step at more than the last"),
        ("R", [[0, 50], [10, 60]], "must never rise"),
        ("F", [[0, 50], [10, 40]], "must never fall"),
        ("F", [[0, 0], [1, 101]], "from 0 to 100"),
        ("F", [[0, -1]], "from 0 to 100"),
        ("F", [[0]], "must be pairs"),
        ("F", [["none", 1]], "must be pairs"),
        ("F", 7, "must be pairs"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_is_refused(part: str, steps: Sequence[Sequence[float]], wrong: str) -> None:
    said = json.loads(POINTS.canonical)
    said["points"][part] = steps
    with pytest.raises(BadScheme, match=wrong):
        scheme_of(said)


@pytest.mark.parametrize("text", ["name = ", "name = 7", "version = 1", 'points = 7\nname = "x"'])
def test_a_file_that_is_no_scheme_is_refused(text: str) -> None:
    with pytest.raises(BadScheme):
        read(text)


def test_a_table_at_its_very_bounds() -> None:
    said = json.loads(POINTS.canonical)
    said["points"] = {"B": [[0, 0], [1, 0], [2, 100]], "R": [[0, 100], [5, 100], [9, 0]]}
    found = scored([event("i1", 6, 5, is_breach=True)], scheme_of(said))
    assert (found.parts["R"], found.parts["B"]) == (100, 0)
