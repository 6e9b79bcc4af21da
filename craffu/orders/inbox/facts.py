"""What comes with a document and what is typed from it, and how its conditions are kept until it is matched (ORD-21)."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Final

from craffu.orders.facts import NewCondition, NewTerms

# From whom documents come: keys that are stored.
CAME_FROM: Final = ("court", "other_force", "party", "solicitor", "other")
# Why one is returned.
RETURNED_BECAUSE: Final = ("not_an_order", "other_force", "unreadable", "came_before", "not_recorded_here", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A document as it came. `kind` is what it seems to be, empty where nobody can say."""

    received_at: datetime
    came_from: str
    content: bytes = field(repr=False)
    sender: str = field(default="", repr=False)
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody read on the image, as far as it says. Nothing is demanded until it is matched."""

    kind: str = ""
    is_interim: bool = False
    court: str = ""
    court_case_no: str = ""
    made_on: date | None = None
    last_day: date | None = None
    is_indefinite: bool | None = None
    given_names: str = field(default="", repr=False)
    family_name: str = field(default="", repr=False)
    born_on: date | None = field(default=None, repr=False)
    terms: NewTerms | None = field(default=None, repr=False)


_DAYS: Final = ("first_day", "last_day")


def terms_as_text(terms: NewTerms | None) -> str:
    """Terms as they are kept beside a document: JSON, empty where none were typed."""
    if terms is None or not terms.conditions:
        return ""
    return json.dumps(asdict(terms), ensure_ascii=False, default=date.isoformat)


def terms_of_text(text: str) -> NewTerms | None:
    """The same read back."""
    if not text:
        return None
    said: dict[str, Any] = json.loads(text)
    conditions = tuple(_condition(one) for one in said.pop("conditions"))
    return NewTerms(conditions, **said)


def _condition(said: dict[str, Any]) -> NewCondition:
    return NewCondition(**said | {name: date.fromisoformat(said[name]) if said[name] else None for name in _DAYS})
