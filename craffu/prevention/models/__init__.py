"""Scores and whom the force scores: every model of prevention, by its own name."""

from craffu.prevention.models.scores import PopulationDefined, ScoreKept, ScoreRun, ScoreStands

__all__ = ["PopulationDefined", "ScoreKept", "ScoreRun", "ScoreStands"]
