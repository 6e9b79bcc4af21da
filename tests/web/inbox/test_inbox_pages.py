"""The inbox in pages: documents by age, the image beside what is typed, nothing typed lost, matched or returned (P03, ORD-21)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.orders.inbox.facts import CAME_FROM, RETURNED_BECAUSE, terms_of_text
from craffu.orders.inbox.rules import InboxState
from craffu.orders.models import DocumentRead, Order, OrderDocument
from craffu.people.queries import people_of_records
from craffu.web.inbox import words
from tests.factories.identities import joined_to
from tests.factories.inbox import came, read
from tests.factories.orders import MADE, PNG, considered, received
from tests.logged import refs_said_by
from tests.web.conftest import Visit, text_of
from tests.web.orders.conftest import NOW
from tests.web.orders.test_step_pages import NO_CONTACT, conditions, day

pytestmark = pytest.mark.django_db

INBOX = "/orders/inbox"
READ = {
    "kind": "NMO", "court": "Llanelli", "court_case_no": "FL26 44", **day("made_on", 20), "end": "until_day",
    **day("last_day", 19, year=2027), "given_names": "Huw", "family_name": "Prosser", **day("born_on", 2, 3, 1988),
    **conditions(NO_CONTACT), "version": "0",
}  # fmt: skip


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("orders_team")


@pytest.fixture
def document(team: Acting) -> OrderDocument:
    return came(team, NOW - timedelta(days=3), kind="NMO", sender="Llanelli Family Court")


def upload(**change: Any) -> dict[str, Any]:
    said = {**day("on", 23), "at": "16:30", "came_from": "court", "sender": "Llanelli Family Court", "kind": ""}
    return said | {"paper": SimpleUploadedFile("scan.png", PNG)} | change


@pytest.mark.rule("ORD-21")
def test_every_key_of_the_inbox_has_words() -> None:
    assert set(words.STATE) == set(InboxState)
    assert set(words.CAME_FROM) == set(CAME_FROM)
    assert set(words.RETURNED) == set(RETURNED_BECAUSE)


@pytest.mark.rule("ORD-21")
def test_a_document_is_put_into_the_inbox_and_stands_there_with_its_age(officer: Client, visit: Visit) -> None:
    answer = officer.post(f"{INBOX}/new", upload(), follow=True)
    assert "It is in the inbox." in text_of(answer)
    answer, rows = visit(officer, INBOX)
    assert "D-10001 23 November 2026, 16:30 A court Not known yet Not typed yet 1 day Nobody yet Waits" in text_of(
        answer
    )
    assert [row.kind for row in rows] == ["order_documents_listed"]
    assert set(refs_said_by(rows[0])) == {"document/D-10001"}
    assert "Nothing waits here." in text_of(officer.get(f"{INBOX}?age=29"))
    assert "D-10001" in text_of(officer.get(f"{INBOX}?age=0-1"))
    assert "Nothing has left the inbox yet." in text_of(officer.get(f"{INBOX}?show=left"))


@pytest.mark.rule("ORD-21")
@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"paper": SimpleUploadedFile("scan.exe", b"MZ")}, "Keep it as a PDF, a PNG or a JPEG"),
        ({"paper": ""}, "Choose the file"),
        ({"came_from": ""}, "Choose from whom it came."),
        (day("on", 25), "This lies in the future."),
        ({"at": ""}, "Enter the time, such as 14:30"),
    ],
)
def test_a_refused_document_says_why_beside_its_field(change: dict[str, Any], wanted: str, officer: Client) -> None:
    answer = officer.post(f"{INBOX}/new", upload(**change))
    assert wanted in text_of(answer)
    assert not OrderDocument.objects.for_system("a test").exists()


@pytest.mark.rule("ORD-21")
def test_the_image_stands_beside_the_fields_and_what_is_typed_is_kept(
    officer: Client, document: OrderDocument, visit: Visit
) -> None:
    page = officer.get(f"{INBOX}/D-10001")
    assert f'src="{INBOX}/D-10001/image"' in page.content.decode()
    assert '<option value="NMO" selected>' in page.content.decode()
    image, rows = visit(officer, f"{INBOX}/D-10001/image")
    assert (image.content, image["Content-Type"], image["Content-Disposition"]) == (
        PNG, "image/png", 'inline; filename="D-10001"',
    )  # fmt: skip
    assert [row.kind for row in rows] == ["order_document_opened"]
    answer = officer.post(f"{INBOX}/D-10001", READ, follow=True)
    assert "What you typed is kept." in text_of(answer)
    reading = DocumentRead.objects.for_system("a test").get()
    terms = terms_of_text(reading.terms)
    assert (reading.family_name, reading.born_on, str(reading.last_day)) == ("Prosser", "1988-03-02", "2027-11-19")
    assert terms is not None
    assert [(one.type, one.words) for one in terms.conditions] == [NO_CONTACT]
    again = officer.get(f"{INBOX}/D-10001").content.decode()
    assert 'value="Prosser"' in again
    assert "Not to contact Sian Rees." in again


@pytest.mark.rule("ORD-21")
def test_nothing_typed_is_lost_by_another_row_by_an_error_or_by_somebody_elses_typing(
    officer: Client,
    document: OrderDocument,
    team: Acting,
) -> None:
    more = officer.post(f"{INBOX}/D-10001", READ | {"add": "1"})
    assert 'value="Prosser"' in more.content.decode()
    assert "Condition 3" in text_of(more)
    wrong = officer.post(f"{INBOX}/D-10001", READ | day("last_day", 19, year=2025))
    assert "An order cannot end before it is made" in text_of(wrong)
    assert 'value="Prosser"' in wrong.content.decode()
    none = officer.post(
        f"{INBOX}/D-10001",
        READ | {"last_day_day": "", "last_day_month": "", "last_day_year": ""},
    )
    assert "Enter the last day" in text_of(none)
    read(team, document)
    late = officer.post(f"{INBOX}/D-10001", READ)
    assert late.status_code == 409
    assert "Somebody else changed this while you had it open." in text_of(late)
    assert 'value="Prosser"' in late.content.decode()
    assert DocumentRead.objects.for_system("a test").count() == 1


@pytest.mark.rule("ORD-13")
@pytest.mark.rule("ORD-21")
@pytest.mark.parametrize("end", ["not_said", "no_end"])
def test_a_last_day_typed_beside_another_end_is_asked_about_and_not_lost(
    end: str, officer: Client, document: OrderDocument
) -> None:
    answer = officer.post(f"{INBOX}/D-10001", READ | {"end": end})
    page = answer.content.decode()
    assert 'href="#id_end"' in page
    assert "You gave a last day: choose that it ends on that day, or clear the day." in text_of(answer)
    assert 'name="last_day_year" type="text" value="2027"' in page
    assert not DocumentRead.objects.for_system("a test").exists()


@pytest.mark.rule("IDN-02")
@pytest.mark.rule("ORD-21")
def test_whoever_may_be_meant_is_shown_and_a_person_decides(
    officer: Client,
    document: OrderDocument,
    team: Acting,
    system: Acting,
    tmp_path: Path,
    visit: Visit,
) -> None:
    made = received(team, considered(system, tmp_path).reference, MADE)
    who = people_of_records(team, [made.respondent_id])[made.respondent_id].reference
    before = text_of(officer.get(f"{INBOX}/D-10001"))
    assert "Type the kind of order and the respondent’s name first." in before
    officer.post(f"{INBOX}/D-10001", READ | {"kind": "SPO", "court_case_no": "63AA1"})
    answer, rows = visit(officer, f"{INBOX}/D-10001")
    assert who in text_of(answer)
    assert {"document/D-10001", f"person/{who}"} <= set(refs_said_by(rows[0]))
    chosen = officer.post(f"{INBOX}/D-10001", {"choose": "1", "person": f" {who.lower()} "})
    assert chosen.url == f"{INBOX}/D-10001/match/{who}"
    assert "P, a hyphen and a number" in text_of(officer.post(f"{INBOX}/D-10001", {"choose": "1", "person": "Prosser"}))
    page = text_of(officer.get(chosen.url))
    assert f"{made.reference}: Stalking protection order (full). Made, not served. 63AA1. Further order" in page
    entered = officer.post(chosen.url, {"order": "new", "seen": "1"})
    assert f"This order is on the register already: {made.reference}." in text_of(entered)
    done = officer.post(chosen.url, {"order": made.reference, "seen": "1"}, follow=True)
    assert "It is matched." in text_of(done)
    assert done.redirect_chain[-1][0] == f"/orders/{made.reference}"
    left = text_of(officer.get(f"{INBOX}/D-10001"))
    assert "Matched" in left
    assert made.reference in left
    assert officer.get(f"{INBOX}/D-10001/match/P-99999").status_code == 404
    gone = joined_to(system, made.respondent_id)
    assert officer.get(f"{INBOX}/D-10001/match/{gone}").url == f"{INBOX}/D-10001/match/{who}"
    assert officer.post(chosen.url, {"order": made.reference, "seen": "1"}).status_code == 409


@pytest.mark.rule("ORD-21")
def test_an_order_against_nobody_we_know_enters_and_its_page_reads_not_checked(
    officer: Client, document: OrderDocument, signed_in_client: Callable[..., Client]
) -> None:
    officer.post(f"{INBOX}/D-10001", READ)
    supervisor = signed_in_client("supervisor")
    refused = supervisor.post(f"{INBOX}/D-10001/match", {"order": "new", "seen": "1"})
    assert refused.status_code == 403
    assert "Somebody with another role makes this step." in text_of(refused)
    done = officer.post(f"{INBOX}/D-10001/match", {"order": "new", "seen": "1"}, follow=True)
    assert "Not checked" in text_of(done)
    assert "Open the sealed order" in text_of(done)
    assert Order.objects.for_system("a test").get().kind == "NMO"


@pytest.mark.rule("ORD-19")
@pytest.mark.rule("ORD-21")
def test_an_order_of_a_number_on_the_register_enters_once_it_is_said_to_be_another(
    officer: Client, document: OrderDocument, team: Acting, system: Acting, tmp_path: Path
) -> None:
    made = received(team, considered(system, tmp_path).reference, MADE)
    officer.post(f"{INBOX}/D-10001", READ | {"kind": "SPO", "court_case_no": "63AA1"})
    match = f"{INBOX}/D-10001/match"
    assert "I have looked: it is another order" not in text_of(officer.get(match))
    refused = text_of(officer.post(match, {"order": "new", "seen": "1"}))
    assert f"The register has an order of this kind under this number: {made.reference}." in refused
    assert "I have looked: it is another order" in refused
    done = officer.post(match, {"order": "new", "seen": "1", "is_another": "yes"}, follow=True)
    assert "It is matched." in text_of(done)
    assert Order.objects.for_system("a test").count() == 2


@pytest.mark.rule("ORD-21")
def test_it_is_taken_on_given_and_returned_with_a_reason(
    officer: Client, document: OrderDocument, make_user: Callable[..., User]
) -> None:
    supervisor = make_user("supervisor")
    mine = officer.get(f"{INBOX}/D-10001/owner")
    assert mine.status_code == 200
    assert "Choose whose it is" in text_of(officer.post(f"{INBOX}/D-10001/owner", {"owner": ""}))
    given = officer.post(f"{INBOX}/D-10001/owner", {"owner": str(supervisor.pk)}, follow=True)
    assert "It is theirs now." in text_of(given)
    assert "Choose the reason." in text_of(officer.post(f"{INBOX}/D-10001/return", {"reason_text": "Why"}))
    said = {"reason_code": "unreadable", "reason_text": "The second page is missing"}
    assert "It is returned" in text_of(officer.post(f"{INBOX}/D-10001/return", said, follow=True))
    assert "The second page is missing" in text_of(officer.get(f"{INBOX}/D-10001"))
    assert "Returned" in text_of(officer.get(f"{INBOX}?show=left"))
    assert officer.post(f"{INBOX}/D-10001/return", said).status_code == 409
    assert officer.post(f"{INBOX}/D-10001/owner", {"owner": str(supervisor.pk)}).status_code == 409


@pytest.mark.rule("ORD-21")
def test_the_list_asks_the_same_questions_however_long_it_is(
    officer: Client,
    team: Acting,
    django_assert_num_queries: Callable[..., Any],
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    for number in range(3):
        read(team, came(team, content=PNG + bytes([number])))
    officer.get(INBOX)
    with django_assert_max_num_queries(100) as few:
        officer.get(INBOX)
    for number in range(3, 9):
        read(team, came(team, content=PNG + bytes([number])))
    with django_assert_num_queries(len(few)):
        officer.get(INBOX)


@pytest.mark.rule("ORD-21")
def test_the_inbox_in_welsh(officer: Client, document: OrderDocument) -> None:
    page = text_of(officer.get(f"/cy{INBOX}"))
    assert "Mewnflwch gorchmynion" in page
    assert "3 diwrnod" in page
