"""How long linking takes, and one new record into a register of a million (B2), with raw Splink on the same columns and settings.

Raw Splink is what somebody would write who has our columns, comparisons and rules to look for pairs: learn, score, join. Making
the columns and counting the pairs is needed by both and told apart. One new record is received and linked through the product's
own door, with its keys, its scores, the persons and the log; keeping what a full run found is not in the full run's time.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import batched
from typing import Any

from django.db import connection

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.models import Provenance, Regime
from craffu.common.statistics import refresh_statistics
from craffu.config.bench.acting import acting_bench
from craffu.config.bench.installations import Results, on_each_database, results_of
from craffu.config.bench.linking_records import Described, as_given, described, slipped
from craffu.config.bench.pages import settle
from craffu.engines.choice import Engine, Kind
from craffu.intake.linking.arriving import link_arrivals
from craffu.intake.linking.reading import given_of
from craffu.intake.linking.running import keep_for_arrivals, trained_by
from craffu.linkage.actions import keep_model
from craffu.linkage.evaluating.raw_splink import raw_splink
from craffu.linkage.model.linking import Linked, linked
from craffu.linkage.rules import USUAL
from craffu.people import events
from craffu.people.actions import receive_records
from craffu.people.facts import RecordRow
from craffu.people.queries import last_settled_version, said_last

SIZES, REGISTER, ARRIVALS, ROUNDS = (100_000, 1_000_000), 1_000_000, 200, 3
FULL_GOAL, ONE_GOAL_MS, ONE_GOAL_SHARE = 1.10, 100.0, 1 / 50
BATCH, SEED, A_DAY = 4_000, 2_026, timedelta(days=1)
DUCK = Engine(Kind.DUCKDB)
CHILD = "import django; django.setup(); from craffu.config.bench import linking_time; linking_time.measure({})"
LABEL = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def run(sizes: Sequence[int] = SIZES, register: int = REGISTER, arrivals: int = ARRIVALS) -> Results:
    """The results of B2: full runs, which need no database, and one record into a register on each database."""
    results: Results = [full(size, ROUNDS if size <= SIZES[0] else 1) for size in sizes]
    return results + on_each_database("B2", partial(results_of, CHILD.format(f"{register}, {arrivals}"), tells=True))


def full(size: int, rounds: int) -> dict[str, Any]:
    """A full run over so many records against raw Splink, in turns."""
    given = as_given(described(size, SEED))
    ours: list[dict[str, float]] = []
    raw: list[float] = []
    for _ in range(rounds):
        found, stages = timed_link(given)
        ours.append(stages)
        raw.append(raw_splink(found.rows, found.blocking))
        persons, pairs = len(found.persons), found.blocking.total
        del found
    each = {name: statistics.median(one[name] for one in ours) for name in ours[0]}
    both = each["reading"] + each["counting"]
    whole, theirs = sum(each.values()), both + statistics.median(raw)
    return {
        "name": f"B2 full run over {size:,} records ({pairs:,} pairs, {persons:,} persons)",
        "ours": whole,
        "peers": {
            "raw Splink, with reading and counting": theirs,
            "of both: reading": each["reading"],
            "counting": each["counting"],
            "of ours: learning": each["learning"],
            "scoring": each["scoring"],
            "joining": each["joining"],
        },
        "ratio": whole / theirs,
        "goal": f"<= {FULL_GOAL:g}",
        "met": whole / theirs <= FULL_GOAL,
        "unit": "s",
    }


def timed_link(given: Sequence[dict[str, str]]) -> tuple[Linked, dict[str, float]]:
    """A run as the register's, with the seconds of each of its stages by the first word that it says of them."""
    begun: list[tuple[str, float]] = []
    found = linked(
        given, engine=DUCK, auto=USUAL.auto,
        said=lambda text: begun.append((text.split()[0], time.perf_counter())),
    )  # fmt: skip
    ends = [at for _, at in begun[1:]] + [time.perf_counter()]
    return found, {word: end - at for (word, at), end in zip(begun, ends, strict=True)}


