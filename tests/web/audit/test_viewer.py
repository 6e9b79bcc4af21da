"""The auditor's viewer: purpose first, what was asked answered and nothing else, its own use logged, own acts never (P40)."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import craffu
from craffu.access.acting import Acting
from craffu.access.actions import change_right, record_refusal
from craffu.access.events import SESSION_ENDED, SIGNED_IN
from craffu.access.models import Force, User
from craffu.audit import questions
from craffu.audit.models import Event
from craffu.audit.rules import Purpose
from craffu.intake.events import REJECTS_DOWNLOADED
from craffu.people.events import PERSON_EXPORTED
from craffu.web.audit import presenters, views
from craffu.web.audit.reasons import REFUSED
from craffu.web.audit.words import RECORDS
from tests.web.audit.conftest import Ask, saw
from tests.web.conftest import text_of, title_of

NOON = datetime(2026, 1, 13, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("force")


def rows_about_log() -> list[dict[str, Any]]:
    return [json.loads(one.payload) for one in Event.objects.filter(kind="audit_read").order_by("id")]


@pytest.mark.rule("SEC-04")
def test_the_page_says_the_four_purposes_of_the_law_and_no_other(signed_in_client: Callable[..., Client]) -> None:
    page = signed_in_client("auditor").get("/audit")
    offered = set(re.findall(r'type="radio" value="([^"]*)"', page.content.decode()))
    assert offered == {one.value for one in Purpose}
    assert "Data Protection Act 2018, section 62(4)" in text_of(page)
    assert "Never use it to measure how much or how fast anybody works." in text_of(page)


@pytest.mark.rule("SEC-04")
def test_nothing_is_shown_before_a_purpose_is_chosen(signed_in_client: Callable[..., Client]) -> None:
    client = signed_in_client("auditor")
    for path in ("/audit/questions", "/audit/unusual"):
        assert client.get(path).headers["Location"] == "/audit"
    assert "Choose what you need the log for" in text_of(client.post("/audit", {}))
    assert client.post("/audit/questions", {"ask": "search"}).headers["Location"] == "/audit"
    assert client.post("/audit", {"purpose": "productivity"}).status_code == 200
    assert client.get("/audit/questions").status_code == 302
    assert client.post("/audit", {"purpose": "integrity"}).headers["Location"] == "/audit/questions"
    assert "To keep personal data whole and secure" in text_of(client.get("/audit/questions"))


@pytest.mark.rule("SEC-04")
def test_of_whatever_has_a_reference_it_is_answered_who_saw_it(ask: Ask, make_user: Callable[..., User]) -> None:
    make_user("investigator", username="dc.evans")
    for letters, kind in RECORDS.items():
        saw("dc.evans", f"{kind}/{letters}-10007", at=NOON)
        assert f"{letters}-10007 Nobody" in text_of(ask("who", record=f"{letters}-10007")), letters


def test_whatever_is_given_a_reference_is_known_by_its_letters() -> None:
    given = re.compile(r"""(?:prefix=|PREFIX: Final = )"([A-Z]+)\"""")
    product = Path(craffu.__file__).parent
    sources = [one for one in product.rglob("*.py") if "bench" not in one.parts]
    letters = {found for one in sources for found in given.findall(one.read_text(encoding="utf-8"))}
    assert {"P", "O", "SM"} < letters
    assert letters == RECORDS.keys()


def test_who_saw_a_record_is_answered_by_name_role_and_time(ask: Ask, make_user: Callable[..., User]) -> None:
    make_user("investigator", username="dc.evans")
    saw("dc.evans", "person/P-10001", "case/C-10001", at=NOON)
    saw("dc.evans", "person/P-10001", at=NOON + timedelta(days=1))
    saw("dc.other", "person/P-10002", at=NOON)
    text = text_of(ask("who", record="p-10001"))
    assert "Test dc.evans (dc.evans) Investigator 2 14 January 2026, 12:00" in text
    assert text.index("14 January 2026, 12:00") < text.index("13 January 2026, 12:00")
    assert "Consultation Person viewed P-10001" in text
    assert "C-10001, P-10001" in text
    assert "dc.other" not in text


