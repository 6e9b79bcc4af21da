"""Scores, whom the force scores, and what people decide of them: every model of prevention, by its own name."""

from craffu.prevention.models.decisions import (
    ActSetAside,
    ChallengeAnswered,
    PriorityAgreed,
    PriorityDecided,
    ScoreChallenged,
)
from craffu.prevention.models.scores import PopulationDefined, ScoreKept, ScoreRun, ScoreStands

__all__ = [
    "ActSetAside",
    "ChallengeAnswered",
    "PopulationDefined",
    "PriorityAgreed",
    "PriorityDecided",
    "ScoreChallenged",
    "ScoreKept",
    "ScoreRun",
    "ScoreStands",
]
