"""`craffu report check`: every claim of a deep dive worked out again from what it holds (SCR-09).

What was found is kept with the deep dive. Ends with 1 where a claim is not what it was, a snapshot is not what was held of it, or
a claim rests on what is not open to whoever asks: that one neither came out nor failed.
"""

import argparse
import json
import os
from collections.abc import Iterator
from typing import Any

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, SOMETHING_AMISS, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.engines.choice import UnknownEngine, engine_named
from craffu.engines.memory import NotEnoughMemory
from craffu.engines.snapshots import NoSnapshot
from craffu.engines.spark import NoSpark
from craffu.measures.permissions import check_can_build
from craffu.scrutiny.claiming.queries import Attached, Claimed
from craffu.scrutiny.claiming.recomputing import Again, Checked, check
from craffu.scrutiny.deep_dives.queries import Dive, find_dive


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user, "report")
    try:
        check_can_build(by)
        made = check(by, _dive(by, args.review), engine_named(args.engine, os.environ), clock.now())
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    except (NoSnapshot, NoSpark, NotEnoughMemory, UnknownEngine) as fault:
        raise NotCarriedOut(str(fault)) from fault
    told = told_of(args.review, made)
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print("\n".join(lines_of(told)))
    return SOMETHING_AMISS if told["failed"] or told["changed_snapshots"] or told["not_open"] else DONE


def _dive(by: Acting, reference: str) -> Dive:
    found = find_dive(by, reference)
    if found is None:
        raise NotCarriedOut(
            f"There is no deep dive {reference}: its page in the site says its reference, such as DD-10001."
        )
    return found


def told_of(reference: str, made: Checked) -> dict[str, Any]:
    """The claims of a deep dive, how many are traced to what they rest on, and which do not come out, as both commands say it."""
    claims = made.found.claims
    failed = [_failed(one, made) for one in made.failed]
    shut = [one.row.number for one in made.found.shut]
    return {
        "review": reference,
        "claims": len(claims),
        "traced": sum(_is_traced(one) for one in claims),
        "reproduced": len(claims) - len(failed) - len(shut),
        "failed": failed,
        "not_open": shut,
        "not_holding": [
            {"claim": one.row.number, "stands": one.stands.value, "why": [*_whys(one)]} for one in made.found.to_mend
        ],
        "changed_snapshots": list(made.changed),
    }


def _is_traced(one: Claimed) -> bool:
    row = one.evidence.row
    return bool(row.source and row.definition and (row.sha256 or row.snapshot))


def _whys(one: Claimed) -> Iterator[str]:
    yield from (f"{why.value}:{of}" if of else why.value for why, of in (*one.refusals, *one.doubts))


def _failed(one: Claimed, made: Checked) -> dict[str, Any]:
    rests_on = [each for each in (one.evidence, one.beside) if each is not None and each.reproduces is False]
    return {
        "claim": one.row.number,
        "finding": one.row.finding,
        "evidence": [_differs(each, made.again.get(each.row.number)) for each in rests_on],
    }


def _differs(one: Attached, again: Again | None) -> dict[str, Any]:
    row, found = one.row, again.figure if again else None
    if found is None and one.newer is not None:
        now: Any = {"numerator": one.newer.count, "denominator": one.newer.of, "value": one.newer.value}
    else:
        now = {"numerator": found.count, "denominator": found.of, "value": found.value} if found else None
    return {
        "number": row.number, "kind": row.kind, "query": f"{row.source}:{row.part}{row.of_what}", "snapshot": row.snapshot,
        "period": [row.first.isoformat(), row.last.isoformat()],
        "held": {"numerator": row.count, "denominator": row.of, "value": row.value}, "now": now,
        "why": again.why if again else "",
    }  # fmt: skip


def lines_of(told: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{told['review']}: {told['claims']} claims, {told['traced']} traced, {told['reproduced']} reproduced,"
        f" {len(told['failed'])} failed"
    )
    for one in told["failed"]:
        for each in one["evidence"]:
            now = each["now"]["value"] if each["now"] else each["why"] or "nothing any more"
            yield f"  claim {one['claim']}: {each['query']} was {each['held']['value']}, now {now} (evidence {each['number']})"
    if told["not_open"]:
        claims = ", ".join(str(number) for number in told["not_open"])
        yield f"  not looked at, since what they rest on is not open to you: claims {claims}. A scrutiny officer may: --as USER"
    for one in told["not_holding"]:
        yield f"  claim {one['claim']} {one['stands'].replace('_', ' ')}: {', '.join(one['why']) or 'check it'}"
    for name in told["changed_snapshots"]:
        yield f"  snapshot {name} is not what was held of it"
