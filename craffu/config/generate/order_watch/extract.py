"""The extract of whoever watches orders: each order with its service, plans, rounds, reviews and changes, in its tables.

Everything is told as it was written down at the time, and nothing of what was due: that follows.
"""

from collections.abc import Iterator
from typing import Final

from craffu.config.generate.days import A_DAY
from craffu.config.generate.order_watch.coming import TYPES, watched
from craffu.config.generate.order_watch.held import CHANGED, MADE, SERVED, Watched
from craffu.config.generate.order_watch.truth import Truth
from craffu.config.generate.tables import words
from craffu.config.generate.truth import Records
from craffu.config.generate.witness_care.hours import written_day, written_minute
from craffu.config.generate.world import World
from craffu.config.generate.writing import Block, Extracts

SYSTEM: Final = "order-watch"
type Row = dict[str, str]

# How many minutes after a check it is written down.
_BACK_AT_THE_DESK: Final = 20

_WORDS: Final = {
    "no_contact_direct": "Not to contact the person protected by any means",
    "exclusion_zone": "Not to go to the place named in the schedule",
    "no_online_reference": "Not to publish anything about the person protected on the internet",
    "no_surveillance": "Not to follow or watch the person protected",
    "extra_notification": "To notify the police of any name used and of the home address",
}
_VARIED: Final = {"no_contact_direct": "Not to contact the person protected by any means except through a solicitor"}
_METHODS: Final = {
    "no_contact_direct": ("ask_victim;messages_and_calls", "kept_messages"),
    "exclusion_zone": ("patrol;tag_alerts", "sighting_with_place"),
    "no_online_reference": ("online_search;ask_victim", "saved_page"),
    "no_surveillance": ("ask_victim;cameras", "sighting_with_place"),
    "extra_notification": ("station_register;visit", "register_entry"),
}
assert set(_WORDS) == set(_METHODS) == set(TYPES)  # noqa: S101 - each type of condition is worded and checked


def write(world: World, into: Extracts, records: Records) -> None:
    """Writes every table, and in the truth what became of each thing that was due."""
    truth, tables = Truth(world), {name: list[Row]() for name in _TABLES}
    for held in watched(world, records.unreadable.get("persons", set())):
        for name, rows in _TABLES.items():
            tables[name] += rows(held)
        truth.add(held)
    for name, listed in tables.items():
        into.write(SYSTEM, name, [_block(listed)] if listed else [])
    truth.write(into)


def _block(rows: list[Row]) -> Block:
    return Block({name: words([row[name] for row in rows]) for name in rows[0]})


def _minute(at: int | None) -> str:
    return "" if at is None else written_minute(at)


def _day(day: int | None) -> str:
    return "" if day is None else written_day(day)


def _yes(given: bool) -> str:
    return "yes" if given else "no"


def _orders(held: Watched) -> Iterator[Row]:
    in_court = held.served == held.made and held.kind not in ("SPO", "ISPO", "NMO", "DVPO")
    served = None if held.served is None else held.served * A_DAY + (MADE + 30 if in_court else SERVED)
    yield {
        "order_ref": held.ref, "application_ref": "" if held.application < 0 else f"APP-{held.application + 1:06}",
        "kind": held.kind, "respondent_ref": held.respondent, "protected_ref": held.protected,
        "protected_asks": held.asking, "court": held.court,
        "case_number": held.case_number, "made_at": written_minute(held.made * A_DAY + MADE), "last_day": _day(held.last_day),
        "until_further_order": _yes(held.last_day is None), "locality": "none" if held.locality else "",
        "served_at": _minute(served), "service_place": "" if served is None else ("court" if in_court else "home"),
        "service_written_at": _minute(held.service_known), "managed_from": _minute(held.managed),
        "replaces": _yes(held.replaces_served_interim), "updated_at": written_minute(held.known),
    }  # fmt: skip