def test_what_a_user_saw_is_answered(ask: Ask) -> None:
    saw("dc.evans", "person/P-10001", at=NOON)
    saw("dc.evans", "person/P-10003", at=NOON, kind=REJECTS_DOWNLOADED, recipient="Results team", counts={"rows": 3})
    saw("dc.other", "person/P-10002", at=NOON)
    text = text_of(ask("seen", person="dc.evans"))
    assert "P-10001" in text
    assert "Disclosure Reject file downloaded Rows: 3 P-10003 Results team" in text
    assert "P-10002" not in text


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, {"P-1", "P-2", "P-3", "C-4"}),
        ({"record": "C-4"}, {"C-4"}),
        ({"person": "dc.b"}, {"P-2", "P-3"}),
        ({"verb": "disclosure"}, {"P-3"}),
        ({"verb": "erasure"}, set()),
        ({"recipient": "TŶ'R"}, {"P-3"}),
        ({"recipient": "nobody so called"}, set()),
        ({"first_day": "14", "first_month": "1", "first_year": "2026"}, {"C-4"}),
        ({"last_day": "13", "last_month": "1", "last_year": "2026"}, {"P-1", "P-2", "P-3"}),
        ({"person": "dc.b", "verb": "consultation"}, {"P-2"}),
    ],
)
def test_each_filter_finds_its_rows_and_no_others(ask: Ask, given: dict[str, str], found: set[str]) -> None:
    saw("dc.a", "person/P-1", at=NOON)
    saw("dc.b", "person/P-2", at=NOON)
    saw("dc.b", "person/P-3", at=NOON, kind=REJECTS_DOWNLOADED, recipient="Staff of tŷ'r Cyfiawnder")
    saw("dc.a", "case/C-4", at=datetime(2026, 1, 14, tzinfo=UTC))
    text = text_of(ask("search", **given))
    table = text[text.index("Rows of the log") :]
    assert set(re.findall(r"\b[PC]-\d\b", table)) == found
    assert found or "The log holds nothing that answers this." in text


def test_refusals_which_unusual_reading_points_to_can_be_asked_for(ask: Ask, system: Acting) -> None:
    saw("dc.a", "person/P-1", at=NOON)
    record_refusal(by=system, refs=["person/P-2"], reason="right_not_held")
    text = text_of(ask("search", verb="denied"))
    assert "What was done Refusal" in text
    assert "P-2" in text
    assert "P-1" not in text


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"record": "P 10001"}, "Enter a reference such as P-10001"),
        ({"record": "Q-10001"}, "Enter a reference such as P-10001"),
        ({"record": "P-" + "1" * 40}, "Enter a reference such as P-10001"),
        ({"person": "nobody.so.called"}, "Nobody of this name has an account or is in the log"),
        ({"person": "x" * 61}, "Enter the name that somebody signs in with"),
        ({"verb": "authentication"}, "Select a valid choice"),
        ({"recipient": "x" * 201}, "Write at most 200 characters"),
        ({"first_day": "31", "first_month": "2", "first_year": "2026"}, "Enter a real date"),
        (
            {
                **{"first_day": "2", "first_month": "1", "first_year": "2026"},
                **{"last_day": "1", "last_month": "1", "last_year": "2026"},
            },
            "The last day must be the same as or after the first",
        ),
    ],
)
def test_a_question_that_makes_no_sense_is_asked_again(ask: Ask, given: dict[str, str], problem: str) -> None:
    page = ask("search", **given)
    assert problem in text_of(page)
    assert title_of(page).startswith("Error: ")
    assert rows_about_log() == []


def test_a_ready_question_needs_its_record_or_its_user(ask: Ask) -> None:
    assert "Enter the reference of a record" in text_of(ask("who"))
    assert "Enter the name that somebody signs in with" in text_of(ask("seen"))
    assert title_of(ask("no such form")) == "Ask the log - Craffu"


@pytest.mark.rule("SEC-04")
def test_nobody_audits_himself(
    ask: Ask, make_user: Callable[..., User], signed_in_client: Callable[..., Client], system: Acting
) -> None:
    saw("auditor.one", "person/P-10001", "case/C-77777", role="auditor")
    text = text_of(ask("who", record="P-10001"))
    assert "The log holds nothing that answers this." in text
    assert "C-77777" not in text
    assert "Your own acts answer this question too" in text
    assert "No other auditor can look yet: ask an administrator to name one." in text
    other = signed_in_client("auditor", username="auditor.two")
    former = make_user("auditor", username="auditor.three")
    change_right(by=system, user=former, right="auditor", held=False, reason="test")
    assert "Another auditor can look: Test auditor.two." in text_of(ask("search"))
    refused = ask("seen", person="auditor.one")
    assert "You cannot look at your own acts. Another auditor can look: Test auditor.two." in text_of(refused)
    denied = json.loads(Event.objects.filter(verb="denied").get().payload)
    assert (denied["reason"], denied["refs"]) == ("own_acts", ["page/audit_questions", "user/auditor.one"])
    other.post("/audit", {"purpose": "lawfulness"})
    assert "C-77777" in text_of(ask("who", client=other, record="P-10001"))


def test_no_word_of_own_acts_where_there_are_none(ask: Ask) -> None:
    saw("dc.evans", "person/P-10001")
    assert "Your own acts" not in text_of(ask("who", record="P-10001"))


