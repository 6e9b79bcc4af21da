"""What leaves Craffu as a file: with a fresh factor, marked, logged, and never more than the reader may see (SEC-07)."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from craffu.access.markings import MARKINGS
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.access.rights_requests.kinds import Kind
from craffu.audit import questions
from craffu.audit.models import Event
from craffu.audit.questions import acts
from craffu.common import clock
from craffu.documents import writing
from craffu.web.audit import exported
from craffu.web.exports import sending
from craffu.web.exports.kinds import Column, NeverExported
from tests.factories.rights_answered import answered
from tests.factories.stories import bail_story
from tests.web.access.test_T17_step_up import PASSWORD, hidden
from tests.web.audit.conftest import saw
from tests.web.conftest import TakeIn, text_of, title_of

pytestmark = pytest.mark.rule("SEC-07")

MARKING = "OFFICIAL-SENSITIVE"
ASKED = {
    "purpose": "court",
    "words": "Hearing of 26 April",
    "recipient": "Listing officer",
    "organisation": "Swansea Crown Court",
    "form": "csv",
}


@pytest.fixture
def known(take_in_files: TakeIn) -> None:
    """P-10001 with the case C-10001 and its three hearings."""
    take_in_files(bail_story())


@pytest.fixture
def officer(signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]) -> Client:
    return confirmed(signed_in_client("supervisor", username="di.rees", password=PASSWORD))


def taken(client: Client, path: str = "/people/P-10001/export", **given: str) -> Any:
    return client.post(path, {**ASKED, **given})


def lines_of(answer: Any) -> list[list[str]]:
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def disclosures() -> list[Any]:
    return acts(Event.objects.filter(verb="disclosure").order_by("id"))


@pytest.mark.rule("SEC-04")
@pytest.mark.rule("SEC-10")
def test_a_record_leaves_marked_with_purpose_recipient_and_controller_and_is_logged_with_all_its_records(
    known: None, officer: Client, codes: None
) -> None:
    before = Event.objects.count()
    answer = taken(officer)
    lines = lines_of(answer)
    assert lines[0] == lines[-1] == [MARKING]
    about = dict(line for line in lines if len(line) == 2)
    assert about["For"] == "For a court"
    assert about["Recipient"] == "Listing officer, Swansea Crown Court"
    assert about["Taken out by"] == "di.rees, Supervisor"
    assert "Part 3" in about["Controller: Court results"]
    text = "\n".join(",".join(line) for line in lines)
    assert "Breichiog,EXAMPLE,1988-03-02" in text
    assert "C-10001,2025-03-26," in text
    assert ",Not guilty," in text
    assert Event.objects.count() == before + 1
    (row,) = disclosures()
    assert (row.kind, row.actor, row.recipient) == (
        "person_exported",
        "di.rees",
        "Listing officer, Swansea Crown Court",
    )
    assert (row.purpose, row.reason, set(row.refs)) == ("court", ASKED["words"], {"person/P-10001", "case/C-10001"})
    said = json.loads(Event.objects.get(pk=row.event).payload)
    assert "people.RecordVersion.family_name" in said["fields"]


@pytest.mark.rule("SEC-06")
def test_T20_the_file_is_kept_by_no_cache_and_its_name_and_title_name_nobody(known: None, officer: Client) -> None:
    answer = taken(officer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert re.fullmatch(r'attachment; filename="craffu-person-\d{8}-\d{4}\.csv"', answer.headers["Content-Disposition"])
    assert title_of(officer.get("/people/P-10001/export")) == "Take out: Record of one person, P-10001 - Craffu"
    # What courts wrote in their own words is kept encrypted, and stays.
    assert "Heol y Bont" not in answer.content.decode()
    assert "Assaulted Someone Else" not in answer.content.decode()


def test_a_workbook_and_json_say_the_same_in_welsh(known: None, officer: Client) -> None:
    book = load_workbook(io.BytesIO(taken(officer, "/cy/people/P-10001/export", form="xlsx").content))
    assert len(book.sheetnames) == 5
    assert {sheet.cell(1, 1).value for sheet in book} == {"SWYDDOGOL-SENSITIF"}
    said = json.loads(taken(officer, "/cy/people/P-10001/export", form="json").content)
    assert said["marking"] == "SWYDDOGOL-SENSITIF"
    source = said["tables"][0]["rows"][0]
    assert source[1:3] == ["Breichiog", "EXAMPLE"]
    assert source[6] == "Gwasanaeth Llysoedd a Thribiwnlysoedd EF"
    assert source[8] == "Canlyniadau llys a anfonir at yr heddlu at ddibenion gorfodi’r gyfraith"
    assert said["tables"][1]["rows"][0][1] == "Rhif gwŷs arestio"


def test_T17_a_form_sent_with_a_stale_factor_comes_back_filled_in_and_then_gives_the_file(
    known: None, officer: Client, confirmed: Callable[..., Client]
) -> None:
    confirmed(officer, clock.now() - timedelta(minutes=6))
    assert officer.get("/people/P-10001/export").headers["Location"].startswith("/account/confirm")
    page = taken(officer)
    assert "What you had just sent is kept." in text_of(page)
    assert disclosures() == []
    page = officer.post("/account/confirm", {**hidden(page), "password": PASSWORD})
    kept = hidden(page)
    assert {name: kept[name] for name in ASKED} == ASKED
    assert lines_of(officer.post("/people/P-10001/export", kept))[0] == [MARKING]
    assert len(disclosures()) == 1


def test_what_is_missing_is_asked_for_and_nothing_leaves(known: None, officer: Client) -> None:
    page = taken(officer, purpose="", words="court", recipient="", organisation="", form="docx")
    text = text_of(page)
    for problem in (
        "Choose what it is for",
        "Say what it is for in 10 characters or more",
        "Say who will receive it",
        "Say which organisation they belong to",
    ):
        assert problem in text
    assert title_of(page).startswith("Error: ")
    assert disclosures() == []


@pytest.mark.rule("SEC-02")
@pytest.mark.parametrize(("marking", "counted"), [("restricted", True), ("covert", False)])
def test_what_is_restricted_is_left_out_and_counted_and_of_what_is_covert_nothing_is_said(
    marking: str, counted: bool, known: None, officer: Client, make_user: Callable[..., User]
) -> None:
    keeper = acting_user(make_user("coordinator"))
    restrict(by=keeper, kind="case", reference="C-10001", reason="a test", marking=MARKINGS[marking])
    for path in ("/people/P-10001/export", "/people/export"):
        text = taken(officer, path).content.decode()
        assert "C-10001" not in text
        assert ("Records not open to you, left out" in text) == counted
        assert "1" in text
    assert [one.counts.get("left_out", 0) for one in disclosures()] == [int(counted)] * 2
    assert all("case/C-10001" not in one.refs for one in disclosures())


@pytest.mark.rule("SEC-11")
@pytest.mark.parametrize("path", ["/people/P-10001/export", "/people/export"])
def test_whoever_receives_a_record_the_use_of_which_is_restricted_is_told_so_and_not_why(
    path: str, known: None, officer: Client, make_user: Callable[..., User]
) -> None:
    said = "The use of data about P-10001 is restricted since"
    assert said not in taken(officer, path).content.decode()
    first, second = (acting_user(make_user("auditor")) for _one in range(2))
    number = answered(first, second, Kind.RESTRICTION, "P-10001")
    text = taken(officer, path).content.decode()
    assert f"Use of data restricted,{said}" in text
    assert "Breichiog,EXAMPLE,1988-03-02" in text, "it leaves all the same"
    assert number not in text


def test_the_list_is_for_those_who_answer_for_risk_and_holds_everybody(
    known: None, officer: Client, signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]
) -> None:
    lines = lines_of(taken(officer, "/people/export"))
    assert ["P-10001", "Breichiog", "EXAMPLE", "1988-03-02", "Court results", "1"] in lines
    assert disclosures()[0].refs == ("person/P-10001",)
    assert "/people/export" in officer.get("/people").content.decode()
    other = confirmed(signed_in_client("investigator"))
    assert other.get("/people/export").status_code == 403
    assert "/people/export" not in other.get("/people").content.decode()
    assert taken(other).status_code == 200
    victims = confirmed(signed_in_client("victim_officer"))
    assert taken(victims).status_code == 403
    assert "/export" not in victims.get("/people/P-10001").content.decode()


def test_more_than_can_be_taken_at_once_is_refused_before_anything_is_logged(
    known: None, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MOST_ROWS", 0)
    assert "That is more than 0 rows." in text_of(taken(officer))
    assert disclosures() == []


def test_a_cell_that_a_workbook_would_cut_off_is_refused_and_nothing_is_lost(
    known: None, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LONGEST_CELL", 5)
    assert "Choose CSV or JSON." in text_of(taken(officer, form="xlsx"))
    assert disclosures() == []


def test_nobody_is_there_who_is_not(known: None, officer: Client) -> None:
    assert taken(officer, "/people/P-99999/export").status_code == 404


@pytest.mark.rule("SEC-06")
@pytest.mark.parametrize("field", ["victim_address", "people.Victim.victim_phone", "x.victim_safe_word"])
def test_an_export_with_a_protected_field_cannot_even_be_declared(field: str) -> None:
    with pytest.raises(NeverExported):
        Column("Address", field)


class TestTheLog:
    """P40: the auditor's answer."""

    @pytest.fixture
    def auditor(self, signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]) -> Client:
        client = signed_in_client("auditor", username="auditor.one")
        client.post("/audit", {"purpose": "criminal_proceedings"})
        return confirmed(client)

    def test_an_answer_leaves_for_the_purpose_the_log_was_opened_for_without_the_auditors_own_acts(
        self, auditor: Client
    ) -> None:
        saw("dc.evans", "person/P-10001", "case/C-10001")
        saw("auditor.one", "person/P-10001", "case/C-77777")
        page = auditor.post("/audit/questions", {"ask": "who", "who-record": "P-10001"}, follow=True)
        path = re.findall(r'href="(/audit/answers/[0-9a-f]{32}/export)"', page.content.decode())[0]
        form = auditor.get(path)
        assert "Purpose: For criminal proceedings" in text_of(form)
        lines = lines_of(taken(auditor, path, purpose="lawfulness"))
        about = dict(line for line in lines if len(line) == 2)
        assert about["For"] == "For criminal proceedings"
        assert about["Your own acts"] == "Left out. Another auditor can look."
        assert "section 62(4)" in about["Controller: The log"]
        row = next(line for line in lines if "dc.evans" in line)
        assert "C-10001, P-10001" in row
        assert row[-1] == "Not sealed yet"
        assert "C-77777" not in str(lines)
        (left,) = disclosures()
        assert (left.kind, left.purpose) == ("audit_exported", "criminal_proceedings")
        assert set(left.refs) == {"person/P-10001", "case/C-10001"}
        welsh = dict(line for line in lines_of(taken(auditor, f"/cy{path}", purpose="lawfulness")) if len(line) == 2)
        assert "Rhennir o dan: Deddf Diogelu Data 2018, adran 62(4)" in welsh["Rheolydd: Y cofnod archwilio"]

    def test_a_file_that_does_not_hold_every_row_says_so(
        self, auditor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in (questions, exported):
            monkeypatch.setattr(module, "MOST_FOUND", 2)
        for _ in range(3):
            saw("dc.evans", "person/P-10001")
        page = auditor.post("/audit/questions", {"ask": "who", "who-record": "P-10001"}, follow=True)
        path = re.findall(r'href="(/audit/answers/[0-9a-f]{32}/export)"', page.content.decode())[0]
        lines = lines_of(taken(auditor, path, purpose="lawfulness"))
        assert ["Left out", "There may be more: these are the newest 2 rows."] in lines

    def test_a_question_that_is_forgotten_is_asked_again(self, auditor: Client) -> None:
        assert auditor.get(f"/audit/answers/{'0' * 32}/export").headers["Location"] == "/audit"
