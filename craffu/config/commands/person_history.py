"""`craffu person history PERSON`: the complete breach history, now or as it was known earlier (IDN-06, BRC-07).

One row of the log names the person and every incident and order shown (SEC-04).
"""

import argparse
import json
from datetime import date, datetime
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.audit.actions import record_consultation
from craffu.breaches.events import BREACHES_VIEWED
from craffu.breaches.history.answering import (
    breach_answer,
    counts_answer,
    instant,
    link_answer,
    orders_answer,
)
from craffu.breaches.history.facts import ASKED
from craffu.breaches.history.queries import awaiting, counted, every_row, links_and_names, seen
from craffu.breaches.permissions import check_can_view_breaches
from craffu.clocks.london import end_of, instant_of
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.intake.queries import last_heard
from craffu.people.models import Person
from craffu.people.queries import find_person

HOW: Final = "Say whose: craffu person history P-10001."


def run(args: argparse.Namespace) -> int:
    """Answer. Raises NotCarriedOut where there is no such person for whoever asks, or the instant cannot be read."""
    by = acting(args.as_user)
    try:
        check_can_view_breaches(by)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    if len(args.text) != 1:
        raise NotCarriedOut(HOW)
    known_at = _known_at(args.as_known)
    person = find_person(by, args.text[0])
    if person is None:
        raise NotCarriedOut(f"There is no person {args.text[0]} that you may see. {HOW}")
    answer = history(by, person, known_at)
    refs = {f"person/{person.reference}", *(f"breach/{one['breach']}" for one in answer["breaches"])}
    refs |= {f"order/{one['order']}" for one in answer["orders"] if one["order"]}
    refs |= {f"order/{order}" for one in answer["breaches"] for order in one["orders"]}
    record_consultation(kind=BREACHES_VIEWED, actor=by.actor, refs=refs, request=by.request)
    print(json.dumps(answer, ensure_ascii=False) if args.json else in_words(answer))
    return DONE


def history(by: Acting, person: Person, known_at: datetime | None = None) -> dict[str, Any]:
    """The whole of it, under the keys of the command's contract."""
    of, now = seen(by, person, known_at), clock.now()
    waiting = awaiting(by, of)
    heard = last_heard(by, ASKED, known_at)
    links, names = links_and_names(by, of, of.records)
    counts, per_order = counted(by, of, waiting)
    return {
        "person": person.reference,
        "as_known": instant(known_at),
        "records": [names[one] for one in of.records],
        "links": [{"record": names[one], **link_answer(links[one])} for one in of.records],
        "records_awaiting": len(waiting),
        "asked": {one: instant(heard.get(one)) for one in ASKED},
        "counts": counts_answer(counts),
        "orders": orders_answer(per_order),
        "breaches": [breach_answer(row) for row in every_row(by, of, now)],
    }


def _known_at(text: str | None) -> datetime | None:
    """An instant, or the end of a day."""
    if not text:
        return None
    try:
        if len(text) == len("2026-11-24"):
            return end_of(date.fromisoformat(text)) - datetime.resolution
        return instant_of(datetime.fromisoformat(text))
    except ValueError as fault:
        raise NotCarriedOut(f"{text} is no instant: write it as 2026-11-24T09:00, or a day as 2026-11-24.") from fault


def in_words(answer: dict[str, Any]) -> str:
    """For people: the counts by name, where each source stands, and a line for each incident with its sources and conditions."""
    counted = answer["counts"]
    when = f" as known at {answer['as_known']}" if answer["as_known"] else ""
    lines = [
        f"{answer['person']}{when}: "
        + ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in counted.items()),
        "Last received: " + ", ".join(f"{name} {at or 'never'}" for name, at in answer["asked"].items()),
        f"Records that await a linkage decision: {answer['records_awaiting']}",
    ]
    if not answer["breaches"]:
        lines.append("No breach received.")
    lines += [_line(one) for one in answer["breaches"]]
    return "\n".join(lines)


def _line(one: dict[str, Any]) -> str:
    conditions = [
        f"{each['order']}/{each['number']} v{each['version']}" if each["number"] else str(each["order"])
        for each in one["conditions"]
    ]
    said = {name: one[name] for name in ("police", "prosecution", "court", "probation", "told") if one[name]}
    parts = [
        f"{one['date']} {one['breach']:<9} {one['status']:<10}",
        ", ".join(conditions) or "no order held",
        ", ".join(f"{name} {decision}" for name, decision in said.items()) or "nothing decided",
        "from " + ", ".join(f"{each['source']}/{each['key']}" for each in one["sources"]),
    ]
    if one["ptiurns"]:
        parts.append("at court " + ", ".join(one["ptiurns"]))
    if one["mismatches"]:
        parts.append("does not agree: " + ", ".join(one["mismatches"]))
    if not one["link"]["is_confirmed"]:
        parts.append(f"linked by a model at {one['link']['probability']}, not confirmed")
    return "; ".join(parts)
