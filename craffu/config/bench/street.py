"""How fast a published table is taken in: a million rows of street-level crime, checked, known again and logged (B8).

Everything runs in turns and each turn begins with an empty database at the durability the product ships with. The peers do
less: none of them checks a value, knows a row again or leaves a log; those that write row by row are given rows already read.
"""

import csv
import importlib
import importlib.util
import json
import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from craffu.access.acting import Acting
from craffu.config.bench import records
from craffu.config.bench.acting import acting_bench
from craffu.config.bench.installations import SERVER, fresh_database, named_server, run_python, small_installation
from craffu.config.bench.street_file import HEADER, write_street_file
from craffu.config.cli import NotCarriedOut
from craffu.intake.rules import OutcomeKind
from craffu.intake.running import take_in

ROWS = 1_000_000
# Objects are so slow that a fifth of the rows tells their rate.
FOR_OBJECTS = 200_000
REPEATS = 3
RATE_GOAL, BULK_CREATE_GOAL, COPY_GOAL, AGAIN_GOAL = 100_000, 1.4, 0.25, 5.0
BULK_CREATE, COPY = "bulk_create, one plain table", "COPY of the file, one plain table"
FIRST, AGAIN, ANOTHER = "first", "again", "another"
CHILD = "import sys, django; django.setup(); from craffu.config.bench import street; street.measure(*sys.argv[1:])"
COLUMNS = [name.lower().replace(" ", "_") for name in HEADER]
ONE_MORE = b",2026-08,Gwent Police,Gwent Police,,,No Location,,,Other crime,Written for this,\n"
BLOCK = 1 << 20

type Rates = dict[str, list[float]]


def run() -> list[dict[str, Any]]:
    """The results of B8 for a published table on each database, measured by processes with installations of their own."""
    server = named_server("B8 of street-level crime")
    sqlite: Rates = defaultdict(list)
    postgres: Rates = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="craffu-bench-") as folder:
        path = Path(folder) / "2026-07-street.csv"
        digest = write_street_file(path, ROWS)
        for _ in range(REPEATS):
            _turn(path, sqlite)
            if server:
                with fresh_database(server) as url:
                    _turn(path, postgres, url)
    data = f"{ROWS:,} rows, sha256 {digest}"
    found = _results("SQLite", sqlite) + (_results("PostgreSQL", postgres) if server else [])
    return [{**result, "data": data} for result in found]


def _turn(path: Path, rates: Rates, url: str = "") -> None:
    """Each once: the peers in an installation of theirs, then ours in one that nothing was written to."""
    for what in ("peers", "ours"):
        with small_installation(url if what == "ours" else "") as env:
            server = {SERVER: url} if url else {}
            answered = json.loads(run_python(("-I", "-c", CHILD, what, str(path), str(ROWS)), {**env, **server}))
            for name, rate in answered.items():
                rates[name].append(rate)


def _results(database: str, measured: Mapping[str, list[float]]) -> list[dict[str, Any]]:
    rates = {name: statistics.median(found) for name, found in measured.items()}
    ours, again, another = (rates.pop(name) for name in (FIRST, AGAIN, ANOTHER))
    peer, least, floor = (BULK_CREATE, BULK_CREATE_GOAL, RATE_GOAL) if BULK_CREATE in rates else (COPY, COPY_GOAL, 0)
    ratio = ours / rates[peer]
    return [
        {
            "name": f"B8 street-level crime, {database}",
            "ours": round(ours),
            "peers": {name: round(rate) for name, rate in rates.items()},
            "ratio": ratio,
            "goal": f"> {least:g} x {peer}" + (f" and >= {floor:,} rows/s" if floor else ""),
            "met": ratio > least and ours >= floor,
            "unit": "rows/s",
        },
        {
            "name": f"B8 the same street-level file again, {database}",
            "ours": round(again),
            "peers": {"the first time": round(ours)},
            "ratio": again / ours,
            "goal": f">= {AGAIN_GOAL:g} x the first time",
            "met": again / ours >= AGAIN_GOAL,
            "unit": "rows/s",
        },
        {
            "name": f"B8 the same rows in a file one row longer, {database}",
            "ours": round(another),
            "peers": {"the first time": round(ours)},
            "ratio": another / ours,
            "goal": "no goal: each row is read, checked and looked up",
            "met": True,
            "unit": "rows/s",
        },
    ]


def measure(what: str, path: str, rows: str) -> None:
    """Print rows a second by name as JSON. Only for the processes that `run` starts: they fill the database they find."""
    measured = {"ours": _ours, "peers": _peers}[what]
    print(json.dumps(measured(Path(path), int(rows))))


def _rate(rows: int, act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return rows / (time.perf_counter() - started)


def _ours(path: Path, rows: int) -> dict[str, float]:
    by = acting_bench()
    longer = path.with_name("longer.csv")
    longer.write_bytes(path.read_bytes() + ONE_MORE)
    return {
        FIRST: _rate(rows, lambda: _take_in(by, path, created=rows)),
        AGAIN: _rate(rows, lambda: _take_in(by, path, unchanged=rows)),
        ANOTHER: _rate(rows, lambda: _take_in(by, longer, unchanged=rows, created=1)),
    }


def _take_in(by: Acting, path: Path, *, created: int = 0, unchanged: int = 0) -> None:
    """Take the file in; a run that left a row out would be fast for nothing."""
    done = take_in(by=by, kind="street-crime", paths=[path])
    found = done.tally.outcomes
    if (found[OutcomeKind.CREATED], found[OutcomeKind.UNCHANGED]) != (created, unchanged) or not done.reconciled:
        raise NotCarriedOut(f"the file came to {dict(found)}")


def _peers(path: Path, count: int) -> dict[str, float]:
    """Beside SQLite those that write into it, and DuckDB; beside PostgreSQL its own COPY."""
    if server := os.environ.get(SERVER):
        return {COPY: _copy(server, path, count)}
    with path.open(encoding="ascii", newline="") as file:
        _, *rows = csv.reader(file)
    home = Path(settings.CRAFFU_HOME)
    found = {"executemany, one plain table": _rate(count, lambda: records.executemany(home, COLUMNS, rows))}
    rows = rows[:FOR_OBJECTS]
    flat = records.flat_table(COLUMNS)
    found[BULK_CREATE] = _rate(len(rows), lambda: records.bulk_create(flat, COLUMNS, rows))
    if importlib.util.find_spec("duckdb"):
        duckdb = importlib.import_module("duckdb").connect()
        # It would be drawn into the answer.
        duckdb.execute("SET enable_progress_bar = false")
        read = "CREATE TABLE t AS SELECT * FROM read_csv(?, all_varchar = true)"
        found["DuckDB read_csv, in memory"] = _rate(count, lambda: duckdb.execute(read, [str(path)]))
    return found


def _copy(server: str, path: Path, count: int) -> float:
    """A table that outlives the transaction, so that COPY too writes what a power cut would need."""
    with psycopg.connect(server, autocommit=True) as plain, path.open("rb") as file:
        plain.execute(f"CREATE TABLE bench_flat ({', '.join(f'{name} text' for name in COLUMNS)})")

        def copied() -> None:
            with plain.cursor() as cursor, cursor.copy("COPY bench_flat FROM STDIN (FORMAT csv, HEADER)") as copy:
                while block := file.read(BLOCK):
                    copy.write(block)

        rate = _rate(count, copied)
        plain.execute("DROP TABLE bench_flat")
    return rate
