"""`craffu rights access|rectify|restrict REF`: records a person's request for their own data, and says what its answer may hold.

It sends nothing: an answer is prepared, approved by somebody else and sent on the pages of rights requests (SEC-11). Given the
number of a request instead of a person, it records none and says how that one stands.
"""

import argparse
import json
import secrets
from datetime import date
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.access.permissions import check_can_handle_rights
from craffu.access.rights_requests.actions import NewRequest, record_request
from craffu.access.rights_requests.events import ANSWER_DRAFTED
from craffu.access.rights_requests.kinds import Kind
from craffu.access.rights_requests.queries import Standing, find_request
from craffu.audit.actions import record_consultation
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.daily.own_data.putting_right import records_to_put_right
from craffu.daily.own_data.queries import OwnData, own_data_of
from craffu.daily.own_data.saying import answer_in
from craffu.people.queries import find_person
from craffu.people.use_restricted import restricted_by

KINDS: Final = {"access": Kind.ACCESS, "rectify": Kind.RECTIFICATION, "restrict": Kind.RESTRICTION}
_NUMBER: Final = "RR-"


def run(args: argparse.Namespace) -> int:
    """Answer. Raises NotCarriedOut where nobody is called so, or the day or the right is missing."""
    by = acting(args.as_user)
    try:
        check_can_handle_rights(by)
        standing = _standing(by, args)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    answer = _answer(by, standing)
    print(json.dumps(answer, ensure_ascii=False) if args.json else "\n".join(_lines(answer)))
    return DONE


def _standing(by: Acting, args: argparse.Namespace) -> Standing:
    kind, ref = KINDS[args.action], str(args.ref).upper()
    if ref.startswith(_NUMBER):
        found = find_request(by, ref)
        if found is None or found.request.kind != kind:
            raise NotCarriedOut(f"There is no {args.action} request {ref}. The page of rights requests lists them.")
        return found
    person = find_person(by, ref)
    if person is None:
        raise NotCarriedOut(f"There is no person {ref}. Say whose: craffu rights {args.action} P-10001.")
    asked = NewRequest(
        kind, own_data_of(by, person).whose, person.reference, args.words or "Asked for at the command line",
        _day(args.received), secrets.token_hex(16),
    )  # fmt: skip
    made = record_request(by=by, asked=asked)
    standing = find_request(by, made.number)
    if standing is None:
        raise NotCarriedOut(f"{made.number} was recorded and cannot be read: run craffu check.")
    return standing


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else day_of(clock.now())
    except ValueError as fault:
        raise NotCarriedOut(f"{text} is no day: give --received as 2026-11-24.") from fault


def _answer(by: Acting, standing: Standing) -> dict[str, Any]:
    request, days = standing.request, standing.clock(day_of(clock.now()))
    person = find_person(by, request.person) if request.person else None
    own = own_data_of(by, person) if person is not None else None
    restricted = restricted_by(by, request.number)
    refs = {f"rights_request/{request.number}", *(own.refs if own is not None else ())}
    refs |= {f"person/{one}" for one in restricted}
    record_consultation(kind=ANSWER_DRAFTED, actor=by.actor, refs=refs, request=by.request)
    prepared, release = standing.preparer, standing.release()
    return {
        "request": request.number,
        "kind": request.kind,
        "person": request.person,
        "asks_as": request.whose,
        "status": standing.status.value,
        "received": request.received_on.isoformat(),
        "due": days.due_day.isoformat(),
        "other_reading": days.other_reading.isoformat(),
        "mark": days.mark,
        "clock": days.status.value,
        "decided": standing.decided.value if standing.decided else None,
        "use_restricted": restricted,
        "ended": standing.ending.how if standing.ending else None,
        "to_put_right": _to_put_right(by, standing),
        "included": _included(own),
        "withheld": _withheld(own),
        "prepared_by": prepared.username if prepared is not None else None,
        "may_leave": release.release,
        "before_it_leaves": [one.value for one in release.why],
        "answer": {one: answer_in(one, own.included if own is not None else ()) for one in ("en", "cy")},
    }


def _to_put_right(by: Acting, standing: Standing) -> list[dict[str, Any]]:
    if standing.request.kind != Kind.RECTIFICATION or not standing.takes_effect:
        return []
    return [
        {
            "source": one.source, "file": one.file_sha256, "line": one.line, "controller": one.controller, "case": one.case,
            "received": one.received.isoformat(), "newer": one.newer.isoformat() if one.newer else None,
        }
        for one in records_to_put_right(by, standing)
    ]  # fmt: skip


def _included(own: OwnData | None) -> list[dict[str, Any]]:
    return [{"what": one.what.value, **one.said} for one in own.included] if own is not None else []


def _withheld(own: OwnData | None) -> list[dict[str, Any]]:
    found = own.withheld if own is not None else ()
    return [{"what": one.what.value, "why": one.why.value, "number": one.number} for one in found]


def _lines(answer: dict[str, Any]) -> list[str]:
    return [
        f"{answer['request']}  {answer['kind']}  {answer['person']}  {answer['status']}",
        f"received {answer['received']}, due {answer['due']} ({answer['mark']}; {answer['other_reading']} in the other reading)",
        *([f"decided: {answer['decided']}"] if answer["decided"] else []),
        *(f"use restricted: {one}" for one in answer["use_restricted"]),
        *(_line_of(one) for one in answer["to_put_right"]),
        *([f"over: {answer['ended']}"] if answer["ended"] else []),
        "for whoever prepares the answer, and for nobody else:",
        f"asks as {answer['asks_as']}",
        "may be included:",
        *("  " + "  ".join(f"{name} {value}" for name, value in one.items() if value) for one in answer["included"]),
        "withheld:",
        *(f"  {one['what']}: {one['number']} ({one['why']})" for one in answer["withheld"]),
        f"before it leaves: {', '.join(answer['before_it_leaves']) or 'nothing'}",
        *(
            line
            for one in ("en", "cy")
            for line in (f"the answer ({one}):", *(f"  {said}" for said in answer["answer"][one]))
        ),
    ]


def _line_of(one: dict[str, Any]) -> str:
    what = f"a crime in {one['case']}" if one["case"] else "who they are"
    whence = f"{one['source']}, file {one['file'][:12]} line {one['line']}, {one['controller']}"
    return f"to put right: {what}, {whence}: {one['newer'] or 'nothing newer since the answer'}"
