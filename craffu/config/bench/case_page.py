"""How long the page of a case with 5,000 events takes, against the same page with 50 and one that shows them all (B6).

In one process, in turns, with the sign-in checked and the row in the log written for every view. No page of ours shows all
events: that peer is our own page told to leave nothing out.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from craffu.access.models import User
from craffu.access.sessions.actions import begin_session
from craffu.common.statistics import refresh_statistics
from craffu.config.bench.acting import acting_bench
from craffu.config.bench.installations import CRAFFU, Results, on_each_database, results_of, run_python
from craffu.config.bench.long_case import make_case
from craffu.web.cases import reading
from craffu.web.court import pages

FEW, MANY, ROUNDS, ALL_ROUNDS, WARM_UP = 50, 5_000, 40, 3, 5
LONG_GOAL, LAST_GOAL, ALL_GOAL = 1.2, 0.2, 30.0
CHILD = "import django; django.setup(); from craffu.config.bench import case_page; case_page.measure({}, {})"
LABEL = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

type Show = Callable[[], None]


def run(many: int = MANY, rounds: int = ROUNDS) -> Results:
    """The results of B6 on each database, measured by a process with an installation of its own."""

    def measured(env: dict[str, str]) -> Results:
        run_python((*CRAFFU, "demo", "--no-serve", "--json", "--people", "40"), env)
        return results_of(CHILD.format(many, rounds), env)

    return on_each_database("B6", measured)


def measure(many: int, rounds: int) -> None:
    """Print the results as JSON. Only for the process that `run` starts: it fills the database it finds."""
    by = acting_bench()
    short, long = make_case(by, "63ZZ0000050", FEW), make_case(by, "63ZZ0005000", many)
    refresh_statistics()
    client = signed_in("supervisor")
    few, last = (shower(client, reverse("case_detail", args=[case])) for case in (short, long))
    first = shower(client, reverse("case_detail", args=[long]) + "?page=1")
    took = in_turns({"few": few, "last": last, "first": first}, rounds)
    with everything_shown():
        took |= in_turns({"all": last}, ALL_ROUNDS, warm_up=0)
    print(json.dumps(_results(took, many)))


def signed_in(username: str) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    user = User.objects.get(username=username)
    client.force_login(user)
    begin_session(user=user, key=client.session.session_key or "")
    return client


def shower(client: Client, address: str) -> Show:
    def show() -> None:
        if client.get(address).status_code != 200:
            raise RuntimeError(f"the page of the benchmark does not answer: {address}")

    return show


def in_turns(acts: dict[str, Show], rounds: int, warm_up: int = WARM_UP) -> dict[str, list[float]]:
    """Milliseconds of each act, turn by turn: a slow moment of the machine meets all of them."""
    took: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(-warm_up, rounds):
        for name, act in acts.items():
            started = time.perf_counter()
            act()
            if turn >= 0:
                took[name].append((time.perf_counter() - started) * 1000)
    return took


@contextmanager
def everything_shown() -> Iterator[None]:
    """Inside, a page shows every hearing, crime and reference."""
    with ExitStack() as back:
        for module, name in (
            (pages, "HEARINGS_A_PAGE"), (pages, "OFFENCES_A_PAGE"), (reading, "MOST_CRIMES"), (reading, "MOST_REFERENCES"),
        ):  # fmt: skip
            back.callback(setattr, module, name, getattr(module, name))
            setattr(module, name, sys.maxsize // 2)
        yield


def _results(took: dict[str, list[float]], many: int) -> list[dict[str, Any]]:
    median = {name: statistics.median(times) for name, times in took.items()}
    # Turn by turn rather than median by median: a machine that changes its pace half way then changes both sides.
    longer = _ratio(took["last"], took["few"])
    ends = _ratio(took["last"], took["first"])
    everything = median["all"] / median["last"]
    where = LABEL[connection.vendor]
    return [
        {
            "name": f"B6 case page of {many:,} events, {where}",
            "ours": median["last"],
            "peers": {f"of {FEW} events": median["few"], "p95": _p95(took["last"])},
            "ratio": longer,
            "goal": f"<= {LONG_GOAL:g} of the page of {FEW} events",
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
            "name": f"B6 shown whole, {where}",
            "ours": median["last"],
            "peers": {"every event on one page": median["all"]},
            "ratio": everything,
            "goal": f">= {ALL_GOAL:g} times faster than every event on one page",
            "met": everything >= ALL_GOAL,
            "unit": "ms",
        },
    ]


def _ratio(ours: list[float], theirs: list[float]) -> float:
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
