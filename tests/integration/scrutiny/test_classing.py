"""What dip samples found of how cases were classed, by their officer's training: only once it may be quoted (R2b)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.cases.models import Case
from craffu.measures.practice.kinds import Group
from craffu.measures.practice.queries import found_reading
from craffu.measures.practice.rules import Read
from craffu.scrutiny.agreeing.actions import adjudicate
from craffu.scrutiny.asking.rules import Given
from craffu.scrutiny.classing.queries import rightly_classed
from craffu.scrutiny.models import Sample
from craffu.scrutiny.reviewing.facts import NewAdjudication
from tests.factories.samples import drawn, reviews_of, submitted
from tests.factories.staff import accepted, training
from tests.integration.measures.test_practice import crimes, reported

pytestmark = [pytest.mark.django_db, pytest.mark.deep, pytest.mark.rule("SCR-07", "SCR-08")]

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
WRONG = {"DS-A1": Given(judged="no", confidence="high", evidence="log 4"), "DS-A2": Given(code="harassment")}


@pytest.fixture
def reviewers(acting_as: Callable[..., Acting]) -> tuple[Acting, ...]:
    return acting_as("volunteer_reviewer", username="ann"), acting_as("volunteer_reviewer", username="bob")


@pytest.fixture(autouse=True)
def at_noon(frozen_clock: time_travel.Traveller) -> None:
    frozen_clock.move_to(NOW)


@pytest.fixture
def sample(system: Acting, acting_as: Callable[..., Acting], reviewers: tuple[Acting, ...], tmp_path: Path) -> Sample:
    """20 cases: of an officer trained on 10 November, before and after, of one never trained, and of nobody named."""
    accepted(acting_as("workforce_lead"))
    training(system, "1001", date(2026, 11, 10))
    officers = [("1001", 2), ("1001", 9), ("1001", 10), ("1001", 20), ("", 21), *[("1002", 20)] * 15]
    crimes(system, tmp_path, *(reported(officer, f"2026-11-{day:02}") for officer, day in officers))
    return drawn(acting_as("scrutiny_officer"), acting_as("analyst"), reviewers)


def test_what_was_found_is_counted_by_training_once_every_review_is_in(
    system: Acting, acting_as: Callable[..., Acting], sample: Sample, reviewers: tuple[Acting, ...]
) -> None:
    lead = acting_as("workforce_lead")
    cases = list(Case.objects.for_user(system).order_by("id").values_list("reference", flat=True))
    wrong = {cases[0], cases[4], cases[5]}
    for review in reviews_of(sample):
        assert rightly_classed(lead) == {}, "of a sample that is not finished nobody learns anything"
        by = next(one for one in reviewers if one.user == review.reviewer)
        # On one case they differ, which is decided afterwards.
        is_wrong = review.case.reference in wrong or (review.case.reference, review.place) == (cases[3], 2)
        submitted(by, review.reference, WRONG if is_wrong else {})
    assert rightly_classed(lead) == {one: one not in wrong for one in cases if one != cases[3]}
    number = next(one.case.number for one in reviews_of(sample) if one.case.reference == cases[3])
    given = NewAdjudication(number, "DS-A1", WRONG["DS-A1"], "The messages went on for a month")
    adjudicate(by=acting_as("scrutiny_officer", username="third"), sample=sample.reference, given=given)
    found = rightly_classed(lead)
    assert found == {one: one not in {*wrong, cases[3]} for one in cases}
    told = found_reading(lead.joining(), found)
    assert told.without_officer == 1
    assert told.groups == {
        Group.BEFORE: [Read("1001", True), Read("1001", False)],
        Group.AFTER: [Read("1001", False), Read("1001", True)],
        Group.NEVER: [Read("1002", True), *[Read("1002", False)] * 14],
    }


def test_where_reviewers_do_not_agree_nothing_is_quoted(
    acting_as: Callable[..., Acting], sample: Sample, reviewers: tuple[Acting, ...]
) -> None:
    for review in reviews_of(sample):
        by = next(one for one in reviewers if one.user == review.reviewer)
        submitted(by, review.reference, WRONG if review.place == review.case.number % 2 + 1 else {})
    assert rightly_classed(acting_as("workforce_lead")) == {}
