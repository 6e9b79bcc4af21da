"""`craffu link run`: links the register's source records into persons."""

import argparse
import json
import os
import sys
import time
from dataclasses import asdict

from tqdm import tqdm

from craffu.common.refusals import NotPermitted, Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.engines.choice import UnknownEngine, engine_named
from craffu.engines.memory import NotEnoughMemory
from craffu.intake.linking.running import link_register
from craffu.linkage.model.blocking import NothingToCompare, TooManyPairs
from craffu.linkage.model.drift import Learns

_STEPS = 6
LEARNT = {
    Learns.NONE_YET: "there was none",
    Learns.ASKED: "as asked",
    Learns.OTHER_VERSION: "the one before is of an older version",
    Learns.OTHER_COLUMNS: "other columns are filled",
    Learns.MANY_MORE: "there are many more records",
    Learns.FILLED_MOVED: "columns are filled otherwise",
    Learns.LEVELS_MOVED: "likely pairs agree otherwise",
}


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user, "link run")
    began = time.monotonic()
    try:
        engine = engine_named(args.engine, os.environ)
        with tqdm(
            desc="Linking", total=_STEPS, delay=2, disable=args.json or not sys.stderr.isatty(), file=sys.stderr
        ) as bar:

            def tell(text: str) -> None:
                bar.set_postfix_str(text)
                bar.update()

            done = link_register(by, engine, tell, learn=args.learn)
    except (NotEnoughMemory, NothingToCompare, TooManyPairs, UnknownEngine) as fault:
        raise NotCarriedOut(str(fault)) from fault
    except NotPermitted as refusal:
        raise NotCarriedOut(
            "Nobody links the register in person: leave out --as, or name a service account that may."
        ) from refusal
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    answer = {**asdict(done), "seconds": round(time.monotonic() - began, 1)}
    if args.json:
        print(json.dumps(answer))
    else:
        print(
            f"{done.records:,} records are {done.persons:,} persons: {done.auto_links:,} links, {done.clerical:,} pairs for a"
            f" person, {done.pairs_compared:,} pairs compared; {done.moved:,} records are another person's than before."
            f" Model {done.model}, {f'learnt now: {LEARNT[Learns(done.learnt)]}' if done.learnt else 'learnt before'};"
            f" columns moved by {done.filled_moved:.3f}, levels by {done.levels_moved:.3f}. {answer['seconds']} seconds."
        )
    return DONE
