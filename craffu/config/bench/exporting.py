"""How fast rows leave as CSV that a spreadsheet may open: a million orders of a snapshot (B9).

Everything runs in turns over the same columns in memory and writes a file of its own on the same disk. What the peers write is
not guarded against formulas.
"""

import importlib
import importlib.util
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from craffu.config.bench.installations import Results
from craffu.engines.duck import asked
from craffu.engines.files import write_csv
from craffu.measures.exporting.writing import GUARDED

ROWS, ROUNDS = 1_000_000, 3
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
