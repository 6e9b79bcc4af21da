"""What a move leaves on the order's own row, and when it happened (ORD-09, ORD-13). It decides nothing about whether it may."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from craffu.clocks.london import end_of, start_of
from craffu.orders.facts import Given

# The field of a move that says when it happened; the others happen when they are recorded.
WHEN: Final[Mapping[str, str]] = {
    "ask_prosecutor": "asked_on",
    "lodge": "lodged_on",
    "lodge_interim": "lodged_on",
    "issue": "made_at",
    "adjourn": "hearing_on",
    "grant": "made_at",
    "grant_on_appeal": "made_at",
    "refuse": "refused_on",
    "withdraw": "withdrawn_on",
    "receive": "made_at",
    "impose": "made_at",
    "attempt_service": "attempted_at",
    "serve": "served_at",
    "record_awareness": "aware_at",
    "vary": "varied_on",
    "renew": "lodged_on",
    "discharge": "discharged_on",
    "revoke": "revoked_on",
    "end_on_determination": "main_determined_on",
    "quash": "quashed_on",
}


def instant(moment: date | datetime) -> datetime:
    """A day begins at midnight in London."""
    return moment if isinstance(moment, datetime) else start_of(moment)


def happened_at(move: str, given: Given, now: datetime) -> datetime:
    """The instant of a move: what it says of itself, otherwise when it is recorded. An order expires at midnight (ORD-13)."""
    name = WHEN.get(move)
    moment = getattr(given, name) if name else None
    if move == "expire" and given.last_day is not None:
        return end_of(given.last_day)
    return now if moment is None else instant(moment)


def _later(takes_effect_at: datetime | None, made_at: datetime) -> datetime | None:
    """ORD-13: from when an order holds that says so: only from later than its making, of which the day may be the same."""
    return takes_effect_at if takes_effect_at is not None and takes_effect_at > made_at else None


def _made(given: Given, at: datetime) -> dict[str, Any]:
    return {
        "made_at": at,
        "court": given.court,
        "court_case_no": given.court_case_no,
        "is_without_notice": given.is_without_notice,
        "takes_effect_at": _later(given.takes_effect_at, at),
        "last_day": given.last_day,
        "is_indefinite": given.is_indefinite,
        "next_hearing_on": None,
        "adjourned_on": None,
    }


def _applied(given: Given) -> dict[str, Any]:
    return {
        "applied_on": given.lodged_on or given.asked_on,
        "court": given.court,
        "court_case_no": given.court_case_no,
        "next_hearing_on": given.next_hearing_on,
    }


def _varied(given: Given) -> dict[str, Any]:
    """A variation that names no end leaves the end as it was: only a day, or that there is none, takes its place."""
    if given.last_day is None and not given.is_indefinite:
        return {}
    return {"last_day": given.last_day, "is_indefinite": given.is_indefinite}


def leaves(move: str, given: Given, at: datetime, *, ended_at: datetime | None) -> dict[str, Any]:
    """The fields of the order's row after a move at an instant, beside its status: those that the move changes.

    `ended_at` is when it ended before, if it did: what is over ended then, whatever a court says of it later. An end that the
    clock brought by a day typed wrong never was one.
    """
    match move:
        case "issue" | "grant" | "grant_on_appeal" | "receive" | "impose":
            found = _made(given, at)
        case "ask_prosecutor" | "lodge" | "lodge_interim":
            found = _applied(given)
        case "adjourn":
            found = {"adjourned_on": given.hearing_on, "next_hearing_on": given.next_hearing_on}
        case "refuse" | "withdraw":
            found = {"next_hearing_on": None, "adjourned_on": None}
        case "serve":
            found = {"served_at": at}
        case "record_awareness":
            found = {"aware_at": at}
        case "vary":
            found = _varied(given)
        case "renew":
            found = {"last_day": given.new_last_day, "is_indefinite": None}
        case "correct_end":
            found = {"last_day": given.last_day, "is_indefinite": given.is_indefinite, "ended_at": None}
        case "discharge" | "revoke" | "end_on_determination" | "expire" | "quash":
            found = {"ended_at": at if ended_at is None else min(at, ended_at), "next_hearing_on": None}
        case _:
            found = {}
    return found


def as_rules_have_it(given: Given, *, has_whole_pack: bool, has_main: bool) -> dict[str, Any]:
    """What was given, by the names that the table of moves asks for."""
    has_terms = given.terms is not None and bool(given.terms.conditions)
    named = {
        "terms": has_terms,
        "new_terms": has_terms,
        "proposed_terms": has_terms or has_whole_pack,
        "period": given.last_day is not None or bool(given.is_indefinite),
        "complete_pack": has_whole_pack,
        "main_order": has_main,
    }
    plain = ("reason_code", "reason_text", "court", "court_case_no", "asked_on", "lodged_on", "hearing_on", "next_hearing_on",
             "not_fixed", "made_at", "refused_on", "withdrawn_on", "attempted_at", "result", "method", "proof", "served_at",
             "aware_at", "varied_on", "applicant", "new_last_day", "discharged_on", "revoked_on", "main_determined_on",
             "main_outcome", "quashed_on", "appeal_case_no", "review_on", "source_record", "last_day")  # fmt: skip
    return {name: getattr(given, name) for name in plain} | named
