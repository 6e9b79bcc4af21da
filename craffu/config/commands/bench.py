"""`craffu bench`: the benchmarks, every peer in the same run. A goal is a ratio where it can be: milliseconds are the machine's.

Ends with 1 where a goal was missed.
"""

import argparse
import json
import os
import platform
import sqlite3
import sys
from collections.abc import Callable
from importlib.metadata import version as version_of
from typing import Any

from craffu import __version__
from craffu.config.bench import (
    audit,
    case_page,
    dashboards,
    exporting,
    growing,
    histories,
    linking_accuracy,
    linking_time,
    pages,
    records,
    recovery,
    scoring,
    search,
    startup,
    street,
)
from craffu.config.cli import DONE, SOMETHING_AMISS, NotCarriedOut

BENCHMARKS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "B1": linking_accuracy.run,
    "B2": linking_time.run,
    "B3": scoring.run,
    "B4": lambda: [*dashboards.run(), *growing.run()],
    "B5": pages.run,
    "B6": lambda: [*case_page.run(), *histories.run()],
    "B7": search.run,
    "B8": lambda: [*street.run(), *records.run()],
    "B9": exporting.run,
    "B10": audit.run,
    "B11": startup.run,
    "B12": recovery.run,
}
PACKAGES = ("django", "psycopg", "cryptography", "lxml", "polars", "gunicorn", "splink", "duckdb")


def run(args: argparse.Namespace) -> int:
    unknown = [name for name in args.names if name.upper() not in BENCHMARKS]
    if unknown:
        raise NotCarriedOut(f"There is no benchmark {', '.join(unknown)}. There are {', '.join(BENCHMARKS)}.")
    wanted = {name.upper() for name in args.names} or set(BENCHMARKS)
    results: list[dict[str, Any]] = []
    for name, measure in BENCHMARKS.items():
        if name in wanted:
            print(f"Measuring {name}", file=sys.stderr, flush=True)
            results += measure()
    if args.json:
        print(json.dumps({"machine": machine(), "versions": versions(), "results": results}, ensure_ascii=False))
    else:
        print_for_people(results)
    return DONE if all(result["met"] for result in results) else SOMETHING_AMISS


def machine() -> dict[str, Any]:
    """Enough to tell why two runs differ, and nothing that names a machine."""
    return {
        "system": platform.system(),
        "kind": platform.machine(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
    }


def versions() -> dict[str, str]:
    return {
        "craffu": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version_of(name) for name in PACKAGES},
    }


def print_for_people(results: list[dict[str, Any]]) -> None:
    about = machine()
    print(f"{about['system']} {about['kind']}, {about['cores']} cores, load {about['load']:.1f}")
    print(", ".join(f"{name} {number}" for name, number in versions().items()))
    width = max((len(result["name"]) for result in results), default=0)
    for result in results:
        ratio = "" if result["ratio"] is None else f"{result['ratio']:.2f}"
        met = "met" if result["met"] else "MISSED"
        peers = ", ".join(f"{name} {figure(value, result['unit'])}" for name, value in result["peers"].items())
        print(
            f"{result['name']:<{width}}  {figure(result['ours'], result['unit']):>12}  {ratio:>6}  {met:<7}goal {result['goal']}"
        )
        if peers:
            print(f"{'':<{width}}  against {peers}")


def figure(value: float, unit: str) -> str:
    """A measured value for reading: short times in milliseconds."""
    if unit == "s" and value < 1:
        return f"{value * 1000:,.1f} ms"
    return f"{value:,.0f} {unit}" if float(value).is_integer() else f"{value:,.3g} {unit}"
