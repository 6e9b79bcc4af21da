"""The search page: works by button and by pieces, says why, logs what it shows and never the words (P02, SEC-02, SEC-04)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event
from craffu.people.search import actions
from tests.factories.court_messages import court_message
from tests.web.conftest import TakeIn, Visit, text_of, title_of

pytestmark = pytest.mark.django_db

type Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    actions.forget()


@pytest.fixture
def investigator(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("investigator")


@pytest.fixture
def heard(take_in_files: TakeIn) -> None:
    """Idris PENHALIGON, born 2 June 1984, of Llanelli, telephone 07700900999."""
    take_in_files({"1.xml": court_message(telephones={"Mobile": "07700900999"}, pnc_id="2001/0123456A")})


@pytest.fixture
def ask(investigator: Client) -> Ask:
    """`ask("words")` searches and opens the answer."""

    def asked(words: str, client: Client = investigator, cy: str = "") -> Any:
        return client.post(f"{cy}/search", {"words": words}, follow=True)

    return asked


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Idris Penhaligon", "The name as you typed it"),
        ("penhaligan idris", "Sounds like: penhaligan, recorded penhaligon"),
        ("Penhaligon 1984", "Born as asked: 2 June 1984"),
        ("Penhaligon 06/02/1984", "Day and month swapped: born 2 June 1984"),
        ("01/123456A", "PNC ID: 2001/0123456A"),
        ("P-10001", "Reference: P-10001"),
    ],
)
def test_a_person_is_found_and_the_page_says_why(ask: Ask, words: str, why: str) -> None:
    page = text_of(ask(words))
    assert "Idris PENHALIGON P-10001" in page
    assert "Born: 2 June 1984" in page
    assert why in page


@pytest.mark.usefixtures("heard")
@pytest.mark.rule("SEC-04")
def test_an_answer_is_one_row_naming_what_it_shows_and_the_words_stand_nowhere(
    investigator: Client, visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    posted, rows = visit(investigator, "/search", words="Idris Penhaligom")
    address = posted.headers["Location"]
    assert (posted.status_code, rows) == (302, [])
    assert "enhali" not in address.lower()
    answer, rows = visit(investigator, address)
    assert [(row.kind, row.verb) for row in rows] == [("people_searched", "consultation")]
    assert "person/P-10001" in rows[0].payload
    assert "enhali" not in (rows[0].payload + title_of(answer) + caplog.text).lower()
    for session in Session.objects.all():
        assert "enhali" not in str(session.get_decoded()).lower()


@pytest.mark.usefixtures("heard")
def test_an_answer_is_for_who_asked_and_for_a_quarter_of_an_hour(
    investigator: Client, signed_in_client: Callable[..., Client], frozen_clock: Any, ask: Ask
) -> None:
    address = investigator.post("/search", {"words": "Penhaligon"}).headers["Location"]
    assert investigator.get(address).status_code == 200
    assert signed_in_client("supervisor").get(address).headers["Location"] == "/search"
    frozen_clock.shift(timedelta(minutes=14))
    investigator.get("/search")
    assert investigator.get(address).status_code == 200
    frozen_clock.shift(timedelta(minutes=2))
    assert "Your search is no longer kept. Search again." in text_of(investigator.get(address, follow=True))


def test_an_empty_or_endless_question_is_told_what_to_do(ask: Ask) -> None:
    assert "Enter a name, a date of birth, a reference or a town" in text_of(ask("  "))
    assert "Enter at most 200 characters" in text_of(ask("x" * 201))


@pytest.mark.usefixtures("heard")
def test_nobody_found_leaves_no_row_and_says_what_was_searched(ask: Ask) -> None:
    before = Event.objects.count()
    page = text_of(ask("Zebedee Quornstoke"))
    assert "Nobody and nothing found. Try fewer words, part of the name, or a year of birth alone." in page
    assert "Addresses and telephones are protected and are not searched." in page
    assert Event.objects.count() == before


@pytest.mark.usefixtures("heard")
@pytest.mark.rule("SEC-06")
@pytest.mark.parametrize("words", ["07700900999", "07700 900999", "1 Nowhere Street", "Nowhere"])
def test_where_somebody_lives_and_their_telephone_find_nobody(ask: Ask, words: str) -> None:
    assert "P-10001" not in text_of(ask(words))


@pytest.mark.usefixtures("heard")
@pytest.mark.rule("SEC-02")
def test_a_restricted_case_is_a_stub_to_outsiders(
    ask: Ask, signed_in_client: Callable[..., Client], visit: Visit
) -> None:
    supervisor = signed_in_client("supervisor")
    assert "Reference: 63AA0100125" in text_of(ask("63AA0100125"))
    restrict(by=acting_user(supervisor.user), kind="case", reference="C-10001", reason="a test")  # type: ignore[attr-defined]
    page = text_of(ask("63aa0100125"))
    assert "C-10001 exists and is restricted. If you need it for your work, ask Test supervisor" in page
    assert "In an emergency: open C-10001 now" in page
    assert "Reference: 63AA0100125" not in page
    assert "Reference: 63AA0100125" in text_of(ask("63AA0100125", client=supervisor))


@pytest.mark.usefixtures("heard")
@pytest.mark.rule("SEC-01")
def test_each_role_is_shown_what_it_may_open(ask: Ask, signed_in_client: Callable[..., Client]) -> None:
    officer, clerk = signed_in_client("response_officer"), signed_in_client("link_clerk")
    assert "/people/P-10001" in ask("Penhaligon", client=officer).content.decode()
    assert "/people/P-10001" not in ask("Penhaligon", client=clerk).content.decode()
    assert "C-10001" not in text_of(ask("C-10001", client=officer))
    assert "C-10001" in text_of(ask("C-10001"))


@pytest.mark.rule("SEC-04")
@pytest.mark.usefixtures("heard")
def test_while_one_types_a_piece_is_sent_and_only_one_that_shows_somebody_is_logged(
    investigator: Client, visit: Visit
) -> None:
    for words in ("pe", "zzzzzz"):
        answer, rows = visit(investigator, "/search/hits", words=words)
        assert (answer.status_code, rows) == (200, [])
        assert b"<html" not in answer.content
    answer, rows = visit(investigator, "/search/hits", words="penhal")
    assert "P-10001" in answer.content.decode()
    piece = answer.content.decode()
    assert piece.index("The first hits while you type. Press Search for all of them.") < piece.index("P-10001")
    assert "People found" not in piece, "more may be found than are shown"
    assert [row.kind for row in rows] == ["people_searched"]


@pytest.mark.usefixtures("heard")
@pytest.mark.rule("BIL-04")
def test_the_answer_is_welsh_on_the_welsh_page(ask: Ask) -> None:
    page = text_of(ask("penhaligan 1984", cy="/cy"))
    assert "Yn swnio fel: penhaligan, cofnodwyd penhaligon" in page
    assert "Ganwyd fel y gofynnwyd: 2 Mehefin 1984" in page


@pytest.mark.rule("BIL-04")
@pytest.mark.usefixtures("codes", "heard")
@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Llanelli", "Heard at: Llanelli"),
        ("lanelli", "Heard at: Llanelli"),
        ("Tref-y-Clawdd", "Nobody and nothing found."),
        ("3 March 2025", "Hearing: 3 March 2025"),
        ("4 March 2025", "Nobody and nothing found."),
    ],
)
def test_a_town_and_a_day_find_the_cases_heard_there_and_then(ask: Ask, words: str, why: str) -> None:
    assert why in text_of(ask(words))
