"""Which decisions each standpoint takes (BRC-03)."""

from collections.abc import Mapping
from typing import Final

from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.standpoints.rules import CourtResult, PoliceDecision, ProbationDecision, ProsecutionDecision

# What police decide is decided here and by a move; that somebody was told names the court's result.
DECISIONS: Final[Mapping[Standpoint, tuple[str, ...]]] = {
    Standpoint.POLICE: (PoliceDecision.UNDETECTED.value,),
    Standpoint.PROSECUTION: tuple(one.value for one in ProsecutionDecision),
    Standpoint.COURT: tuple(one.value for one in CourtResult),
    Standpoint.PROBATION: tuple(one.value for one in ProbationDecision),
    Standpoint.VICTIM_TOLD: tuple(one.value for one in CourtResult),
}