def _conditions(held: Watched) -> Iterator[Row]:
    plans = {one.condition: one for one in held.plans}
    for number, type_ in enumerate(held.conditions, start=1):
        plan = plans.get(number)
        methods, evidence = _METHODS[type_]
        is_planned = plan is not None and not plan.cannot
        yield {
            "order_ref": held.ref, "condition_number": str(number), "condition_type": type_, "words": _WORDS[type_],
            "words_varied": _VARIED.get(type_, "") if held.varied is not None else "",
            "planned_at": _minute(plan.at if plan else None), "methods": methods if is_planned else "",
            "evidence": evidence if is_planned else "",
            "every_days": str(plan.every) if plan is not None and plan.every else "",
            "cannot_because": "Nobody but the person protected can tell" if plan is not None and plan.cannot else "",
            "updated_at": _minute(plan.at if plan else held.known),
        }  # fmt: skip


def _entries(held: Watched) -> Iterator[Row]:
    for place, at in enumerate(held.entries, start=1):
        yield {
            "entry_ref": f"{held.ref}/N{place}", "order_ref": held.ref, "entered_on": written_day(at // A_DAY),
            "updated_at": written_minute(at),
        }  # fmt: skip


def _changes(held: Watched) -> Iterator[Row]:
    for place, one in enumerate(held.sought, start=1):
        yield {
            "change_ref": f"{held.ref}/C{place}", "order_ref": held.ref, "change": one.change, "applicant": one.applicant,
            "lodged_on": written_day(one.lodged), "determined_on": _day(one.day), "result": one.result,
            "updated_at": written_minute((one.lodged if one.day is None else one.day) * A_DAY + CHANGED),
        }  # fmt: skip
    if held.determined is not None:
        yield {
            "change_ref": f"{held.ref}/D", "order_ref": held.ref, "change": "determined", "applicant": "", "lodged_on": "",
            "determined_on": written_day(held.determined), "result": "",
            "updated_at": written_minute(held.determined * A_DAY + CHANGED),
        }  # fmt: skip


def _notifications(held: Watched) -> Iterator[Row]:
    one = held.notified
    if one is not None:
        yield {
            "notification_ref": f"{held.ref}/A1", "order_ref": held.ref, "given_at": written_minute(one.at),
            "in_person": _yes(one.in_person), "acknowledged_at": _minute(one.at + 10 if one.acknowledged else None),
            "verified_at": _minute(one.verified), "found": one.found, "updated_at": written_minute(one.at + 20),
        }  # fmt: skip


def _absences(held: Watched) -> Iterator[Row]:
    if held.away is not None:
        first, last = held.away
        yield {
            "absence_ref": f"{held.ref}/H1", "order_ref": held.ref, "reason": "custody", "first_on": written_day(first),
            "last_on": written_day(last), "updated_at": written_minute(first * A_DAY + 480),
        }  # fmt: skip


def _checks(held: Watched) -> Iterator[Row]:
    for place, one in enumerate(held.rounds, start=1):
        yield {
            "check_ref": f"{held.ref}/K{place:03}", "order_ref": held.ref, "conditions": ";".join(map(str, one.conditions)),
            "checked_at": written_minute(one.at), "outcome": one.outcome, "method": one.method,
            "words": "Gwelwyd a gofynnwyd; nodwyd yr ateb.", "updated_at": written_minute(one.at + _BACK_AT_THE_DESK),
        }  # fmt: skip


def _reviews(held: Watched) -> Iterator[Row]:
    for place, one in enumerate(held.reviews, start=1):
        yield {
            "review_ref": f"{held.ref}/R{place:02}", "order_ref": held.ref, "reviewed_at": written_minute(one.put),
            "agreed_at": _minute(one.agreed), "decision": one.decision, "voice": one.voice, "wants": one.wants,
            "wish": held.asking if one.voice == "standing_wish" else "", "updated_at": written_minute(one.closed),
        }  # fmt: skip


_TABLES: Final = {
    "orders": _orders, "conditions": _conditions, "national_entries": _entries, "changes": _changes,
    "notifications": _notifications, "absences": _absences, "checks": _checks, "reviews": _reviews,
}  # fmt: skip
