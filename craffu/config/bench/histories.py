"""How long a breach history of 5,000 incidents takes, against one of 50, and the command at a million events (B5, B6, IDN-06).

Stored through the product's own door. The page is asked as somebody signed in asks it, with its row in the log, and as it is
served to two at once. The command's own work is timed in a process that is already running; as whoever types it waits for it,
it is held against starting Django alone.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import Any, Final

from django.db import connection
from django.urls import reverse

from craffu.access.acting import Acting
from craffu.breaches.detecting.facts import Broken, Found, SaidBy, Word
from craffu.breaches.ledger.actions import raise_found
from craffu.breaches.ledger.kinds import FoundBy, Standpoint
from craffu.breaches.models import Breach, BreachOfOrder, BreachSource, StandpointTaken
from craffu.breaches.standpoints.actions import compare_standpoints
from craffu.common import clock
from craffu.common.statistics import refresh_statistics
from craffu.config.bench.acting import acting_bench
from craffu.config.bench.case_page import LABEL, WARM_UP, in_turns, shower, signed_in
from craffu.config.bench.installations import CRAFFU, Results, on_each_database, results_of, run_python
from craffu.config.bench.misspelt import invented
from craffu.config.bench.names import SOURCE, fill
from craffu.config.bench.pages import free_port, settle, site
from craffu.config.bench.startup import DATABASE_GOAL, DJANGO
from craffu.config.bench.startup import in_turns as commands_in_turns
from craffu.config.bench.users import USERS, Browser, timed
from craffu.config.commands.person_history import history
from craffu.config.demo.accounts import PASSWORD
from craffu.config.demo.serving import address
from craffu.orders.models import Order
from craffu.people.models import Person, SourceRecord
from craffu.people.queries import people_of_records
from craffu.web import paging

FEW, MANY, ROUNDS, ALL_ROUNDS = 50, 5_000, 40, 3
PEOPLE = 100_000
# Of each of so many others so many incidents, each of five rows: a million events.
OTHERS, OF_EACH, ASKED = 20_000, 10, 200
LONG_GOAL, LAST_GOAL, ALL_GOAL, COMMAND_MS, PAGE_MS, TYPED = 1.2, 0.2, 30.0, 100.0, 100.0, 20
READER: Final = "supervisor"
FIRST_AT: Final = datetime(2012, 1, 2, 9, tzinfo=UTC)
BATCH = 2_000
CHILD = "import django; django.setup(); from craffu.config.bench import histories; histories.measure({}, {}, {}, {})"


def run(many: int = MANY, others: int = OTHERS, rounds: int = ROUNDS, people: int = PEOPLE) -> Results:
    """The results on each database, measured by a process with an installation of its own."""

    def measured(env: dict[str, str]) -> Results:
        run_python((*CRAFFU, "demo", "--no-serve", "--json", "--people", "40"), env)
        return results_of(CHILD.format(many, others, rounds, people), env, tells=True)

    return on_each_database("B6, breach histories", measured)


def measure(many: int, others: int, rounds: int, people: int) -> None:
    """Print the results as JSON. Only for the process that `run` starts: it fills the database it finds."""
    by = acting_bench()
    asked = _fill(by, many, others, people)
    refresh_statistics()
    settle()
    short, long, *theirs = (reverse("person_breaches", args=[one.reference]) for one in asked)
    client, last_page = signed_in(READER), -(-many // paging.PAGE_SIZE)
    took = in_turns(
        {
            "few": shower(client, f"{short}?as=views"),
            "first": shower(client, f"{long}?as=views"),
            "last": shower(client, f"{long}?as=views&page={last_page}"),
        },
        rounds,
    )
    with everything_shown():
        took |= in_turns({"all": shower(client, f"{long}?as=views")}, ALL_ROUNDS, warm_up=0)
    commands = {name: _asked(by, asked[2:], known_at) for name, known_at in _instants().items()}
    size = f"{Person.objects.for_user(by).count():,} people and {_events(by):,} events"
    results = _results(took, commands, many, size)
    results.append(_typed(asked[2].reference, size))
    # A connection opened here is no worker's.
    connection.close()
    results.append(_served({"of ten incidents": theirs, f"of {many:,} incidents": [long]}, rounds, size))
    print(json.dumps(results))


def _instants() -> dict[str, datetime | None]:
    return {"now": None, "as known a year ago": clock.now() - timedelta(days=365)}


@contextmanager
def everything_shown() -> Iterator[None]:
    """Inside, a page of a list has no end."""
    default = paging.one_page.__kwdefaults__
    assert default is not None  # noqa: S101 - the size has a default
    size = default["size"]
    default["size"] = sys.maxsize // 2
    try:
        yield
    finally:
        default["size"] = size


def _fill(by: Acting, many: int, others: int, people: int) -> list[Person]:
    """A person with few incidents, one with many, others of whom some are asked about, and people with none."""
    started = time.monotonic()
    fill(by, invented(max(people, others + 2), 6))
    records = list(SourceRecord.objects.for_user(by).filter(source=SOURCE).order_by("id")[: others + 2])
    order = Order.objects.for_user(by).filter(made_at__isnull=False).order_by("id").first()
    for record, number in ((records[0], FEW), (records[1], many)):
        _raise(by, [record], number)
        # Told of the order once they are kept as long past: nothing that is urgent comes of them.
        _raise(by, [record], number, order)
        _compare(by, record)
    _raise(by, records[2:], OF_EACH)
    print(f"B6: the ledger filled, {time.monotonic() - started:.0f} seconds", file=sys.stderr, flush=True)
    asked = [records[0], records[1], *records[2 :: max(1, others // ASKED)][:ASKED]]
    whose = people_of_records(by, [one.pk for one in asked])
    return [whose[one.pk] for one in asked]


def _raise(by: Acting, records: Sequence[SourceRecord], of_each: int, order: Order | None = None) -> None:
    now, broken = clock.now(), (Broken(order.pk, reasons=("protected_person",), link=1.0),) if order else ()
    found = (replace(_incident(record, place), broken=broken) for record in records for place in range(of_each))
    for some in batched(found, BATCH):  # the last is shorter
        raise_found(by=by, found=some, now=now)


def _incident(record: SourceRecord, place: int) -> Found:
    """One that the force recorded, the prosecution charged and a court heard."""
    at, key = FIRST_AT + timedelta(hours=17 * place), f"{record.source_key}/{place}"
    words = (
        Word(Standpoint.REPORTED, "", at, "rms", key, at.date()),
        Word(Standpoint.POLICE, "breach", at + timedelta(days=1), "rms", f"{key}/recorded", at.date()),
        Word(
            Standpoint.COURT,
            "proved" if place % 3 else "not_proved",
            at + timedelta(days=90),
            "court-results",
            f"{key}/court",
        ),
    )
    said = SaidBy(FoundBy.CRIME, "rms", key, at, record.pk)
    return Found(
        FoundBy.CRIME,
        f"bench/{key}",
        record.pk,
        None,
        None,
        at,
        at,
        of_kinds=frozenset({"SPO"}),
        said_by=(said,),
        words=words,
    )


def _compare(by: Acting, record: SourceRecord) -> None:
    """What does not agree of each incident of somebody is kept, as the clock keeps it."""
    numbers = list(Breach.objects.for_user(by).filter(respondent=record).order_by("id").values_list("pk", flat=True))
    for some in batched(numbers, BATCH):  # the last is shorter
        compare_standpoints(by=by, breaches=frozenset(some), now=clock.now())


def _events(by: Acting) -> int:
    return sum(one.objects.for_user(by).count() for one in (Breach, BreachOfOrder, BreachSource, StandpointTaken))


def _asked(by: Acting, people: Sequence[Person], known_at: datetime | None) -> list[float]:
    """Milliseconds of the command's own work for each of these people."""
    took = []
    for person in people:
        started = time.perf_counter()
        answer = history(by, person, known_at)
        took.append((time.perf_counter() - started) * 1000)
        if known_at is None and len(answer["breaches"]) != OF_EACH:
            raise RuntimeError(f"{person.reference} has {len(answer['breaches'])} breaches of {OF_EACH}")
    return took


