"""How fast the figures of a dashboard are there, and are worked out anew: twelve tiles, and ten years of 43 forces (B4).

A warm page is the dashboard of orders itself, asked for by an analyst who has signed in, with its row in the log: it reads what
was worked out beside the snapshot of a fictional force. A cube is a table of every figure of every force and year in DuckDB,
asked for one tile after another, by nobody and for no page. Anew is one measure over all crimes, beside the same by hand, in
pandas and in SQLite.
"""

import importlib.util
import json
import os
import sqlite3
import statistics
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any, Final

from django.db import connection
from django.urls import reverse

from craffu.config.bench.acting import acting_bench
from craffu.config.bench.case_page import LABEL, WARM_UP, in_turns, shower, signed_in
from craffu.config.bench.installations import CRAFFU, Results, on_each_database, results_of, run_python
from craffu.engines.duck import asked, database
from craffu.engines.expressions import answered
from craffu.measures.engine import over_people
from craffu.measures.engine.asking import Asked

CRIMES, FORCES, YEARS, TILES, ROUNDS, WARM_ROUNDS, PEOPLE = 6_000_000, 43, 10, 12, 5, 20, 60
WARM_GOAL, WARM_SECONDS, SCAN_GOAL, SQLITE_GOAL = 5.0, 0.05, 1.2, 1 / 20
# How many crimes, where a machine is smaller than the goal asks for.
SIZE: Final = "CRAFFU_BENCH_CRIMES"
AT: Final = datetime(2026, 1, 1, tzinfo=UTC)
ASKED: Final = Asked(date(2025, 1, 1), date(2025, 12, 31), AT)
CHILD: Final = "import django; django.setup(); from craffu.config.bench import dashboards; dashboards.measure({})"
INVENTED: Final = """
SELECT 'crime-' || i AS crime, ['8Q', '8L', '104', '105A'][(1 + hash(i) % 4)::INT] AS offence_class,
  hash(i + 1) % 9 > 0 AS is_crime, hash(i) % 4 = 0 AS is_stalking, (16801 + hash(i + 2) % 3650)::BIGINT AS recorded_on,
  ['1', '14', '16', '18'][(1 + hash(i + 3) % 4)::INT] AS outcome, (16801 + hash(i + 4) % 3650)::BIGINT AS finalised_on,
  (1451606400000000 + hash(i + 5) % 300000000000000)::BIGINT AS known_from,
  CASE WHEN hash(i + 6) % 10 = 0 THEN (1767225600000000 - hash(i + 7) % 1000000000000)::BIGINT END AS known_until
FROM range({crimes}) AS t(i)
"""
BY_HAND: Final = f"""
SELECT offence_class AS "by", count(*) FILTER (WHERE outcome = '14') AS outcome_14,
  count(*) FILTER (WHERE outcome = '16') AS outcome_16,
  count(*) AS "of"
FROM crimes
WHERE known_from <= {ASKED.as_of} AND (known_until IS NULL OR known_until > {ASKED.as_of}) AND is_crime
  AND finalised_on BETWEEN {ASKED.begins} AND {ASKED.ends}
GROUP BY offence_class
"""  # noqa: S608  # of numbers of our own


def run() -> Results:
    """The results of B4. Medians in seconds."""
    return [*on_each_database("B4", _warm), *_anew(int(os.environ.get(SIZE, str(CRIMES))))]


def _in_turns(ways: dict[str, Callable[[], Any]], rounds: int = ROUNDS, warm_up: int = 0) -> dict[str, float]:
    """Seconds of each way, the median."""
    took = in_turns(ways, rounds, warm_up)
    return {name: statistics.median(several) / 1000 for name, several in took.items()}


def _warm(env: dict[str, str]) -> Results:
    run_python((*CRAFFU, "demo", "--no-serve", "--json", "--people", str(PEOPLE)), env)
    return results_of(CHILD.format(WARM_ROUNDS), env)


