"""How often people decided otherwise than a score, and how challenges ended: counts, which name nobody (PRI-07)."""

from dataclasses import dataclass

from craffu.access.acting import Acting
from craffu.prevention.deciding.rules import Said
from craffu.prevention.models import PriorityDecided, ScoreChallenged


@dataclass(frozen=True, slots=True)
class Figures:
    """Decisions; those that put another priority forward, and those agreed to; challenges, those answered, those that set
    something aside.
    """

    decisions: int
    others: int
    agreed: int
    challenges: int
    answered: int
    upheld: int

    @property
    def override_rate(self) -> float | None:
        """Of all decisions those by which another priority counted; None, and not nought, where there are none."""
        return self.agreed / self.decisions if self.decisions else None


def figures(by: Acting) -> Figures:
    """Six counts."""
    decisions = PriorityDecided.objects.for_user(by)
    others = decisions.filter(said=Said.OTHER.value)
    challenges = ScoreChallenged.objects.for_user(by)
    answered = challenges.filter(answered__isnull=False)
    return Figures(
        decisions.count(), others.count(), others.filter(agreed__agrees=True).count(), challenges.count(), answered.count(),
        answered.filter(answered__aside__isnull=False).distinct().count(),
    )  # fmt: skip
