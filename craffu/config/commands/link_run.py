"""`craffu link run`: links the register's source records into persons."""

import argparse
import json
import os
import sys
import time
from dataclasses import asdict

from tqdm import tqdm

from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.engines.choice import UnknownEngine, engine_named
from craffu.intake.linking.running import link_register
from craffu.linkage.model.blocking import NothingToCompare, TooManyPairs

_STEPS = 6


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

            done = link_register(by, engine, tell)
    except (NothingToCompare, TooManyPairs, UnknownEngine) as fault:
        raise NotCarriedOut(str(fault)) from fault
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    answer = {**asdict(done), "seconds": round(time.monotonic() - began, 1)}
    if args.json:
        print(json.dumps(answer))
    else:
        print(
            f"{done.records:,} records are {done.persons:,} persons: {done.auto_links:,} links, {done.clerical:,} pairs for a"
            f" person, {done.pairs_compared:,} pairs compared; {done.moved:,} records are another person's than before."
            f" {answer['seconds']} seconds."
        )
    return DONE
