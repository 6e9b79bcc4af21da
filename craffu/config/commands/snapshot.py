"""`craffu snapshot build` · `craffu snapshot list`: the dated, hashed, read-only files that measures are worked out from (X10).

Whoever builds one is in the log; what is listed names nobody.
"""

import argparse
import json
import os
import time
from collections.abc import Iterator
from typing import Any

from craffu.clocks.london import utc_text
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.engines.choice import UnknownEngine, engine_named
from craffu.engines.memory import NotEnoughMemory
from craffu.engines.snapshots import NoSnapshot, Snapshot, current, every
from craffu.engines.spark import NoSpark
from craffu.measures.permissions import check_can_see
from craffu.measures.places import folder_of
from craffu.measures.snapshots.actions import build_snapshot, keep_figures


def run(args: argparse.Namespace) -> int:
    return {"build": _build, "list": _list}[args.action](args)


def _build(args: argparse.Namespace) -> int:
    by = acting(args.as_user, "snapshot")
    began = time.monotonic()
    try:
        made = build_snapshot(by=by)
        keep_figures(by=by, snapshot=made, engine=engine_named(None, os.environ))
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    except (NoSpark, NotEnoughMemory, UnknownEngine) as fault:
        raise NotCarriedOut(str(fault)) from fault
    except OSError as fault:
        raise NotCarriedOut(f"{folder_of(by)} cannot be written ({fault.strerror}): check CRAFFU_HOME.") from fault
    told = {**_told(made), "seconds": round(time.monotonic() - began, 3)}
    if args.json:
        print(json.dumps(told))
    else:
        for line in _lines([told]):
            print(line)
    return DONE


def _list(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    try:
        check_can_see(by)
        folder = folder_of(by)
        kept = every(folder)
        stands = current(folder).name if kept else None
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    except NoSnapshot as fault:
        raise NotCarriedOut(str(fault)) from fault
    told = [{**_told(one), "stands": one.name == stands} for one in kept]
    if args.json:
        print(json.dumps({"snapshots": told}))
    else:
        for line in _lines(told):
            print(line)
    return DONE


def _told(one: Snapshot) -> dict[str, Any]:
    return {"snapshot": one.name, "digest": one.digest, "at": utc_text(one.at), "rows": dict(one.numbers)}


def _lines(told: list[dict[str, Any]]) -> Iterator[str]:
    if not told:
        yield "No snapshot was built yet: run `craffu snapshot build`."
    for one in told:
        stands = "  (stands)" if one.get("stands") else ""
        yield f"{one['snapshot']}  {sum(one['rows'].values())} rows, as known at {one['at']}{stands}"
        yield f"  digest {one['digest']}"
        yield from (f"  {name:<14} {rows}" for name, rows in one["rows"].items())
