"""What a backup, its return and the proof that all of it came back cost, beside the engine's own tool alone (B12, T39).

A million rows of the log stand in a database of its own: SQLite, and PostgreSQL where CRAFFU_BENCH_POSTGRES names a server. Each
is timed as whoever types it waits for it, each by a process of its own. The tool's own copy is neither looked at nor put on the
disk when it is made; on SQLite it is looked at when it is brought back. Ours is looked at, sealed, put on the disk and the chain
verified when it is made, and verified again, with the index by record, when it is brought back.
"""

import json
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from django.db import transaction

from craffu.audit import actions
from craffu.audit.actors import Actor
from craffu.audit.events import Entry, Verb, kind
from craffu.audit.sealing import actions as sealing
from craffu.config.bench.installations import (
    CRAFFU,
    OWNER,
    Results,
    as_owner,
    elsewhere,
    fresh_database,
    named_server,
    run_python,
    small_installation,
)
from craffu.config.cli import NotCarriedOut

ROWS: Final = 1_000_000
AT_A_TIME: Final = 20_000
REPEATS: Final = 3
GOAL: Final = 1.2
SERVING_WITHIN_MINUTES: Final = 15
FILL: Final = "import django; django.setup(); from craffu.config.bench import recovery; recovery.fill({rows})"


def fill(rows: int) -> None:
    """So many sealed rows of the log. Only for the process that `run` starts: it fills the database it finds."""
    bench, actor = kind("bench", Verb.CONSULTATION, "Bench"), Actor("bench", "system", "demo", "system")
    for start in range(0, rows, AT_A_TIME):
        entries = [Entry(refs=[f"person/P-{start + step}"]) for step in range(AT_A_TIME)]
        with transaction.atomic():
            actions.record_many(kind=bench, actor=actor, entries=entries, request="0123456789abcdef")
    sealing.seal(limit=2 * rows)


def run(rows: int = ROWS) -> Results:
    """The results of B12 on each database. Raises NotCarriedOut where a copy does not come back whole."""
    with small_installation() as env:
        results = _measured("SQLite", env, rows, _copied_by_sqlite, "")
    if server := named_server("B12"):
        with fresh_database(server) as url, small_installation(url) as env:
            results += _measured("PostgreSQL", env, rows, _copied_by_postgresql, server)
    return results


type Env = Mapping[str, str]
type Copied = Callable[[Env, Path, str], tuple[float, float]]


def _measured(name: str, env: dict[str, str], rows: int, copied: Copied, server: str) -> Results:
    as_owner(FILL.format(rows=rows), env)
    ours, theirs = [], []
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory(prefix="craffu-bench-") as folder:
            theirs.append(copied(env, Path(folder), server))
            ours.append(_by_us(env, Path(folder), server))
    told = f"{rows:,} rows of the log, {name}"
    parts: tuple[tuple[str, Callable[[tuple[float, float]], float]], ...] = (
        ("B12 backup and verify", lambda took: took[0]),
        ("B12 restore and verify", lambda took: took[1]),
        ("B12 both together", sum),
    )
    results = [_result(f"{what}, {told}", list(map(part, ours)), list(map(part, theirs))) for what, part in parts]
    minutes = statistics.median(sum(one) for one in ours) / 60
    return [
        *results,
        {
            "name": f"B12 copied, brought back and proved, {told}", "ours": round(minutes, 2), "peers": {}, "ratio": None,
            "goal": f"<= {SERVING_WITHIN_MINUTES} minutes", "met": minutes <= SERVING_WITHIN_MINUTES, "unit": "minutes",
        },
    ]  # fmt: skip


def _result(name: str, ours: list[float], theirs: list[float]) -> dict[str, object]:
    ratio = statistics.median(mine / tool for mine, tool in zip(ours, theirs, strict=True))
    return {
        "name": name, "ours": round(statistics.median(ours), 2), "peers": {"the engine's tool": statistics.median(theirs)},
        "ratio": ratio, "goal": f"<= {GOAL:g} of the engine's tool", "met": ratio <= GOAL, "unit": "s",
    }  # fmt: skip


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _by_us(env: Env, folder: Path, server: str) -> tuple[float, float]:
    """How long a backup and its return took; everything is verified by both."""
    file, home = folder / "all.craffu", folder / "home"
    copied = _seconds(lambda: run_python((*CRAFFU, "backup", str(file)), env))
    (home / "keys").mkdir(parents=True)
    shutil.copy(Path(env["CRAFFU_HOME"]) / "keys" / "keyring.json", home / "keys")
    if not server:
        return copied, _restored({**env, "CRAFFU_HOME": str(home)}, file)
    with fresh_database(server) as url:
        return copied, _restored({**elsewhere(env, url), "CRAFFU_HOME": str(home)}, file)


def _restored(env: Env, file: Path) -> float:
    told: dict[str, object] = {}
    took = _seconds(lambda: told.update(json.loads(run_python((*CRAFFU, "restore", str(file), "--json"), env))))
    if told["differ"] or not told["ok"]:
        raise NotCarriedOut(f"not all of the backup came back: {told}")
    return took


def _copied_by_sqlite(env: Env, folder: Path, _server: str) -> tuple[float, float]:
    database, copy = Path(env["CRAFFU_HOME"]) / "craffu.sqlite3", folder / "copy.sqlite3"

    def copied() -> None:
        with closing(sqlite3.connect(database)) as there:
            there.execute("VACUUM INTO ?", [str(copy)])

    def brought_back() -> None:
        shutil.copy(copy, folder / "back.sqlite3")
        with closing(sqlite3.connect(folder / "back.sqlite3")) as there:
            if there.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise NotCarriedOut("the engine's own copy is damaged")

    return _seconds(copied), _seconds(brought_back)


def _copied_by_postgresql(env: Env, folder: Path, server: str) -> tuple[float, float]:
    copy, url = folder / "copy.dump", env[OWNER]
    took = _seconds(lambda: _tool("pg_dump", "-Fc", "-f", str(copy), url))
    with fresh_database(server) as other:
        return took, _seconds(lambda: _tool("pg_restore", "--no-owner", "-d", other, str(copy)))


def _tool(*command: str) -> None:
    found = shutil.which(command[0])
    if found is None:
        raise NotCarriedOut(f"{command[0]} is not there: B12 is measured beside it")
    done = subprocess.run([found, *command[1:]], capture_output=True, text=True, check=False)  # noqa: S603 - named above
    if done.returncode:
        raise NotCarriedOut(f"{command[0]} failed: {done.stderr.strip().splitlines()[-1]}")
