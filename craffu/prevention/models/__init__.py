"""Scores, whom the force scores, what people decide of them, and plans: every model of prevention, by its own name."""

from craffu.prevention.models.cohorts import CohortEntered, CohortLeft, CohortReviewed
from craffu.prevention.models.decisions import (
    ActSetAside,
    ChallengeAnswered,
    PriorityAgreed,
    PriorityDecided,
    ScoreChallenged,
)
from craffu.prevention.models.plans import (
    Plan,
    PlanAction,
    PlanActionClosed,
    PlanApproved,
    PlanConsulted,
    PlanDraft,
    PlanEnded,
    PlanOption,
    PlanReviewed,
    PlanVersion,
)
from craffu.prevention.models.scores import PopulationDefined, SchemeAdopted, ScoreKept, ScoreRun, ScoreStands

__all__ = [
    "ActSetAside",
    "ChallengeAnswered",
    "CohortEntered",
    "CohortLeft",
    "CohortReviewed",
    "Plan",
    "PlanAction",
    "PlanActionClosed",
    "PlanApproved",
    "PlanConsulted",
    "PlanDraft",
    "PlanEnded",
    "PlanOption",
    "PlanReviewed",
    "PlanVersion",
    "PopulationDefined",
    "PriorityAgreed",
    "PriorityDecided",
    "SchemeAdopted",
    "ScoreChallenged",
    "ScoreKept",
    "ScoreRun",
    "ScoreStands",
]
