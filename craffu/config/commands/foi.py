"""`craffu foi orders`: orders by year and age, reports, breaches and arrests, as anybody may read them (X14, MSR-03).

By the rule for the public, whoever asks: numbers below ten in words, others to the nearest five. What was given is in the log.
A named person may decide that yearly totals of orders are told exactly (`--exact SPO --reason TEXT`): that is in the log too.
"""

import argparse
import json
import os
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from craffu.clocks.london import utc_text
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.engines.choice import UnknownEngine, engine_named
from craffu.engines.memory import NotEnoughMemory
from craffu.engines.snapshots import NoSnapshot, Snapshot, current
from craffu.engines.spark import NoSpark
from craffu.measures.answering.actions import give_answer
from craffu.measures.answering.orders import Answer, Wanted
from craffu.measures.engine.running import CannotAsk
from craffu.measures.places import folder_of

FEWER: Final = "fewer than "
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
    exact = frozenset(one.strip() for one in (args.exact or "").split(",") if one.strip())
    wanted = Wanted(args.first, args.last, _BY[args.by], args.pool or 0, exact)
    try:
        snapshot = current(folder_of(by))
        engine = engine_named(args.engine, os.environ)
        found = give_answer(by=by, wanted=wanted, snapshot=snapshot, engine=engine, reason=args.reason or "")
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
        "from": found.first, "to": found.last,
        "rows": [
            {
                "question": one.question, "kind": one.kind, "years": one.years, "age": one.age, "count": one.count,
                "words": one.words, "exact_by": one.exact_by or None,
            }
            for one in found.rows
        ],
        "suppressed": found.suppressed,
        "notes": list(_notes(found)),
    }  # fmt: skip


def _notes(found: Answer) -> Iterator[str]:
    yield "Numbers below 10 are not shown, nought among them; all others are to the nearest 5, each by itself."
    yield "Where one number alone would be hidden, another is hidden with it, so that it cannot be worked back."
    deciders = sorted({one.exact_by for one in found.rows if one.exact_by})
    if deciders:
        yield f"Told exactly, by the decision of {', '.join(deciders)}: {', '.join(found.exact)}."
    yield "Kinds of order are never added up, and an order is not a charge or a conviction."
    yield (
        f"Years are calendar years; {found.until.year} is counted to {found.until}."
        if found.until.year == found.last
        else ("Years are calendar years.")
    )
    if found.left_out:
        yield f"Left out, for they fill no block of years: {', '.join(map(str, found.left_out))}."


def _lines(told: dict[str, Any]) -> Iterator[str]:
    """What is fewer than ten in all of the years is said once, and not year by year."""
    yield f"{told['force']}, snapshot {told['snapshot']}, as known at {told['as_of']}"
    few: list[str] = []
    for named, found in groupby(told["rows"], key=_named):
        rows = list(found)
        if all(one["words"] and one["words"] == rows[-1]["words"] for one in rows) and rows[-1]["words"].startswith(
            FEWER
        ):
            few.append(f"  {named}: {rows[-1]['words']}")
            continue
        yield f"\n{named}"
        for one in rows:
            what = f"{one['years']}{', ' + one['age'] if one['age'] else ''}"
            yield f"  {what:<24} {one['words'] or one['count']}"
    if few:
        yield f"\nIn {told['from']} to {told['to']} together, and so in each year"
        yield from few
    yield ""
    yield from told["notes"]


def _named(row: dict[str, Any]) -> str:
    return f"{_QUESTIONS[row['question']]}{': ' + row['kind'] if row['kind'] else ''}"
