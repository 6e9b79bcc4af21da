"""`craffu generate`: a fictional force of any size as the extracts other systems would send, and the truth beside them.

Needs neither a database nor Django. The same arguments always give the same bytes; nobody and nothing in them is real.
"""

import argparse
import json
import sys
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path

from tqdm import tqdm

from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.generate.force import MOST_FORCES, MOST_PEOPLE, MOST_YEARS, FolderInUse, Made, Wanted, generate

FEWEST_PEOPLE = 20
_EARLIEST_END = date(2016, 1, 1)
_LATEST_END = date(2028, 12, 31)
_SHOWN = (
    ("files", "files"),
    ("people", "people, each known truly in truth/people"),
    ("records", "records of persons in all systems, each traced in truth/records"),
    ("offences", "offences and incidents, told to the police or not"),
    ("orders", "civil orders"),
    ("breaches", "acts against them"),
    ("contacts", "contacts with victims"),
)


def run(args: argparse.Namespace) -> int:
    """Writes the force and says how much of it there is."""
    started = time.monotonic()
    wanted = _wanted(args)
    quiet = args.json or not sys.stderr.isatty()
    with tqdm(desc="Inventing", unit=" extracts", delay=2, disable=quiet, file=sys.stderr) as bar:
        try:
            made = generate(Path(args.folder), wanted, lambda _: bar.update())
        except FolderInUse as fault:
            raise NotCarriedOut(f"{fault}: name an empty or new folder, or one that this command filled.") from fault
        except OSError as fault:
            raise NotCarriedOut(f"{args.folder} cannot be written ({fault.strerror}).") from fault
    _print(made, args, round(time.monotonic() - started, 1))
    return DONE


def _wanted(args: argparse.Namespace) -> Wanted:
    for name, value, least, most in (
        ("forces", args.forces, 1, MOST_FORCES),
        ("people", args.people, FEWEST_PEOPLE * max(1, args.forces), MOST_PEOPLE),
        ("years", args.years, 1, MOST_YEARS),
    ):
        if not least <= value <= most:
            raise NotCarriedOut(f"--{name} {value} is out of range: give {least} to {most}.")
    try:
        until = date.fromisoformat(args.until)
    except ValueError as fault:
        raise NotCarriedOut(f"--until {args.until} is not a day such as 2026-09-30.") from fault
    if not _EARLIEST_END <= until <= _LATEST_END:
        raise NotCarriedOut(f"--until {until} is out of range: give a day from {_EARLIEST_END} to {_LATEST_END}.")
    return Wanted(
        people=args.people, years=args.years, seed=args.seed, forces=args.forces, until=until, layout=args.layout
    )


def _print(made: Made, args: argparse.Namespace, seconds: float) -> None:
    if args.json:
        print(json.dumps({**asdict(made), "seconds": seconds}))
        return
    print(f"A fictional force in {args.folder}: nobody in it is real. Ready in {seconds} seconds.")
    for name, said in _SHOWN:
        print(f"{getattr(made, name):>11,}  {said}")
