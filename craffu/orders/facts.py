"""What comes with a move of an order, and the words of its terms, as a page, a command or a feed gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class NewCondition:
    """One condition as typed: word for word as the sealed order has it, or as it is drafted."""

    type: str
    words: str
    words_cy: str = ""
    is_requirement: bool = False
    inputs: Mapping[str, str] = field(default_factory=dict)
    behaviour: str = ""
    necessity: str = ""
    supervisor: str = ""
    first_day: date | None = None
    last_day: date | None = None
    library: str = ""
    # Whoever approved a condition that is worded for this order alone (ORD-14).
    approved_by: Any = None


@dataclass(frozen=True, slots=True)
class NewTerms:
    """All conditions of an order as they stand together, with the limits that the order names."""

    conditions: tuple[NewCondition, ...]
    language: str = "en"
    locality: str = ""
    has_no_locality: bool = False
    # Who typed them, where that is not whoever makes the move: a second person compares them (ORD-20).
    entered_by: Any = None


# What people write: encrypted where it is kept, and never among what a move said.
IN_WORDS: Final = frozenset({"reason_text", "proof", "server"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The fields of a move, each where the move asks for it (rules.md, Annex B). None and empty are not given."""

    reason_code: str = ""
    reason_text: str = ""
    court: str = ""
    court_case_no: str = ""
    asked_on: date | None = None
    lodged_on: date | None = None
    hearing_on: date | None = None
    next_hearing_on: date | None = None
    not_fixed: bool = False
    made_at: datetime | None = None
    is_without_notice: bool | None = None
    takes_effect_at: datetime | None = None
    last_day: date | None = None
    is_indefinite: bool | None = None
    refused_on: date | None = None
    withdrawn_on: date | None = None
    attempted_at: datetime | None = None
    result: str = ""
    place: str = ""
    method: str = ""
    court_directed_method: bool = False
    server: str = ""
    proof: str = ""
    served_at: datetime | None = None
    aware_at: datetime | None = None
    varied_on: date | None = None
    applicant: str = ""
    new_last_day: date | None = None
    discharged_on: date | None = None
    consents: tuple[str, ...] = ()
    revoked_on: date | None = None
    main_determined_on: date | None = None
    main_outcome: str = ""
    quashed_on: date | None = None
    appeal_case_no: str = ""
    review_on: date | None = None
    source_record: str = ""
    terms: NewTerms | None = None

    def said(self) -> dict[str, Any]:
        """What is kept of the move in the clear: days, instants and codes that were given, as JSON has them."""
        found = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name in IN_WORDS or one.name in {"terms", "reason_code"} or value in (None, "", (), False):
                continue
            found[one.name] = value.isoformat() if isinstance(value, date | datetime) else value
        return found | ({"consents": list(self.consents)} if self.consents else {})


_DAYS: Final = frozenset(
    {
        "asked_on", "lodged_on", "hearing_on", "next_hearing_on", "last_day", "refused_on", "withdrawn_on", "varied_on",
        "new_last_day", "discharged_on", "revoked_on", "main_determined_on", "quashed_on", "review_on",
    }
)  # fmt: skip
_INSTANTS: Final = frozenset({"made_at", "takes_effect_at", "attempted_at", "served_at", "aware_at"})


def days_of(given: Given) -> list[date | datetime]:
    """Every day and instant that was given."""
    return [value for name in sorted(_DAYS | _INSTANTS) if (value := getattr(given, name)) is not None]


def given_again(said: Mapping[str, Any]) -> Given:
    """What was given, from what was kept of it in the clear: without its words and its terms."""
    known = {one.name for one in fields(Given)}
    return Given(**{name: _read(name, value) for name, value in said.items() if name in known})


def _read(name: str, value: Any) -> Any:
    if name in _DAYS:
        return date.fromisoformat(value)
    if name in _INSTANTS:
        return datetime.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
