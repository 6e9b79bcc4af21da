"""Interviews, samples, blind reviews, words to destroy, recommendations, deep dives: every model by its own name."""

from craffu.scrutiny.models.claiming import DiveChecked, DiveClaim, DiveEvidence, DiveFinding
from craffu.scrutiny.models.deep_dives import (
    DeepDive,
    DiveCorrection,
    DiveCorrectionAnswered,
    DivePerson,
    DivePlanned,
    DiveRecommended,
    DiveStep,
)
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
from craffu.scrutiny.models.panels import (
    MemberVerdict,
    Panel,
    PanelDissent,
    PanelInterest,
    PanelMatter,
    PanelMember,
    PanelTrained,
    PanelVerdict,
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
from craffu.scrutiny.models.standing import StandingAnswer

__all__ = [
    "Adjudicated",
    "Answer",
    "CaseReview",
    "Consent",
    "ConsentWithdrawn",
    "DeepDive",
    "Destruction",
    "DestructionDecided",
    "DiveChecked",
    "DiveClaim",
    "DiveCorrection",
    "DiveCorrectionAnswered",
    "DiveEvidence",
    "DiveFinding",
    "DivePerson",
    "DivePlanned",
    "DiveRecommended",
    "DiveStep",
    "FrameCase",
    "IdentityOpened",
    "Initiative",
    "InitiativeEntry",
    "InitiativeFigure",
    "InterestDeclared",
    "Interview",
    "LiveRisk",
    "LiveRiskActed",
    "MemberVerdict",
    "Panel",
    "PanelDissent",
    "PanelInterest",
    "PanelMatter",
    "PanelMember",
    "PanelTrained",
    "PanelVerdict",
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
    "StandingAnswer",
]
