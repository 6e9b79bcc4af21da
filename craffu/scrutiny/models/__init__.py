"""Interviews of practice, words to destroy, recommendations: every model of scrutiny, by its own name."""

from craffu.scrutiny.models.destroying import Destruction, DestructionDecided
from craffu.scrutiny.models.initiatives import Initiative, InitiativeEntry, InitiativeFigure
from craffu.scrutiny.models.interviewing import (
    Answer,
    Consent,
    ConsentWithdrawn,
    Interview,
    LiveRisk,
    LiveRiskActed,
    Quote,
)
from craffu.scrutiny.models.recommending import Recommendation, RecommendationEntry, ScrutinyReport

__all__ = [
    "Answer",
    "Consent",
    "ConsentWithdrawn",
    "Destruction",
    "DestructionDecided",
    "Initiative",
    "InitiativeEntry",
    "InitiativeFigure",
    "Interview",
    "LiveRisk",
    "LiveRiskActed",
    "Quote",
    "Recommendation",
    "RecommendationEntry",
    "ScrutinyReport",
]
