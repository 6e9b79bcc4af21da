"""What the log costs: a write with and without it, a page with and without its row, and verifying a long chain (B10).

Everything runs in turns on one database of its own that loses nothing at a power cut, as the product ships: SQLite at
FULL, and PostgreSQL where CRAFFU_BENCH_POSTGRES names a server. The peers are in `peers.py`.
"""

import gc
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from craffu.access.models import User
from craffu.access.sessions.actions import begin_session
from craffu.audit import actions, queries
from craffu.audit.actors import Actor
from craffu.audit.events import KINDS, Entry, EventKind, Verb, kind
from craffu.audit.sealing import actions as sealing
from craffu.common.actions import next_reference
from craffu.common.door import action, bookkeeping
from craffu.config.bench import peers
from craffu.config.bench.acting import acting_bench
from craffu.config.bench.installations import CRAFFU, Results, on_each_database, results_of, run_python
from craffu.people.models import Person
from craffu.web import consulting

ROUNDS, PAGE_ROUNDS, WARM_UP = 400, 150, 20
ROWS, PEER_ROWS = 600_000, 40_000
PEOPLE = 40
REPEATS = 5
WRITE_GOAL, PAGE_GOAL_MS, PAGE_GOAL, VERIFY_GOAL = 0.8, 1.0, 1.15, 1_000_000
CHILD = (
    "import django; from django.conf import settings; from craffu.config.bench.peers import with_apps; "
    "settings.INSTALLED_APPS = with_apps(settings.INSTALLED_APPS, settings.DATABASES); django.setup(); "
    "from craffu.config.bench import audit; audit.measure()"
)
ACTOR = Actor("bench", "system", "demo", "system")
# What every page calls to say that it was looked at.
LOGS_A_PAGE = "record_consultation"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def run() -> Results:
    """The results of B10 on each database, measured by a process with an installation of its own."""

    def measured(env: dict[str, str]) -> Results:
        run_python((*CRAFFU, "demo", "--no-serve", "--json", "--people", str(PEOPLE)), env)
        return results_of(CHILD, env)

    return on_each_database("B10", measured)


def measure() -> None:
    """Print the results as JSON. Only for the process that `run` starts: it fills the database it finds."""
    with tempfile.TemporaryDirectory(prefix="craffu-bench-") as folder:
        chain = peers.auditchain(Path(folder)) if peers.installed("auditchain") else None
        results = [*_writing(chain), _showing(), _verifying(chain)]
    absent = peers.missing(connection.vendor)
    for result in results:
        result["name"] = f"{result['name']}, {NAMES[connection.vendor]}"
        if absent:
            result["goal"] += f" (not installed here: {', '.join(absent)})"
    print(json.dumps(results))


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
        cursor.execute("INSERT INTO bench_copied (at) VALUES (CURRENT_TIMESTAMP)")


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
    acting_bench()
    peers.make_plain_trigger()
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
    if peers.installed("simple_history"):
        acts["django-simple-history"] = peers.simple_history()
    if connection.vendor == "postgresql" and peers.installed("pghistory"):
        acts["django-pghistory"] = peers.pghistory()
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


def _showing() -> dict[str, Any]:
    """A person's page as an investigator sees it, with and without the row that says so."""
    client = Client()
    user = User.objects.get(username="investigator")
    client.force_login(user)
    begin_session(user=user, key=client.session.session_key or "")
    person = Person.objects.for_system("B10 opens a page").order_by("reference").first()
    address = reverse("person_detail", args=[person.reference])
    log = getattr(consulting, LOGS_A_PAGE)

    def show() -> None:
        if client.get(address).status_code != 200:
            raise RuntimeError(f"the page of the benchmark does not answer: {address}")

    def show_unlogged() -> None:
        setattr(consulting, LOGS_A_PAGE, lambda **_: None)
        try:
            show()
        finally:
            setattr(consulting, LOGS_A_PAGE, log)

    took = _in_turns({"logged": show, "not logged": show_unlogged}, PAGE_ROUNDS)
    median = {name: statistics.median(times) * 1000 for name, times in took.items()}
    ratio = statistics.median(ours / bare for ours, bare in zip(took["logged"], took["not logged"], strict=True))
    return {
        "name": "B10 a person's page",
        "ours": median.pop("logged"),
        "peers": median,
        "ratio": ratio,
        "goal": f"<= {PAGE_GOAL:g} of the page not logged",
        "met": ratio <= PAGE_GOAL,
        "unit": "ms",
    }


def _verifying(chain: Any) -> dict[str, Any]:
    acting_bench()
    for start in range(0, ROWS, 20_000):
        entries = [Entry(refs=[f"person/P-{start + step}"]) for step in range(20_000)]
        with transaction.atomic():
            actions.record_many(kind=_kind(), actor=ACTOR, entries=entries, request="0123456789abcdef")
    sealing.seal(limit=2 * ROWS)
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
