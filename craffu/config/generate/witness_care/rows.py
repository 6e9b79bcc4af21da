"""A victim's rows in each table, with what would be wrong in one that is put right later."""

from craffu.config.generate.days import A_DAY
from craffu.config.generate.witness_care.held import Held, Version
from craffu.config.generate.witness_care.hours import moved, written_day, written_minute
from craffu.config.generate.witness_care.tables import Tables

_OTHER_ENTITLEMENT = {"standard": "enhanced", "enhanced": "standard"}
_OTHER_REASON = {
    "victim_asked_to_wait": "contact_unsafe",
    "contact_unsafe": "victim_asked_to_wait",
    "not_reachable_with_attempts": "contact_unsafe",
}


def add_rows(tables: Tables, held: Held, person: str, crime_refs: list[str], officer: str) -> None:
    """All rows of one victim. A row is dated when what it tells of was written down."""
    _agreements(tables, held, person, officer)
    for said in held.entitled:
        row = {
            "entitlement_ref": tables.next_ref("entitlements"), "person_ref": person, "entitlement": said.entitlement,
            "reason": said.reason, "decided_on": written_day(said.day), "updated_at": _at_noon(said.day),
        }  # fmt: skip
        tables.add("entitlements", row, {"entitlement": _OTHER_ENTITLEMENT[said.entitlement]})
    _contacts(tables, held, person, officer)
    _happenings(tables, held, person, crime_refs)
    _measures(tables, held, person)
    for one in held.withdrew:
        row = {
            "withdrawal_ref": one.ref, "person_ref": person, "crime_ref": crime_refs[one.crime],
            "withdrew_on": written_day(one.day), "why": one.why, "reason": "Nid yw hi am fynd ymlaen." if one.why else "",
            "pressure_asked": _yes(bool(one.why)), "pressure": "", "safety_reviewed": _yes(bool(one.why)),
            "not_explored_reason": "" if one.why else "Ni ellid ei chyrraedd.", "updated_at": _at_noon(one.day),
        }  # fmt: skip
        tables.add("withdrawals", row, {"why": "other"})


def _at_noon(day: int) -> str:
    return written_minute(day * A_DAY + 720)


def _yes(given: bool) -> str:
    return "yes" if given else "no"


def _agreements(tables: Tables, held: Held, person: str, officer: str) -> None:
    for number, one in enumerate(held.versions, start=1):
        day = written_day(one.day)
        row = {
            "agreement_ref": tables.next_ref("agreements"), "person_ref": person, "version_number": str(number),
            "occasion": one.occasion, "unchanged": _yes(one.unchanged), "agreed_on": day if one.agreed else "",
            "declined_on": "" if one.agreed else day, "offer_again": one.offer_again, "officer": f"Officer {officer}",
            "every_days": "14" if one.agreed else "", "channels": ";".join(one.channels),
            "safe_times": "08:00-20:00" if one.agreed else "", "message_allowed": _yes("telephone" in one.channels),
            "safe_word": "Gellyg" if one.agreed else "", "never_say": "Dim gair am y llŷs" if one.not_wanted else "",
            "urgent_reach": one.channels[0] if one.channels else "", "language": "en", "asking": "each_time",
            "not_wanted": ";".join(one.not_wanted), "next_revisit_on": written_day(one.day + 28) if one.agreed else "",
            "updated_at": _at_noon(one.day),
        }  # fmt: skip
        tables.add("agreements", row, _wrong_day(one))


def _wrong_day(one: Version) -> dict[str, str]:
    return {"agreed_on" if one.agreed else "declined_on": written_day(one.day - 4)}


def _contacts(tables: Tables, held: Held, person: str, officer: str) -> None:
    for promise in held.promises:
        row = {
            "promise_ref": promise.ref, "person_ref": person, "promised_at": written_minute(promise.promised),
            "due_at": written_minute(promise.due), "channels": ";".join(promise.channels),
            "updated_at": written_minute(promise.promised),
        }  # fmt: skip
        tables.add("promises", row, {"due_at": written_minute(promise.due + 2 * A_DAY)})
    for one in held.contacts:
        row = {
            "contact_ref": one.ref, "person_ref": person, "promise_ref": one.promise,
            "contacted_at": written_minute(one.at), "channel": one.channel,
            "direction": "from_victim" if one.hers else "to_victim", "reached": _yes(one.reached), "message_left": "no",
            "unsafe_because": "channel_not_safe" if one.is_unsafe else "", "life_in_danger": "no", "language": "en",
            "told": "Siaradwyd am yr achos; gofynnwyd sut mae hi’n teimlo." if one.reached else "", "response": "",
            "officer": f"Officer {officer}", "updated_at": written_minute(one.at),
        }  # fmt: skip
        tables.add("victim_contacts", row, {"contacted_at": written_minute(one.at + 5 * A_DAY), "reached": "no"})
    for excuse in held.excuses:
        row = {
            "excuse_ref": tables.next_ref("excuses"), "promise_ref": excuse.promise, "reason": excuse.reason,
            "said_at": written_minute(excuse.at), "words": "", "updated_at": written_minute(excuse.at),
        }  # fmt: skip
        tables.add("excuses", row, {"reason": _OTHER_REASON[excuse.reason]})


def _happenings(tables: Tables, held: Held, person: str, crime_refs: list[str]) -> None:
    for event in held.events:
        if event.is_stage:
            continue
        row = {
            "happening_ref": held.refs[event.number], "person_ref": person, "crime_ref": crime_refs[event.crime],
            "kind": event.kind, "happened_at": written_minute(event.at),
            "time_known_at": "" if event.known is None else written_minute(event.known),
            "learnt_at": written_minute(event.learnt),
            "received_on": "" if event.received is None else written_day(event.received), "words": "",
            "updated_at": written_minute(event.learnt),
        }  # fmt: skip
        tables.add("happenings", row, {"happened_at": written_minute(moved(event.at + A_DAY)), "kind": "report"})
    for telling in held.tellings:
        row = {
            "telling_ref": tables.next_ref("tellings"), "happening_ref": held.refs[telling.event],
            "contact_ref": telling.contact, "told_at": written_minute(telling.at),
            "updated_at": written_minute(telling.at),
        }  # fmt: skip
        tables.add("tellings", row, {"told_at": written_minute(moved(telling.at - 30 * A_DAY))})


def _measures(tables: Tables, held: Held, person: str) -> None:
    for measure in held.measures:
        row = {
            "measure_ref": measure.ref, "person_ref": person, "kind": measure.kind, "done_on": written_day(measure.day),
            "words": "", "updated_at": _at_noon(measure.day),
        }  # fmt: skip
        tables.add("safety_measures", row, {"done_on": written_day(measure.day - 1)})
        for told in measure.told:
            row = {
                "telling_ref": tables.next_ref("measure_tellings"), "measure_ref": measure.ref, "contact_ref": "",
                "told_on": written_day(told.day), "channel": told.channel, "felt": told.felt,
                "updated_at": _at_noon(told.day),
            }  # fmt: skip
            tables.add("measure_tellings", row, {"told_on": written_day(told.day + 400)})
