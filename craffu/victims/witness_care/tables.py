"""Where each row of witness care goes: which model, what its columns become, and which earlier row it belongs to.

Pure but for the models it names: a value has been read and checked by then, so nothing here can refuse one.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from craffu.victims.agreements.kinds import Asking
from craffu.victims.agreements.rules import OffersAgain
from craffu.victims.models import (
    AgreementVersion,
    CaseHappening,
    Contact,
    EntitlementSaid,
    MeasureTold,
    Promise,
    PromiseExcuse,
    SafetyMeasure,
    ToldOfHappening,
    Withdrawn,
)
from craffu.victims.models.recorded import OfVictim
from craffu.victims.safeguarding.kinds import Felt

SOURCE: Final = "witness-care"
_MANY: Final = ";"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of `source`. `plain` and `words` say of which column each field is, `words` those that are encrypted.

    `of` are the fields that point at a row of another table, with the column that names it there: the first is the one the
    row is about, where it names no person itself.
    """

    model: type[OfVictim]
    plain: Mapping[str, tuple[str, Callable[[str], Any]]]
    words: Mapping[str, str] = field(default_factory=dict)
    names_person: bool = True
    names_case: bool = False
    of: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    source: str = SOURCE


def text(said: str) -> str:
    return said


def _or_none(said: str) -> str | None:
    return said or None


def _whole(said: str) -> int:
    return int(said)


def _whole_or_none(said: str) -> int | None:
    return int(said) if said else None


def yes(said: str) -> bool:
    return said == "yes"


def yes_or_none(said: str) -> bool | None:
    return said == "yes" if said else None


def _hers(said: str) -> bool:
    return said == "from_victim"


def _list(said: str) -> str:
    return json.dumps(said.split(_MANY) if said else [])


def _none_listed(_said: str) -> str:
    return "[]"


def _windows(said: str) -> str:
    return json.dumps([window.split("-") for window in said.split(_MANY)] if said else [])


def _offers(said: str) -> str | None:
    """When a refused agreement is offered again: one of two words, a list of occasions, or as it is by default."""
    parts = said.split(_MANY) if said else []
    chosen = next((part for part in parts if part in set(OffersAgain)), None)
    return json.dumps(chosen or parts) if parts else None


def _asking(said: str) -> str:
    return said or Asking.EACH_TIME.value


def _felt(said: str) -> str:
    return said or Felt.NOT_ASKED.value


TABLES: Final[Mapping[str, Table]] = {
    "agreements": Table(
        AgreementVersion,
        {
            "number": ("version_number", _whole),
            "occasion": ("occasion", text),
            "is_unchanged": ("unchanged", yes),
            "agreed_on": ("agreed_on", _or_none),
            "declined_on": ("declined_on", _or_none),
            "offer_again": ("offer_again", _offers),
            "every_days": ("every_days", _whole_or_none),
            "channels": ("channels", _list),
            # Another system says nothing of links: none is sent before somebody asked.
            "link_channels": ("channels", _none_listed),
            "times": ("safe_times", _windows),
            "may_leave_message": ("message_allowed", yes),
            "urgent_reach": ("urgent_reach", text),
            "language": ("language", text),
            "asking": ("asking", _asking),
            "asking_said_on": ("asking_said_on", _or_none),
            "not_wanted": ("not_wanted", _list),
            "survey_consent": ("survey_consent", yes_or_none),
            "next_revisit_on": ("next_revisit_on", _or_none),
        },
        {
            "officer_name": "officer",
            "safe_word": "safe_word",
            "never_say": "never_say",
            "urgent_words": "urgent_words",
            "others_told": "others_told",
        },
    ),
    "entitlements": Table(
        EntitlementSaid, {"entitlement": ("entitlement", text), "on": ("decided_on", text)}, {"reason": "reason"}
    ),
    "promises": Table(
        Promise,
        {"promised_at": ("promised_at", text), "due_at": ("due_at", text), "channels": ("channels", _list)},
    ),
    "victim_contacts": Table(
        Contact,
        {
            "at": ("contacted_at", text),
            "channel": ("channel", text),
            "is_hers": ("direction", _hers),
            "was_reached": ("reached", yes),
            "left_message": ("message_left", yes),
            "why_unsafe": ("unsafe_because", _list),
            "is_danger": ("life_in_danger", yes),
            "language": ("language", text),
        },
        {"told": "told", "response": "response", "officer_name": "officer"},
        of={"promise": ("promise_ref", "promises")},
    ),
    "excuses": Table(
        PromiseExcuse,
        {"reason": ("reason", text), "at": ("said_at", text)},
        {"words": "words"},
        names_person=False,
        of={"promise": ("promise_ref", "promises")},
    ),
    "happenings": Table(
        CaseHappening,
        {
            "kind": ("kind", text),
            "at": ("happened_at", text),
            "time_known_at": ("time_known_at", _or_none),
            "learnt_at": ("learnt_at", text),
            "received_on": ("received_on", _or_none),
        },
        {"words": "words"},
        names_case=True,
    ),
    "tellings": Table(
        ToldOfHappening,
        {"at": ("told_at", text)},
        names_person=False,
        of={"happening": ("happening_ref", "happenings"), "contact": ("contact_ref", "victim_contacts")},
    ),
    "safety_measures": Table(SafetyMeasure, {"kind": ("kind", text), "done_on": ("done_on", text)}, {"words": "words"}),
    "measure_tellings": Table(
        MeasureTold,
        {"told_on": ("told_on", text), "channel": ("channel", text), "felt": ("felt", _felt)},
        names_person=False,
        of={"measure": ("measure_ref", "safety_measures"), "contact": ("contact_ref", "victim_contacts")},
    ),
    "withdrawals": Table(
        Withdrawn,
        {
            "on": ("withdrew_on", text),
            "why": ("why", text),
            "pressure_asked": ("pressure_asked", yes),
            "safety_reviewed": ("safety_reviewed", yes),
        },
        {"reason": "reason", "pressure": "pressure", "not_explored_reason": "not_explored_reason"},
        names_case=True,
    ),
}


def values_of(table: Table, columns: Mapping[str, str]) -> dict[str, Any]:
    """The plain fields of a row, as the database keeps them. A call of hers has reached us whatever the row says."""
    said = {name: read(columns.get(column, "")) for name, (column, read) in table.plain.items()}
    if said.get("is_hers"):
        said["was_reached"] = True
    return said