@pytest.mark.rule("SEC-04")
def test_use_is_logged_with_purpose_and_references_and_never_with_typed_words(ask: Ask) -> None:
    saw("dc.evans", "person/P-10001", "case/C-10002", at=NOON, kind=REJECTS_DOWNLOADED, recipient="Cyfaill i mi")
    ask(
        "search",
        record="P-10001",
        person="dc.evans",
        verb="disclosure",
        recipient="cyfaill",
        first_day="1",
        first_month="1",
        first_year="2026",
    )
    (row,) = rows_about_log()
    assert row["purpose"] == "lawfulness"
    assert row["refs"] == ["case/C-10002", "person/P-10001", "user/dc.evans"]
    assert row["fields"] == ["first", "person", "recipient", "record", "verb"]
    assert row["reason"] == "person/P-10001 user/dc.evans verb/disclosure from/2026-01-01"
    assert row["counts"] == {"rows": 1}
    assert "cyfaill" not in json.dumps(row).lower()


def test_reading_the_log_is_found_as_such_by_the_next_auditor(
    ask: Ask, signed_in_client: Callable[..., Client]
) -> None:
    saw("dc.evans", "person/P-10001", at=NOON)
    ask("who", record="P-10001")
    second = signed_in_client("auditor", username="auditor.two")
    second.post("/audit", {"purpose": "integrity"})
    text = text_of(ask("who", client=second, record="P-10001"))
    assert "Log read Purpose: To check that processing is lawful" in text


def test_what_is_typed_stands_in_no_address_title_or_header(ask: Ask) -> None:
    for number in range(25):
        saw("dc.kanari", "person/P-10001", at=NOON + timedelta(minutes=number))
    page = ask("search", person="dc.kanari", record="P-10001", recipient="")
    body = page.content.decode()
    around = [title_of(page), *(str(place) for place in page.redirect_chain)]
    around += re.findall(r'(?:href|action|src)="([^"]*)"', body)
    around += [f"{name}: {value}" for name, value in page.headers.items()]
    assert not [text for text in around if "kanari" in text or "P-10001" in text]
    path = page.redirect_chain[-1][0]
    assert re.fullmatch(r"/audit/answers/[0-9a-f]{32}", path)


def test_paging_keeps_the_question(ask: Ask, auditor: Client) -> None:
    for number in range(25):
        saw("dc.evans", f"person/P-{20001 + number}", at=NOON + timedelta(minutes=number))
    saw("dc.other", "person/P-30000", at=NOON)
    page = ask("seen", person="dc.evans")
    path = page.redirect_chain[-1][0]
    assert "Shown: 1 to 20 of 25" in text_of(page)
    second = text_of(auditor.get(f"{path}?page=2"))
    assert "Shown: 21 to 25 of 25" in second
    assert "P-20001" in second
    assert "P-30000" not in second
    assert "Pwy, ac ym mha rôl bryd hynny" in text_of(auditor.get(f"/cy{path}?page=2"))


def test_an_answer_is_nobody_elses_and_is_forgotten(ask: Ask, signed_in_client: Callable[..., Client]) -> None:
    saw("dc.evans", "person/P-10001")
    path = ask("who", record="P-10001").redirect_chain[-1][0]
    other = signed_in_client("auditor", username="auditor.two")
    other.post("/audit", {"purpose": "lawfulness"})
    answer = other.get(path, follow=True)
    assert answer.redirect_chain == [("/audit", 302)]
    assert "Your question is no longer kept. Ask it again." in text_of(answer)
    for _again in range(20):
        ask("who", record="P-10002")
    assert "Your question is no longer kept" in text_of(ask("who").client.get(path, follow=True))


@pytest.mark.rule("SEC-01")
def test_another_forces_log_is_not_there(ask: Ask, other_force: Force, make_user: Callable[..., User]) -> None:
    make_user("investigator", force=other_force, username="their.officer")
    saw("their.officer", "person/P-10001", force=other_force.code)
    assert "The log holds nothing that answers this." in text_of(ask("who", record="P-10001"))
    assert "Nobody of this name has an account or is in the log" in text_of(ask("seen", person="their.officer"))


def test_many_records_of_one_view_are_folded_and_what_is_not_shown_is_counted(ask: Ask) -> None:
    saw("dc.evans", *(f"person/P-{40001 + number}" for number in range(70)))
    text = text_of(ask("seen", person="dc.evans"))
    assert "More records: 64" in text
    assert "Not shown here: 10" in text
    assert "P-40060" in text
    assert "P-40061" not in text
    (row,) = rows_about_log()
    assert len(row["refs"]) == 61


def test_strange_rows_are_shown_by_what_they_say(ask: Ask, system: Acting) -> None:
    saw("night.job", "run/demo", role="system", kind=REJECTS_DOWNLOADED, recipient="Team", counts={"unheard_of": 2})
    saw("root", role="", reason="typed reason", purpose="older_purpose")
    text = text_of(ask("search"))
    assert "night.job The system" in text
    assert "unheard_of: 2 run: demo Team" in text
    assert "root No role Consultation Person viewed Purpose: older_purpose Reason: typed reason None Nobody" in text


