"""T31 on blind reviews: two submit in the same second, and nobody reads a word of either before both are in (SCR-07)."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow
from craffu.scrutiny.asking.rules import WHOLE, Given
from craffu.scrutiny.models import ReviewSubmitted
from craffu.scrutiny.reviewing.actions import submit_review
from craffu.scrutiny.reviewing.queries import answers_once_in, find_own_review, own_answers, reviews_in
from tests.concurrency.test_T30_lost_update import all_at_once
from tests.factories.samples import answered, drawn, reviews_of, some_cases

pytestmark = [
    pytest.mark.slow,
    pytest.mark.rule("SCR-07"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("owner_of_the_tables"),
]
SENDS = 3
READS = 4


def test_T31_two_submit_in_the_same_second_and_nobody_reads_one_before_both_are_in(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    officer, analyst = acting_as("scrutiny_officer"), acting_as("analyst")
    ann, bob = (acting_as("volunteer_reviewer", username=name) for name in ("ann", "bob"))
    some_cases(system, tmp_path, 1)
    sample = drawn(officer, analyst, [ann, bob])
    [first, second] = reviews_of(sample)
    words = {first.pk: "The yellow house", second.pk: "The blue gate"}
    for by, review in ((ann, first), (bob, second)):
        answered(by, review.reference, {"DS-92": Given(text=words[review.pk])})

    def read() -> object:
        """What the officer is told while they submit: both, or nothing."""
        [both] = reviews_in(officer, sample.pk).values()
        return {pk: said["DS-92", WHOLE].text for pk, said in answers_once_in(officer, both).items()}

    def submits(by: Acting, reference: str) -> Callable[[], object]:
        return lambda: submit_review(by=by, review=reference)

    became = all_at_once(
        [*[submits(ann, first.reference)] * SENDS, *[submits(bob, second.reference)] * SENDS, *[read] * READS]
    )
    for sent in (became[:SENDS], became[SENDS : 2 * SENDS]):
        assert Counter(type(one) for one in sent) == {ReviewSubmitted: 1, Conflict: SENDS - 1}, sent
    assert all(isinstance(one, NotNow) or one == words for one in became[2 * SENDS :]), became
    assert read() == words
    for by, own, other in ((ann, first, second), (bob, second, first)):
        found = find_own_review(by, own.reference)
        assert found is not None
        assert find_own_review(by, other.reference) is None
        assert own_answers(by, found)["DS-92", WHOLE].text == words[own.pk]
        assert own_answers(by, other) == {}
    logged = Event.objects.filter(kind="review_submitted")
    assert {(one.actor, *json.loads(one.payload)["refs"]) for one in logged} == {
        ("ann", f"case_review/{first.reference}"),
        ("bob", f"case_review/{second.reference}"),
    }