def _typed(person: str, size: str) -> dict[str, Any]:
    """The whole command, as somebody types it: it may take little more than Django takes to start."""
    took = commands_in_turns(
        {"ours": (*CRAFFU, "person", "history", person, "--as", READER, "--json"), "django": DJANGO}, os.environ, TYPED
    )
    ratio = took["ours"] / took["django"]
    return {
        "name": f"B6 craffu person history as it is typed at {size}, {LABEL[connection.vendor]}",
        "ours": took["ours"],
        "peers": {"django.setup()": took["django"]},
        "ratio": ratio,
        "goal": f"<= {DATABASE_GOAL:g}",
        "met": ratio <= DATABASE_GOAL,
        "unit": "s",
    }


def _served(pages: dict[str, list[str]], rounds: int, size: str) -> dict[str, Any]:
    """The page as two have it at once from a server (B5)."""
    port = free_port()
    with site((*CRAFFU, "serve", "--port", str(port)), port):
        users = [Browser() for _ in range(USERS)]
        for user in users:
            user.sign_in(address(port), READER, PASSWORD)
        every = {kind: [f"{address(port).rstrip('/')}{one}" for one in some] for kind, some in pages.items()}
        timed(users, every, WARM_UP)
        took = timed(users, every, rounds)
    p95 = {kind: sorted(times)[int(len(times) * 0.95)] for kind, times in took.items()}
    slowest = max(p95, key=lambda kind: p95[kind])
    return {
        "name": f"B5 breach history, p95 at {size}: {slowest}, {LABEL[connection.vendor]}",
        "ours": p95[slowest],
        "peers": {f"median {kind}": statistics.median(times) for kind, times in took.items()},
        "ratio": p95[slowest] / PAGE_MS,
        "goal": f"<= {PAGE_MS:g} ms with {USERS} users",
        "met": p95[slowest] <= PAGE_MS,
        "unit": "ms",
    }


