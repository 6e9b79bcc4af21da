"""`craffu score sensitivity`: how far the order of review hangs on each constant, changed one at a time by half (methods A5)."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from tqdm import tqdm

from craffu.access.acting import Acting
from craffu.audit.actions import record_consultation
from craffu.clocks.london import day_of, utc_text
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.config.commands.score import chosen
from craffu.engines.choice import Engine, UnknownEngine, engine_named
from craffu.engines.memory import NotEnoughMemory
from craffu.engines.spark import NoSpark
from craffu.prevention.events import SCORES_PROVED
from craffu.prevention.permissions import check_can_see_scores
from craffu.prevention.proving.sensitivity import Told, changes, told
from craffu.prevention.running.queries import known_to, members_of, scores_of
from craffu.prevention.scoring.policies import check_is_stated
from craffu.prevention.scoring.queries import definition_of, population_on
from craffu.prevention.scoring.schemes import Scheme
from craffu.prevention.scoring.weights import Table

SAYS = "It says how the order hangs on what was chosen, and not which choice is right."


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    try:
        check_can_see_scores(by)
        scheme, table = chosen(by, args)
        scored, found = _tried(by, scheme, table, args.top, engine_named(args.engine, os.environ), quiet=args.json)
    except (NoSpark, NotEnoughMemory, UnknownEngine) as fault:
        raise NotCarriedOut(str(fault)) from fault
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    record_consultation(kind=SCORES_PROVED, actor=by.actor, refs=(), request=by.request)
    answer: dict[str, Any] = {
        "scheme": scheme.name, "version": scheme.version, "as_of": utc_text(clock.now()), "scored": scored, "k": args.top,
        "says": SAYS, "constants": [asdict(one) for one in found],
    }  # fmt: skip
    if args.json:
        print(json.dumps(answer))
    else:
        for line in _lines(answer, found):
            print(line)
    return DONE


def _tried(by: Acting, scheme: Scheme, table: Table, k: int, engine: Engine, *, quiet: bool) -> tuple[int, list[Told]]:
    """How many have a score, and what became of the order by each change. Everything is read once."""
    now = clock.now()
    population = check_is_stated(population_on(by, day_of(now)))
    known, whose = known_to(by, now)
    events = members_of(known, whose, day_of(now), definition_of(population), table).events
    tries = list(changes(scheme))
    bar = tqdm(tries, desc="Constants", delay=2, disable=quiet or not sys.stderr.isatty(), file=sys.stderr)

    def order(of: Any) -> dict[str, float]:
        return {str(person): row["score"] for person, row in scores_of(events, of, table, engine).items()}

    before = order(scheme)
    return len(before), [told(one, before, order(one.scheme), k) for one in bar]


def _lines(answer: dict[str, Any], found: list[Told]) -> Iterator[str]:
    yield answer["says"]
    yield f"{answer['scheme']} {answer['version']}, {answer['scored']} with a score, as of {answer['as_of']}"
    if not answer["scored"]:
        yield "no cases"
        return
    yield f"{'constant':<20}{'is':>10}{'tried':>10}{'tau':>10}   of the first {answer['k']}"
    for one in found:
        tau = "no cases" if one.tau is None else f"{one.tau:.3f}"
        yield f"{one.constant:<20}{one.before:>10g}{one.after:>10.4g}{tau:>10}   {one.entered} enter, {one.left} leave"
