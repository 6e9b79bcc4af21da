"""What the outcome of a crime, and the end of a charge, say of a breach: from which standpoint, and what was decided (BRC-03)."""

from collections.abc import Mapping
from typing import Final

from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.standpoints.rules import CourtResult, PoliceDecision, ProsecutionDecision

# Home Office outcomes (counting rules, crime outcomes): charged or summonsed; the prosecution will not proceed; nobody was
# charged although it stays recorded as a crime. Cautions, transferred crimes and resolutions out of court decide none of these.
_OF_OUTCOMES: Final[Mapping[str, tuple[Standpoint, str]]] = {
    **dict.fromkeys(("1", "1A"), (Standpoint.PROSECUTION, ProsecutionDecision.CHARGED.value)),
    **dict.fromkeys(("5", "9"), (Standpoint.PROSECUTION, ProsecutionDecision.NO_ACTION.value)),
    **dict.fromkeys(
        ("10", "11", "12", "13", "14", "15", "16", "17", "18", "21"), (Standpoint.POLICE, PoliceDecision.UNDETECTED.value)
    ),
}  # fmt: skip
_OF_CHARGES: Final[Mapping[str, tuple[Standpoint, str]]] = {
    "convicted": (Standpoint.COURT, CourtResult.PROVED.value),
    "not_guilty": (Standpoint.COURT, CourtResult.NOT_PROVED.value),
    "ended": (Standpoint.PROSECUTION, ProsecutionDecision.DISCONTINUED.value),
}


def decided_by_outcome(code: str) -> tuple[Standpoint, str] | None:
    """What an outcome given to a crime recorded as a breach decides of it; None where it decides nothing of these."""
    return _OF_OUTCOMES.get(code.strip().upper().lstrip("0"))


def decided_by_court(kind: str) -> tuple[Standpoint, str] | None:
    """What the end of a charge of breach decides; an end that is neither conviction nor acquittal is no finding of a court."""
    return _OF_CHARGES.get(kind)