def measure(rounds: int) -> None:
    """Print the results of the warm page as JSON. Only for the process that `run` starts."""
    acting_bench()
    client = signed_in("analyst")
    with database() as duck:
        duck.execute(
            "CREATE TABLE cube AS SELECT force, year, measure, hash(force, year, measure) % 1000 AS top, 1000 AS below"
            " FROM range(?) f(force), range(?) y(year), range(200) m(measure)",
            [FORCES, YEARS],
        )

        def cube() -> None:
            for tile in range(TILES):
                duck.execute(
                    "SELECT sum(top), sum(below) FROM cube WHERE force = 7 AND year = 9 AND measure = ?",
                    [tile],
                ).fetchall()

        took = _in_turns({"page": shower(client, reverse("orders_dashboard")), "cube": cube}, rounds, WARM_UP)
    ours, theirs = took["page"], took["cube"]
    result = {
        "name": f"B4 the dashboard of orders, warm, {LABEL[connection.vendor]}", "ours": round(ours, 5),
        "peers": {"cube in DuckDB": round(theirs, 5)}, "ratio": round(ours / theirs, 3),
        "goal": f"at most {WARM_GOAL} of the cube, and {WARM_SECONDS} s",
        "met": ours <= WARM_GOAL * theirs and ours <= WARM_SECONDS, "unit": "s",
        "data": f"a force of {PEOPLE} people, a cube of {FORCES} forces and {YEARS} years",
    }  # fmt: skip
    print(json.dumps([result]))


def _anew(crimes: int) -> Results:
    table = asked(INVENTED.format(crimes=crimes), {})
    held = {"crimes": table}
    ways: dict[str, Callable[[], Any]] = {
        "ours": lambda: answered(over_people.withdrew(ASKED, "offence_class"), held),
        "DuckDB, by hand": lambda: asked(BY_HAND, held),
    }
    check_same(ways["ours"](), ways["DuckDB, by hand"]())
    goals = {"DuckDB, by hand": SCAN_GOAL}
    frame = table.to_pandas() if importlib.util.find_spec("pandas") else None
    if frame is not None:
        ways["pandas"] = lambda: by_pandas(frame)
    took = _in_turns(ways)
    if frame is not None:
        # It takes its rows from a data frame.
        goals["SQLite"] = SQLITE_GOAL
        with closing(in_sqlite(frame)) as lite:
            took |= _in_turns({"SQLite": lambda: lite.execute(BY_HAND).fetchall()}, 1)
    return [
        {
            "name": f"B4 a measure anew, against {peer}", "ours": round(took["ours"], 5),
            "peers": {one: round(value, 5) for one, value in took.items() if one != "ours"},
            "ratio": round(took["ours"] / took[peer], 3), "goal": f"at most {goal:.2f} of {peer}",
            "met": took["ours"] / took[peer] <= goal, "unit": "s", "data": f"{crimes:,} crimes",
        }
        for peer, goal in goals.items()
    ]  # fmt: skip


def in_sqlite(frame: Any) -> sqlite3.Connection:
    lite = sqlite3.connect(":memory:")
    frame.to_sql("crimes", lite, index=False)
    return lite


def by_pandas(frame: Any) -> Any:
    stood = (frame.known_from <= ASKED.as_of) & (frame.known_until.isna() | (frame.known_until > ASKED.as_of))
    rows = frame[stood & frame.is_crime & frame.finalised_on.between(ASKED.begins, ASKED.ends)]
    return rows.assign(a=rows.outcome == "14", b=rows.outcome == "16").groupby("offence_class").agg(
        outcome_14=("a", "sum"), outcome_16=("b", "sum"), of=("a", "size")
    )  # fmt: skip


def check_same(ours: Any, theirs: Any) -> None:
    """The same counts: a peer that works out something else is none."""
    left, right = ({row["by"]: row for row in one.to_pylist()} for one in (ours, theirs))
    if left != right:
        raise RuntimeError("the peer does not give our counts")
