"""How the time in which every measure is worked out grows with what a register holds (B4; issue L, item 9).

An invented force is set up once, and its snapshot written out many times over, each time as other people with other cases and
orders: what hangs together in the one does in each. All measures are then worked out of snapshots ten times as large each time.
"""

import math
import os
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from craffu.config.bench.installations import CRAFFU, Results, run_python, small_installation
from craffu.engines.choice import Engine, Kind
from craffu.engines.growing import grown
from craffu.engines.snapshots import current
from craffu.measures.kept.working import figures_of
from craffu.measures.snapshots.tables import TABLES

SIZES: Final = (10_000, 100_000, 1_000_000, 10_000_000)
PEOPLE, SEED = 400, 77
EXPONENT_GOAL: Final = 1.1
# The largest snapshot, in rows, where a machine is smaller than the goal asks for.
MOST: Final = "CRAFFU_BENCH_ROWS"
# Where the picture of it is written.
PLOT: Final = "CRAFFU_BENCH_PLOT"


def run() -> Results:
    """For each size the seconds, and the power with which they grew since the size before."""
    most = int(os.environ.get(MOST, str(SIZES[-1])))
    points: list[tuple[int, float]] = []
    with small_installation() as env, tempfile.TemporaryDirectory(prefix="craffu-bench-") as folder:
        run_python((*CRAFFU, "demo", "--no-serve", "--people", str(PEOPLE), "--seed", str(SEED)), env, tells=True)
        base = current(Path(env["CRAFFU_HOME"]) / "snapshots" / "demo")
        engine = Engine(Kind.DUCKDB)
        figures_of(base, engine)
        for size in (one for one in SIZES if one <= most):
            times = max(1, round(size / sum(base.numbers.values())))
            snapshot = grown(base, Path(folder) / str(size), times, references())
            began = time.perf_counter()
            figures_of(snapshot, engine)
            points.append((sum(snapshot.numbers.values()), time.perf_counter() - began))
    if PLOT in os.environ:
        Path(os.environ[PLOT]).write_text(drawn(points), encoding="utf-8")
    return results_of_points(points)


def results_of_points(points: list[tuple[int, float]]) -> Results:
    found: Results = []
    for at, (rows, seconds) in enumerate(points):
        power = exponent(points[at - 1], points[at]) if at else None
        found.append({
            "name": f"B4 every measure over {rows:,} rows", "ours": round(seconds, 3), "peers": {},
            "ratio": None if power is None else round(power, 3), "goal": f"grows with a power of at most {EXPONENT_GOAL}",
            "met": power is None or power <= EXPONENT_GOAL, "unit": "s", "data": f"{rows:,} rows of a snapshot",
        })  # fmt: skip
    return found


def exponent(before: tuple[int, float], after: tuple[int, float]) -> float:
    """With which power of the rows the seconds grew."""
    return math.log(after[1] / before[1]) / math.log(after[0] / before[0])


def references() -> dict[str, list[str]]:
    """By table the columns that name something."""
    return {
        name: [key for key, holds in one.columns.items() if holds.value == "reference"] for name, one in TABLES.items()
    }


def drawn(points: list[tuple[int, float]]) -> str:
    """The picture, by powers of ten both ways, with the slope of the goal beside it."""
    alt: Any = __import__("altair")
    first = points[0]
    goal = [(rows, first[1] * (rows / first[0]) ** EXPONENT_GOAL) for rows, _seconds in points]
    said = [
        {"rows": rows, "seconds": seconds, "what": what}
        for what, several in (("Every measure", points), (f"The goal: a power of {EXPONENT_GOAL}", goal))
        for rows, seconds in several
    ]
    chart = alt.Chart(alt.Data(values=said)).mark_line(point=True).encode(
        x=alt.X("rows:Q", scale=alt.Scale(type="log"), title="Rows of the snapshot"),
        y=alt.Y("seconds:Q", scale=alt.Scale(type="log"), title="Seconds"),
        strokeDash=alt.StrokeDash("what:N", title=None), color=alt.Color("what:N", title=None),
    )  # fmt: skip
    svg: str = __import__("vl_convert").vegalite_to_svg(chart.properties(width=480, height=260).to_json())
    return svg
