"""Specialist advice in pages: asked, refused, answered by somebody else, judged, chased (P10, P13, P38; RES-04, SEC-12)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.cases.advice.actions import answer_advice, ask_advice, say_followed
from craffu.cases.advice.rules import Adviser, Followed
from craffu.cases.models import AdviceAsked
from tests.factories.considering import stalking_case
from tests.factories.orders import order_of
from tests.web.conftest import text_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAGE = "/cases/C-10001/advice"
QUESTION = "Do these three letters amount to stalking?"


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def case(system: Acting, tmp_path: Path) -> str:
    return stalking_case(system, tmp_path)


@pytest.fixture
def officer(signed_in_client: Callable[..., Client], case: str) -> Client:
    return signed_in_client("investigator", username="first")


@pytest.fixture
def specialist(signed_in_client: Callable[..., Client], case: str) -> Client:
    return signed_in_client("coordinator", username="second")


@pytest.mark.rule("RES-04")
def test_advice_is_asked_for_answered_by_a_coordinator_and_judged(officer: Client, specialist: Client) -> None:
    assert "Specialist advice" in text_of(officer.get("/cases/C-10001"))
    assert "Ask for specialist advice" in text_of(officer.get("/cases/C-10001/consider"))
    assert "Choose whose advice you ask for" in text_of(officer.post(PAGE, {"question": QUESTION}))
    done = text_of(officer.post(PAGE, {"adviser": "champion", "question": QUESTION}, follow=True))
    assert "expected within 48 hours" in done
    assert "Not yet answered" in done
    shut = text_of(officer.get(f"{PAGE}/1"))
    assert "A stalking coordinator who did not ask this answers it." in shut
    assert QUESTION in shut
    assert "Write what you advise" in text_of(specialist.post(f"{PAGE}/1", {"words": ""}))
    answered = text_of(specialist.post(f"{PAGE}/1", {"words": "They do.", "topic": "none"}, follow=True))
    assert "Answered after 0 hours" in answered
    assert "They do." in answered
    assert "General note None was written" in answered
    late = specialist.post(f"{PAGE}/1", {"asks": "answer", "words": "They do not."})
    assert "They do not." not in text_of(late), "what was answered meanwhile is shown, and asked is what became of it"
    refused = text_of(officer.post(f"{PAGE}/1", {"asks": "judged", "followed": "no"}))
    assert "Say why it was not followed, or not all of it." in refused
    judged = text_of(
        officer.post(f"{PAGE}/1", {"asks": "judged", "followed": "partly", "reason": "Two of three"}, follow=True)
    )
    assert "Followed in part Two of three" in judged


@pytest.mark.rule("SEC-12")
def test_what_a_lawyer_advised_is_marked_and_recorded_with_its_day(officer: Client) -> None:
    officer.post(PAGE, {"adviser": "prosecutor", "question": QUESTION})
    said = {
        "name": "A. Prosecutor",
        "on_day": "25",
        "on_month": "11",
        "on_year": "2026",
        "at": "10:00",
        "words": "Charge.",
    }
    assert "This lies in the future" in text_of(officer.post(f"{PAGE}/1", said))
    assert "Advice is not answered before it was asked for." in text_of(
        officer.post(f"{PAGE}/1", {**said, "on_day": "23"})
    )
    done = text_of(officer.post(f"{PAGE}/1", {**said, "on_day": "24", "at": "12:00"}, follow=True))
    assert "Legal advice: never leaves" in done
    assert "A. Prosecutor" in done
    assert officer.get(f"{PAGE}/2").status_code == 404


@pytest.mark.rule("RES-04")
def test_a_victim_contact_officer_reads_no_advice_and_the_pages_ask_the_same_however_much_there_is(
    signed_in_client: Callable[..., Client], officer: Client, acting_as: Callable[..., Acting], case: str
) -> None:
    by = acting_as("investigator", username="asker")
    other = signed_in_client("victim_officer", username="third")
    assert other.get(PAGE).status_code == 403
    assert "Specialist advice" not in text_of(other.get("/cases/C-10001"))
    counts = []
    for number in range(2):
        for one in range(number * 9 + 1):
            ask_advice(by=by, case=case, adviser=Adviser.OTHER, question=f"{QUESTION} {number} {one}")
        with CaptureQueriesContext(connection) as taken:
            officer.get(PAGE)
        counts.append(len(taken))
    assert AdviceAsked.objects.for_system("a test").count() == 11
    assert counts[0] == counts[1]


@pytest.mark.rule("RES-04")
def test_a_specialist_writes_a_general_note_that_every_officer_finds(
    officer: Client, specialist: Client, signed_in_client: Callable[..., Client]
) -> None:
    officer.post(PAGE, {"adviser": "champion", "question": QUESTION})
    said = {"words": "They do.", "topic": "classifying", "note": "Three letters in a month are a course of conduct."}
    assert "Choose what the general note is about" in text_of(specialist.post(f"{PAGE}/1", {"words": "They do."}))
    refused = specialist.post(f"{PAGE}/1", {**said, "note": "As in C-10001."})
    assert "The general note holds a reference or number of a record." in text_of(refused)
    assert "They do." in refused.content.decode(), "nothing typed is lost"
    assert "or write none" in text_of(specialist.post(f"{PAGE}/1", {**said, "note": ""}))
    assert specialist.post(f"{PAGE}/1", said).status_code == 302
    reader = signed_in_client("response_officer", username="third")
    page = text_of(reader.get("/advice/notes"))
    assert "Telling stalking from harassment and other offences Three letters in a month" in page
    assert "C-10001" not in page
    assert "second" not in page
    assert "Three letters" in text_of(reader.post("/advice/notes", {"words": "course CONDUCT", "topic": ""}))
    none = text_of(reader.post("/advice/notes", {"words": "submarine", "topic": "classifying"}))
    assert "No note has all of these words." in none
    assert signed_in_client("commissioner_view", username="cm").get("/advice/notes").status_code == 403


@pytest.mark.rule("RES-04")
def test_advice_is_asked_for_from_an_order(
    officer: Client, specialist: Client, system: Acting, acting_as: Callable[..., Acting]
) -> None:
    order = order_of(acting_as("orders_team", username="team"), "C-10001", NOW).reference
    page = f"/orders/{order}/advice"
    assert page in officer.get(f"/orders/{order}").content.decode()
    done = text_of(officer.post(page, {"adviser": "champion", "question": QUESTION}, follow=True))
    assert f"Specialist advice about order {order}" in done
    assert specialist.post(f"{page}/1", {"words": "They do.", "topic": "none"}).status_code == 302
    one = text_of(officer.get(f"{page}/1"))
    assert "They do." in one
    assert f"About order {order}" in text_of(officer.get(PAGE))
    judged = {"asks": "judged", "followed": "no", "reason": "Overtaken by arrest"}
    assert "Not followed Overtaken by arrest" in text_of(officer.post(f"{page}/1", judged, follow=True))
    assert officer.get(f"{page}/2").status_code == 404
    assert officer.get("/orders/O-99999/advice").status_code == 404


@pytest.mark.rule("RES-04")
def test_figures_say_how_many_wait_and_name_nobody(
    signed_in_client: Callable[..., Client], acting_as: Callable[..., Acting], case: str
) -> None:
    lead = signed_in_client("workforce_lead", username="lead")
    assert "No advice was asked for in these days." in text_of(lead.get("/resourcing/advice"))
    by, coordinator = acting_as("investigator", username="asker"), acting_as("coordinator", username="knower")
    begun = NOW - timedelta(hours=8)
    for number in range(7):
        adviser = Adviser.CHAMPION if number < 5 else Adviser.LEGAL
        ask_advice(by=by, case=case, adviser=adviser, question=f"{number}", now=begun)
    for number in range(1, 5):
        answer_advice(by=coordinator, case=case, number=number, words="Yes", now=begun + number * timedelta(hours=2))
    say_followed(by=by, case=case, number=1, followed=Followed.YES)
    page = text_of(lead.get("/resourcing/advice"))
    # Four of seven are answered after 2, 4, 6 and 8 hours; three have waited for 8.
    assert "All 7 3 8 hours Not reached yet" in page
    assert "Followed 1, in part 0, not 0, of 1 of which it is said" in page
    assert "Nothing said yet of 3" in page
    assert "knower" not in page
    assert "asker" not in page
    assert "No case is assessed as at high risk now." in page
    assert signed_in_client("investigator", username="other").get("/resourcing/advice").status_code == 403