def _results(
    took: dict[str, list[float]], commands: dict[str, list[float]], many: int, size: str
) -> list[dict[str, Any]]:
    median = {name: statistics.median(times) for name, times in took.items()}
    where = LABEL[connection.vendor]

    def ratio(ours: str, theirs: str) -> float:
        return statistics.median(one / other for one, other in zip(took[ours], took[theirs], strict=True))

    longer, ends, everything = ratio("first", "few"), ratio("last", "first"), median["all"] / median["first"]
    found: list[dict[str, Any]] = [
        {
            "name": f"B6 breach history of {many:,} incidents, {where}",
            "ours": median["first"],
            "peers": {f"of {FEW} incidents": median["few"]},
            "ratio": longer,
            "goal": f"<= {LONG_GOAL:g} of the page of {FEW} incidents",
            "met": longer <= LONG_GOAL,
            "unit": "ms",
        },
        {
            "name": f"B6 its last page, {where}",
            "ours": median["last"],
            "peers": {"its first page": median["first"]},
            "ratio": ends,
            "goal": f"its first page, and {LAST_GOAL:.0%} more or less",
            "met": abs(ends - 1) <= LAST_GOAL,
            "unit": "ms",
        },
        {
            "name": f"B6 breach history shown whole, {where}",
            "ours": median["first"],
            "peers": {"every incident on one page": median["all"]},
            "ratio": everything,
            "goal": f">= {ALL_GOAL:g} times faster than every incident on one page",
            "met": everything >= ALL_GOAL,
            "unit": "ms",
        },
    ]
    for name, times in commands.items():
        p95 = sorted(times)[int(len(times) * 0.95)]
        found.append(
            {
                "name": f"B6 craffu person history {name} at {size}, p95, {where}",
                "ours": p95,
                "peers": {"median": statistics.median(times)},
                "ratio": None,
                "goal": f"<= {COMMAND_MS:g} ms of its own work",
                "met": p95 <= COMMAND_MS,
                "unit": "ms",
            }
        )
    return found
