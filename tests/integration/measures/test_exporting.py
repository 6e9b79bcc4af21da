"""What leaves as files: read by other tools as it is meant, equal to our figures, and a disclosure each time (X21)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.common.refusals import NotNow, NotPermitted
from craffu.config import cli
from craffu.documents.cells import safe_cell
from craffu.measures.definitions import definition, shipped
from craffu.measures.engine.catalogue import WORKED
from craffu.measures.exporting import actions, writing
from craffu.measures.exporting.formulas import formula
from craffu.measures.exporting.powerbi import measure_name
from craffu.measures.exporting.shapes import Described, Filled, Type, maybe, text
from craffu.measures.kept.reading import Kept
from craffu.measures.snapshots.tables import TABLES
from craffu.published.disclosure import To
from tests.factories import snapshot_rows
from tests.factories.kept_figures import figures_kept
from tests.factories.kept_over_rows import kept_over, snapshot_over
from tests.oracles import csvw, dax

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_in_deep]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("kept")
    return kept_over(folder, snapshot_over(folder, snapshot_rows.tables(5, 40)))


def logged() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Event.objects.order_by("-id")[0].payload)
    return found


def figures_told(kept: Kept, by: Acting, to: To | None = None) -> dict[tuple[str, str, str], Any]:
    return {
        (f"{code}.{one.part}", period, f"{one.split}={one.of}" if one.split else "all"): one
        for code in kept.measures
        for told in [kept.told(code, to) if to else kept.of(by, code)]
        for period, several in (("now", told.now), ("before", told.before))
        for one in several
    }


@pytest.mark.deep
@pytest.mark.rule("MSR-01", "MSR-02", "MSR-03", "SEC-04")
@pytest.mark.parametrize(
    ("role", "to"),
    [
        ("analyst", To.PUBLIC),
        ("analyst", None),
        ("supervisor", None),
    ],
)
def test_the_figures_that_leave_are_those_of_the_pages_in_every_tool(
    kept: Kept, acting_as: Callable[..., Acting], tmp_path: Path, role: str, to: To | None
) -> None:
    by, out = acting_as(role), tmp_path / "out"
    found = actions.take_out_figures(by=by, kept=kept, out=out, recipient="our analysts", most=to or To.ROWS)
    told = figures_told(kept, by, to)
    tables = csvw.read(out)
    ours = {(row["part_key"], row["period"], row["split_key"]): row for row in tables["figures"]}
    assert ours.keys() == told.keys()
    for key, one in told.items():
        row = ours[key]
        assert (row["numerator"], row["denominator"], row["value"]) == (one.numerator, one.denominator, one.value), key
        assert (row["low"], row["high"]) == (one.interval or (None, None))
        assert (row["is_hidden"], row["note"] or "") == (one.is_hidden, one.note)
    assert any(row["note"] == "no cases" and row["value"] is None for row in ours.values())
    hidden = sum(one.is_hidden for one in told.values())
    # From whoever opens every row nothing is hidden but answers of too few people.
    assert (hidden > 4, found.hidden) == (role != "supervisor", hidden)
    # The same rows in Parquet, as DuckDB and pandas read both.
    with duckdb.connect() as duck:
        for name, rows in tables.items():
            assert (
                duck.read_parquet(str(out / f"{name}.parquet")).fetchall()
                == duck.sql(
                    f"SELECT * FROM read_csv('{out / name}.csv', all_varchar = false, "  # noqa: S608  # a folder of this test
                    f"types = {{{', '.join(f'{column!r}: {kind!r}' for column, kind in typed(out, name))}}})"
                ).fetchall()
            )
            frame = pd.read_csv(out / f"{name}.csv", keep_default_na=False)
            assert (list(frame.columns), len(frame)) == (list(rows[0]), len(rows))
            assert pq.read_table(out / f"{name}.parquet").num_rows == len(rows)
    record = logged()
    assert (record["kind"], record["verb"], record["recipient"]) == ("figures_taken_out", "disclosure", "our analysts")
    assert record["refs"] == [f"snapshot/{kept.snapshot}"]
    assert record["counts"] == {"files": len(found.files) - 1, "rows": found.rows, "hidden": hidden}
    assert sorted(str(path.relative_to(out)) for path in out.rglob("*.*") if path.is_file()) == sorted(found.files)
    check_model(out, told, is_all=role == "supervisor")


def typed(folder: Path, name: str) -> list[tuple[str, str]]:
    with duckdb.connect() as duck:
        described = duck.sql(f"DESCRIBE SELECT * FROM '{folder / name}.parquet'").fetchall()  # noqa: S608
    return [(column, kind) for column, kind, *_rest in described]


def same(found: float | None, expected: float | None, what: str) -> None:
    assert (found is None) == (expected is None), what
    if found is not None and expected is not None:
        assert found == pytest.approx(expected, rel=1e-9), what


def check_model(out: Path, told: dict[tuple[str, str, str], Any], *, is_all: bool) -> None:
    """Every measure of the model, as DAX reads it and as the database does, comes to our figure."""
    rows = pq.read_table(out / "figures.parquet").to_pylist()
    model = out / "Craffu.SemanticModel/definition"
    measures = dax.measures_in((model / "tables/figures.tmdl").read_text(encoding="utf-8"))
    named = {
        measure_name(definition(code), part.key): (code, part.key)
        for code in shipped()
        for part in definition(code).parts
    }
    assert measures.keys() == named.keys()
    assert all(definition(code).name.en in name for name, (code, _part) in named.items())
    with duckdb.connect() as duck:
        duck.read_parquet(str(out / "figures.parquet")).create_view("figures")
        for name, (code, part) in named.items():
            # Nothing chosen is the whole of the year.
            whole = told.get((f"{code}.{part}", "now", "all"))
            same(dax.value(measures[name], rows, {}), whole.value if whole else None, name)
            for (key, period, split), one in told.items():
                # Every line of it for whoever sees them all; the whole of it for everybody.
                if key == f"{code}.{part}" and (is_all or split == "all"):
                    chosen = {"period": period, "split_key": split}
                    same(dax.value(measures[name], rows, chosen), one.value, name)
                    asked = formula(definition(code), part, WORKED[code].per).sql(split, period)
                    [found] = duck.sql(asked).fetchall()
                    same(found[0], one.value, asked)
    related = (model / "relationships.tmdl").read_text(encoding="utf-8")
    assert related.count("toColumn") == 8


@pytest.mark.rule("SEC-07", "X10")
def test_rows_of_the_snapshot_leave_by_whoever_opens_each_of_them(
    acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    rows = snapshot_rows.tables(6, 30)
    snapshot = snapshot_over(tmp_path / "kept", rows)
    out = tmp_path / "out"
    with pytest.raises(NotPermitted):
        actions.take_out_rows(by=acting_as("analyst", username="ann"), snapshot=snapshot, out=out, recipient="us")
    assert not out.exists()
    found = actions.take_out_rows(by=acting_as("supervisor"), snapshot=snapshot, out=out, recipient="us")
    tables = csvw.read(out)
    assert tables.keys() == TABLES.keys()
    assert found.rows == sum(map(len, tables.values())) == sum(snapshot.numbers.values())
    kept = sorted(rows["orders"], key=lambda row: (row["order"], row["known_from"]))
    left = sorted(tables["orders"], key=lambda row: (row["order"], row["known_from"]))
    assert [{name: value or None for name, value in row.items()} for row in left] == [
        {name: row[name] or None for name in TABLES["orders"].columns} for row in kept
    ]
    # A second one takes the place of the first; what is not ours is left alone.
    actions.take_out_rows(by=acting_as("supervisor", username="sue"), snapshot=snapshot, out=out, recipient="us")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("not ours", encoding="utf-8")
    with pytest.raises(NotNow, match="Something else lies there"):
        actions.take_out_rows(by=acting_as("supervisor", username="sid"), snapshot=snapshot, out=other, recipient="us")


@pytest.mark.rule("SEC-07")
def test_no_cell_of_a_csv_is_one_that_a_spreadsheet_would_run(tmp_path: Path) -> None:
    cells = ["=1+1", "+44", "-2", "-2.5e3", "-x", "@a", "'=1", "''=1", "plain", 'ŷ, "quoted"', "\tx", "−5", None, "＝1"]
    of = Described("cells", "Cells", (text("key", "Key"), maybe("cell", Type.STRING, "Cell")))
    writing.write(tmp_path, Filled(of, [(str(number), cell) for number, cell in enumerate(cells)]))
    frame = pd.read_csv(tmp_path / "cells.csv", dtype=str, keep_default_na=False)
    assert list(frame["cell"]) == [safe_cell(cell or "") for cell in cells]
    assert pq.read_table(tmp_path / "cells.parquet").column("cell").to_pylist() == cells


@pytest.mark.deep
@pytest.mark.rule("MSR-03", "SEC-04")
def test_what_anybody_may_read_is_published_by_a_named_person_for_a_reason(
    kept: Kept, system: Acting, acting_as: Callable[..., Acting], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures_kept(system)
    acting_as("analyst", username="ann")
    acting_as("investigator", username="ivy")

    def craffu(*words: str) -> tuple[int, str, str]:
        code = cli.main(["export", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    out = str(tmp_path / "feed")
    assert "Say in words why" in craffu("feed", "--out", out, "--as", "ann")[2]
    assert "a person who is named" in craffu("feed", "--out", out, "--reason", "monthly publication")[2]
    code, said, _err = craffu("feed", "--out", out, "--reason", "monthly publication", "--as", "ann", "--json")
    assert (code, set(json.loads(said))) == (0, {"export", "files", "rows", "suppressed", "disclosure"})
    record = logged()
    assert (record["recipient"], record["reason"], record["actor"]) == ("public", "monthly publication", "ann")
    published = json.loads(Path(out, "feed.json").read_text(encoding="utf-8"))
    assert published["version"] == "https://jsonfeed.org/version/1.1"
    assert {item["_craffu"]["measure"] for item in published["items"]} == shipped().keys()
    assert "no cases" in next(one for one in published["items"] if one["_craffu"]["measure"] == "MET09")["content_text"]
    assert craffu("measures", "--out", out, "--as", "ann")[0] == 0, "an export is written over by the next"
    assert "internal or public" in craffu("measures", "--out", out, "--told-to", "rows", "--as", "ann")[2]
    assert "This is open to" in craffu("snapshot", "--out", out, "--as", "ann")[2]
    assert craffu("measures", "--out", out, "--as", "ivy")[0] == 2
    for item in actions.feed.feed(kept, "A force")["items"]:
        for one in item["_craffu"]["figures"]:
            assert one["numerator"] is None or one["is_hidden"] is False