def measure(register: int, arrivals: int) -> None:
    """Print the result of one record into a register as JSON. Only for the process that `run` starts: it fills the database."""
    by, records = acting_bench(), described(register, SEED)
    # A register has been there for longer than a change that is not committed yet can have been.
    before = clock.now() - A_DAY
    for first, some in batches(records):
        _receive(by=by, first=first, records=some, now=before)
    refresh_statistics()
    print(f"  {register:,} records are there", file=sys.stderr, flush=True)
    seconds = _run_once(by)
    refresh_statistics()
    settle()
    print(f"  linked in {seconds:.0f} s; records arrive", file=sys.stderr, flush=True)
    chance = random.Random(SEED)  # noqa: S311  # invented people
    took, worked, done = [], [], []
    for at in range(arrivals):
        new = slipped(chance.choice(records), chance)
        _receive(by=by, first=register + at, records=[new], now=clock.now())
        begun, working = time.perf_counter(), time.process_time()
        done.append(link_arrivals(by))
        took.append(time.perf_counter() - begun)
        # What another process does meanwhile is not in it.
        worked.append(time.process_time() - working)
    p95 = _p95(took)
    pairs = [one.pairs for one in done]
    waiting, left_out = sum(one.waiting for one in done), sum(one.left_out for one in done)
    result = {
        "name": f"B2 one new record into {register:,}, p95, {LABEL[connection.vendor]}",
        "ours": p95,
        "peers": {
            "median": statistics.median(took),
            "p95 of this process's own time": _p95(worked),
            "the first of a process": took[0],
            "a full run, keeping nothing": seconds,
        },
        "ratio": p95 / seconds,
        "goal": f"<= {ONE_GOAL_MS:g} ms and 1/50 of a full run; {statistics.mean(pairs):.0f} pairs each, at most {max(pairs)};"
        f" {sum(one.linked for one in done)} links of {arrivals} records, {waiting} waiting, {left_out} ways to look left out",
        "met": p95 * 1000 <= ONE_GOAL_MS and p95 / seconds <= ONE_GOAL_SHARE and not waiting,
        "unit": "s",
    }
    print(json.dumps([result]))


def _p95(took: Sequence[float]) -> float:
    """Without the first, which finds nothing loaded."""
    others = sorted(took[1:] or took)
    return others[int(len(others) * 0.95)]


def _run_once(by: Acting) -> float:
    """Compare all and keep what arrivals are compared by; the persons are left as they are. The seconds of comparing alone."""
    everybody = said_last(by)
    begun = time.perf_counter()
    found, _ = timed_link([given_of(one) for one in everybody])
    seconds = time.perf_counter() - begun
    model = keep_model(by=by, trained=trained_by(found, DUCK, None))
    keep_for_arrivals(by, model, found, everybody, last_settled_version(by, clock.now()))
    return seconds


def batches(records: Sequence[Described]) -> Iterator[tuple[int, Sequence[Described]]]:
    for number, some in enumerate(batched(records, BATCH)):
        yield number * BATCH, some


@action
def _receive(*, by: Acting, first: int, records: Sequence[Described], now: datetime) -> None:
    rows = [
        RecordRow(
            "2026-01-01", at, "", one.given, one.family, one.born_on, one.sex, "", "",
            (("pnc", one.pnc, one.pnc, "valid"),) if one.pnc else (), (("address", one.address),) if one.address else (), (),
        )
        for at, one in enumerate(records)
    ]  # fmt: skip
    receive_records(
        by=by, source="bench", describe=lambda places: [rows[at] for at in places], why="bench", now=now,
        said=[(f"{first + at}", f"{first + at:064}", "2026-01-01 00:00:00+00:00") for at in range(len(records))],
        provenance=Provenance("bench", "0" * 64, 1, now, "1", "bench", Regime.PART_3, "bench"),
    )  # fmt: skip
    audit.record(kind=events.RECORD_RECEIVED, actor=by.actor, refs=[], request=by.request, now=now)
