"""Emergency accesses as they are reviewed: which wait, how long each lasted, and what was looked at meanwhile (SEC-03)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from craffu.access.acting import Acting
from craffu.access.emergency.models import EmergencyAccess, EmergencyReview
from craffu.access.emergency.rules import is_overdue
from craffu.access.restricted.models import Admission
from craffu.audit.questions import Act, acts, acts_between


@dataclass(frozen=True, slots=True)
class Review:
    """An emergency access with its review, and when it ended: by itself, or earlier if it was left or taken away."""

    access: EmergencyAccess
    review: EmergencyReview
    ended_at: datetime

    @property
    def is_decided(self) -> bool:
        return self.review.decided_at is not None

    def is_running(self, now: datetime) -> bool:
        return now < self.ended_at

    def is_overdue(self, now: datetime) -> bool:
        return not self.is_decided and is_overdue(self.review.due_at, now)


def _seen_by(by: Acting) -> QuerySet[EmergencyReview]:
    """Of records that the reader may know of. `left_at` is when whoever had it was let in otherwise, left or was shut out."""
    later = Admission.objects.filter(
        Q(admitted=False) | ~Q(emergency=OuterRef("access")),
        user=OuterRef("user"),
        kind=OuterRef("access__kind"),
        reference=OuterRef("access__reference"),
        changed_at__gte=OuterRef("access__granted_at"),
    )
    rows = EmergencyReview.objects.filter(access__force=by.force).select_related("access__user", "decided_by")
    for kind, references in by.hidden.items():
        rows = rows.exclude(access__kind=kind, access__reference__in=references)
    return rows.annotate(left_at=Subquery(later.order_by("id").values("changed_at")[:1]))


def _ended(rows: QuerySet[EmergencyReview]) -> list[Review]:
    return [
        Review(row.access, row, min(row.access.until, row.left_at or row.access.until))  # type: ignore[attr-defined]
        for row in rows
    ]


def reviews_waiting(by: Acting) -> list[Review]:
    """Those that nobody has decided, the longest waiting first, without the reader's own. One query."""
    return _ended(_seen_by(by).filter(decided_at=None).exclude(user=by.user).order_by("due_at", "id"))


def reviews_decided(by: Acting, most: int) -> list[Review]:
    """The latest that were decided, newest first, without the reader's own. One query."""
    return _ended(_seen_by(by).exclude(decided_at=None).exclude(user=by.user).order_by("-decided_at", "-id")[:most])


def reviewed_by(by: Acting, numbers: list[str]) -> frozenset[str]:
    """Which of these accesses the reader has reviewed, by number. One query."""
    decided = EmergencyReview.objects.filter(access__force=by.force, access__number__in=numbers, decided_by=by.user)
    return frozenset(decided.exclude(decided_at=None).values_list("access__number", flat=True))


def find_review(by: Acting, number: str) -> Review | None:
    """By the number of the access; None where there is none of which the reader may know."""
    return next(iter(_ended(_seen_by(by).filter(access__number=number))), None)


def emergencies_of(by: Acting, kind: str, reference: str) -> list[Review]:
    """Every emergency access to one record, newest first. One query."""
    return _ended(_seen_by(by).filter(access__kind=kind, access__reference=reference).order_by("-access_id"))


def looked_at_during(by: Acting, review: Review, most: int) -> list[Act]:
    """What the log holds of that person and record from the grant to its end, in order."""
    access = review.access
    rows = acts_between(
        f"{access.kind}/{access.reference}",
        access.user.username,
        force=by.force.code,
        since=access.granted_at,
        until=review.ended_at,
    )
    return acts(rows[:most])
