"""How somebody's records stand: held, under review, kept until, asked to be erased or erased (SEC-08, SEC-09)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from craffu.access.acting import Acting
from craffu.access.retention.kinds import Step
from craffu.access.retention.models import RetentionStep


@dataclass(frozen=True, slots=True)
class Stands:
    """Every step about somebody, in order, and what they come to."""

    person: str
    steps: tuple[RetentionStep, ...] = ()

    def last(self, *steps: Step) -> RetentionStep | None:
        """The last step that is any of these."""
        return next((one for one in reversed(self.steps) if Step(one.step) in steps), None)

    @property
    def holds(self) -> tuple[RetentionStep, ...]:
        """The holds that stand."""
        lifted = {one.hold for one in self.steps if one.step == Step.HOLD_LIFTED}
        return tuple(one for one in self.steps if one.step == Step.HOLD_PLACED and one.number not in lifted)

    @property
    def erased(self) -> RetentionStep | None:
        """The erasure, where nothing was said since: whoever stays after one can be held, kept and erased again."""
        return self.steps[-1] if self.steps and self.steps[-1].step == Step.ERASED else None

    @property
    def asked(self) -> RetentionStep | None:
        """The erasure that was asked for and nobody has decided."""
        found = self.last(Step.KEPT, Step.ERASURE_ASKED, Step.ERASURE_REFUSED, Step.ERASED)
        return found if found is not None and found.step == Step.ERASURE_ASKED else None

    @property
    def open_review(self) -> RetentionStep | None:
        """The review that waits for a decision: one that was asked to erase and refused waits again."""
        opened = self.last(Step.OPENED)
        over = self.last(Step.KEPT, Step.ERASED)
        return opened if opened is not None and (over is None or over.number < opened.number) else None

    @property
    def kept_until(self) -> date | None:
        kept = self.last(Step.KEPT)
        return kept.next_on if kept is not None else None


def stands_of(by: Acting, people: Collection[str]) -> dict[str, Stands]:
    """How each of these stands; of whom nothing was said, nothing. One query."""
    rows = RetentionStep.objects.filter(force=by.force, person__in=sorted(people)).select_related("by", "asked_by")
    found: dict[str, list[RetentionStep]] = {}
    for one in rows.order_by("person", "number"):
        found.setdefault(one.person, []).append(one)
    return {person: Stands(person, tuple(found.get(person, ()))) for person in people}


def people_with_steps(by: Acting) -> list[str]:
    """Of whom anything was said. One query."""
    rows = RetentionStep.objects.filter(force=by.force).order_by("person").values_list("person", flat=True)
    return list(rows.distinct())
