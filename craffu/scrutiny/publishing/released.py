"""The reviews of the force that were published, each with the text of that day: anybody may read them (SCR-12)."""

from dataclasses import dataclass

from django.db.models import Prefetch

from craffu.access.acting import Acting
from craffu.scrutiny.deep_dives.states import DiveStatus
from craffu.scrutiny.models import DeepDive, DiveStep


@dataclass(frozen=True, slots=True)
class Released:
    """A review, and the step by which it was published."""

    row: DeepDive
    step: DiveStep


def released(by: Acting, reference: str = "") -> list[Released]:
    """The last opened first; the one of this reference alone where one is given. Two queries."""
    steps = DiveStep.objects.for_user(by).filter(status=DiveStatus.PUBLISHED.value).order_by("id")
    rows = DeepDive.objects.for_user(by).filter(steps__status=DiveStatus.PUBLISHED.value)
    if reference:
        rows = rows.filter(reference=reference)
    found = rows.prefetch_related(Prefetch("steps", queryset=steps)).order_by("-id").distinct()
    return [Released(one, list(one.steps.all())[-1]) for one in found]
