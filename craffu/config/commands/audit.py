"""`craffu audit`: is the log whole, and seal what is new (SEC-05).

`verify` names the first row that cannot be trusted and ends with 1 if there is one; `seal` chains what was written since,
signs where each chain ends and copies the signed heads outside.
"""

import argparse
import json
import sys
from dataclasses import asdict

from tqdm import tqdm

from craffu.access.wall.reach import every_force
from craffu.audit import queries
from craffu.audit.sealing import actions as sealing
from craffu.config.cli import DONE, SOMETHING_AMISS, NotCarriedOut
from craffu.config.commands.database import ready_for_every_force


def run(args: argparse.Namespace) -> int:
    ready_for_every_force()
    return {"verify": verify, "seal": seal}[args.action](as_json=args.json)


def verify(*, as_json: bool) -> int:
    with tqdm(unit=" rows", delay=2, disable=as_json or not sys.stderr.isatty(), file=sys.stderr) as bar:

        def show(rows: int) -> None:
            bar.update(rows)

        with every_force("the log is whole or not for all of them together"):
            found = queries.verify(progress=show)
    if as_json:
        print(json.dumps(found.as_json(), ensure_ascii=False))
    else:
        print_for_people(found)
    return DONE if found.ok else SOMETHING_AMISS


def print_for_people(found: queries.Verification) -> None:
    print("The log is whole." if found.ok else "The log is NOT whole.")
    print(f"  rows       {found.rows:>12,}")
    print(f"  not sealed {found.unsealed:>12,}")
    for end in found.heads:
        vouched = f"signed up to {end.signed.position:,} at {end.signed.at}" if end.signed else "not signed yet"
        print(f"  {end.force}: {end.position:,} rows, {vouched}")
    if found.first_bad:
        bad = found.first_bad
        event = f", event {bad.event}" if bad.event is not None else ""
        print(f"  first bad row: {bad.force} {bad.position:,}{event}: {bad.why}")
    for problem in found.problems:
        print(f"  {problem}")


def seal(*, as_json: bool) -> int:
    try:
        with every_force("every force's chain is sealed"):
            sealed = sealing.seal()
            heads = sealing.sign_heads()
    except OSError as fault:
        raise NotCarriedOut(
            f"The signed heads cannot be copied outside ({fault.strerror}). Check CRAFFU_AUDIT_HEADS and run it again."
        ) from fault
    if as_json:
        print(json.dumps({"sealed": sealed, "heads": [asdict(head) for head in heads]}))
        return DONE
    print(f"{sealed:,} rows sealed")
    for head in heads:
        print(f"  {head.force}: signed at {head.position:,}")
    return DONE
