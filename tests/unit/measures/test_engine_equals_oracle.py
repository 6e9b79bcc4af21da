"""Each measure over a snapshot, as the engine counts it, is what its slow twin counts (MSR-01; T40): on DuckDB, and on Spark."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from craffu.engines.choice import Engine, Kind
from craffu.engines.snapshots import Snapshot, build
from craffu.measures.definitions import definition, shipped
from craffu.measures.engine.asking import Asked
from craffu.measures.engine.catalogue import WORKED
from craffu.measures.engine.values import spells, within_a_year
from craffu.measures.snapshots.tables import TABLES
from tests.factories import snapshot_rows
from tests.oracles import measures as oracle
from tests.oracles.held import ORACLES, asked_of, counted, held_to_twins, stages_counted

pytestmark = pytest.mark.rule("MSR-01", "MSR-05", "MSR-06")

DUCKDB, SPARK = Engine(Kind.DUCKDB), Engine(Kind.SPARK)
BUILT = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
type Question = tuple[date, date, datetime]
# As known now, at midnight after a day of winter time, and in the middle of what happened.
QUESTIONS = (
    (date(2023, 1, 1), date(2026, 5, 31), BUILT),
    (date(2024, 2, 1), date(2025, 1, 31), datetime(2025, 2, 1, tzinfo=UTC)),
    (date(2023, 6, 1), date(2023, 6, 30), datetime(2024, 1, 1, 12, 0, 0, 1, tzinfo=UTC)),
    # And the year before, as it is known now.
    (date(2024, 6, 1), date(2025, 5, 31), BUILT),
)


def kept(folder: Path, rows: Mapping[str, list[dict[str, Any]]]) -> Snapshot:
    wanted = (
        (name, {column: holds.value for column, holds in TABLES[name].columns.items()}, several)
        for name, several in rows.items()
    )
    return build(folder, wanted, BUILT)


def compare(seed: int, folder: Path, engine: Engine, size: int = 40, questions: Sequence[Question] = QUESTIONS) -> None:
    rows = snapshot_rows.tables(seed, size)
    held_to_twins(rows, kept(folder, rows), questions, engine)


@pytest.mark.parametrize(
    ("seed", "questions"),
    [
        (0, QUESTIONS[::2]),
        *(pytest.param(seed, QUESTIONS, marks=pytest.mark.deep) for seed in range(40)),
    ],
)
def test_each_measure_is_what_its_slow_twin_counts(seed: int, questions: Sequence[Question], tmp_path: Path) -> None:
    compare(seed, tmp_path, DUCKDB, questions=questions)


@pytest.mark.parametrize("size", [1, pytest.param(2, marks=pytest.mark.deep)])
def test_of_hardly_anything_too(size: int, tmp_path: Path) -> None:
    compare(size, tmp_path, DUCKDB, size, QUESTIONS[:1])


def test_of_nothing_there_is_nothing_and_each_count_is_nought(tmp_path: Path) -> None:
    snapshot = kept(tmp_path, {name: [] for name in TABLES})
    asked, _ = asked_of(*QUESTIONS[0])
    for code in ORACLES:
        [(of, row)] = counted(code, asked, None, snapshot, DUCKDB).items()
        assert of is None
        assert not any(row.values()), code
    assert stages_counted(asked, None, snapshot, DUCKDB) == {}


@pytest.mark.parametrize(
    "engine",
    [DUCKDB, pytest.param(SPARK, marks=pytest.mark.deep)],
    ids=lambda engine: engine.kind.value,
)
def test_a_year_before_another_cohort_is_watched(engine: Engine, tmp_path: Path) -> None:
    """Of each order that was watched for a year, in one of the two years or in neither, and in no two."""
    rows = snapshot_rows.tables(0, 400)
    snapshot, found = kept(tmp_path, rows), []
    for last in (date(2026, 6, 1), date(2025, 6, 1)):
        asked, told = asked_of(last - timedelta(days=364), last, BUILT)
        for split in (None, "kind"):
            counts = counted("MET18", asked, split, snapshot, engine)
            assert counts == ORACLES["MET18"](rows, told, split)
        found.append((oracle.cohort(rows, told), counts))
    now, before = found
    assert now != before
    assert now[0]
    assert before[0]


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(1, 8))
def test_spark_counts_the_same(seed: int, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    compare(seed, tmp_path, SPARK, 25, QUESTIONS[:1] if seed == 1 else QUESTIONS)


def test_rows_by_chance_come_to_something() -> None:
    """Two that agree on nothing at all would agree too."""
    asked, told = asked_of(*QUESTIONS[0])
    assert asked.today == told.today
    seen: Counter[tuple[str, str]] = Counter()
    for seed in range(6):
        rows = snapshot_rows.tables(seed)
        for code, twin in ORACLES.items():
            seen.update({(code, name): number for name, number in twin(rows, told, None)[None].items()})
        seen.update(("cause", str(one.cause)) for one in oracle.cohort(rows, told))
    never = [name for name, number in seen.items() if not number]
    assert never == []
    assert {(code, part) for code in ORACLES for part in WORKED[code].parts} <= seen.keys()
    assert {("cause", cause) for cause in "012"} <= seen.keys()


def test_each_measure_is_worked_out_and_has_its_twin() -> None:
    assert WORKED.keys() == shipped().keys() == ORACLES.keys() | {"MET08"}
    for code, worked in WORKED.items():
        defined = definition(code)
        assert [part.key for part in defined.parts] == list(worked.parts), code
        assert defined.statistic is worked.statistic, code
        assert set(worked.splits) <= set(defined.slices), code
        assert set(worked.tables) <= set(TABLES), code


def test_a_curve_beside_a_share_lets_other_ends_compete() -> None:
    rows = [
        {"days": 10, "cause": 1, "number": 2}, {"days": 20, "cause": 2, "number": 4}, {"days": 30, "cause": 1, "number": 1},
        {"days": 365, "cause": 0, "number": 3},
    ]  # fmt: skip
    assert len(spells(rows)) == 10
    assert within_a_year(rows) == pytest.approx(0.2 + 0.4 * (1 / 4))
    assert within_a_year([]) is None
    assert within_a_year([{"days": 365, "cause": 0, "number": 5}]) == 0.0


def test_what_is_asked_ends_with_the_day_that_an_instant_ends() -> None:
    midnight = datetime(2026, 7, 1, 23, 0, tzinfo=UTC)
    assert Asked(date(2026, 1, 1), date(2026, 7, 1), midnight).today == date(2026, 7, 1)
    assert Asked(date(2026, 1, 1), date(2026, 7, 1), midnight + timedelta(seconds=1)).today == date(2026, 7, 2)
    assert Asked(date(1970, 1, 1), date(1970, 1, 3), datetime(1970, 1, 1, tzinfo=UTC)).ends == 2
