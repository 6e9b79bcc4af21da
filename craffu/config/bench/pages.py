"""How long pages take with 100,000 people and a million events and two people at work (B5).

Ours is served as an installation is and signed in to as people do; every view is checked and leaves its row in the log. The
peers are served the same way from the same database, in turns with ours, and neither checks who may see what nor logs it.
The register is a fictional force's own extract taken in as any other, and some court messages.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from socket import create_connection, socket
from time import monotonic, sleep
from typing import Any

from django.db import connection
from django.urls import reverse

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.cases.models import Case, CaseOutcome, CaseVersion, HearingVersion, InvolvementVersion
from craffu.cases.queries import cases_page
from craffu.common import clock
from craffu.config.bench.acting import acting_bench
from craffu.config.bench.case_page import signed_in
from craffu.config.bench.installations import CRAFFU, Results, on_each_database, owner_cursor, results_of, run_python
from craffu.config.bench.users import USERS, Browser, Unanswered, timed
from craffu.config.demo.accounts import PASSWORD
from craffu.config.demo.serving import HOST, address, serving
from craffu.config.generate.force import Wanted, generate
from craffu.daily.ticking import tick
from craffu.intake.models import KeptRow
from craffu.intake.running import take_in
from craffu.people.queries import people_page

# The generator's people of a force have five events each in these years, and 100,000 of them half a million.
PEOPLE, YEARS, COURT_FILES = 200_000, 7, 1
ROUNDS, WARM_UP, WORKERS, OF_EACH = 60, 6, 2, 40
REGISTER_GOAL, RECORD_GOAL, P95_MS = 0.25, 0.5, 100.0
READER = "supervisor"
CHILD = "import django; django.setup(); from craffu.config.bench import pages; pages.measure({}, {})"
# The settings are those of the peers before anything of the server is loaded.
PEER = (
    "from craffu.config.bench import peer_settings; peer_settings.apply(); import django; django.setup(); "
    "from craffu.config.commands.serve import server; server({}, {}).run()"
)
LABEL = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
PEOPLE_LIST, CASE_LIST, PERSON, CASE, HOME, SEARCH = (
    "list of people", "list of cases", "person page", "case page", "home", "search page",
)  # fmt: skip
BARE, ADMIN_PEOPLE, ADMIN_CASES = "bare view", "admin changelist of people", "admin changelist of cases"
TABLE_PEOPLE, TABLE_CASES = "admin changelist of names alone", "admin changelist of references alone"


def run(people: int = PEOPLE, rounds: int = ROUNDS) -> Results:
    """The results of B5 on each database, measured by a process with an installation of its own."""

    def measured(env: dict[str, str]) -> Results:
        run_python((*CRAFFU, "demo", "--no-serve", "--json", "--people", "60"), env)
        return results_of(CHILD.format(people, rounds), env, tells=True)

    return on_each_database("B5", measured)


def measure(people: int, rounds: int) -> None:
    """Print the results as JSON. Only for the process that `run` starts: it fills the database it finds."""
    by = acting_bench()
    small = _addresses(by)
    asked_small = _queries(small)
    _fill(by, people)
    asked_large = _queries(small)
    pages = _addresses(by)
    settle()
    ours, peers = free_port(), free_port()
    sizes = _sizes(by)
    # A connection opened here is no worker's, and what it remembers of the database is old when they have written.
    connection.close()
    with serving(ours), site(("-I", "-c", PEER.format(peers, WORKERS)), peers):
        took = _timed(pages, address(ours), address(peers), rounds)
    results = _results(took, asked_small, asked_large)
    for result in results:
        result["name"] = f"{result['name']}, {LABEL[connection.vendor]}"
    results[0]["goal"] += f" ({sizes})"
    print(json.dumps(results))


def _fill(by: Acting, people: int) -> None:
    with tempfile.TemporaryDirectory(prefix="craffu-bench-") as folder:
        force = Path(folder) / "force"
        _say(f"inventing a force of {people:,} people")
        generate(force, Wanted(people=people, years=YEARS, seed=5, until=date(2026, 9, 30)))
        started = monotonic()
        done = take_in(by=by, kind="rms", paths=[force / "police"])
        _say(f"{done.run.received:,} rows of its police system taken in, {monotonic() - started:.0f} seconds")
        messages = sorted((force / "court-results").glob("*.zip"))[:COURT_FILES]
        done = take_in(by=by, kind="court-results", paths=messages)
        _say(f"{done.run.received:,} messages of its courts taken in, {monotonic() - started:.0f} seconds")
        # What a lifetime of crimes leaves due at once keeps the clock busy for long, which no force takes in beside its pages.
        settled = tick(force=by.force, at=clock.now())
        _say(f"{settled.raised:,} things due of them, {monotonic() - started:.0f} seconds")


def settle() -> None:
    """Have PostgreSQL tidied up after the load now: by itself it would while pages are timed, with one of two cores."""
    if connection.vendor == "postgresql":
        with owner_cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")


def _say(words: str) -> None:
    print(f"B5: {words}", file=sys.stderr, flush=True)


def _sizes(by: Acting) -> str:
    events = (CaseVersion, InvolvementVersion, CaseOutcome, HearingVersion, KeptRow)
    number = sum(model.objects.for_user(by).count() for model in events)
    return f"{people_page(by).count():,} people, {cases_page(by).count():,} cases, {number:,} events"


def _addresses(by: Acting) -> dict[str, list[str]]:
    """The pages of each kind: of people and cases, so many from the whole length of the register."""
    people = _spread(list(people_page(by).order_by("id").values_list("reference", flat=True)))
    at_court = HearingVersion.objects.for_user(by).order_by().values("hearing__case")
    tried = list(Case.objects.for_user(by).filter(pk__in=at_court).order_by("id").values_list("reference", flat=True))
    cases = _spread(list(cases_page(by).order_by("id").values_list("reference", flat=True)))
    return {
        PEOPLE_LIST: [reverse("person_list")],
        CASE_LIST: [reverse("case_list")],
        PERSON: [reverse("person_detail", args=[one]) for one in people],
        # Every other case with what a court said: those pages are the longest.
        CASE: [reverse("case_detail", args=[one]) for pair in zip(cases, _spread(tried), strict=False) for one in pair],
        HOME: [reverse("home")],
        SEARCH: [reverse("search")],
    }


def _spread(references: Sequence[str]) -> Sequence[str]:
    return references[:: max(1, len(references) // OF_EACH)][:OF_EACH]


def _queries(pages: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How many queries each page asks: of people and cases, the first of them."""
    client, asked = signed_in(READER), {}
    for kind, addresses in pages.items():
        client.get(addresses[0])
        statements: list[str] = []

        def note(execute: Any, sql: str, *rest: Any, told: list[str] = statements) -> Any:
            told.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            if client.get(addresses[0]).status_code != 200:
                raise Unanswered(addresses[0])
        asked[kind] = len(statements)
    return asked


