"""Interviews of practice, what became of them, and words to destroy: every model of scrutiny, by its own name."""

from craffu.scrutiny.models.destroying import Destruction, DestructionDecided
from craffu.scrutiny.models.interviewing import (
    Answer,
    Consent,
    ConsentWithdrawn,
    Interview,
    LiveRisk,
    LiveRiskActed,
    Quote,
)

__all__ = [
    "Answer",
    "Consent",
    "ConsentWithdrawn",
    "Destruction",
    "DestructionDecided",
    "Interview",
    "LiveRisk",
    "LiveRiskActed",
    "Quote",
]
