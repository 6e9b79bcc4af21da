"""An order as other models name its parts: NIEM 6.0 `j:ProtectionOrder`, and person, object, location, event (ADR 95). Pure.

Whom an order protects is told by reference alone, and no place but the court's is told at all: where somebody lives is in neither
(SEC-06, VIC-09). `docs/order-profiles.md` is this mapping as a table, and a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

# NIEM 6.0, an OASIS Standard; names are of niem-core and the justice domain.
NAMESPACES: Final[Mapping[str, str]] = {
    "nc": "https://docs.oasis-open.org/niemopen/ns/model/niem-core/6.0/",
    "j": "https://docs.oasis-open.org/niemopen/ns/model/domains/justice/6.0/",
}
type Told = dict[str, Any]


class Profile(StrEnum):
    """In whose words an order is told. Keys are part of the contract."""

    NIEM = "niem"
    POLE = "pole"


@dataclass(frozen=True, slots=True)
class Who:
    """Whom an order binds, as we know them by now; unknown is empty."""

    reference: str
    given_names: str = field(repr=False)
    family_name: str = field(repr=False)
    born_on: str = field(repr=False)
    sex: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told of an order that was made. `conditions` are number and words, from which what is protected was taken out."""

    reference: str
    kind: str
    name: str
    statute: str
    status: str
    force: str
    court: str
    court_case_no: str
    made_on: date | None
    begins_on: date | None
    last_day: date | None
    served_on: date | None
    ended_on: date | None
    respondent: Who | None
    protected: tuple[str, ...]
    conditions: tuple[tuple[int, str], ...] = field(repr=False)


def told_as(profile: Profile, facts: Facts) -> Told:
    return as_niem(facts) if profile is Profile.NIEM else as_pole(facts)


def _said(**parts: Any) -> Told:
    """What is known: nothing is told as empty."""
    return {name: value for name, value in parts.items() if value not in ("", None, [], {})}


def _named(pairs: Mapping[str, Any]) -> Told:
    return _said(**pairs)


def _day(day: date | None) -> Told | None:
    return {"nc:Date": day.isoformat()} if day else None


def _number(value: str) -> Told | None:
    return {"nc:IdentificationID": value} if value else None


def as_niem(facts: Facts) -> Told:
    """`j:ProtectionOrder` in NIEM's JSON. What binds whom: its subject is bound, its restricted person may not be contacted."""
    order = _named(
        {
            "nc:ActivityIdentification": _number(facts.reference),
            "nc:ActivityCategoryText": facts.kind,
            "nc:ActivityName": facts.name,
            "nc:ActivityDateRange": _named(
                {"nc:StartDate": _day(facts.begins_on), "nc:EndDate": _day(facts.ended_on or facts.last_day)}
            ),
            "nc:ActivityStatus": {"nc:StatusText": facts.status},
            "j:CourtOrderDesignatedSubject": _subject(facts.respondent),
            "j:CourtOrderEnforcementAgency": {"nc:OrganizationName": facts.force},
            "j:CourtOrderIssuingCourt": {"j:CourtName": facts.court} if facts.court else None,
            "j:CourtOrderIssuingDate": _day(facts.made_on),
            "j:CourtOrderServiceDate": _day(facts.served_on),
            "j:ProtectionOrderRestrictedPerson": [
                {"nc:PersonOtherIdentification": _number(reference)} for reference in facts.protected
            ],
            "j:ProtectionOrderConditionText": [words for _, words in facts.conditions],
        }
    )
    return {"@context": dict(NAMESPACES), "j:ProtectionOrder": order}


def _subject(who: Who | None) -> Told | None:
    if who is None:
        return None
    name = _named({"nc:PersonGivenName": who.given_names, "nc:PersonSurName": who.family_name})
    return _named(
        {
            "nc:PersonName": name,
            "nc:PersonBirthDate": {"nc:Date": who.born_on} if who.born_on else None,
            "nc:PersonSexText": who.sex,
            "nc:PersonOtherIdentification": _number(who.reference),
        }
    )


def as_pole(facts: Facts) -> Told:
    """Persons, objects, locations and events, each once; every relationship between two of them has one type."""
    persons, events, between = [], [], []
    order = f"object:{facts.reference}"
    objects = [
        _said(
            id=order, type="court_order", reference=facts.reference, kind=facts.kind, title=facts.name, statute=facts.statute,
            status=facts.status, case_number=facts.court_case_no, begins_on=_iso(facts.begins_on), ends_on=_iso(facts.last_day),
            conditions=[{"number": number, "words": words} for number, words in facts.conditions],
        )
    ]  # fmt: skip
    if (who := facts.respondent) is not None:
        persons.append(
            _said(
                id=f"person:{who.reference}", type="nominal", given_names=who.given_names, family_name=who.family_name,
                born_on=who.born_on, sex=who.sex,
            )
        )  # fmt: skip
        between.append((f"person:{who.reference}", "bound_by", order))
    for reference in facts.protected:
        if not any(one["id"] == f"person:{reference}" for one in persons):
            persons.append({"id": f"person:{reference}", "type": "nominal"})
        between.append((f"person:{reference}", "protected_by", order))
    locations = [{"id": "location:court", "type": "court", "name": facts.court}] if facts.court else []
    happened = (("made", facts.made_on), ("served", facts.served_on), ("ended", facts.ended_on))
    for what, day in happened:
        if day is not None:
            events.append({"id": f"event:{what}", "type": f"order_{what}", "on": day.isoformat()})
            between.append((order, f"{what}_in", f"event:{what}"))
    if locations and facts.made_on:
        between.append(("event:made", "took_place_at", "location:court"))
    return {
        "persons": persons,
        "objects": objects,
        "locations": locations,
        "events": events,
        "relationships": [{"from": one, "type": kind, "to": other} for one, kind, other in between],
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def names_in(told: Any) -> set[str]:
    """Every name of a part that stands in what is told, for whoever holds the table against the mapping."""
    if isinstance(told, dict):
        return {name for name in told if name != "@context"} | {
            name for key, value in told.items() if key != "@context" for name in names_in(value)
        }
    return {name for one in told for name in names_in(one)} if isinstance(told, list) else set()
