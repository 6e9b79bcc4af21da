"""How fast a force's own records are taken in: personal rows, validated, encrypted, versioned and logged (B8).

Everything runs in turns on one machine and, where it writes, on the same database at the same durability. The peers do less:
none of them checks a value, encrypts one, knows a row again or leaves a log.
"""

import csv
import importlib
import importlib.util
import json
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from itertools import batched
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, models, transaction

from craffu.access.acting import Acting
from craffu.common import keyring
from craffu.config.bench.acting import acting_bench
from craffu.config.bench.installations import SERVER, Results, named_server, results_of, small_installation
from craffu.config.generate.force import Wanted, generate
from craffu.intake.ahead import Ahead
from craffu.intake.records.mapping import own_layout
from craffu.intake.records.persons import person_rows
from craffu.intake.records.reading import read_tables
from craffu.intake.records.shape import shape
from craffu.intake.running import Done, take_in
from craffu.people.rules import searched_by

PEOPLE = 40_000
WORKBOOK_ROWS = 10_000
BATCH, STATEMENT = 4_000, 100
REPEATS = 3
ROWS_GOAL, AGAIN_GOAL = 20_000, 5.0
CHILD = "import django; django.setup(); from craffu.config.bench import records; records.{}()"


def run() -> Results:
    """The results of B8 for personal records: persons alone, and a whole extract, each in an installation of its own."""
    server = named_server("COPY of B8")
    peers = {SERVER: server} if server else {}
    results = []
    for what in ("measure", "measure_extract"):
        with small_installation() as env:
            results += results_of(CHILD.format(what), {**env, **peers})
    return results


def measure() -> None:
    """Print the results as JSON. Only for the process that `run` starts: it fills the database it finds."""
    with tempfile.TemporaryDirectory(prefix="craffu-bench-") as folder:
        people = Path(folder) / "people"
        generate(people, Wanted(people=PEOPLE, years=1, seed=8, until=date(2026, 9, 30)))
        (path,) = sorted((people / "police").glob("persons-*.csv"))
        print(json.dumps(_results(path, Path(folder))))


def measure_extract() -> None:
    """Print the results for a whole extract, which is what a police system sends: persons, crimes, who was involved, outcomes
    and contacts. Only for the process that `run` starts.
    """
    with tempfile.TemporaryDirectory(prefix="craffu-bench-") as folder:
        generate(Path(folder) / "people", Wanted(people=PEOPLE, years=1, seed=8, until=date(2026, 9, 30)))
        police = Path(folder) / "people" / "police"
        by, done = acting_bench(), []
        seconds = _seconds(lambda: done.append(_taken(by, police)))
        rows = done[0].run.received
    each = {name: number for name, number in done[0].run.totals.items() if isinstance(number, int)}
    result = {
        "name": "B8 a whole extract of a police system, SQLite",
        "ours": round(rows / seconds),
        "peers": {f"rows of {name}": number for name, number in each.items()},
        "ratio": rows / seconds / ROWS_GOAL,
        "goal": f">= {ROWS_GOAL:,} rows/s; ratio to the goal",
        "met": rows / seconds >= ROWS_GOAL,
        "unit": "rows/s",
    }
    print(json.dumps([result]))


def _results(path: Path, folder: Path) -> list[dict[str, Any]]:
    by = acting_bench()
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))
    rows = [row for row in rows if len(row) == len(header)]
    peers = {name: _rate(len(rows), act) for name, act in _peers(path, folder, header, rows)}
    peers["openpyxl, reading alone"] = _openpyxl(folder, header, rows[:WORKBOOK_ROWS])
    first = _seconds(lambda: _taken(by, path))
    again = statistics.median(_seconds(lambda: _taken(by, path)) for _ in range(REPEATS))
    ours = len(rows) / first
    return [
        {
            "name": "B8 personal records, SQLite",
            "ours": round(ours),
            "peers": {name: round(rate) for name, rate in peers.items()},
            "ratio": ours / peers["bulk_create, one plain table"],
            "goal": f">= {ROWS_GOAL:,} rows/s; ratio to bulk_create of the bare row",
            "met": ours >= ROWS_GOAL,
            "unit": "rows/s",
        },
        {
            "name": "B8 the same records again, SQLite",
            "ours": round(len(rows) / again),
            "peers": {"the first time": round(ours)},
            "ratio": first / again,
            "goal": f">= {AGAIN_GOAL:g} times the first time",
            "met": first / again >= AGAIN_GOAL,
            "unit": "rows/s",
        },
        _bounds(path, first / len(rows)),
    ]


def _taken(by: Acting, path: Path) -> Done:
    return take_in(by=by, kind="rms", paths=[path])


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _rate(rows: int, act: Callable[[], object]) -> float:
    return rows / statistics.median(_seconds(act) for _ in range(REPEATS))


