"""Reviews as each reader may see them: a reviewer their own, others what was answered once all of the case are in (SCR-07).

No query about one review asks anything of the other, so that neither a page nor its time tells of it.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.scrutiny.asking.form import Form
from craffu.scrutiny.asking.kinds import ASSESSABLE
from craffu.scrutiny.asking.reading import shipped
from craffu.scrutiny.asking.rules import WHOLE, Answers, Given
from craffu.scrutiny.models import CaseReview, LiveRisk, ReviewAnswer, SampleCase
from craffu.scrutiny.reviewing.permissions import check_can_review
from craffu.scrutiny.reviewing.policies import check_all_in
from craffu.scrutiny.sampling.permissions import check_can_sample
from craffu.scrutiny.sampling.rules import Reason

YES, NOT_ASSESSABLE = "yes", "not_assessable"


def _rows(by: Acting) -> Any:
    return CaseReview.objects.for_user(by).select_related(
        "case", "case__sample", "case__sample__frozen", "case__replaced", "reviewer", "interest", "submitted"
    )


def own_reviews(by: Acting) -> list[CaseReview]:
    """Those that were given to whoever asks, the first first. One query."""
    user = check_can_review(by)
    return list(_rows(by).filter(reviewer=user).order_by("id"))


def find_own_review(by: Acting, reference: str) -> CaseReview | None:
    """None of what was given to somebody else: for a reviewer it is not there."""
    user = check_can_review(by)
    found: CaseReview | None = _rows(by).filter(reviewer=user, reference=reference).first()
    return found


def has_interest(review: CaseReview) -> bool:
    return hasattr(review, "interest") and review.interest.has_interest


def reviews_of(by: Acting, case: SampleCase) -> list[CaseReview]:
    """Of a case who reviews it in each place: the last that it was given to. For who follows the sample, never a reviewer."""
    return standing(_rows(by).filter(case=case).order_by("id"))


def reviews_in(by: Acting, sample: int) -> dict[int, list[CaseReview]]:
    """The same of every case of a sample that was not replaced. One query."""
    found: dict[int, list[CaseReview]] = {}
    for one in _rows(by).filter(case__sample=sample, case__replaced=None).order_by("id"):
        found.setdefault(one.case_id, []).append(one)
    return {case: standing(rows) for case, rows in found.items()}


def standing(rows: Iterable[CaseReview]) -> list[CaseReview]:
    last = {one.place: one for one in rows}
    return [last[place] for place in sorted(last)]


def are_in(reviews: Iterable[CaseReview]) -> bool:
    """Whether each of them was submitted."""
    return all(hasattr(one, "submitted") for one in reviews)


def form_of(review: CaseReview) -> Form:
    """The version by which its sample is asked."""
    return shipped()[review.case.sample.form]


def has_left(review: CaseReview, people: Collection[str]) -> bool:
    """Whether somebody who has it still to do may review no more; `people` are the account names of those who may."""
    return not hasattr(review, "submitted") and review.reviewer.username not in people


def own_answers(by: Acting, review: CaseReview) -> dict[tuple[str, str], Given]:
    """What they have answered so far themselves, the last to each question; nothing of anybody else's review. One query."""
    return _answers(by, [review.pk], reviewer=check_can_review(by)).get(review.pk, {})


def answers_once_in(by: Acting, reviews: Iterable[CaseReview]) -> dict[int, Answers]:
    """What was answered in each of these reviews, for who follows the sample. Raises NotNow unless every one is in. One query."""
    check_can_sample(by)
    listed = list(reviews)
    check_all_in(is_in=are_in(listed))
    found = _answers(by, [one.pk for one in listed])
    return {one.pk: found.get(one.pk, {}) for one in listed}


def has_referred(by: Acting, review: CaseReview) -> bool:
    """Whether they have told the force of a danger in it. One query."""
    return bool(LiveRisk.objects.for_user(by).filter(review=review, by=check_can_review(by)).exists())


def _answers(by: Acting, reviews: list[int], **narrow: User) -> dict[int, dict[tuple[str, str], Given]]:
    rows = ReviewAnswer.objects.for_user(by).filter(
        review__in=reviews, **{f"review__{name}": value for name, value in narrow.items()}
    )
    found: dict[int, dict[tuple[str, str], Given]] = {}
    for one in rows.order_by("id"):
        found.setdefault(one.review_id, {})[one.question, one.repeat] = read_given(one.said)
    return found


def kept_given(given: Given) -> str:
    """An answer as it is kept."""
    return json.dumps(asdict(given), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read_given(said: str) -> Given:
    return Given(**json.loads(said))


def _assessable(by: Acting, case: SampleCase) -> set[str]:
    """What those whose reviews are in said of whether the case can be assessed."""
    reviews = [one for one in reviews_of(by, case) if hasattr(one, "submitted")]
    found = _answers(by, [one.pk for one in reviews])
    return {said.code for answers in found.values() if (said := answers.get((ASSESSABLE, WHOLE)))}


def was_assessed(by: Acting, case: SampleCase) -> bool:
    """Whether a review is in that keeps the case in the sample: it was assessed, or could not be."""
    return bool(_assessable(by, case) & {YES, NOT_ASSESSABLE})


def is_reviewing(by: Acting, case: SampleCase) -> bool:
    """Whether whoever asks reviews the case themselves, has declared no interest in it and is not done."""
    return any(
        one.reviewer == by.user and not has_interest(one) and not hasattr(one, "submitted")
        for one in reviews_of(by, case)
    )


def to_replace(by: Acting, reviews: Mapping[int, list[CaseReview]]) -> dict[int, Reason]:
    """By case what its reviewers ask to have it replaced for; nothing of one that whoever asks still reviews. One query.

    `reviews` is what `reviews_in` gives: the answer of a review that is in is read alone.
    """
    user = check_can_sample(by)
    done = [one for several in reviews.values() for one in several if hasattr(one, "submitted")]
    rows = ReviewAnswer.objects.for_user(by).filter(review__in=[one.pk for one in done], question=ASSESSABLE)
    said = {one.review_id: read_given(one.said).code for one in rows.order_by("id")}
    found: dict[int, Reason] = {}
    for case, several in reviews.items():
        if any(one.reviewer == user and not has_interest(one) and not hasattr(one, "submitted") for one in several):
            continue
        codes = {said.get(one.pk, "") for one in several}
        if any(has_interest(one) for one in several):
            found[case] = Reason.REVIEWER_CONFLICT
        for reason in (Reason.DUPLICATE, Reason.OUT_OF_SCOPE):
            if reason.value in codes and not codes & {YES, NOT_ASSESSABLE}:
                found[case] = reason
    return found


def bears_out(by: Acting, case: SampleCase, reason: Reason) -> bool:
    """Whether a reviewer has said what a case is to be replaced for: in a review that is in, or as an interest."""
    if reason is Reason.REVIEWER_CONFLICT:
        return any(has_interest(one) for one in reviews_of(by, case))
    return reason.value in _assessable(by, case)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reviews of a sample are: numbers alone."""

    given: int
    declared: int
    submitted: int


def progress(reviews: Mapping[int, list[CaseReview]]) -> Progress:
    listed = [one for several in reviews.values() for one in several]
    return Progress(
        len(listed),
        sum(hasattr(one, "interest") for one in listed),
        sum(hasattr(one, "submitted") for one in listed),
    )