KEYS_OF_REFUSALS = re.compile(r'NotPermitted\(\s*"([a-z_]+)"')


def test_what_is_logged_as_a_key_is_read_as_words_in_both_languages(ask: Ask, system: Acting) -> None:
    record_refusal(by=system, refs=["page/case_list", "user/dc.evans"], reason="right_not_held")
    saw("dc.evans", "person/P-10001", reason="threat_to_life")
    saw("dc.other", kind=SESSION_ENDED, reason="password")
    saw("dc.other", kind=SIGNED_IN, reason="password")
    saw("dc.other", "person/P-10003", kind=PERSON_EXPORTED, recipient="Listing office", purpose="court")
    english, welsh = text_of(ask("search")), text_of(ask("search", cy="/cy"))
    for words in (
        "Reason: Their role does not open this page: case_list, account: dc.evans",
        "Reason: There is a threat to somebody’s life",
        "Reason: Their password was changed",
        "Reason: With a password",
        "Purpose: For a court",
    ):
        assert words in english
    assert "Rheswm: Nid yw eu rôl yn agor hyn tudalen: case_list, cyfrif: dc.evans" in welsh
    assert "Diben: Ar gyfer llys" in welsh
    assert "Rheswm: Mae bygythiad i fywyd rhywun" in welsh


def test_every_refusal_of_a_right_has_words_for_the_log() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (Path(craffu.__file__).parent).rglob("*.py")]
    keys = {key for text in sources for key in KEYS_OF_REFUSALS.findall(text)}
    assert "right_not_held" in keys
    assert keys <= set(REFUSED)


def test_only_the_newest_are_shown_and_the_page_says_so(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("craffu.audit.questions.MOST_FOUND", 3)
    monkeypatch.setattr("craffu.web.audit.views.MOST_FOUND", 3)
    for number in range(4):
        saw("dc.evans", f"person/P-{50001 + number}", at=NOON + timedelta(minutes=number))
    text = text_of(ask("seen", person="dc.evans"))
    assert "There may be more: the newest 3 are shown." in text
    assert "P-50001" not in text


def test_the_number_of_queries_does_not_grow_with_the_log(ask: Ask, auditor: Client) -> None:
    def counted(form: str, **given: str) -> int:
        path = ask(form, **given).redirect_chain[-1][0]
        with CaptureQueriesContext(connection) as queries:
            assert auditor.get(path).status_code == 200
        return len(queries)

    saw("dc.evans", "person/P-10001", at=NOON)
    before = [counted("who", record="P-10001"), counted("seen", person="dc.evans"), counted("search")]
    for number in range(30):
        saw(f"dc.{number}", "person/P-10001", "case/C-10001", at=NOON + timedelta(minutes=number))
        saw("dc.evans", f"person/P-{number}", at=NOON + timedelta(minutes=number))
    after = [counted("who", record="P-10001"), counted("seen", person="dc.evans"), counted("search")]
    assert after == before
    assert max(after) <= 25


def test_in_welsh(ask: Ask) -> None:
    saw("dc.evans", "person/P-10001", at=NOON)
    page = ask("who", cy="/cy", record="P-10001")
    assert page.redirect_chain[-1][0].startswith("/cy/audit/answers/")
    assert "I wirio bod y prosesu’n gyfreithlon" in text_of(page)
    assert "13 Ionawr 2026, 12:00" in text_of(page)


@pytest.mark.rule("SEC-04")
def test_an_answer_says_when_not_every_recipient_was_looked_for_or_not_every_reader_is_shown(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for team in ("Team A", "Team B", "Team C"):
        saw("dc.a", "person/P-1", at=NOON, kind=REJECTS_DOWNLOADED, recipient=team)
    for one in ("dc.b", "dc.c"):
        saw(one, "person/P-1", at=NOON)
    everything = text_of(ask("search", recipient="team"))
    assert "Team C" in everything
    assert "were looked for" not in everything
    assert "There may be more people" not in text_of(ask("who", record="P-1"))
    for module, name, most in ((questions, "MOST_RECIPIENTS", 2), (presenters, "MOST_RECIPIENTS", 2)):
        monkeypatch.setattr(module, name, most)
    cut = text_of(ask("search", recipient="team"))
    assert "Team C" not in cut
    assert "More than 2 recipients answer to what you wrote" in cut
    assert "More than 2" not in text_of(ask("search", recipient="team b"))
    for module in (questions, views):
        monkeypatch.setattr(module, "MOST_READERS", 2)
    assert "There may be more people: the 2 who did so last are shown." in text_of(ask("who", record="P-1"))
