"""`craffu foi orders`: orders by year and age, reports, breaches and arrests, as anybody may read them (X14, MSR-03).

By the rule for the public, whoever asks: numbers below ten in words, others to the nearest five. What was given is in the log.
"""

import argparse
import json
import os
from collections.abc import Iterator
from typing import Any, Final

from craffu.clocks.london import utc_text
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.engines.choice import UnknownEngine, engine_named
from craffu.engines.duck import NotEnoughMemory
from craffu.engines.snapshots import NoSnapshot, Snapshot, current
from craffu.engines.spark import NoSpark
from craffu.measures.answering.actions import give_answer
from craffu.measures.answering.orders import Answer, Wanted
from craffu.measures.engine.running import CannotAsk
from craffu.measures.places import folder_of

_BY: Final = {"year": False, "year,age": True}
_QUESTIONS: Final = {
    "orders_made": "Orders made, by the day on which a court made them",
    "reports": "Incidents of breach reported",
    "breaches": "Incidents of breach that happened and are not disproved",
    "proved": "Of those, incidents that a court found proved",
    "arrests": "Arrests for breaches",
}


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user, "foi")
    if args.by not in _BY:
        raise NotCarriedOut(f"--by {args.by} cannot be asked: give {' or '.join(_BY)}.")
    wanted = Wanted(args.first, args.last, _BY[args.by], args.pool or 0)
    try:
        snapshot = current(folder_of(by))
        found = give_answer(by=by, wanted=wanted, snapshot=snapshot, engine=engine_named(args.engine, os.environ))
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    except (CannotAsk, NoSnapshot, NoSpark, NotEnoughMemory, UnknownEngine) as fault:
        raise NotCarriedOut(str(fault)) from fault
    told = _told(found, snapshot, by.force.code)
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        for line in _lines(told):
            print(line)
    return DONE


def _told(found: Answer, snapshot: Snapshot, force: str) -> dict[str, Any]:
    return {
        "force": force, "snapshot": snapshot.name, "digest": snapshot.digest, "as_of": utc_text(snapshot.at),
        "rows": [
            {
                "question": one.question, "kind": one.kind, "years": one.years, "age": one.age, "count": one.count,
                "words": one.words,
            }
            for one in found.rows
        ],
        "suppressed": found.suppressed,
        "notes": list(_notes(found)),
    }  # fmt: skip


def _notes(found: Answer) -> Iterator[str]:
    yield "Numbers below 10 are not shown, nought among them; all others are to the nearest 5, each by itself."
    yield "Where one number alone would be hidden, another is hidden with it, so that it cannot be worked back."
    yield "Kinds of order are never added up, and an order is not a charge or a conviction."
    yield (
        f"Years are calendar years; {found.until.year} is counted to {found.until}."
        if found.until.year == found.last
        else ("Years are calendar years.")
    )
    if found.left_out:
        yield f"Left out, for they fill no block of years: {', '.join(map(str, found.left_out))}."


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield f"{told['force']}, snapshot {told['snapshot']}, as known at {told['as_of']}"
    heading = ""
    for one in told["rows"]:
        named = f"{_QUESTIONS[one['question']]}{': ' + one['kind'] if one['kind'] else ''}"
        if named != heading:
            heading = named
            yield f"\n{named}"
        what = f"{one['years']}{', ' + one['age'] if one['age'] else ''}"
        yield f"  {what:<24} {one['words'] or one['count']}"
    yield ""
    yield from told["notes"]
