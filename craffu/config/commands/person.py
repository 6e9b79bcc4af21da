"""`craffu person search TEXT`: forgiving search at the command line; one row of the log names the people shown (SEC-04)."""

import argparse
import json
from typing import Any

from craffu.audit.actions import record_consultation
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.people.events import PEOPLE_SEARCHED
from craffu.people.permissions import check_can_search
from craffu.people.search.asking import taken_apart
from craffu.people.search.by_number import people_numbered
from craffu.people.search.queries import find_people


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    try:
        check_can_search(by)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    asked = taken_apart(" ".join(args.text))
    if asked.is_empty:
        raise NotCarriedOut("Say whom to look for: a name, a date of birth or a number.")
    found = find_people(by, asked)
    hits: list[dict[str, Any]] = [
        {"person": one.reference, "name": None, "born_on": None, "why": [{"why": one.kind, "found": one.number}]}
        for one in people_numbered(by, asked.numbers)
    ]
    hits += [
        {
            "person": hit.reference,
            "name": hit.name,
            "born_on": hit.born_on,
            "why": [{"why": one.why.value, "asked": one.asked, "found": one.found} for one in hit.answer.reasons],
        }
        for hit in found.hits
    ]
    if hits:
        record_consultation(
            kind=PEOPLE_SEARCHED,
            actor=by.actor,
            refs=[f"person/{hit['person']}" for hit in hits],
            request=by.request,
        )
    if args.json:
        print(json.dumps({"hits": hits, "closest": found.are_closest, "cut": found.is_cut}, ensure_ascii=False))
    else:
        print_for_people(hits, are_closest=found.are_closest)
    return DONE


def print_for_people(hits: list[dict[str, Any]], *, are_closest: bool) -> None:
    if not hits or are_closest:
        print("Nobody answers all of it." + (" The closest:" if hits else ""))
    for hit in hits:
        why = "; ".join(" ".join(part for part in reason.values()) for reason in hit["why"])
        print(f"{hit['person']:<10} {hit['name'] or '':<40} {hit['born_on'] or '':<10} {why}")
