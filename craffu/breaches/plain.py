"""Questions about breaches as a rule case file asks them: plain values in, plain values out. It decides nothing of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from craffu.breaches.charging.rules import charging
from craffu.breaches.detecting import clocks
from craffu.breaches.detecting import rules as detecting
from craffu.breaches.ledger import rules as ledger
from craffu.breaches.lists import rules as lists
from craffu.breaches.patterns import rules as patterns
from craffu.breaches.standpoints import rules as standpoints
from craffu.cases.risk.rules import Grade
from craffu.clocks.london import day_or_none, instant_of, instant_or_none
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.conditions.rules import ConditionType

type Given = Mapping[str, Any]
type Answer = dict[str, Any]


def record(reports: Iterable[Given]) -> Answer:
    found = ledger.incidents(ledger.Told(one["incident"], one["source"], tuple(one["conditions"])) for one in reports)
    conditions = [one for each in found for one in each.conditions]
    return {
        "incidents": len(found),
        "condition_links": len(conditions),
        "conditions": sorted(set(conditions)),
        "orders": sorted({one for each in found for one in each.orders}),
        "sources": sorted({one for each in found for one in each.sources}),
    }


def kind(type_: str, *, contempt_proceedings: bool | None) -> Answer:
    found = charging(kind_of(type_), has_contempt_proceedings=bool(contempt_proceedings))
    asked = {} if contempt_proceedings is None else {"may_charge": found.may_charge}
    return {"breach_is": found.breach_is, "offence": found.is_offence, **asked}


def mismatch(given: Given) -> Answer:
    found = standpoints.Standpoints(
        report=_report(given.get("report")),
        police=_police(given.get("police")),
        prosecution=_prosecution(given.get("prosecution")),
        court=_court(given.get("court")),
        probation=_probation(given.get("probation")),
        told=_told(given.get("victim_told")),
        orders=(standpoints.Reviewed(tuple(map(date.fromisoformat, filter(None, [given.get("order_reviewed_on")])))),),
    )
    codes = standpoints.mismatches(found, _grade(given["risk"]), _instant(given["now"]))
    return {"views": len(found.given), "mismatches": codes}


def finalise(pattern: str | None, by_role: str | None, recording: str | None, reason: str | None) -> Answer:
    course, recorded = _of(standpoints.CourseOfConduct, pattern), _of(standpoints.Recording, recording)
    why = standpoints.why_not_final(course, by_role, recorded, reason or "")
    return {"may_finalise": not why, "why": why}


def first_contact(risk: str | None, raised_at: str, contacted_at: str | None, now: str) -> Answer:
    due = clocks.contact_by(_instant(raised_at), _grade(risk))
    return {"due": due, "status": clocks.first_contact(due, instant_or_none(contacted_at), _instant(now))}


def detect(risk: str | None, raised_at: str, order: Given, incident: Given) -> Answer:
    bound = detecting.Bound(
        instant_or_none(order["effect_from"]), instant_or_none(order["known_from"]), frozenset(order["protected_persons"]),
        frozenset(map(ConditionType, order["conditions"])), day_or_none(order.get("last_day")),
        instant_or_none(order.get("ended_at")),
    )  # fmt: skip
    happened = detecting.Happened(
        incident["victim"], incident["suspect_link"], _of(detecting.Channel, incident["channel"]),
        _instant(incident["from"]), instant_or_none(incident.get("to")), incident.get("in_zone"),
    )  # fmt: skip
    found = detecting.detect(happened, bound)
    by = {"decide_by": clocks.decide_by(_instant(raised_at), _grade(risk))} if found.is_possible else {}
    return {"candidate": found.is_possible, "reasons": found.reasons, "flags": found.flags, **by}


def clock(
    risk: str | None, raised_at: str, now: str, decided_at: str | None, already_raised: Iterable[str] | None
) -> Answer:
    found = clocks.clock(
        _instant(raised_at), _grade(risk), _instant(now), decided_at=instant_or_none(decided_at),
        already_raised=already_raised or (),
    )  # fmt: skip
    return {
        "decide_by": found.decide_by, "status": found.standing, "escalated_to": found.escalated_to,
        "new_escalations": found.new_escalations, "contact_by": found.contact_by, "heightened_until": found.heightened_until,
    }  # fmt: skip


def decision(said: str, by: str, reason: str | None, duplicate_of: str | None) -> Answer:
    why = detecting.why_not_decided(said, by, reason=reason or "", duplicate_of=duplicate_of or "")
    return {"accepted": why is None, "why": why}


def history(person: str, links: Iterable[Given], breaches: Iterable[Given]) -> Answer:
    entries = [
        ledger.Entry(
            one["record"], one["source"], _of(standpoints.PoliceDecision, one.get("police")),
            _of(standpoints.ProsecutionDecision, one.get("prosecution")), _of(standpoints.CourtResult, one.get("court")),
        )
        for one in breaches
    ]  # fmt: skip
    found = ledger.history(person, entries, {one["record"]: one["person"] for one in links})
    return {
        "breaches": found.alleged, "alleged": found.alleged, "police_accepted": found.police_accepted,
        "charged": found.charged, "proved": found.proved, "no_action": found.no_action, "sources": found.sources,
    }  # fmt: skip


def morning_match(entries: Iterable[Given], received: Sequence[str]) -> Answer:
    given = [
        lists.Entry(one["id"], lists.MorningList(one["list"]), one["person"], one["probability"]) for one in entries
    ]
    found = lists.match(given, [lists.MorningList(one) for one in received])
    return {
        "hits": [{"id": one.entry, "person": one.person, "raises": lists.RAISES[one.list]} for one in found.known],
        "clerical": [one.entry for one in found.for_a_person],
        "unmatched": [one.entry for one in found.unmatched],
        "kept": found.kept,
        "not_available": found.not_available,
    }


def pattern(crimes: Iterable[Given], as_of: str) -> Answer:
    given = (
        patterns.Crime(
            one["id"], one["incident"], date.fromisoformat(one["on"]), one["group"], one["victim"], one["suspect"]
        )
        for one in crimes
    )
    return {"to_coordinator": [asdict(one) for one in patterns.patterns(given, date.fromisoformat(as_of))]}


def pattern_decision(said: str, by_role: str, reason: str) -> Answer:
    why = patterns.why_not_decided(said, by_role, reason)
    return {"accepted": why is None, "why": why}


def _report(given: Given | None) -> standpoints.Report | None:
    if given is None:
        return None
    return standpoints.Report(_instant(given["reported_at"]), day_or_none(given.get("incident_on")), _conditions(given))


def _police(given: Given | None) -> standpoints.Police | None:
    if given is None:
        return None
    return standpoints.Police(
        standpoints.PoliceDecision(given["decision"]), instant_or_none(given.get("decided_at")),
        _of(standpoints.CourseOfConduct, given.get("course_of_conduct")), day_or_none(given.get("incident_on")),
        _conditions(given),
    )  # fmt: skip


def _prosecution(given: Given | None) -> standpoints.Prosecution | None:
    if given is None:
        return None
    return standpoints.Prosecution(
        standpoints.ProsecutionDecision(given["decision"]), day_or_none(given.get("charged_on"))
    )


def _court(given: Given | None) -> standpoints.Court | None:
    if given is None:
        return None
    return standpoints.Court(
        standpoints.CourtResult(given["result"]), day_or_none(given.get("on")), day_or_none(given.get("incident_on")),
        _conditions(given),
    )  # fmt: skip


def _probation(given: Given | None) -> standpoints.Probation | None:
    if given is None:
        return None
    return standpoints.Probation(
        standpoints.ProbationDecision(given["decision"]),
        day_or_none(given.get("on")),
        day_or_none(given.get("incident_on")),
    )


def _told(given: Given | None) -> standpoints.VictimTold | None:
    if given is None:
        return None
    return standpoints.VictimTold(standpoints.CourtResult(given["result"]), day_or_none(given.get("on")))


def _conditions(given: Given) -> tuple[str, ...]:
    return tuple(given.get("conditions", ()))


def _grade(risk: str | None) -> Grade | None:
    return _of(Grade, risk)


def _of[E: StrEnum](kind: type[E], text: str | None) -> E | None:
    return None if text is None else kind(text)


def _instant(text: str) -> datetime:
    return instant_of(datetime.fromisoformat(text))
