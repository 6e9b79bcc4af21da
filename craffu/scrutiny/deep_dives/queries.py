"""Deep dives as those see them who work in one: plan, people, what is to be recommended, and each step with its texts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from craffu.access.acting import Acting
from craffu.common.edits import version_of
from craffu.scrutiny.deep_dives.states import DiveStatus
from craffu.scrutiny.models import (
    DeepDive,
    DiveCorrection,
    DivePerson,
    DivePlanned,
    DiveRecommended,
    DiveStep,
)


@dataclass(frozen=True, slots=True)
class Dive:
    """A deep dive as it stands: of the plan the last word on each method, and of each person."""

    row: DeepDive
    steps: tuple[DiveStep, ...]
    planned: tuple[DivePlanned, ...]
    people: tuple[DivePerson, ...]
    recommended: tuple[DiveRecommended, ...]

    @property
    def status(self) -> DiveStatus:
        return DiveStatus(self.steps[-1].status)

    def step(self, status: DiveStatus) -> DiveStep | None:
        """The last of a kind."""
        return next((one for one in reversed(self.steps) if one.status == status), None)

    @property
    def recommended_version(self) -> str:
        """What is to be recommended, as somebody sees it who mends any of it (T30)."""
        return version_of(*(one.pk for one in self.recommended))

    @property
    def draft(self) -> DiveStep | None:
        """The draft that the force had last."""
        return self.step(DiveStatus.WITH_FORCE)

    @property
    def reply(self) -> DiveStep | None:
        """The reply to that draft; one to a draft that was taken back is none."""
        found, draft = self.step(DiveStatus.REPLIED), self.draft
        return found if found and draft and found.pk > draft.pk else None

    @property
    def replies(self) -> list[DiveStep]:
        """Every reply, to whichever draft."""
        return [one for one in self.steps if one.status == DiveStatus.REPLIED]

    @property
    def corrections(self) -> list[DiveCorrection]:
        """Whatever the force asked to have corrected in any draft."""
        return [one for reply in self.replies for one in reply.corrections.all()]


def _whole(by: Acting, rows: Any) -> Iterable[Dive]:
    corrections = DiveCorrection.objects.for_user(by).select_related("answered", "answered__by").order_by("number")
    steps = DiveStep.objects.for_user(by).select_related("by").order_by("id")
    found = rows.select_related("by").prefetch_related(
        Prefetch("steps", queryset=steps.prefetch_related(Prefetch("corrections", queryset=corrections))),
        Prefetch("planned", queryset=DivePlanned.objects.for_user(by).select_related("by").order_by("id")),
        Prefetch("people", queryset=DivePerson.objects.for_user(by).select_related("by", "person").order_by("id")),
        Prefetch("recommended", queryset=DiveRecommended.objects.for_user(by).order_by("id")),
    )
    return [
        Dive(
            one, tuple(one.steps.all()), _last(one.planned.all(), "method"), _last(one.people.all(), "person_id"),
            _last(one.recommended.all(), "number"),
        )
        for one in found
    ]  # fmt: skip


def _last(rows: Iterable[Any], key: str) -> tuple[Any, ...]:
    """Of each the last word, in the order of the first."""
    return tuple({getattr(one, key): one for one in rows}.values())


def dives(by: Acting) -> list[Dive]:
    """Every one, the last opened first. Six queries."""
    return list(_whole(by, DeepDive.objects.for_user(by).order_by("-id")))


def find_dive(by: Acting, reference: str) -> Dive | None:
    return next(iter(_whole(by, DeepDive.objects.for_user(by).filter(reference=reference))), None)
