"""Everybody's scores at once are those of the reference, person by person, on any engine (PRI-01 to PRI-04)."""

# ruff: noqa: S311  # chance that need not be secure
import random
import shutil
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pytest

from craffu.engines.choice import Engine, Kind
from craffu.engines.expressions import answered, table_of
from craffu.prevention.scoring import bulk
from craffu.prevention.scoring.facts import Event, Evidence, Part, Standing
from craffu.prevention.scoring.rules import SERIOUS, Tier, convicted_only, scored
from craffu.prevention.scoring.schemes import PARTS, Scheme, default, shipped

pytestmark = [
    pytest.mark.rule("PRI-01"),
    pytest.mark.rule("PRI-02"),
    pytest.mark.rule("PRI-03"),
    pytest.mark.rule("PRI-04"),
]
DUCKDB, SPARK = Engine(Kind.DUCKDB), Engine(Kind.SPARK)
EDGES: Final = (-1, 0, 28, 29, 365, 366, 1095, 1096)
without_java = pytest.mark.skipif(shutil.which("java") is None, reason="skipped: no Java, which Spark runs on")


def events_of(dice: random.Random) -> list[Event]:
    """Somebody's events with every gap and edge."""

    def age() -> int:
        return dice.choice(EDGES) if dice.random() < 0.3 else dice.randrange(0, 1200)

    found = []
    for _ in range(dice.choice((1, 1, 2, 3, 8, 30))):
        recorded = dice.choice((None, age(), age()))
        victims = frozenset(str(dice.randrange(1, 6)) for _ in range(dice.choice((0, 1, 1, 2))))
        found.append(
            Event(
                f"i{dice.randrange(6)}", None if dice.random() < 0.1 else age(),
                None if dice.random() < 0.15 else dice.choice((1.0, 10.0, 51.0, 252.0, 364.0, 365.0, 1825.0, 4380.0)), victims,
                recorded, dice.choice((Part.SUSPECT, Part.SUSPECT, Part.OFFENDER, Part.VICTIM, Part.WITNESS)),
                dice.choice((Standing.RECORDED,) * 6 + tuple(Standing)), dice.random() < 0.3, dice.random() < 0.2,
                dice.choice(("", "SPO", "RO_CONV", "NMO")),
                dice.choice(("", "stalking", sorted(SERIOUS)[0])) if dice.random() < 0.3 else "stalking",
                dice.random() < 0.05, dice.choice(tuple(Evidence)),
            )
        )  # fmt: skip
    return found


def rows_of(people: Mapping[int, Iterable[Event]]) -> Iterator[dict[str, Any]]:
    for person, events in people.items():
        for one in events:
            for victim in (*sorted(one.victims),) or (None,):
                yield {
                    "person": person, "incident": one.incident, "victim": None if victim is None else int(victim), "age": one.age,
                    "recorded_age": one.recorded_age, "weight": one.weight, "part": one.part.value,
                    "standing": one.standing.value, "is_breach": one.is_breach, "is_disproved": one.is_disproved,
                    "order": one.order, "offence": one.offence, "has_weapon": one.has_weapon, "evidence": one.evidence.value,
                }  # fmt: skip


def in_bulk(people: Mapping[int, Iterable[Event]], engine: Engine, scheme: Scheme) -> dict[int, dict[str, Any]]:
    rows = list(rows_of(people))
    table = table_of({name: [row[name] for row in rows] for name in bulk.EVENTS}, bulk.EVENTS)
    found = answered(bulk.scores(scheme), {bulk.TABLE: table}, engine).to_pylist()
    assert len({row["person"] for row in found}) == len(found)
    return {row["person"]: row for row in found}


def check_same(people: Mapping[int, list[Event]], engine: Engine, scheme: Scheme | None = None) -> None:
    by = scheme or default()
    found = in_bulk(people, engine, by)
    told = 0
    for person, events in people.items():
        one = scored(events, by)
        row = found.get(person)
        if one.value is None:
            assert row is None, (person, row)
            assert one.tier is Tier.NO_HISTORY
            continue
        assert row is not None
        told += 1
        assert row["score"] == pytest.approx(one.value, abs=1e-9)
        assert row["high"] == pytest.approx(one.high, abs=1e-9)
        assert (row["low"] is None) == (one.low is None)
        assert one.low is None or row["low"] == pytest.approx(one.low, abs=1e-9)
        proved = convicted_only(events, by).value
        assert (row["proved"] is None) == (proved is None)
        assert proved is None or row["proved"] == pytest.approx(proved, abs=1e-9)
        assert {part: row[f"part_{part}"] for part in PARTS} == pytest.approx(dict(one.parts), abs=1e-9)
        assert {part: row[f"points_{part}"] for part in PARTS} == pytest.approx(dict(one.contributions), abs=1e-9)
        assert row["tier"] == one.tier.value
        assert [name for name in bulk.FLOORS if row[name.value]] == list(one.floors)
        assert [name for name in bulk.FLAGS if row[name.value]] == list(one.flags)
        assert row["harm"] == pytest.approx(one.harm, rel=1e-9)
        counts = (row["incidents_in_a_year"], row["victims"], row["breaches"], row["newest_age"])
        assert counts == (one.incidents_in_a_year, one.victims, one.breaches, one.newest_age)
    assert told > len(people) / 3


def people(count: int, seed: int) -> dict[int, list[Event]]:
    dice = random.Random(seed)
    return {person: events_of(dice) for person in range(1, count + 1)}


@pytest.mark.parametrize("name", sorted(shipped()))
def test_all_at_once_are_as_one_by_one(name: str) -> None:
    check_same(people(1_500, 11), DUCKDB, shipped()[name])


@without_java
@pytest.mark.deep
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", sorted(shipped()))
def test_and_on_spark(name: str) -> None:
    check_same(people(300, 12), SPARK, shipped()[name])


@pytest.mark.deep
@pytest.mark.slow
def test_a_hundred_thousand_people() -> None:
    check_same(people(100_000, 13), DUCKDB)


@without_java
@pytest.mark.deep
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_hundred_thousand_people_on_spark() -> None:
    check_same(people(100_000, 13), SPARK)
