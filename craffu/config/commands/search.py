"""`craffu search rebuild`: the index of the search made anew from every name that is held."""

import argparse
import json
import sys
import time

from craffu.access.wall.reach import every_force
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import ready
from craffu.people.search.actions import rebuild


def run(args: argparse.Namespace) -> int:
    ready()
    began = time.monotonic()

    def tell(done: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done:,} names", end="", file=sys.stderr, flush=True)

    try:
        with every_force("the index of the search holds every force's names"):
            names, words = rebuild(tell)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    answer = {"names": names, "words": words, "seconds": round(time.monotonic() - began, 3)}
    if args.json:
        print(json.dumps(answer))
    else:
        print(f"{names:,} names of {words:,} words can be found again, in {answer['seconds']} seconds.")
    return DONE
