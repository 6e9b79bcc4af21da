"""Interviews of practice and what became of them: every model of scrutiny, by its own name."""

from craffu.scrutiny.models.interviewing import (
    Answer,
    Consent,
    ConsentWithdrawn,
    Interview,
    LiveRisk,
    LiveRiskActed,
    Quote,
)

__all__ = ["Answer", "Consent", "ConsentWithdrawn", "Interview", "LiveRisk", "LiveRiskActed", "Quote"]