def _timed(pages: Mapping[str, Sequence[str]], ours: str, peers: str, rounds: int) -> dict[str, list[float]]:
    users = [Browser() for _ in range(USERS)]
    for user in users:
        user.sign_in(ours, READER, PASSWORD)
    every = {kind: [f"{ours.rstrip('/')}{one}" for one in some] for kind, some in pages.items()}
    every |= {
        BARE: [f"{peers}bare"],
        ADMIN_PEOPLE: [f"{peers}lists/people/person/"],
        ADMIN_CASES: [f"{peers}lists/cases/case/"],
        TABLE_PEOPLE: [f"{peers}tables/people/recordversion/"],
        TABLE_CASES: [f"{peers}tables/cases/case/"],
    }
    timed(users, every, WARM_UP)
    logged = Event.objects.count()
    took = timed(users, every, rounds)
    # The page of a search shows nobody before something is asked.
    viewed = sum(len(times) for kind, times in took.items() if kind in pages and kind != SEARCH)
    logged = Event.objects.count() - logged
    connection.close()
    if logged < viewed:
        raise Unanswered(f"{viewed} pages were looked at and {logged} rows are in the log")
    return took


@contextmanager
def site(command: Sequence[str], port: int) -> Iterator[None]:
    """What a command of our own interpreter serves at a port, once it answers; ended on the way out."""
    running = subprocess.Popen(  # noqa: S603  # our own interpreter
        [sys.executable, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        until = monotonic() + 60
        while not _answers(port):
            if running.poll() is not None or monotonic() > until:
                raise Unanswered(f"the site at {port} did not start")
            sleep(0.1)
        yield
    finally:
        running.terminate()
        running.wait()


def _answers(port: int) -> bool:
    try:
        create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


def free_port() -> int:
    with socket() as listening:
        listening.bind((HOST, 0))
        return int(listening.getsockname()[1])


def _results(
    took: Mapping[str, list[float]], asked_small: Mapping[str, int], asked_large: Mapping[str, int]
) -> list[dict[str, Any]]:
    median = {kind: statistics.median(times) for kind, times in took.items()}
    p95 = {kind: sorted(times)[int(len(times) * 0.95)] for kind, times in took.items()}
    slowest = max((kind for kind in asked_large), key=lambda kind: p95[kind])
    # What a page has nothing to ask about it does not ask: of what the work that is due first is about, not all has codes.
    grown = {kind: max(0, asked_large[kind] - asked_small[kind]) for kind in asked_large}
    return [
        _held_against(PEOPLE_LIST, (ADMIN_PEOPLE, TABLE_PEOPLE), REGISTER_GOAL, median, p95),
        _held_against(CASE_LIST, (ADMIN_CASES, TABLE_CASES), REGISTER_GOAL, median, p95),
        _held_against(PERSON, (ADMIN_PEOPLE, TABLE_PEOPLE), RECORD_GOAL, median, p95),
        _held_against(CASE, (ADMIN_CASES, TABLE_CASES), RECORD_GOAL, median, p95),
        {
            "name": f"B5 slowest page, p95: {slowest}",
            "ours": p95[slowest],
            "peers": {f"p95 of {kind}": value for kind, value in p95.items() if kind != slowest},
            "ratio": p95[slowest] / P95_MS,
            "goal": f"<= {P95_MS:g} ms with {USERS} users",
            "met": p95[slowest] <= P95_MS,
            "unit": "ms",
        },
        {
            "name": "B5 queries more than in a small register",
            "ours": sum(grown.values()),
            "peers": {f"queries of {kind}": number for kind, number in asked_large.items()},
            "ratio": None,
            "goal": "none",
            "met": not any(grown.values()),
            "unit": "queries",
        },
    ]


def _held_against(
    kind: str, peers: tuple[str, str], goal: float, median: Mapping[str, float], p95: Mapping[str, float]
) -> dict[str, Any]:
    """Against the first peer, which shows the same; the other shows less of each row and is told beside it."""
    peer, less = peers
    ratio = median[kind] / median[peer]
    return {
        "name": f"B5 {kind}",
        "ours": median[kind],
        "peers": {"p95": p95[kind], peer: median[peer], less: median[less], BARE: median[BARE]},
        "ratio": ratio,
        "goal": f"<= {goal:g} of the {peer}",
        "met": ratio <= goal,
        "unit": "ms",
    }
