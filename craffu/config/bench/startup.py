"""How long the command takes to start, and what a web worker loads (B11).

`--help` is held against a bare Python, a database command against starting Django alone, in the same run and in turns; a web
worker loads no analytics and no reader of spreadsheets, because each of its processes would carry them all day.
"""

import json
import statistics
import time
from collections.abc import Mapping, Sequence
from typing import Any

from craffu.config.bench.installations import CRAFFU, run_python, small_installation

ROUNDS = 15
HELP_GOAL, DATABASE_GOAL = 5.0, 1.2
BARE = ("-I", "-c", "pass")
DJANGO = ("-I", "-c", "import django; django.setup()")
# What describes the API, 0.6 s and 16 MB, is loaded with the first question to it.
# Not lxml, 11 ms: a page that releases a held row reads the court's message again.
HEAVY = (
    "altair", "duckdb", "fastexcel", "ibis", "ninja", "numpy", "pandas", "polars", "pyarrow", "pydantic", "pyspark",
    "python_calamine", "scipy", "splink", "typst", "vl_convert",
)  # fmt: skip
# What a worker does before its first request: the application, then every page.
AS_A_WEB_WORKER = """
import json, sys
import craffu.config.wsgi
from django.urls import get_resolver
list(get_resolver().reverse_dict)
print(json.dumps(sorted(set(sys.argv[1:]) & set(sys.modules))))
"""


def run() -> list[dict[str, Any]]:
    """The results of B11. Times are medians in seconds; the last counts modules."""
    with small_installation() as env:
        took = in_turns(
            {
                "bare": BARE,
                "help": (*CRAFFU, "--help"),
                "django": DJANGO,
                "database": (*CRAFFU, "user", "list", "--json"),
            },
            env,
        )
        heavy = loaded_by_a_web_worker(env)
    return [
        _ratio("B11 craffu --help", took["help"], "python -c pass", took["bare"], HELP_GOAL),
        _ratio(
            "B11 database command (craffu user list)", took["database"], "django.setup()", took["django"], DATABASE_GOAL
        ),
        {
            "name": "B11 heavy modules in a web worker",
            "ours": len(heavy),
            "peers": {},
            "ratio": None,
            "goal": "none" if not heavy else f"none; found {', '.join(heavy)}",
            "met": not heavy,
            "unit": "modules",
        },
    ]


def _ratio(name: str, ours: float, peer: str, theirs: float, goal: float) -> dict[str, Any]:
    ratio = ours / theirs
    return {
        "name": name,
        "ours": ours,
        "peers": {peer: theirs},
        "ratio": ratio,
        "goal": f"<= {goal:g}",
        "met": ratio <= goal,
        "unit": "s",
    }


def in_turns(commands: Mapping[str, Sequence[str]], env: Mapping[str, str], rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds of each command. They take turns, so that a busy moment of the machine meets all of them."""
    took: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            started = time.perf_counter()
            run_python(command, env)
            took[name].append(time.perf_counter() - started)
    return {name: statistics.median(times) for name, times in took.items()}


def loaded_by_a_web_worker(env: Mapping[str, str]) -> list[str]:
    """Which of the heavy modules a web worker holds once it can answer every page."""
    found: list[str] = json.loads(run_python(("-I", "-c", AS_A_WEB_WORKER, *HEAVY), env))
    return found
