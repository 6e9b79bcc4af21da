"""`craffu score use`: how far the order of review is used, by place and week, and what came of it (issue J, 9; R4a)."""

import argparse
import json
from collections.abc import Iterator
from typing import Any

from craffu.audit.actions import record_consultation
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.prevention.embedding.queries import NOWHERE, Embedding, embedding
from craffu.prevention.embedding.rules import FEWEST, Used
from craffu.prevention.events import SCORES_PROVED

SOURCE = "the log of the register and what people decided in it"
SAYS = "To open a list is not to act on it: read it beside what was decided. It names no person."


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    try:
        found = embedding(by, clock.now(), args.top)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    record_consultation(kind=SCORES_PROVED, actor=by.actor, refs=(), request=by.request)
    if args.json:
        print(json.dumps(_told(found), ensure_ascii=False))
    else:
        for line in _lines(found):
            print(line)
    return DONE


def _told(found: Embedding) -> dict[str, Any]:
    return {
        "as_of": day_of(clock.now()).isoformat(), "weeks": [one.isoformat() for one in found.weeks], "source": SOURCE,
        "says": SAYS,
        "places": [
            {"place": _name(one, found), "people": one.people, "opened_by": list(one.weeks), "weekly": one.is_weekly}
            for one in found.places
        ],
        "priorities_decided": found.priorities, "cohort_decisions": found.cohort,
        "first": found.first, "first_with_a_plan": found.with_plan,
    }  # fmt: skip


def _name(one: Used, found: Embedding) -> str:
    if one.place is None:
        return f"places of fewer than {FEWEST} people, together"
    return "of no area" if one.place == NOWHERE else found.areas[one.place].name_en


def _lines(found: Embedding) -> Iterator[str]:
    yield SAYS
    weeks = "".join(f"{week:%d %b}".rjust(8) for week in found.weeks)
    yield f"{'opened it in the week of':<40}{'people':>8}{weeks}"
    for one in found.places:
        yield f"{_name(one, found):<40}{one.people:>8}" + "".join(f"{number:>8}" for number in one.weeks)
    if not found.places:
        yield "no cases: nobody works by it"
    weekly = sum(one.is_weekly for one in found.places)
    yield f"every week: {weekly} of {len(found.places)}" if found.places else ""
    yield f"priorities decided: {found.priorities}; decisions about the cohort: {found.cohort}"
    yield (
        f"of the first {found.first} by the order of review {found.with_plan} have a plan that goes on"
        if found.first else "no cases: nobody has a score"
    )  # fmt: skip
    yield f"source: {SOURCE}, the four whole weeks before {day_of(clock.now()):%d %B %Y}"
