"""A restricted case in the pages: a stub for outsiders and nothing else of it anywhere, and the form that says who sees it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from craffu.access.queries import acting_user
from craffu.access.restricted.actions import let_in, restrict
from craffu.access.restricted.queries import restrictions
from tests.factories.court_messages import court_message
from tests.factories.stories import held_back
from tests.web.conftest import TakeIn, Visit, text_of
from tests.web.restricted.conftest import WHERE, user_of

pytestmark = [pytest.mark.rule("SEC-02"), pytest.mark.django_db]

CANARIES = ("63AA0100125", "Canaryville", "Heol Canari")
STUB = "C-10001 exists and is restricted. If you need it for your work, ask Test supervisor1."


@pytest.mark.usefixtures("shut")
def test_an_outsider_is_told_that_it_exists_and_whom_to_ask(investigator: Client, visit: Visit) -> None:
    response, rows = visit(investigator, "/cases/C-10001")
    assert response.status_code == 403
    assert STUB in text_of(response)
    assert "63AA0100125" not in response.content.decode()
    assert [row.kind for row in rows] == ["access_refused"]
    assert investigator.get("/cases/C-10001/readers").status_code == 403
    assert "wedi’i gyfyngu" in text_of(investigator.get("/cy/cases/C-10001"))


@pytest.mark.usefixtures("shut")
def test_nothing_of_it_is_on_any_other_page(
    investigator: Client, supervisor: Client, signed_in_client: Callable[..., Client]
) -> None:
    seen = {path: text_of(supervisor.get(path)) for path in ("/", "/cases", "/people/P-10001")}
    assert "63AA0100125" in seen["/cases"]
    assert "C-10001" in seen["/"]
    for path in ("/", "/cases", "/people", "/today/new-results"):
        assert "C-10001" not in text_of(investigator.get(path)), path
    person = text_of(investigator.get("/people/P-10001"))
    assert STUB in person
    assert "No hearing that is open to you." in person
    assert "has been received" not in person
    assert "63AA0100125" not in person
    at_a_door = text_of(signed_in_client("response_officer").get("/people/P-10001"))
    assert "Cases open to you: 0" in at_a_door
    assert STUB in at_a_door


@pytest.mark.usefixtures("shut")
def test_the_pages_ask_the_database_as_often_however_many_cases_are_restricted(
    investigator: Client, supervisor: Client, take_in_files: TakeIn, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for more in (0, 5):
        for number in range(more):
            take_in_files({f"{number}.xml": court_message(ptiurn=f"63AA02000{number:02}")})
            restrict(by=acting_user(user_of(supervisor)), **{**WHERE, "reference": f"C-{10002 + number}"})
        with django_assert_max_num_queries(27) as queries:
            investigator.get("/people/P-10001")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.usefixtures("shut")
def test_who_is_let_in_sees_it_on_the_next_request_and_is_shut_out_on_the_next(
    investigator: Client, supervisor: Client
) -> None:
    name = user_of(investigator).username
    given = {"act": "let_in", "username": name, "reason": "works the case"}
    assert supervisor.post("/cases/C-10001/readers", given).status_code == 302
    assert investigator.get("/cases/C-10001").status_code == 200
    assert "63AA0100125" in text_of(investigator.get("/cases"))
    page = text_of(supervisor.get("/cases/C-10001/readers"))
    assert f"Test {name} {name}" in page
    keeper = user_of(supervisor)
    assert re.search(rf"Restricted since [^.]* by {keeper.name}\.", page)
    assert f"Until it is changed {keeper.name} works the case" in page
    assert supervisor.post("/cases/C-10001/readers", {**given, "act": "shut_out"}).status_code == 302
    assert investigator.get("/cases/C-10001").status_code == 403


def test_a_case_is_restricted_and_opened_again_from_its_own_page(
    supervisor: Client, investigator: Client, take_in_files: TakeIn
) -> None:
    take_in_files({"1.xml": court_message()})
    assert "/cases/C-10001/readers" in supervisor.get("/cases/C-10001").content.decode()
    assert "/cases/C-10001/readers" not in investigator.get("/cases/C-10001").content.decode()
    assert "At first only you will see it" in text_of(supervisor.get("/cases/C-10001/readers"))
    assert "Say why" in text_of(supervisor.post("/cases/C-10001/readers", {"reason": " "}))
    given = {"marking": "restricted", "reason": "risk to her"}
    assert supervisor.post("/cases/C-10001/readers", given).status_code == 302
    assert investigator.get("/cases/C-10001").status_code == 403
    opened = supervisor.post("/cases/C-10001/readers", {"act": "open", "reason": "risk is over"})
    assert opened["Location"] == "/cases/C-10001"
    assert investigator.get("/cases/C-10001").status_code == 200
    assert restrictions(user_of(supervisor).force) == {}


@pytest.mark.usefixtures("shut")
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": "why"}, "Choose what you want to do"),
        ({"act": "let_in", "reason": "why"}, "Enter whose user name"),
        ({"act": "let_in", "username": "nobody-here", "reason": "why"}, "There is no such account in your force."),
        ({"act": "shut_out", "username": "nobody-here", "reason": "why"}, "Nobody of that name sees this record"),
        ({"act": "shut_out", "username": "supervisor1", "reason": "why"}, "Nobody else may see this record."),
        ({"act": "open"}, "Say why"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_changed(
    supervisor: Client, given: dict[str, str], said: str
) -> None:
    response = supervisor.post("/cases/C-10001/readers", given)
    assert response.status_code == 200
    assert said in text_of(response)
    assert restrictions(user_of(supervisor).force)


def test_a_row_about_a_restricted_case_is_decided_by_somebody_who_may_see_the_case(
    supervisor: Client, signed_in_client: Callable[..., Client], take_in_files: TakeIn
) -> None:
    take_in_files(held_back())
    analyst = signed_in_client("analyst")
    held = next(part for part in analyst.get("/intake/").content.decode().split('"') if "/intake/runs/" in part)
    page = analyst.get(held).content.decode()
    row = next(part for part in page.split('"') if "/intake/held/" in part)
    assert analyst.get(row).status_code == 200
    restrict(by=acting_user(user_of(supervisor)), **WHERE)
    assert analyst.get(row).status_code == 403
    let_in(by=acting_user(user_of(supervisor)), user=user_of(analyst), **WHERE)
    assert analyst.get(row).status_code == 200
