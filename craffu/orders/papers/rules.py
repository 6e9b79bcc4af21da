"""When an application pack may go to court, and when the card of a live order says everything it must.

ORD-06 and ORD-18; rules.md, Annex A (card fields).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from craffu.orders.catalogue.kinds import Family, Kind, KnownFrom


@dataclass(frozen=True, slots=True)
class PackTerm:
    """One term an application asks for: why it is necessary, and the recorded behaviours it answers."""

    necessity: str
    behaviours: Sequence[str]


@dataclass(frozen=True, slots=True)
class Pack:
    """An application pack as far as it has come."""

    limbs_with_evidence: Collection[str]
    terms: Sequence[PackTerm]
    victim_view: str = ""
    victim_view_absent_reason: str = ""
    risk_assessment: str = ""


def pack_lacks(kind: Kind, pack: Pack) -> list[str]:
    """ORD-06: what a pack lacks, in its own order: limbs, terms, the victim's view or why it is absent, a risk assessment.

    No conviction and no consent is asked for; who is protected need not be who was stalked.
    """
    missing = [f"limb:{limb}" for limb in kind.applying.limbs if limb not in pack.limbs_with_evidence]
    if not pack.terms:
        missing.append("terms")
    for number, term in enumerate(pack.terms, start=1):
        if not term.necessity.strip():
            missing.append(f"term{number}:necessity")
        if not any(one.strip() for one in term.behaviours):
            missing.append(f"term{number}:behaviour")
    if not (pack.victim_view.strip() or pack.victim_view_absent_reason.strip()):
        missing.append("victim_view_or_reason")
    if not pack.risk_assessment.strip():
        missing.append("risk_assessment")
    return missing


OF_EVERY_CARD: Final = (
    "type",
    "court",
    "court_case_no",
    "made_on",
    "starts_on",
    "end_or_indefinite",
    "respondent_name",
    "respondent_dob",
    "respondent_identifier",
    "protected_person_ref",
    "terms",
    "language",
    "owner",
    "next_review_on",
    "national_system_recorded",
)
# A police notice has no court.
OF_A_COURT: Final = frozenset({"court", "court_case_no"})
# The rest of the five matters of the Stalking Protection Act 2019 s.6; 'none' is an answer.
OF_STALKING_ORDERS: Final = ("locality_limit", "term_periods")
STALKING_ORDERS: Final = frozenset({"SPO", "ISPO"})
OF_SERVICE: Final = ("served_at", "service_method", "service_proof")
UNKNOWN: Final = "unknown"
# What follows from service, or from an end: nobody can be asked to complete it.
CARD_WAITS_FOR: Final = frozenset({"next_review_on"})
# What a card may lack, in the order of its fields.
MAY_LACK: Final = tuple(
    name for name in (*OF_EVERY_CARD, *OF_STALKING_ORDERS, *OF_SERVICE) if name not in CARD_WAITS_FOR
)


def card_fields(kind: Kind, *, proven_aware: bool) -> Iterator[str]:
    """ORD-18: the fields the card of a kind must have. Proven awareness stands for service only where the kind allows it."""
    yield from (name for name in OF_EVERY_CARD if kind.family != Family.NOTICE or name not in OF_A_COURT)
    if kind.code in STALKING_ORDERS:
        yield from OF_STALKING_ORDERS
    stands_for_service = proven_aware and kind.effect.known_from == KnownFrom.SERVICE_OR_AWARENESS
    if kind.family != Family.CONDITIONS and not stands_for_service:
        yield from OF_SERVICE


def card_lacks(kind: Kind, card: Mapping[str, Any], *, proven_aware: bool = False) -> list[str]:
    """ORD-18: what a card lacks, in the order of its fields; 'unknown' is not an answer."""
    return [name for name in card_fields(kind, proven_aware=proven_aware) if not _says(card.get(name))]


UNVERIFIED: Final = "UNVERIFIED"


def printed_as_law(kind: Kind, said: str | None) -> str | None:
    """CLK-14: what the catalogue cites, word for word; None where it, or the whole kind, is not confirmed."""
    if not said or UNVERIFIED in said or kind.mark == UNVERIFIED.casefold():
        return None
    return said


def _says(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value.strip()) and value.strip().casefold() != UNKNOWN
    return bool(value)
