"""What B4 and B9 measure: every peer counts, and writes, the same; the results say what they are of."""

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from craffu.config.bench import dashboards, exporting, growing
from craffu.engines.duck import asked
from craffu.engines.expressions import answered
from craffu.engines.growing import grown as grow
from craffu.engines.snapshots import build
from craffu.measures.engine import over_people
from craffu.measures.snapshots.tables import TABLES


def test_B4_every_peer_counts_the_same() -> None:
    table = asked(dashboards.INVENTED.format(crimes=5_000), {})
    ours = {
        row["by"]: (row["outcome_14"], row["outcome_16"], row["of"])
        for row in answered(over_people.withdrew(dashboards.ASKED, "offence_class"), {"crimes": table}).to_pylist()
    }
    assert len(ours) == 4
    assert min(min(one) for one in ours.values()) > 0
    with closing(dashboards.in_sqlite(table.to_pandas())) as lite:
        assert {of: tuple(counts) for of, *counts in lite.execute(dashboards.BY_HAND)} == ours
    assert {of: tuple(row) for of, row in zip(*_pandas(table), strict=True)} == ours


def _pandas(table: object) -> tuple[list[str], list[list[int]]]:
    found = dashboards.by_pandas(table.to_pandas())  # type: ignore[attr-defined]
    return list(found.index), found.to_numpy().tolist()


def test_B9_every_peer_writes_the_same_rows_and_the_results_say_of_how_many() -> None:
    found = exporting.rows_alone(2000)
    assert [one["data"] for one in found] == ["2,000 rows"] * len(found)
    assert {"DuckDB COPY", "pandas"} == set(found[0]["peers"])


AT = datetime(2026, 1, 1, tzinfo=UTC)
VALUES = {"reference": "a", "code": "8Q", "number": 1, "yes": True, "day": date(2025, 1, 1), "instant": AT}


def test_B4_a_snapshot_that_has_grown_is_so_many_others_with_what_hangs_together_in_each(tmp_path: Path) -> None:
    tables = {name: {key: holds.value for key, holds in one.columns.items()} for name, one in TABLES.items()}
    filled = ("crimes", "stages")
    rows = {name: [{key: VALUES[holds] for key, holds in tables[name].items()}] for name in filled}
    base = build(tmp_path, ((name, columns, rows.get(name, ())) for name, columns in tables.items()), AT)
    found = grow(base, tmp_path / "grown", 3, growing.references())
    assert {name: number for name, number in found.numbers.items() if number} == dict.fromkeys(filled, 3)
    crimes, stages = (found.tables([name])[name].to_pylist() for name in filled)
    keys = [key for key, holds in tables["crimes"].items() if holds == "reference"]
    assert [{row[key] for key in keys} for row in crimes] == [{"a~0"}, {"a~1"}, {"a~2"}]
    of_stages = [key for key, holds in tables["stages"].items() if holds == "reference"]
    assert {row[key] for row in stages for key in of_stages} == {"a~0", "a~1", "a~2"}
    assert {row["offence_class"] for row in crimes} == {"8Q"}


def test_B4_growth_is_the_power_from_one_size_to_the_next_and_is_drawn() -> None:
    points = [(10, 1.0), (100, 10.0), (1000, 1000.0)]
    found = growing.results_of_points(points)
    assert [(one["ratio"], one["met"]) for one in found] == [(None, True), (1.0, True), (2.0, False)]
    assert "<svg" in growing.drawn(points)
