"""Every role and both markings of a record, over the real pages: sees it, is shown a stub, or nothing at all."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from craffu.access.markings import COVERT, MARKINGS, RESTRICTED
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import let_in, mark
from craffu.access.roles import OPS, ROLE_KEYS
from craffu.audit.models import Event
from tests.factories.court_messages import court_message
from tests.web.conftest import TakeIn, text_of
from tests.web.restricted.conftest import WHERE, user_of
from tests.web.test_role_matrix import without_what_differs

pytestmark = [pytest.mark.rule("SEC-02"), pytest.mark.django_db, pytest.mark.usefixtures("shut")]

CASE, PERSON, OPEN = "/cases/C-10001", "/people/P-10001", "/restricted/C-10001/open"
SEES, STUB, NOTHING, NO_SUCH_PAGE = "sees", "stub", "nothing", "no such page"
OF_CASES = {*OPS, "victim_officer"}
AT_A_DOOR = {"response_officer"}
# What a role that is not let in is shown: of the case's page, and on the page of the person it is about.
OUTSIDERS = {
    RESTRICTED.key: {**dict.fromkeys(OF_CASES, (STUB, STUB)), **dict.fromkeys(AT_A_DOOR, (NO_SUCH_PAGE, STUB))},
    COVERT.key: {**dict.fromkeys(OF_CASES, (NOTHING, NOTHING)), **dict.fromkeys(AT_A_DOOR, (NO_SUCH_PAGE, NOTHING))},
}
# Whoever is let in still sees only what their role allows.
LET_IN = {**dict.fromkeys(OF_CASES, (SEES, SEES)), **dict.fromkeys(AT_A_DOOR, (NO_SUCH_PAGE, SEES))}


def shown(client: Client) -> tuple[str, str]:
    return _of_case(client), _of_person(client)


def _of_case(client: Client) -> str:
    answer = client.get(CASE)
    words = text_of(answer)
    if answer.status_code == 404:
        return NOTHING
    if answer.status_code == 403:
        return STUB if "exists and is restricted" in words else NO_SUCH_PAGE
    return SEES if "63AA0100125" in words else "?"


def _of_person(client: Client) -> str:
    answer = client.get(PERSON)
    words = text_of(answer)
    if answer.status_code == 403:
        return NO_SUCH_PAGE
    if "C-10001 exists and is restricted" in words:
        return STUB
    return SEES if "C-10001" in words or "Cases: 1" in words else NOTHING


def test_what_each_role_is_shown(supervisor: Client, signed_in_client: Callable[..., Client]) -> None:
    keeper = user_of(supervisor)
    clients = {role: signed_in_client(role) for role in ROLE_KEYS}
    nobody = (NO_SUCH_PAGE, NO_SUCH_PAGE)

    def all_shown() -> dict[str, tuple[str, str]]:
        return {role: shown(client) for role, client in clients.items()}

    def wanted(given: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
        return {role: given.get(role, nobody) for role in ROLE_KEYS}

    assert all_shown() == wanted(OUTSIDERS[RESTRICTED.key])
    mark(by=acting_user(keeper), marking=COVERT, **WHERE)
    assert all_shown() == wanted(OUTSIDERS[COVERT.key])
    for client in clients.values():
        let_in(by=acting_user(keeper), user=user_of(client), **WHERE)
    assert all_shown() == wanted(LET_IN)


@pytest.fixture
def covert(shut: None, supervisor: Client) -> None:
    given = {"act": "mark", "reason": "nobody may know"}
    assert supervisor.post(f"{CASE}/readers", given).status_code == 302


@pytest.mark.usefixtures("covert")
def test_of_a_covert_case_nothing_is_on_any_page_and_its_addresses_answer_like_one_that_never_was(
    supervisor: Client, signed_in_client: Callable[..., Client]
) -> None:
    for right in ("investigator", "supervisor", "coordinator", "response_officer"):
        client = signed_in_client(right)
        for path in ("/", "/cases", "/people", "/people/P-10001", "/today/new-results", "/restricted/reviews"):
            body = client.get(path).content.decode()
            assert "C-10001" not in body, (right, path)
            assert "63AA0100125" not in body, (right, path)
            assert "restricted" not in re.sub(r'"[^"]*"', "", body).lower(), (right, path)
        for path in (CASE, f"{CASE}/readers", OPEN):
            answer, absent = client.get(path), client.get(path.replace("10001", "99999"))
            assert answer.status_code == absent.status_code, (right, path)
            assert without_what_differs(answer, "case") == without_what_differs(absent, "case"), (right, path)
    person = text_of(signed_in_client("investigator").get(PERSON))
    assert "No hearing of this person has been received." in person
    assert "None recorded." in person
    assert "open to you" not in person
    assert "63AA0100125" in text_of(supervisor.get("/cases"))


@pytest.mark.usefixtures("covert")
def test_a_covert_case_is_told_of_again_when_its_keeper_says_so(supervisor: Client, investigator: Client) -> None:
    page = text_of(supervisor.get(f"{CASE}/readers"))
    assert "Covert." in page
    assert "Let everybody else know that it exists, and whom to ask" in page
    assert investigator.get(CASE).status_code == 404
    supervisor.post(f"{CASE}/readers", {"act": "mark", "reason": "they may know"})
    assert investigator.get(CASE).status_code == 403
    supervisor.post(f"{CASE}/readers", {"act": "open", "reason": "it is over"})
    assert investigator.get(CASE).status_code == 200
    kinds = list(Event.objects.filter(kind__startswith="re").order_by("id").values_list("kind", flat=True))
    wanted = ["record_restricted", "record_made_covert", "record_restricted", "restriction_lifted"]
    assert [kind for kind in kinds if kind in wanted] == wanted


def test_a_case_can_be_made_covert_at_once(supervisor: Client, investigator: Client, take_in_files: TakeIn) -> None:
    take_in_files({"1.xml": court_message(ptiurn="63AA0000999", asn="2563AA0100000990A")})
    assert "Choose what others are shown" in text_of(supervisor.post("/cases/C-10002/readers", {"reason": "risk"}))
    given = {"marking": "covert", "reason": "risk"}
    assert supervisor.post("/cases/C-10002/readers", given).status_code == 302
    assert investigator.get("/cases/C-10002").status_code == 404


@pytest.mark.rule("SEC-04")
@pytest.mark.usefixtures("covert")
def test_the_log_tells_an_auditor_nothing_of_a_covert_case_until_they_are_let_in(
    supervisor: Client, signed_in_client: Callable[..., Client]
) -> None:
    for path in (CASE, PERSON, "/cases"):
        supervisor.get(path)
    auditor = signed_in_client("auditor")

    def asks(ask: str, **given: str) -> str:
        auditor.post("/audit", {"purpose": "lawfulness"})
        said = {f"{ask}-{name}": value for name, value in given.items()}
        answer = auditor.post("/audit/questions", {"ask": ask, **said})
        return text_of(auditor.get(answer.headers["Location"]))

    about_it, by_her = asks("who", record="C-10001"), asks("search", person=user_of(supervisor).username)
    assert "The log holds nothing that answers this." in about_it
    assert "C-10001" not in by_her
    assert "Case viewed" not in by_her
    assert "Person viewed" in by_her
    assert "List of cases viewed" in by_her
    let_in(by=acting_user(user_of(supervisor)), user=user_of(auditor), **WHERE)
    assert "Case viewed" in asks("who", record="C-10001")
    assert "C-10001" in asks("search", person=user_of(supervisor).username)


def test_every_marking_says_in_both_languages_what_it_means() -> None:
    for one in MARKINGS.values():
        told = []
        for language in ("en", "cy"):
            with translation.override(language):
                told.append((translation.gettext(one.title), translation.gettext(one.meaning)))
        assert told[0][0] != told[1][0]
        assert told[0][1] != told[1][1]
