"""Asking somebody by the safe page, what they answered, and their own log: pages of their officers, and of advocates."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from craffu.access.acting import Acting
from craffu.messages.models import Message
from craffu.victims.advocates.actions import name_advocate
from craffu.victims.advocates.facts import NewAdvocate
from craffu.victims.answering.kinds import Question
from craffu.victims.models import Answers, Invitation, LogEntry, View
from craffu.web.safe.wording import BODY, SUBJECT
from craffu.web.safe.words import CHOICES as OFFERED
from tests.factories.translations import approve, of_catalogue
from tests.factories.victims import AGREED, agreed, send_victim
from tests.web.conftest import text_of

pytestmark = [pytest.mark.rule("VIC-01"), pytest.mark.rule("VIC-02")]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WORDS = "kanari: roedd e wrth y giât"
ENTRY = {
    "came": "telephone", "on_0": "20", "on_1": "11", "on_2": "2026", "on_day": "20", "on_month": "11", "on_year": "2026",
    "at": "18:30", "way": "message", "through": "no", "words": WORDS, "proof": "kept", "proof_words": "a screenshot",
    "ledger": "yes",
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def reference(system: Acting, tmp_path: Path) -> str:
    return send_victim(system, tmp_path)


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("victim_officer", username="officer")


@pytest.fixture
def page() -> Client:
    """Somebody's own telephone."""
    return Client()


def code_for(officer: Client, reference: str, purpose: str = "view") -> str:
    answer = officer.post(f"/victims/{reference}/asking/new", {"purpose": purpose, "way": "code"})
    found = re.search(r"craffu-code\">([A-Z0-9 ]+)<", answer.content.decode())
    assert found is not None
    assert answer["Cache-Control"] == "no-store"
    return found.group(1)


def key_of(body: str) -> str:
    found = re.search(r'name="key" value="([0-9a-f]+)"', body)
    assert found is not None
    return found.group(1)


def press(page: Client, said: dict[str, str], language: str = "", status: int = 303) -> str:
    """Sends the form that stands there now; the page that follows."""
    at = f"{language}/t/"
    answer = page.post(at, {"key": key_of(page.get(at).content.decode()), **said})
    assert answer.status_code == status, answer.content.decode()
    if status != 303:
        return answer.content.decode()
    return page.get(answer["Location"]).content.decode()


def title_of(body: str) -> str:
    found = re.search(r"<title>(.*?)</title>", body, re.S)
    assert found is not None
    return found.group(1).strip()


CHOICES = {
    "safe_now": "yes", "contact": "no", "feel": "safer", "order": "keep", "reach": "still_safe", "readers": "go_on",
    "tell": "as_agreed", "informed": "yes", "serious": "yes", "supported": "no", "quoted": "no", "linked": "no",
}  # fmt: skip


def goes_through(page: Client, clock: Any, code: str, language: str = "", **other: str) -> list[str]:
    """Answers everything; the titles seen."""
    body = press(page, {"code": code}, language)
    titles = [title_of(body)]
    while (found := re.search(r'name="question" value="([a-z_]+)"', body)) is not None:
        question = found.group(1)
        clock.shift(5)
        said = {"words": WORDS, "before": "go_on", **CHOICES, **other}[question]
        body = press(page, {"question": question, "said": said}, language)
        titles.append(title_of(body))
    return titles


@pytest.mark.parametrize(
    ("own", "said"),
    [("", "The page is at: testserver/t"), ("https://plain.example", "The page is at: plain.example/t")],
)
def test_where_the_page_is_can_be_read_out_whole(
    own: str, said: str, officer: Client, reference: str, settings: Any
) -> None:
    settings.CRAFFU_SAFE_PAGE = {**settings.CRAFFU_SAFE_PAGE, "address": own}
    answer = officer.post(f"/victims/{reference}/asking/new", {"purpose": "view", "way": "code"})
    assert said in text_of(answer)


@pytest.mark.rule("BIL-01")
def test_in_welsh_each_yes_and_no_answers_its_own_question() -> None:
    with translation.override("cy"):
        said = {
            key: [str(words) for words in OFFERED[Question(key)].values()] for key in ("ledger", "quoted", "linked")
        }
    assert said == {"ledger": ["Cewch", "Na chewch"], "quoted": ["Caiff", "Na chaiff"], "linked": ["Cânt", "Na chânt"]}


