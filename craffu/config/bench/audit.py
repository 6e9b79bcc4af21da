"""What the log costs: a write with and without it, a page that is logged, and verifying a long chain (B10).

Everything runs in turns on one database of its own at synchronous=FULL, as the product ships; auditchain joins as a peer
where it is installed.
"""

import gc
import importlib
import importlib.util
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from craffu.audit import actions, queries
from craffu.audit.actors import Actor
from craffu.audit.events import KINDS, Entry, EventKind, Verb, kind
from craffu.common.actions import next_reference
from craffu.common.door import action, bookkeeping
from craffu.config.bench.startup import run_python, small_installation

ROUNDS, WARM_UP = 400, 20
ROWS, PEER_ROWS = 600_000, 40_000
REPEATS = 5
WRITE_GOAL, PAGE_GOAL_MS, VERIFY_GOAL = 0.8, 1.0, 1_000_000
CHILD = "import django; django.setup(); from craffu.config.bench import audit; audit.measure()"
ACTOR = Actor("bench", "system", "demo", "system")
# The simplest audit there is: a trigger that copies the changed row into a table, without person, verb or chain.
PLAIN_TRIGGER = (
    "CREATE TABLE bench_copied (id integer PRIMARY KEY, at text, said text)",
    "CREATE TRIGGER bench_copy AFTER UPDATE ON common_counter WHEN NEW.kind = 'bench-trigger' BEGIN "
    "INSERT INTO bench_copied (at, said) VALUES (datetime('now'), json_object('kind', NEW.kind, 'last', NEW.last)); END",
)


def run() -> list[dict[str, Any]]:
    """The results of B10, measured by a process with an installation of its own."""
    with small_installation() as env:
        results: list[dict[str, Any]] = json.loads(run_python(("-I", "-c", CHILD), env))
    return results


def measure() -> None:
    """Print the results as JSON. Only for the process that `run` starts: it fills the database it finds."""
    with tempfile.TemporaryDirectory(prefix="craffu-bench-") as folder:
        chain = _auditchain(Path(folder)) if importlib.util.find_spec("auditchain") else None
        print(json.dumps([*_writing(chain), _verifying(chain)]))


def _auditchain(folder: Path) -> Any:
    peer = importlib.import_module("auditchain")
    return peer.SyncAuditLog(peer.SqliteBackend(folder / "auditchain.sqlite3"))


def _kind() -> EventKind:
    return KINDS.get("bench") or kind("bench", Verb.CONSULTATION, "Bench")


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _in_turns(acts: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each act, turn by turn: a slow moment of the disk meets all of them."""
    took: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(-WARM_UP, rounds):
        for name, act in acts.items():
            seconds = _seconds(act)
            if turn >= 0:
                took[name].append(seconds)
    return took


def _bare_commit() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_copied (at) VALUES (datetime('now'))")


@bookkeeping
def _unaudited() -> None:
    next_reference(kind="bench-none", prefix="B")


@bookkeeping
def _triggered() -> None:
    next_reference(kind="bench-trigger", prefix="B")


@action
def _audited() -> None:
    reference = next_reference(kind="bench-log", prefix="bench/B")
    actions.record(kind=_kind(), actor=ACTOR, refs=[reference], fields=["last"], request="0123456789abcdef")


def _consulted() -> None:
    actions.record_consultation(
        kind=_kind(), actor=ACTOR, refs=["person/P-10001", "order/O-10001"], request="0123456789abcdef"
    )


def _writing(chain: Any) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        for statement in PLAIN_TRIGGER:
            cursor.execute(statement, None)
    acts: dict[str, Callable[[], object]] = {
        "no audit": _unaudited,
        "plain trigger": _triggered,
        "ours": _audited,
        "page": _consulted,
        "bare commit": _bare_commit,
    }
    if chain:

        def chained() -> None:
            _unaudited()
            chain.append("bench", "bench", "bench/B", metadata={"fields": ["last"]})

        acts["auditchain"] = chained
    took = _in_turns(acts, ROUNDS)
    median = {name: statistics.median(times) for name, times in took.items()}
    # Turn by turn rather than median by median: a disk that changes its pace half way then changes both sides.
    ratio = statistics.median(bare / ours for bare, ours in zip(took["no audit"], took["ours"], strict=True))
    page, commit = median.pop("page") * 1000, median.pop("bare commit") * 1000
    rates = {name: round(1 / seconds, 1) for name, seconds in median.items()}
    return [
        {
            "name": "B10 audited write",
            "ours": rates.pop("ours"),
            "peers": rates,
            "ratio": ratio,
            "goal": f">= {WRITE_GOAL:g} of no audit",
            "met": ratio >= WRITE_GOAL,
            "unit": "actions/s",
        },
        {
            "name": "B10 logging a page view",
            "ours": page,
            # The engine's limit: what this disk asks for one row committed at FULL.
            "peers": {"bare commit": commit},
            "ratio": page / commit,
            "goal": f"<= {PAGE_GOAL_MS:g} ms",
            "met": page <= PAGE_GOAL_MS,
            "unit": "ms",
        },
    ]


def _verifying(chain: Any) -> dict[str, Any]:
    for start in range(0, ROWS, 20_000):
        entries = [Entry(refs=[f"person/P-{start + step}"]) for step in range(20_000)]
        with transaction.atomic():
            actions.record_many(kind=_kind(), actor=ACTOR, entries=entries, request="0123456789abcdef")
    actions.seal(limit=2 * ROWS)
    if chain:
        for _ in range(PEER_ROWS // 20_000):
            chain.append_many([("bench", "bench", "person/P-1", {"request": "0123456789abcdef"})] * 20_000)
    gc.collect()
    ours, theirs = [], []
    for _ in range(REPEATS):
        started = time.perf_counter()
        found = queries.verify(references=False)
        ours.append(found.rows / (time.perf_counter() - started))
        if not found.ok:
            raise RuntimeError(f"the log of the benchmark is not whole: {found.first_bad} {found.problems}")
        if chain:
            started = time.perf_counter()
            checked = chain.verify()
            theirs.append(checked.records_checked / (time.perf_counter() - started))
    rate = statistics.median(ours)
    return {
        "name": f"B10 verify {found.rows:,} rows",
        "ours": round(rate),
        "peers": {"auditchain": round(statistics.median(theirs))} if theirs else {},
        "ratio": rate / statistics.median(theirs) if theirs else None,
        "goal": f">= {VERIFY_GOAL:,} rows/s",
        "met": rate >= VERIFY_GOAL,
        "unit": "rows/s",
    }
