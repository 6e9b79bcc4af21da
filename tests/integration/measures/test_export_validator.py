"""What leaves is valid to a validator of CSV on the Web that others wrote, and comes to the same totals in each tool (X21).

The validator is no part of the usual environment: `uv pip install -r requirements/export-validator.txt`.
"""

import csv
import math
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from craffu.access.acting import Acting
from craffu.measures.exporting import actions
from craffu.published.disclosure import To
from tests.factories import snapshot_rows
from tests.factories.kept_over_rows import kept_over, snapshot_over
from tests.oracles import csvw as ours

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

pytestmark = [pytest.mark.deep, pytest.mark.django_db, pytest.mark.postgres_in_deep]

type Totals = dict[tuple[str, str], tuple[int, float]]


@pytest.fixture
def exports(tmp_path: Path, acting_as: Callable[..., Acting]) -> list[Path]:
    """Figures as whoever opens every row is told them and as anybody is, and the rows of the snapshot."""
    snapshot = snapshot_over(tmp_path / "kept", snapshot_rows.tables(9, 60))
    kept = kept_over(tmp_path / "kept", snapshot)
    by = acting_as("supervisor")
    out = [tmp_path / name for name in ("figures", "public", "rows")]
    actions.take_out_figures(by=by, kept=kept, out=out[0], recipient="us")
    actions.take_out_figures(by=by, kept=kept, out=out[1], recipient="us", most=To.PUBLIC)
    actions.take_out_rows(by=by, snapshot=snapshot, out=out[2], recipient="us")
    return out


@pytest.fixture
def csvw() -> Any:
    """Asked for by a test and not by the module: one that is skipped whole takes with it whatever is asked for beside it."""
    return pytest.importorskip("csvw", reason="the validator of exports is not installed")


def is_valid(csvw: Any, folder: Path) -> bool:
    """What it warns of is raised, as every warning in tests is."""
    found = csvw.CSVW(str(folder / "csv-metadata.json"), validate=True)
    try:
        return bool(found.is_valid)
    except (ValueError, UserWarning):
        return False


def test_every_file_is_valid_and_one_that_is_not_is_found_out(csvw: Any, exports: list[Path]) -> None:
    for folder in exports:
        assert is_valid(csvw, folder), folder.name
    figures = exports[0] / "figures.csv"
    with figures.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))
    part = lines[0].index("part_key")
    for broken in (
        [*lines[:1], ["MET99.none" if place == part else cell for place, cell in enumerate(lines[1])], *lines[2:]],
        [*lines, lines[1]],
        [
            *lines[:1],
            ["many" if lines[0][place] == "numerator" else cell for place, cell in enumerate(lines[1])],
            *lines[2:],
        ],
    ):
        figures.chmod(0o600)
        with figures.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(broken)
        assert not is_valid(csvw, exports[0])


def test_duckdb_pandas_and_a_spreadsheet_come_to_the_same_totals(exports: list[Path], tmp_path: Path) -> None:
    for folder in exports:
        expected = in_parquet(folder)
        assert sum(rows for rows, _total in expected.values()) > 50
        tools = {"DuckDB": in_duckdb(folder), "pandas": in_pandas(folder)}
        if OFFICE:
            tools["a spreadsheet"] = in_a_spreadsheet(folder, tmp_path / "sheets")
        for tool, found in tools.items():
            assert found.keys() == expected.keys(), tool
            for column, (rows, total) in expected.items():
                assert found[column][0] == rows, (tool, column)
                assert found[column][1] == pytest.approx(total, rel=1e-9), (tool, column)


def numeric(folder: Path) -> dict[str, list[str]]:
    """The columns of numbers of each table, by its metadata."""
    held = ours.read(folder)
    return {
        name: [column for column in rows[0] if any(type(row[column]) in (int, float) for row in rows)]
        for name, rows in held.items()
        if rows
    }


def in_parquet(folder: Path) -> Totals:
    found: Totals = {}
    for name, columns in numeric(folder).items():
        table = pq.read_table(folder / f"{name}.parquet")
        for column in columns:
            held = table.column(column)
            found[name, column] = (len(held) - held.null_count, pc.sum(held).as_py() or 0)
    return found


def in_duckdb(folder: Path) -> Totals:
    found: Totals = {}
    with duckdb.connect() as duck:
        for name, columns in numeric(folder).items():
            read = duck.read_csv(str(folder / f"{name}.csv"), sample_size=-1)
            for column in columns:
                counted, total = read.aggregate(f'count("{column}"), coalesce(sum("{column}"), 0)').fetchall()[0]
                found[name, column] = (counted, float(total))
    return found


def in_pandas(folder: Path) -> Totals:
    found: Totals = {}
    for name, columns in numeric(folder).items():
        frame = pd.read_csv(folder / f"{name}.csv", encoding="utf-8-sig")
        found |= {(name, column): (int(frame[column].count()), math.fsum(frame[column].dropna())) for column in columns}
    return found


def in_a_spreadsheet(folder: Path, into: Path) -> Totals:
    found: Totals = {}
    for name, columns in numeric(folder).items():
        opened = [str(OFFICE), "--headless", "--convert-to", "xlsx", "--outdir", str(into), str(folder / f"{name}.csv")]
        subprocess.run(opened, check=True, capture_output=True, timeout=180)
        head, *rows = openpyxl.load_workbook(into / f"{name}.xlsx", read_only=True).active.iter_rows(values_only=True)
        for column in columns:
            cells = [row[head.index(column)] for row in rows if row[head.index(column)] is not None]
            found[name, column] = (len(cells), math.fsum(cells))
    return found