def test_a_code_is_read_out_and_her_view_comes_in_her_words(
    officer: Client, page: Client, reference: str, clock: Any
) -> None:
    code = code_for(officer, reference)
    titles = goes_through(page, clock, code.lower().replace(" ", "-"))
    assert titles == ["Before you start", *(f"Question {n} of 8" for n in range(1, 9)), "Check"]
    body = page.get("/t/").content.decode()
    assert WORDS not in body
    assert "It should stay as it is" not in body
    assert "Finished" in press(page, {"send": "1"})
    assert title_of(page.get("/t/").content.decode()) == "Enter your code"
    view = View.objects.for_system("a test").get()
    assert view.words == WORDS
    shown = text_of(officer.get(f"/victims/{reference}/asking/{Invitation.objects.for_system('a test').get().pk}"))
    assert WORDS in shown
    assert "It should stay as it is" in shown
    assert "Answered" in text_of(officer.get(f"/victims/{reference}/asking"))
    assert WORDS in text_of(officer.get(f"/victims/{reference}/views"))


def test_it_works_in_welsh_and_the_notice_is_shown_anew_in_another_language(
    officer: Client, page: Client, reference: str, clock: Any
) -> None:
    code = code_for(officer, reference)
    press(page, {"code": code}, "/cy")
    for question in ("before", "safe_now", "contact", "feel", "order", "reach"):
        press(page, {"question": question, "said": {"before": "go_on", **CHOICES}[question]}, "/cy")
    press(page, {"question": "readers", "said": "go_on"}, "/cy")
    clock.shift(5)
    assert 'name="question" value="words"' in page.get("/cy/t/").content.decode()
    assert 'name="question" value="readers"' in page.get("/t/").content.decode()
    body = page.get("/cy/t/").content.decode()
    assert '<html lang="cy">' in body


def test_what_is_wrong_is_said_and_nothing_is_lost(officer: Client, page: Client, reference: str, clock: Any) -> None:
    press(page, {"code": code_for(officer, reference, "log")})
    press(page, {"question": "before", "said": "go_on"})
    body = press(page, {"question": "safe_now", "said": ""}, status=422)
    assert title_of(body).startswith("Error:")
    press(page, {"question": "safe_now", "said": "yes"})
    for wrong in (
        {"day": "31", "month": "2", "year": "2026"},
        {"day": "25", "month": "11", "year": "2026"},
        {"day": "x"},
    ):
        assert "Enter a day that has been" in press(page, {"question": "when", **wrong}, status=422)
    assert "Question 3" in press(page, {"question": "when", "day": "20", "month": "11", "year": "26", "time": "18.30"})
    assert "Question 2" in press(page, {"again": "when"})
    assert "Question 3" in press(page, {"question": "when", "unsure": "1"})


@pytest.mark.rule("BRC-01")
def test_what_she_notes_stands_in_her_log_with_what_became_of_it(
    officer: Client, page: Client, reference: str, clock: Any
) -> None:
    code = code_for(officer, reference, "log")
    press(page, {"code": code})
    said = {
        "before": "go_on", "safe_now": "yes", "how": "message", "through": "no", "readers": "go_on", "words": WORDS,
        "proof": "kept", "ledger": "yes", "feel": "same", "tell": "as_agreed",
    }  # fmt: skip
    for question in ("before", "safe_now"):
        press(page, {"question": question, "said": said[question]})
    press(page, {"question": "when", "day": "20", "month": "11", "year": "2026", "time": "18:30"})
    for question in ("how", "through", "readers", "words", "proof", "ledger", "feel", "tell"):
        clock.shift(5)
        press(page, {"question": question, "said": said[question]})
    press(page, {"send": "1"})
    row = LogEntry.objects.for_system("a test").get()
    assert (row.words, row.way, row.is_day_only, row.for_ledger) == (WORDS, "message", False, True)
    assert row.happened_from == datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
    assert Answers.objects.for_system("a test").get().words == ""
    shown = text_of(officer.get(f"/victims/{reference}/log"))
    assert WORDS in shown
    assert "No order that we know of protected them from it then" in shown


