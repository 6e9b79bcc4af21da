"""Practice before and after training in a page: figures of many, and of few nothing (P38; R2b)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine as time_travel
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.cases.models import Case
from craffu.clocks.london import LONDON
from craffu.intake.running import take_in
from craffu.measures.practice.kinds import Group
from craffu.measures.practice.rules import Handled, classing, practice
from craffu.published.disclosure import To
from craffu.scrutiny.asking.rules import Given
from craffu.web.resourcing.practice_presenters import difference_table, group_table, without_words
from craffu.web.resourcing.words import GROUPS
from tests.factories.crimes import UNGRADED
from tests.factories.extracts import row, write
from tests.factories.samples import drawn, reviews_of, submitted
from tests.factories.staff import accepted, training
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("RES-01")]

AT = "/resourcing/practice"
NOT_CLASSED = {"DS-A1": Given(judged="no", confidence="high", evidence="log 4"), "DS-A2": Given(code="harassment")}
NOON = datetime(2026, 11, 24, 12, tzinfo=LONDON)
TRAINED = date(2026, 6, 1)


@pytest.fixture
def force_told(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path, frozen_clock: time_travel.Traveller
) -> None:
    """Six officers trained on one day with two cases each before and two after; one never trained with twelve."""
    frozen_clock.move_to(NOON)
    accepted(acting_as("workforce_lead"))
    rows = []
    for officer in range(6):
        training(system, f"{officer}", TRAINED)
        days = [TRAINED + timedelta(days) for days in (-20, -10, 10, 20)]
        rows += [case(len(rows) + place, f"{officer}", day) for place, day in enumerate(days)]
    rows += [case(len(rows) + place, "99", TRAINED) for place in range(12)]
    folder = write(tmp_path / "crimes", "crimes.csv", rows).parent
    assert take_in(by=system, kind="rms", paths=[folder]).run.rejected == 0


def case(number: int, officer: str, day: date) -> dict[str, str]:
    said = {"officer": officer, "reported_at": f"{day} 10:00:00", "updated_at": f"{day} 10:00:00"}
    return row("rms", "crimes", number + 1, **UNGRADED | said)


def test_figures_of_many_are_shown_and_of_one_officer_none(
    force_told: None, signed_in_client: Callable[..., Client]
) -> None:
    page = text_of(signed_in_client("commissioner_view").get(AT))
    assert (
        "Officers in the year before they were trained 12 Too few to show Half are not considered yet Too few to show"
        in page
    )
    assert "Officers in the year from their training on 12 Too few to show" in page
    assert "Officers who were never trained Too few to show" in page
    assert "The year after training, less the year before Not compared: too few Not compared: too few" in page
    assert "less officers without any Not compared: too few Not compared: too few" in page
    assert "A difference does not show that training caused it." in page


@pytest.mark.deep
@pytest.mark.rule("SCR-08")
def test_what_reading_cases_found_stands_beside_it(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path, frozen_clock: time_travel.Traveller,
    signed_in_client: Callable[..., Client],
) -> None:  # fmt: skip
    """Five officers with two cases each before their training, all wrongly classed, and two after, of which one is."""
    frozen_clock.move_to(datetime(2026, 11, 29, 12, tzinfo=LONDON))
    accepted(acting_as("workforce_lead"))
    for officer in range(5):
        training(system, f"{officer}", date(2026, 11, 10))
    rows = [case(number, f"{number % 5}", date(2026, 11, 8 if number < 10 else 12)) for number in range(20)]
    assert take_in(by=system, kind="rms", paths=[write(tmp_path / "all", "crimes.csv", rows).parent]).run.rejected == 0
    ann, bob = (acting_as("volunteer_reviewer", username=name) for name in ("ann", "bob"))
    sample = drawn(acting_as("scrutiny_officer"), acting_as("analyst"), (ann, bob))
    cases = list(Case.objects.for_user(system).order_by("id").values_list("reference", flat=True))
    for review in reviews_of(sample):
        by = ann if ann.user == review.reviewer else bob
        submitted(by, review.reference, NOT_CLASSED if review.case.reference in cases[:11] else {})
    page = text_of(signed_in_client("commissioner_view").get(AT))
    assert "Officers in the year before they were trained 10 Too few to show" in page
    assert "Officers in the year from their training on 10 Too few to show" in page


@pytest.mark.rule("MSR-03")
def test_shares_of_many_are_shown_with_how_far_they_differ() -> None:
    """Of 40 cases before training 12 were decided about in time and 10 recorded otherwise at first; after it 20 and 3."""
    before, after = (
        practice([Handled(str(at % 5), timedelta(hours=1) if at < decided else None, at < other) for at in range(40)])
        for decided, other in ((12, 10), (20, 3))
    )
    groups = {Group.BEFORE: before, Group.AFTER: after, Group.NEVER: practice([])}
    rows = {row[0]["text"]: [cell["text"] for cell in row[1:]] for row in group_table(groups)["rows"]}
    assert rows[str(GROUPS[Group.BEFORE])] == ["40", "30.0%", "Half are not considered yet", "25.0%"]
    assert rows[str(GROUPS[Group.AFTER])][1::2] == ["50.0%", "Too few to show"]
    differs = difference_table(groups, dict.fromkeys(Group, classing([])))["rows"][0]
    assert differs[1]["text"] == "+20 (−1.4 to +39)"
    assert differs[2]["text"] == "Not compared: too few"


@pytest.mark.rule("MSR-03")
@pytest.mark.parametrize(
    ("number", "to", "words"),
    [
        (1, To.ROWS, "1 case has no officer"), (1, To.INTERNAL, "Fewer than 5 cases have no officer"), (0, To.INTERNAL, ""),
        (12, To.INTERNAL, "12 cases have no officer"), (0, To.PUBLIC, "Fewer than 10 cases have no officer"),
        (12, To.PUBLIC, "10 cases have no officer"),
    ],
)  # fmt: skip
def test_how_many_cases_have_no_officer_is_told_to_each_as_it_may_be(number: int, to: To, words: str) -> None:
    assert without_words(number, to).startswith(words)
    assert bool(without_words(number, to)) is bool(words)


def test_without_a_case_there_is_nothing_to_divide(signed_in_client: Callable[..., Client]) -> None:
    page = text_of(signed_in_client("workforce_lead").get(AT))
    assert page.count("No cases") == 6
    assert signed_in_client("response_officer", username="pc").get(AT).status_code == 403


def test_as_many_queries_for_many_cases_as_for_none(
    request: pytest.FixtureRequest, signed_in_client: Callable[..., Client]
) -> None:
    client = signed_in_client("supervisor")
    client.get(AT)
    with CaptureQueriesContext(connection) as none:
        client.get(AT)
    request.getfixturevalue("force_told")
    with CaptureQueriesContext(connection) as many:
        assert "12" in text_of(client.get(AT))
    assert len(many) == len(none)
