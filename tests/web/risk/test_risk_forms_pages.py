"""An assessment with a form that the force has loaded: choose first, then its questions; and the assessment's own page (P10)."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting, acting_operator
from craffu.audit.models import Event
from tests.factories.crimes import send_crime
from tests.factories.risk_forms import loaded
from tests.web.conftest import text_of

pytestmark = pytest.mark.rule("RSK-01")

PAGE = "/cases/C-10001/risk"
CHOSEN = f"{PAGE}/assess?form=RF-10001"
GIVEN = {
    "document_ref": "doc-31", "grade": "medium", "at": "11:30", "words": "", "on_day": "24", "on_month": "11", "on_year": "2026",
    "answer_colour": "Green", "answer_doors": "2", "answer_open": "yes", "answer_more": "She saw him there",
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def load(system: Acting, tmp_path: Path) -> Callable[..., Any]:
    """`load(version="2")` loads the invented form; the case stands already."""
    send_crime(system, tmp_path)
    return partial(loaded, acting_operator(system.force, "ops"))


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("investigator", username="first")


def test_a_form_is_chosen_first_and_then_asks_its_questions(load: Callable[..., Any], officer: Client) -> None:
    assert "Forms that your force has loaded" not in text_of(officer.get(f"{PAGE}/assess"))
    load()
    load(version="2", required=[])
    words = text_of(officer.get(f"{PAGE}/assess"))
    assert "Forms that your force has loaded Invented list 2" in words
    assert "Invented list 1" not in words
    assert "Which colour is the invented door?" not in words
    words = text_of(officer.get(CHOSEN))
    assert "Asked by Invented list 1, licence INVENTED-1." in words
    assert "With which tool?" not in words
    for asked in (
        "Which colour is the invented door? Red Green Not asked",
        "Is one of them open? Yes No",
        "What else is there",
    ):
        assert asked in words
    assert "Pa liw yw’r drws dychmygol? Coch Gwyrdd Heb ei ofyn" in text_of(officer.get(f"/cy{CHOSEN}"))
    assert officer.get(f"{PAGE}/assess?form=RF-9").status_code == 404


def test_what_was_answered_stands_on_the_assessments_own_page(load: Callable[..., Any], officer: Client) -> None:
    load()
    words = text_of(officer.post(CHOSEN, GIVEN, follow=True))
    assert "It is recorded." in words
    assert "Invented list 1 Licence INVENTED-1" in words
    assert "She saw him there" not in words
    assert f'href="{PAGE}/assessment?number=1"' in officer.get(PAGE).content.decode()
    words = text_of(officer.get(f"{PAGE}/assessment?number=1"))
    assert (
        "Which colour is the invented door? Green How many invented doors are there? 2 Is one of them open? Yes"
        in words
    )
    assert "She saw him there Nothing adds these up: the grade is the assessor’s." in words
    assert "Pa liw yw’r drws dychmygol? Gwyrdd" in text_of(officer.get(f"/cy{PAGE}/assessment"))
    assert officer.get(f"{PAGE}/assessment?number=2").status_code == 404
    assert not any("saw him" in str(event.payload) for event in Event.objects.all())


def test_what_a_form_does_not_take_is_said_beside_the_question_and_kept_on_the_page(
    load: Callable[..., Any], officer: Client
) -> None:
    load()
    answer = officer.post(CHOSEN, GIVEN | {"answer_colour": "", "answer_doors": "many", "answer_more": "Kept"})
    words = text_of(answer)
    assert words.count("Choose an answer") == words.count("Enter a whole number") == 2
    assert "Kept</textarea>" in answer.content.decode()
    assert "No assessment has been recorded here." in text_of(officer.get(f"{PAGE}/assessment"))


def test_an_assessment_without_a_form_says_where_its_answers_are(load: Callable[..., Any], officer: Client) -> None:
    plain = {"tool": "Own list", "version": "3", "licence_ref": "L-1", **GIVEN}
    officer.post(f"{PAGE}/assess", plain, follow=True)
    assert "What was answered is in the completed form, where the document is kept." in text_of(
        officer.get(f"{PAGE}/assessment")
    )


@pytest.mark.rule("SEC-01")
def test_victim_contact_officers_see_the_grade_and_no_answers(
    load: Callable[..., Any], officer: Client, signed_in_client: Callable[..., Client]
) -> None:
    load()
    officer.post(CHOSEN, GIVEN, follow=True)
    words = text_of(signed_in_client("victim_officer").get(f"{PAGE}/assessment"))
    assert "Medium risk" in words
    assert "Your role sees the grade and not what was answered." in words
    assert "She saw him there" not in words
    assert signed_in_client("response_officer").get(f"{PAGE}/assessment").status_code == 403