def notice(client: Client, page: str, **said: str) -> str:
    answer = client.post(page, {"language": "cy", **said})
    found = re.search(r'name="shown" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found.group(1)


@pytest.mark.rule("VIC-11")
def test_an_officer_takes_an_entry_down_after_the_notice(officer: Client, reference: str, clock: Any) -> None:
    at = f"/victims/{reference}/log/new"
    assert officer.post(f"{at}/words", ENTRY).status_code == 302
    shown = notice(officer, at)
    clock.shift(60)
    empty = officer.post(f"{at}/words", {**ENTRY, "shown": shown, "words": "", "at": "99"})
    assert "Write down what they say" in text_of(empty)
    sent = officer.post(f"{at}/words", {**ENTRY, "shown": shown}, follow=True)
    assert "It stands in their log" in text_of(sent)
    officer.post(f"{at}/words", {**ENTRY, "shown": shown})
    row = LogEntry.objects.for_system("a test").get()
    assert (row.words, row.route, row.proof_words, row.language) == (WORDS, "telephone", "a screenshot", "cy")
    later = {**ENTRY, "shown": notice(officer, at), "on_0": "26", "on_day": "26"}
    clock.shift(60)
    assert "That has not come yet" in text_of(officer.post(f"{at}/words", later))


@pytest.mark.rule("VIC-10")
def test_her_advocate_writes_into_her_log_and_sees_what_became_of_it_and_nothing_else(
    officer: Client, signed_in_client: Callable[..., Client], acting_as: Callable[..., Acting], reference: str, clock: Any
) -> None:  # fmt: skip
    advocate = signed_in_client("advocate", username="advocate")
    other = signed_in_client("advocate", username="other")
    by = acting_as("victim_officer", username="second")
    name_advocate(
        by=by, victim=reference,
        given=NewAdvocate("An Advocate", "A charity", NOW.date(), NOW.date(), "advocate"),
    )  # fmt: skip
    shown = notice(advocate, "/log/new", victim=reference)
    clock.shift(60)
    sent = advocate.post("/log/new/words", {**ENTRY, "shown": shown}, follow=True)
    assert WORDS in text_of(sent)
    assert "B-1" not in text_of(sent)
    row = LogEntry.objects.for_system("a test").get()
    assert (row.route, row.advocate is not None, row.recorded_by.username) == ("advocate", True, "advocate")
    assert WORDS not in text_of(other.get("/log"))
    assert other.post("/log/new/words", {**ENTRY, "shown": shown}).status_code == 302
    assert advocate.get(f"/victims/{reference}/log").status_code == 403


@pytest.mark.rule("BIL-03")
def test_a_link_goes_where_it_is_safe_and_leads_to_the_page_once(
    officer: Client, page: Client, acting_as: Callable[..., Acting], reference: str, settings: Any, tmp_path: Path
) -> None:
    asked = {"purpose": "view", "way": "text_message", "to": "07700 900456"}
    at = f"/victims/{reference}/asking/new"
    assert "the safe page has no address of its own" in text_of(officer.post(at, asked))
    settings.CRAFFU_SAFE_PAGE = {**settings.CRAFFU_SAFE_PAGE, "address": "https://example.org"}
    assert "There is no agreement yet" in text_of(officer.post(at, asked))
    agreed(acting_as("victim_officer", username="second"), reference, replace(AGREED, links=("text_message",)))
    assert "Enter the number or address" in text_of(officer.post(at, {**asked, "to": ""}))
    # They chose Welsh, and nobody has approved the Welsh of the message.
    assert "is a draft that no qualified translator has approved" in text_of(officer.post(at, asked))
    settings.CRAFFU_WELSH_APPROVED = approve(tmp_path / "approved.csv", of_catalogue(SUBJECT, BODY))
    assert "No order of this reference protects them" in text_of(officer.post(at, {**asked, "order": "O-10001"}))
    assert officer.post(at, asked).status_code == 302
    body = Message.objects.get().body
    found = re.search(r"https://example\.org(/cy/t/([A-Za-z0-9_-]{43})) ", body)
    assert found is not None
    for word in ("heddlu", "police", "Craffu", "gorchymyn", "order"):
        assert word not in body
    first = page.get(found.group(1))
    assert (first.status_code, first["Location"]) == (303, "/cy/t/")
    assert Client().get(found.group(1)).status_code == 303
    body = page.get("/cy/t/").content.decode()
    assert page.post("/cy/t/", {"key": key_of(body)})["Location"] == "/cy/t/"
    assert title_of(page.get("/cy/t/").content.decode()) == "Cyn i chi ddechrau"
    second = Client()
    second.get(found.group(1))
    again = second.post("/cy/t/", {"key": key_of(second.get("/cy/t/").content.decode())})
    assert again.status_code == 403


def test_an_officer_ends_an_invitation_or_says_that_it_was_not_they(
    officer: Client, page: Client, reference: str, clock: Any
) -> None:
    code_for(officer, reference)
    number = Invitation.objects.for_system("a test").get().pk
    at = f"/victims/{reference}/asking/{number}"
    assert "It opens nothing any more." in text_of(officer.post(f"{at}/end", {"end": "1"}, follow=True))
    press(page, {"code": code_for(officer, reference)})
    second = Invitation.objects.for_system("a test").order_by("-pk")[0].pk
    gone = officer.post(f"/victims/{reference}/asking/{second}/end", {"not_hers": "1"}, follow=True)
    assert "It counts for nothing" in text_of(gone)
    assert title_of(page.get("/t/").content.decode()) == "Enter your code"
    assert officer.get(f"/victims/{reference}/asking/99999").status_code == 404
    assert "Not answered by them" in text_of(officer.get(f"/victims/{reference}/asking"))


def test_who_reads_parts_or_nothing_of_victims_asks_them_nothing(
    signed_in_client: Callable[..., Client], reference: str
) -> None:
    for role in ("offender_manager", "response_officer", "analyst"):
        client = signed_in_client(role, username=role)
        for path in ("asking", "asking/new", "log", "log/new"):
            assert client.get(f"/victims/{reference}/{path}").status_code == 403


@pytest.fixture
def two_hosts(settings: Any) -> None:
    settings.CRAFFU_SAFE_HOST = "plain.example"
    settings.ALLOWED_HOSTS = ["testserver", "plain.example"]


@pytest.mark.rule("VIC-09")
def test_the_host_of_the_safe_page_serves_that_page_and_nothing_else(two_hosts: None, reference: str) -> None:
    for host in ("plain.example", "PLAIN.example", "plain.example.", "plain.example:8443"):
        page = Client(headers={"host": host})
        assert title_of(page.get("/t/").content.decode()) == "Enter your code", host
        assert title_of(page.get("/t").content.decode()) == "Enter your code", host
        for path in (
            "/",
            "/sign-in",
            "/people",
            "/assets/craffu.css",
            "/assets/favicon.svg",
            "/cy/",
            "/tea",
            "/api/v1/",
        ):
            answer = page.get(path)
            assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store"), (host, path)
            assert "Craffu" not in answer.content.decode()
        assert page.get("/t/nothing").status_code == 404
        assert page.cookies == {}
    answer = Client(headers={"host": "192.0.2.1"}).get("/t/")
    assert (answer.status_code, "Craffu" in answer.content.decode()) == (400, False)
    assert Client().get("/sign-in").status_code == 200


def test_a_link_that_is_sent_a_form_says_no_more_than_one_that_is_opened(reference: str) -> None:
    for answer in (Client().post("/t/" + "A" * 43), Client().get("/t/" + "A" * 43)):
        assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (303, "/t/", "no-store")


def test_whatever_breaks_the_page_says_so_without_a_name(
    officer: Client, page: Client, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_said: Any, **_more: Any) -> Any:
        raise RuntimeError("kanari")

    monkeypatch.setattr("craffu.web.safe.views.page_of", breaks)
    answer = page.get("/t/")
    assert (answer.status_code, answer["Cache-Control"]) == (500, "no-store")
    assert "Craffu" not in answer.content.decode()


def test_no_leave_now_leads_away_and_ring_me_says_that_somebody_will(
    officer: Client, page: Client, reference: str, settings: Any
) -> None:
    press(page, {"code": code_for(officer, reference)})
    press(page, {"question": "before", "said": "go_on"})
    key = key_of(page.get("/t/").content.decode())
    answer = page.post("/t/", {"key": key, "question": "safe_now", "said": "no"})
    assert (answer.status_code, answer["Location"]) == (303, settings.CRAFFU_SAFE_PAGE["exit"])
    press(page, {"code": code_for(officer, reference)})
    assert "Somebody will ring you" in press(page, {"call": "1"})
    assert "They asked to be called" in text_of(officer.get(f"/victims/{reference}"))


def test_long_words_with_line_breaks_are_taken_as_they_are_counted(
    officer: Client, page: Client, reference: str, clock: Any
) -> None:
    press(page, {"code": code_for(officer, reference)})
    for question in ("before", "safe_now", "contact", "feel", "order", "reach", "readers"):
        press(page, {"question": question, "said": {"before": "go_on", **CHOICES}[question]})
    clock.shift(5)
    press(page, {"question": "words", "said": "k\r\n" * 2000})
    body = page.get("/t/").content.decode()
    assert 'name="question" value="tell"' in body
