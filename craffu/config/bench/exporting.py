"""How fast rows leave as CSV that a spreadsheet may open: a million orders of a snapshot (B9).

Rows: everything runs in turns over the same columns in memory and writes a file of its own on the same disk. The export itself:
every table of a snapshot of a million rows as CSV and as Parquet, described, on the disk and in the log, beside DuckDB that reads
the same files and writes both. What the peers write is not guarded against formulas, checked or logged.
"""

import importlib
import importlib.util
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection

from craffu.access.acting import acting_service
from craffu.config.bench.acting import acting_bench
from craffu.config.bench.case_page import LABEL
from craffu.config.bench.growing import references
from craffu.config.bench.installations import CRAFFU, Results, on_each_database, results_of, run_python
from craffu.engines.duck import asked
from craffu.engines.files import write_csv
from craffu.engines.growing import grown
from craffu.engines.snapshots import Snapshot, current
from craffu.measures.exporting.actions import take_out_rows
from craffu.measures.exporting.writing import GUARDED
from craffu.measures.permissions import EVERY_ROW

ROWS, ROUNDS, PEOPLE = 1_000_000, 3, 60
CHILD: Final = "import django; django.setup(); from craffu.config.bench import exporting; exporting.measure({})"
DUCKDB_GOAL, PANDAS_GOAL = 2.0, 1 / 3
# How many rows, where a machine is smaller than the goal asks for.
SIZE: Final = "CRAFFU_BENCH_EXPORTED"
INVENTED: Final = """
SELECT 'order-' || hash(i) AS "order", ['SPO', 'ISPO', 'SHPO', '=RO', '-5'][(1 + hash(i + 1) % 5)::INT] AS kind,
  hash(i + 2) % 2 = 0 AS is_interim, (DATE '2016-01-01' + (hash(i + 3) % 3650)::INT) AS made_on,
  CASE WHEN hash(i + 4) % 5 > 0 THEN to_timestamp(1451606400 + (hash(i + 5) % 300000000)::BIGINT) END AS over_at,
  (hash(i + 6) % 1000)::BIGINT AS days, hash(i + 7) % 1000 / 7.0 AS value
FROM range({rows}) AS t(i)
"""


def run() -> Results:
    """The results of B9. Medians in seconds."""
    rows = int(os.environ.get(SIZE, str(ROWS)))

    def whole(env: dict[str, str]) -> Results:
        run_python((*CRAFFU, "demo", "--no-serve", "--json", "--people", str(PEOPLE)), env)
        return results_of(CHILD.format(rows), env)

    return [*rows_alone(rows), *on_each_database("B9", whole)]


def measure(rows: int) -> None:
    """Print the results of the export itself as JSON. Only for the process that `run` starts."""
    # Whoever opens every row, and to whom none is shut.
    by = acting_service(acting_bench().force, "bench", frozenset(EVERY_ROW))
    base = current(settings.CRAFFU_HOME / "snapshots" / by.force.code)
    with tempfile.TemporaryDirectory(prefix="craffu-bench-") as name:
        folder = Path(name)
        snapshot = grown(base, folder / "snapshot", max(1, round(rows / sum(base.numbers.values()))), references())
        took: dict[str, list[float]] = {"ours": [], "DuckDB": []}
        for turn in range(ROUNDS):
            began = time.perf_counter()
            taken = take_out_rows(by=by, snapshot=snapshot, out=folder / "ours", recipient="bench")
            took["ours"].append(time.perf_counter() - began)
            began = time.perf_counter()
            _both_by_duckdb(snapshot, folder / f"duckdb-{turn}")
            took["DuckDB"].append(time.perf_counter() - began)
        if taken.rows != sum(snapshot.numbers.values()):
            raise RuntimeError(f"{taken.rows} rows were taken out of {sum(snapshot.numbers.values())}")
    middle = {one: statistics.median(several) for one, several in took.items()}
    ratio = middle["ours"] / middle["DuckDB"]
    result = {
        "name": f"B9 the export of a snapshot, logged, {LABEL[connection.vendor]}", "ours": round(middle["ours"], 4),
        "peers": {"DuckDB": round(middle["DuckDB"], 4)}, "ratio": round(ratio, 3), "goal": f"at most {DUCKDB_GOAL:.2f} of DuckDB",
        "met": ratio <= DUCKDB_GOAL, "unit": "s", "data": f"{taken.rows:,} rows in {len(snapshot.numbers)} tables",
    }  # fmt: skip
    print(json.dumps([result]))


def _both_by_duckdb(snapshot: Snapshot, out: Path) -> None:
    out.mkdir()
    with importlib.import_module("duckdb").connect() as duck:
        for name in snapshot.numbers:
            read = f"SELECT * FROM '{snapshot.folder / name}.parquet'"  # noqa: S608  # names of our own
            duck.execute(f"COPY ({read}) TO '{out / name}.csv' (HEADER)")
            duck.execute(f"COPY ({read}) TO '{out / name}.parquet' (FORMAT parquet, COMPRESSION zstd)")


def rows_alone(rows: int) -> Results:
    """Columns in memory as one file."""
    table = asked(INVENTED.format(rows=rows), {})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ways: dict[str, Callable[[], Any]] = {
            "ours": lambda: write_csv(folder / "ours.csv", table, GUARDED),
            "DuckDB COPY": lambda: _by_duckdb(folder / "duckdb.csv", table),
        }
        if importlib.util.find_spec("pandas"):
            frame = table.to_pandas()
            ways["pandas"] = lambda: frame.to_csv(folder / "pandas.csv", index=False)
        took: dict[str, list[float]] = {one: [] for one in ways}
        for _ in range(ROUNDS):
            for one, way in ways.items():
                began = time.perf_counter()
                way()
                took[one].append(time.perf_counter() - began)
        check_same(folder)
    middle = {one: statistics.median(several) for one, several in took.items()}
    goals = {"DuckDB COPY": DUCKDB_GOAL, "pandas": PANDAS_GOAL}
    return [_result(peer, middle, goals[peer], f"{rows:,} rows") for peer in goals if peer in middle]


def _by_duckdb(path: Path, table: Any) -> None:
    # Ours reaches no file: a peer that does is made here and nowhere else.
    with importlib.import_module("duckdb").connect() as duck:
        duck.register("rows", table)
        duck.execute(f"COPY rows TO '{path}' (HEADER)")


def check_same(folder: Path) -> None:
    """The same rows, whatever they are written like: a peer that leaves some out is none."""
    counts = {}
    for path in folder.glob("*.csv"):
        with path.open("rb") as stream:
            counts[path.name] = sum(block.count(b"\n") for block in iter(lambda: stream.read(2**20), b""))
    if len(set(counts.values())) != 1:
        raise RuntimeError(f"the files do not hold the same rows: {counts}")


def _result(peer: str, middle: dict[str, float], goal: float, data: str) -> dict[str, Any]:
    ratio = middle["ours"] / middle[peer]
    return {
        "name": f"B9 rows as safe CSV, against {peer}", "ours": round(middle["ours"], 4),
        "peers": {one: round(took, 4) for one, took in middle.items() if one != "ours"}, "ratio": round(ratio, 3),
        "goal": f"at most {goal:.2f} of {peer}", "met": ratio <= goal, "unit": "s", "data": data,
    }  # fmt: skip
