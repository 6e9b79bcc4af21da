"""The pages about risk: an assessment, what asks again, observations, the second look and the two queues (P10, P03)."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.audit.models import Event
from tests.factories.crimes import send_crime
from tests.factories.detentions import send_detention
from tests.web.conftest import text_of

pytestmark = pytest.mark.rule("RSK-01")

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAGE = "/cases/C-10001/risk"
GIVEN = {
    "tool": "S-DASH", "version": "2009", "licence_ref": "DPP-LIC-4", "document_ref": "doc-31", "grade": "medium",
    "at": "11:30", "words": "",
}  # fmt: skip

type Send = Callable[..., str]


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def send(system: Acting, tmp_path: Path) -> Send:
    """`send(2)` takes in a crime of stalking that nobody has graded, reported at 10:00."""
    return partial(send_crime, system, tmp_path)


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("investigator", username="first")


@pytest.fixture
def supervisor(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("supervisor", username="second")


def day(name: str, on: str) -> dict[str, str]:
    year, month, number = on.split("-")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


def assess(client: Client, **said: Any) -> Any:
    on = said.pop("on", "2026-11-24")
    return client.post(f"{PAGE}/assess", {**GIVEN, **day("on", on), **said}, follow=True)


def logged() -> list[str]:
    return list(Event.objects.filter(kind__contains="risk").order_by("id").values_list("kind", flat=True))


@pytest.mark.rule("RSK-02")
def test_a_case_nobody_has_graded_says_so_and_how_its_clocks_run(send: Send, officer: Client) -> None:
    send()
    words = text_of(officer.get(PAGE))
    assert "Risk grade Not assessed Waiting for 2 hours: clocks run as for high risk" in words
    assert "Case opened 24 November 2026, 10:00" in words
    assert "No assessment has been recorded here." in words
    assert "Explicit threat" not in words
    assert "Nothing is recorded yet about: An earlier relationship with the victim An explicit threat" in words
    assert "Risk in this case" in text_of(officer.get("/cases/C-10001"))
    welsh = text_of(officer.get(f"/cy{PAGE}"))
    assert "Heb ei asesu Yn aros ers 2 awr: mae’r clociau’n rhedeg fel ar gyfer risg uchel" in welsh


@pytest.mark.rule("RSK-02")
def test_a_grade_is_recorded_with_its_tool_and_stands_until_something_happens(
    send: Send, officer: Client, signed_in_client: Callable[..., Client]
) -> None:
    send()
    words = text_of(assess(officer, words="She fears him", facts=["previous_victim"], **day("next_due", "2026-12-01")))
    assert "It is recorded." in words
    assert "Risk grade Medium risk" in words
    assert "Last grade given by Test first, 24 November 2026, 11:30, with S-DASH 2009" in words
    assert "Planned again for 1 December 2026" in words
    assert "Licence DPP-LIC-4 doc-31 There was an earlier victim She fears him" in words
    event = {"kind": "victim_more_afraid", "at": "11:45", "words": "He was outside again", **day("on", "2026-11-24")}
    words = text_of(officer.post(f"{PAGE}/event", event, follow=True))
    assert "Medium risk To be assessed again by 25 November 2026, 11:45" in words
    assert "The victim is more afraid 24 November 2026, 11:45 He was outside again Test first" in words
    with time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=UTC), tick=False):
        words = text_of(signed_in_client("coordinator").get(PAGE))
    assert "Out of date Waiting for 24 hours: clocks run as for high risk. The last grade was: Medium risk" in words


def test_what_other_systems_tell_of_stands_with_where_it_is_known_from(
    send: Send, officer: Client, system: Acting, tmp_path: Path, signed_in_client: Callable[..., Client]
) -> None:
    send()
    bail = {"disposal": "police_bail", "bail_conditions": "Not to contact Sian", "bail_ends_on": "2026-11-30"}
    send_detention(system, tmp_path, released_at="2026-11-24 11:00:00", **bail)
    words = text_of(officer.get(PAGE))
    assert "A release 24 November 2026, 11:00 None The custody records" in words
    assert "An arrest 24 November 2026, 10:30 None The custody records" in words
    assert "Bail conditions changed or ended" not in words, "that lies ahead"
    assert "Sian" not in words
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False):
        words = text_of(signed_in_client("coordinator").get(PAGE))
    assert "Bail conditions changed or ended 30 November 2026 None The custody records" in words


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(send: Send, officer: Client) -> None:
    send()
    answer = assess(officer, tool="", grade="", at="half past", words="Kept")
    words = text_of(answer)
    assert words.index("Enter the tool") < words.index("Choose the grade you give"), "in the order of the page"
    for said in ("Enter the tool", "Choose the grade you give", "Enter the time by the 24-hour clock, such as 14:30"):
        assert words.count(said) >= 2, said
    assert "Kept</textarea>" in answer.content.decode()
    assert "This lies in the future." in text_of(assess(officer, at="12:01"))
    assert "The next assessment must be today or later." in text_of(assess(officer, **day("next_due", "2026-11-23")))
    assert "risk_assessed" not in logged()


@pytest.mark.rule("CLK-01")
@pytest.mark.parametrize(
    ("on", "at", "said"),
    [
        ("2026-10-25", "01:30", "Write 01:30 BST for the first, 01:30 GMT for the second."),
        ("2026-03-29", "1.30", "The clocks went forward over that time."),
        ("2026-10-25", "0130 gmt", "25 October 2026, 01:30"),
        ("2026-10-25", "01:30 BST", "25 October 2026, 01:30"),
    ],
)
def test_a_time_that_is_not_one_instant_is_asked_about(
    send: Send, officer: Client, on: str, at: str, said: str
) -> None:
    send(reported_at="2026-03-01 10:00:00")
    assert said in text_of(assess(officer, on=on, at=at))


@pytest.mark.rule("RSK-03")
def test_observations_are_listed_all_twelve_and_never_added_up(send: Send, officer: Client) -> None:
    send()
    said = {"fact": "victim_fear_rating", "answer": "yes", "value": "9 of 10", "source": "Her statement"}
    words = text_of(officer.post(f"{PAGE}/observe", {**said, **day("on", "2026-11-23")}, follow=True))
    assert "How afraid the victim says they are Yes 9 of 10 Her statement 23 November 2026 Test first" in words
    assert "How afraid the victim says they are" not in words.partition("Nothing is recorded yet about:")[2]
    assert "Nothing is recorded yet about: An earlier relationship with the victim An explicit threat" in words
    assert "they neither give nor change a grade" in words
    wrong = text_of(officer.post(f"{PAGE}/observe", {"source": "", **day("on", "2026-11-25")}))
    assert "Choose what was asked about" in wrong
    ahead = text_of(officer.post(f"{PAGE}/observe", {**said, **day("on", "2026-11-25")}))
    assert "That day has not come yet." in ahead


@pytest.mark.rule("RSK-04")
def test_a_standard_grade_is_looked_at_by_somebody_else(send: Send, officer: Client, supervisor: Client) -> None:
    send()
    because = "looks at this standard grade by 25 November 2026, 11:30, because of: An explicit threat"
    assert because in text_of(assess(officer, grade="standard", facts=["explicit_threat"]))
    assert "Look at it again" not in text_of(officer.get(PAGE))
    assert "somebody other than whoever gave the grade" in text_of(officer.get(f"{PAGE}/look"))
    queue = text_of(supervisor.get("/queues/second-looks"))
    assert "C-10001 An explicit threat Test first 25 November 2026, 11:30" in queue
    assert "Look at it again" in text_of(supervisor.get(PAGE))
    seen = {"seen": ["explicit_threat"]}
    verdict = {"number": "1", "verdict": "asks_again", "words": "He has threatened two others", **seen}
    assert (
        '<input type="hidden" name="seen" value="explicit_threat">' in supervisor.get(f"{PAGE}/look").content.decode()
    )
    refused = officer.post(f"{PAGE}/look", verdict)
    assert refused.status_code == 403
    assert "Choose what you find" in text_of(supervisor.post(f"{PAGE}/look", {"number": "1", "words": "x"}))
    words = text_of(supervisor.post(f"{PAGE}/look", verdict, follow=True))
    assert "To be assessed again, says Test second" in words
    assert "Risk grade Standard risk" in words, "only an assessment changes the grade"
    assert because not in words
    twice = supervisor.post(f"{PAGE}/look", verdict)
    assert twice.status_code == 409
    assert "Somebody else has looked at this grade meanwhile" in text_of(twice)
    assert "No standard grade waits for a second look." in text_of(supervisor.get("/queues/second-looks"))
    said = {"fact": "breach_after_order", "answer": "yes", "source": "999 log", **day("on", "2026-11-24")}
    officer.post(f"{PAGE}/observe", said)
    assert "because of: An order was broken." in text_of(supervisor.get(PAGE))
    further = verdict | {"verdict": "agrees", "words": "It was an old one", "seen": ["breach_of_order"]}
    words = text_of(supervisor.post(f"{PAGE}/look", further, follow=True))
    assert "Agreed by Test second 24 November 2026, 12:00 An order was broken It was an old one" in words


@pytest.mark.rule("RSK-04")
def test_a_standard_grade_that_was_sent_is_assessed_here(send: Send, officer: Client) -> None:
    send(risk_grade="standard", risk_graded_at="2026-11-24 10:15:00")
    said = {"fact": "explicit_threat", "answer": "yes", "source": "999 log", **day("on", "2026-11-24")}
    words = text_of(officer.post(f"{PAGE}/observe", said, follow=True))
    assert "The force’s own system, 24 November 2026, 10:15; with which tool, it did not say" in words
    assert "there is: An explicit threat. Assess it here by 25 November 2026, 12:00." in words


@pytest.mark.rule("RSK-02")
def test_the_queue_names_the_longest_waiting_first_with_its_age(send: Send, officer: Client) -> None:
    assert "Every case has a current grade." in text_of(officer.get("/queues/assessments"))
    send(1)
    with CaptureQueriesContext(connection) as one:
        officer.get("/queues/assessments")
    send(2, reported_at="2026-11-23 10:00:00")
    send(3, reported_at="2026-11-24 11:00:00")
    with CaptureQueriesContext(connection) as three:
        words = text_of(officer.get("/queues/assessments"))
    assert "C-10002 Not assessed 23 November 2026, 10:00 26 C-10001 Not assessed" in words
    assert len(one) == len(three)
    last = Event.objects.filter(kind="unassessed_listed").order_by("id").last()
    assert last is not None
    assert all(f"case/C-1000{n}" in str(last.payload) for n in (1, 2, 3))


@pytest.mark.rule("RSK-02")
def test_nobody_waits_for_an_assessment_in_a_case_that_is_over(send: Send, officer: Client) -> None:
    send(stage="closed")
    assert "Not assessed The case is over: nobody waits for an assessment" in text_of(officer.get(PAGE))


def test_a_case_that_is_no_stalking_asks_for_no_assessment(send: Send, officer: Client) -> None:
    send(flags="", home_office_class="28E", offence_code="TH68001")
    assert "no assessment is asked for here" in text_of(officer.get(PAGE))
    assert "Every case has a current grade." in text_of(officer.get("/queues/assessments"))


@pytest.mark.rule("SEC-04")
def test_looking_at_risk_is_logged_and_no_word_of_it_is(send: Send, officer: Client) -> None:
    send()
    assess(officer, words="She fears him")
    assert logged() == ["risk_assessed", "risk_viewed"]
    assert not any("fears" in str(event.payload) or "S-DASH" in str(event.payload) for event in Event.objects.all())


def test_the_queues_are_one_step_from_the_first_page_of_whoever_works_on_cases(
    officer: Client, signed_in_client: Callable[..., Client]
) -> None:
    for address in ("/queues/assessments", "/queues/second-looks"):
        assert f'href="{address}"' in officer.get("/").content.decode()
        assert f'href="{address}"' not in signed_in_client("victim_officer").get("/").content.decode()
