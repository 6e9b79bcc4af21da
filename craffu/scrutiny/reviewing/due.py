"""What is due of a blind review: that whoever was given a case reviews it, within ten working days (SCR-07).

Each review is due by itself and its owner's alone. Of the other review of the same case it says nothing.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import day_of, end_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.scrutiny.models import CaseReview
from craffu.scrutiny.reviewing.rules import review_by
from craffu.scrutiny.topics import CASE_REVIEWS
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

REVIEW: Final = "review_case_blind"
GIVEN: Final = "case_given_to_review"
QUEUE: Final = "case-reviews"


def every_review(by: Acting) -> Iterable[str]:
    return map(str, CaseReview.objects.for_user(by).order_by("id").values_list("pk", flat=True))


def reviews_named(_by: Acting, _topic: str, subjects: Collection[str]) -> Iterable[str]:
    return subjects


def reviews_due(by: Acting, subjects: Collection[str], now: datetime) -> dict[str, Answer]:
    """What is due of each of these. One query."""
    rows = CaseReview.objects.for_user(by).filter(pk__one_of=frozenset(map(int, subjects)), known_from__lte=now)
    rows = rows.select_related("interest", "submitted", "case__replaced").order_by("id")
    return {str(one.pk): Answer((_due(one, now),)) for one in rows}


def _due(one: CaseReview, now: datetime) -> Due:
    by = end_of(review_by(day_of(one.known_from)))
    over = min((ended for ended in _ends(one) if ended[0] <= now), default=None)
    return Due(
        kind=REVIEW, key=str(one.pk), about=("case_review", one.reference), queue=QUEUE, why=GIVEN,
        what_if_not=Consequence.GOES_STALE, raised_at=one.known_from, due_at=by, overdue_from=by, owner=one.reviewer_id,
        done_at=over[0] if over else None, how=over[1] if over else None,
    )  # fmt: skip


def _ends(one: CaseReview) -> Iterable[tuple[datetime, How]]:
    """It is in; or nobody waits for it any more, because of an interest or because another case took the place of this one."""
    if hasattr(one, "submitted"):
        yield one.submitted.known_from, How.DONE
    if hasattr(one, "interest") and one.interest.has_interest:
        yield one.interest.known_from, How.WITHDRAWN
    if hasattr(one.case, "replaced"):
        yield one.case.replaced.known_from, How.WITHDRAWN


SOURCE: Final = Source(
    key="case_reviews",
    topics=frozenset({CASE_REVIEWS}),
    rules={REVIEW: "SCR-07"},
    whys=frozenset({GIVEN}),
    queues=frozenset({QUEUE}),
    every=every_review,
    named=reviews_named,
    due=reviews_due,
)
