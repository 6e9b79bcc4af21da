"""Interviews, samples and their blind reviews, words to destroy, recommendations: every model of scrutiny by its own name."""

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
from craffu.scrutiny.models.reviewing import (
    Adjudicated,
    CaseReview,
    IdentityOpened,
    InterestDeclared,
    ReviewAnswer,
    ReviewSubmitted,
)
from craffu.scrutiny.models.sampling import (
    FrameCase,
    Sample,
    SampleCase,
    SampleFrozen,
    SampleReplaced,
    SampleReviewers,
    SampleSeeded,
)

__all__ = [
    "Adjudicated",
    "Answer",
    "CaseReview",
    "Consent",
    "ConsentWithdrawn",
    "Destruction",
    "DestructionDecided",
    "FrameCase",
    "IdentityOpened",
    "Initiative",
    "InitiativeEntry",
    "InitiativeFigure",
    "InterestDeclared",
    "Interview",
    "LiveRisk",
    "LiveRiskActed",
    "Quote",
    "Recommendation",
    "RecommendationEntry",
    "ReviewAnswer",
    "ReviewSubmitted",
    "Sample",
    "SampleCase",
    "SampleFrozen",
    "SampleReplaced",
    "SampleReviewers",
    "SampleSeeded",
    "ScrutinyReport",
]
