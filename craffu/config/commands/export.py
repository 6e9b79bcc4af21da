"""`craffu export measures|snapshot|feed --out DIR`: files that other tools read, logged as a disclosure (X21, SEC-04).

Figures leave as their reader may see them; rows leave by whoever may open each; what is published is decided by a named person.
"""

import argparse
import json
from pathlib import Path
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.engines.memory import NotEnoughMemory
from craffu.engines.snapshots import NoSnapshot, current
from craffu.measures.exporting.actions import TakenOut, publish_feed, take_out_figures, take_out_rows
from craffu.measures.kept.reading import Kept, kept_figures
from craffu.measures.places import folder_of
from craffu.published.disclosure import To

_OWN: Final = "analysts"


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user, "export")
    out = Path(args.out).resolve()
    try:
        found = _taken_out(by, out, args)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    except (NoSnapshot, NotEnoughMemory) as fault:
        raise NotCarriedOut(str(fault)) from fault
    except OSError as fault:
        raise NotCarriedOut(f"{out} cannot be written ({fault.strerror}): choose another --out.") from fault
    told = _told(found)
    if args.json:
        print(json.dumps(told))
    else:
        print(f"{len(found.files)} files with {found.rows} rows in {out}, {found.hidden} figures hidden")
        print(f"Logged as a disclosure to {found.recipient}")
    return DONE


def _taken_out(by: Acting, out: Path, args: argparse.Namespace) -> TakenOut:
    recipient = args.recipient or f"{by.force.code}, {_OWN}"
    if args.name == "snapshot":
        return take_out_rows(by=by, snapshot=current(folder_of(by)), out=out, recipient=recipient)
    if args.name == "feed":
        return publish_feed(by=by, kept=_kept(by), out=out, reason=args.reason or "")
    return take_out_figures(by=by, kept=_kept(by), out=out, recipient=recipient, most=_most(args.told_to))


def _kept(by: Acting) -> Kept:
    kept = kept_figures(folder_of(by))
    if kept is None:
        raise NotCarriedOut("No figures were worked out yet: run `craffu snapshot build`.")
    return kept


def _most(said: str | None) -> To:
    if said is None:
        return To.ROWS
    if said not in (To.INTERNAL, To.PUBLIC):
        raise NotCarriedOut(f"--told-to {said} cannot be told: give internal or public.")
    return To(said)


def _told(found: TakenOut) -> dict[str, Any]:
    return {
        "export": found.name, "files": list(found.files), "rows": found.rows, "suppressed": found.hidden,
        "disclosure": {"event": found.number, "recipient": found.recipient},
    }  # fmt: skip