def _peers(
    path: Path, folder: Path, header: list[str], rows: list[list[str]]
) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "executemany, one plain table", lambda: executemany(folder, header, rows)
    flat = flat_table(header)
    yield "bulk_create, one plain table", lambda: bulk_create(flat, header, rows)
    if importlib.util.find_spec("duckdb"):
        duckdb = importlib.import_module("duckdb")
        yield (
            "DuckDB read_csv",
            lambda: duckdb.connect().execute(
                "CREATE TABLE t AS SELECT * FROM read_csv(?, all_varchar = true, ignore_errors = true)", [str(path)]
            ),
        )
    if os.environ.get(SERVER):
        yield "PostgreSQL COPY, one plain table", lambda: _copy(os.environ[SERVER], header, rows)


def executemany(folder: Path, header: list[str], rows: list[list[str]]) -> None:
    """The bare rows into a plain file of SQLite's, at the durability of ours."""
    file = folder / "plain.sqlite3"
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as plain, plain:
        plain.execute("PRAGMA synchronous=FULL")
        plain.execute(f"CREATE TABLE flat ({', '.join(header)})")
        plain.executemany(f"INSERT INTO flat VALUES ({', '.join('?' * len(header))})", rows)  # noqa: S608


def bulk_create(flat: Any, header: list[str], rows: list[list[str]]) -> None:
    """The bare rows the way Django has it, an object for each, so many at once as it is fastest with."""
    with transaction.atomic():
        for some in batched(rows, BATCH):
            objects = [flat(**dict(zip(header, row, strict=True))) for row in some]
            flat.objects.bulk_create(objects, batch_size=STATEMENT)


def flat_table(header: list[str]) -> Any:
    """A table of the bare row, in the database that ours is measured on."""
    fields: dict[str, Any] = {name: models.TextField(blank=True) for name in header}
    meta = type("Meta", (), {"app_label": "common"})
    flat: Any = type("BenchFlat", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})
    with connection.schema_editor() as editor:
        editor.create_model(flat)
    return flat


def _copy(server: str, header: list[str], rows: list[list[str]]) -> None:
    with psycopg.connect(server) as plain:
        plain.execute(f"CREATE TEMPORARY TABLE flat ({', '.join(f'{name} text' for name in header)}) ON COMMIT DROP")
        with plain.cursor() as cursor, cursor.copy("COPY flat FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _openpyxl(folder: Path, header: list[str], rows: list[list[str]]) -> float:
    if not importlib.util.find_spec("openpyxl"):
        return 0.0
    openpyxl = importlib.import_module("openpyxl")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (header, *rows):
        sheet.append(row)
    book.save(folder / "rows.xlsx")

    def read() -> None:
        opened = openpyxl.load_workbook(folder / "rows.xlsx", read_only=True)
        for _ in opened.active.iter_rows(values_only=True):
            pass
        opened.close()

    return len(rows) / _seconds(read)


def _bounds(path: Path, whole: float) -> dict[str, Any]:
    """Where the time of a row goes: each stage alone, over the same file; the rest is the database and the log.

    Where the machine has a second core, another process reads and checks meanwhile: they are no part of the whole then.
    """
    data, mapped = path.read_bytes(), own_layout("rms")
    (table,) = read_tables(data, mapped)
    records: list[Any] = []
    reading = _seconds(lambda: records.extend(table.rows))
    batches = list(batched(records, BATCH))
    shaped: list[Any] = []
    checking = _seconds(lambda: shaped.extend(shape(batch, table.found, mapped.order) for batch in batches))
    rows: list[Any] = []
    describing = _seconds(
        lambda: rows.extend(row for one in shaped for row in person_rows(table.found.table, one.good))
    )
    contacts = [contact for row in rows for contact in row.contacts]
    ring = keyring.ring()
    encrypting = _seconds(lambda: ring.encrypt_many([value for _, value in contacts], "bench.value"))
    tokens = _seconds(lambda: ring.tokens("bench", [searched_by(kind, value) for kind, value in contacts]))
    stages = {
        "reading": reading,
        "checking and hashing": checking,
        "names, numbers, contacts": describing,
        "encrypting": encrypting,
        "search tokens": tokens,
    }
    each = {name: seconds / len(records) * 1_000_000 for name, seconds in stages.items()}
    ahead = ("reading", "checking and hashing") if Ahead().pays(len(data)) else ()
    rest = whole * 1_000_000 - sum(cost for name, cost in each.items() if name not in ahead)
    each = {f"{name}, ahead" if name in ahead else name: cost for name, cost in each.items()}
    return {
        "name": "B8 what a personal record costs, SQLite",
        "ours": round(whole * 1_000_000, 1),
        "peers": {**{name: round(cost, 1) for name, cost in each.items()}, "inserts, versions and log": round(rest, 1)},
        "ratio": rest / (whole * 1_000_000),
        "goal": "no goal: says what bounds the rate above; ratio is the database's share",
        "met": True,
        "unit": "us/row",
    }
