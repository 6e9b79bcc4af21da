"""What the API says of orders: the three answers, whether the words are checked, and every version of them, word for word."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.api import paging
from craffu.api.v1 import description
from craffu.orders.facts import Given, NewCondition, NewTerms
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order
from craffu.orders.papers.actions import keep_paper
from craffu.orders.terms.actions import compare_terms, draft_terms
from tests.factories.orders import MADE, NO_CONTACT, NOT_TO_GO, PNG, TERMS, considered, order_of
from tests.web.conftest import text_of
from tests.web.orders.conftest import NOW
from tests.web.test_role_matrix import names

pytestmark = pytest.mark.django_db
ORDERS = "/api/v1/orders"
DESCRIPTION = Path(__file__).parents[2] / "docs" / "openapi.json"
SERVED = Given(
    served_at=NOW - timedelta(hours=1),
    place="home",
    method="personal",
    server="PC 44 Rees",
    proof="Statement of service",
)


def ask(client: Client, path: str = "", **query: Any) -> Any:
    answer = client.get(f"{ORDERS}{path}", query)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


@pytest.fixture
def client_of_team(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("orders_team")


@pytest.mark.rule("ORD-12")
def test_the_three_answers_are_apart_and_change_with_service(client_of_team: Client, made: Order, team: Acting) -> None:
    before = ask(client_of_team, f"/{made.reference}")
    assert before["in_force"] == {"now": True, "because": "running"}
    assert before["enforceable"] == {
        "now": False, "because": "not_served_and_not_known", "since": None, "awareness_required_by": "policy",
    }  # fmt: skip
    assert before["breach"]["kind"] == "offence"
    assert "Stalking Protection Act 2019" in before["breach"]["law"]
    assert (before["status"], before["version"], before["served_at"]) == ("granted", 2, None)
    move_order(by=team, order=made.reference, move="serve", given=SERVED)
    after = ask(client_of_team, f"/{made.reference}")
    assert after["enforceable"] | {"awareness_required_by": None} == {
        "now": True, "because": "liable", "since": "2026-11-24T11:00:00Z", "awareness_required_by": None,
    }  # fmt: skip
    assert (after["status"], after["version"], after["served_at"]) == ("in_force", 3, "2026-11-24T11:00:00Z")
    assert after["respondent"] == "P-10001"


@pytest.mark.rule("ORD-20")
def test_whether_the_words_are_checked_is_said_with_the_order_and_with_each_version(
    client_of_team: Client, made: Order, team: Acting, make_user: Callable[..., User]
) -> None:
    at = f"/{made.reference}"
    unchecked = {"version": 1, "label": "not checked", "why_not": ["not_compared"]}
    assert ask(client_of_team, at)["terms"] == unchecked
    other = acting_user(make_user("orders_team", username="other"))
    paper = keep_paper(by=other, order=made.reference, kind="sealed_order", content=PNG)
    compare_terms(by=other, order=made.reference, number=1, paper=paper.pk, is_same=True)
    assert ask(client_of_team, at)["terms"] == {"version": 1, "label": "compared", "why_not": []}
    varied = Given(varied_on=NOW.date(), applicant="respondent", reason_text="x", terms=NewTerms((NO_CONTACT,)))
    move_order(by=team, order=made.reference, move="vary", given=varied)
    assert ask(client_of_team, at)["terms"]["label"] == "not checked"
    found = ask(client_of_team, f"{at}/conditions")
    assert [(one["number"], one["why"], one["checked"]["label"]) for one in found["versions"]] == [
        (1, "made", "compared"), (2, "varied", "not checked"),
    ]  # fmt: skip
    assert found["standing"] == 2


@pytest.mark.rule("ORD-15", "VIC-09")
def test_the_words_are_the_courts_to_the_letter_and_what_tells_where_somebody_lives_is_not_there(
    client_of_team: Client, made: Order, team: Acting
) -> None:
    words = "Not to go within 100 metres of Tŷ’r Ysgol,  Heol “Hir”;\nnor to Clos-y-Bryn."
    zone = NewCondition(
        "exclusion_zone", words, words_cy="Peidio â mynd i Heol Hir.", inputs={"centre": "SN 50 00", "metres": "100"},
        behaviour="Waited at the gate", necessity="The children are collected there",
    )  # fmt: skip
    given = NewTerms((NO_CONTACT, zone), language="both", locality="In Wales")
    varied = Given(varied_on=NOW.date(), applicant="chief_officer", reason_text="x", terms=given)
    move_order(by=team, order=made.reference, move="vary", given=varied)
    body = client_of_team.get(f"{ORDERS}/{made.reference}/conditions").content.decode()
    last = json.loads(body)["versions"][-1]
    assert (last["language"], last["locality"], last["has_no_locality"]) == ("both", "In Wales", False)
    assert last["conditions"][1] == {
        "number": 2, "type": "exclusion_zone", "is_requirement": False, "words": words,
        "words_cy": "Peidio â mynd i Heol Hir.", "first_day": None, "last_day": None,
    }  # fmt: skip
    for inside in ("SN 50 00", "Waited at the gate", "collected there"):
        assert inside not in body
    first = json.loads(body)["versions"][0]
    assert [one["words"] for one in first["conditions"]] == [NO_CONTACT.words, NOT_TO_GO.words]


@pytest.mark.rule("SEC-01")
def test_who_is_at_the_door_is_told_the_words_a_court_made_and_neither_draft_nor_case(
    signed_in_client: Callable[..., Client], being_considered: Order, team: Acting
) -> None:
    draft_terms(by=team, order=being_considered.reference, given=TERMS)
    officer, detective = signed_in_client("response_officer"), signed_in_client("investigator")
    at = f"/{being_considered.reference}"
    assert ask(officer, f"{at}/conditions") == {
        "reference": being_considered.reference,
        "standing": None,
        "versions": [],
    }
    assert [one["why"] for one in ask(detective, f"{at}/conditions")["versions"]] == ["drafted"]
    assert (ask(officer, at)["case"], ask(detective, at)["case"]) == (None, being_considered.case.reference)
    assert ask(officer, at)["terms"] is None
    drafted = NO_CONTACT.words
    assert drafted not in text_of(officer.get(f"/orders/{being_considered.reference}"))
    assert drafted in text_of(detective.get(f"/orders/{being_considered.reference}"))


def test_a_list_comes_in_pages_the_newest_first_with_how_many_there_are(
    client_of_team: Client, made: Order, team: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("NMO", "RO_CONV"):
        order_of(team, made.case.reference, MADE, kind)
    monkeypatch.setattr(paging, "A_PAGE", 2)
    first, second, beyond = (ask(client_of_team, page=page) for page in (1, 2, 3))
    assert [one["kind"] for one in first["orders"]] == ["RO_CONV", "NMO"]
    assert [one["reference"] for one in second["orders"]] == [made.reference]
    assert beyond["orders"] == []
    assert {(one["pages"], one["total"]) for one in (first, second, beyond)} == {(2, 3)}
    for page in ("0", "x", "-1", "100001"):
        told = client_of_team.get(ORDERS, {"page": page})
        assert (told.status_code, json.loads(told.content)["code"]) == (422, "not_understood")
        assert page not in json.loads(told.content)["detail"]


def test_more_orders_versions_and_conditions_ask_the_database_no_more(
    client_of_team: Client, made: Order, team: Acting
) -> None:
    paths = (ORDERS, f"{ORDERS}/{made.reference}", f"{ORDERS}/{made.reference}/conditions")

    def asked() -> list[int]:
        found = []
        for path in paths:
            client_of_team.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert client_of_team.get(path).status_code == 200
            found.append(len(queries))
        return found

    before = asked()
    for number in range(1, 6):
        terms = NewTerms((NO_CONTACT,) * number)
        varied = Given(varied_on=NOW.date(), applicant="respondent", reason_text="x", terms=terms)
        move_order(by=team, order=made.reference, move="vary", given=varied)
        order_of(team, made.case.reference, MADE, "NMO")
    assert asked() == before


def test_an_answer_is_kept_by_nobody_and_runs_nowhere(client_of_team: Client, made: Order) -> None:
    for path in (ORDERS, f"{ORDERS}/{made.reference}", "/api/v1/openapi.json", f"{ORDERS}/O-999999"):
        headers = client_of_team.get(path).headers
        assert headers["Content-Type"].partition(";")[0] in {"application/json", "application/problem+json"}, path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in headers["Cache-Control"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"


def test_the_description_is_the_one_that_is_kept_and_covers_every_address(client_of_team: Client) -> None:
    """A change is one for whoever asks. On purpose it is written anew: `python -m tests.api.describe > docs/openapi.json`."""
    told = json.loads(client_of_team.get("/api/v1/openapi.json").content)
    assert told == json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    assert told == description()
    addresses = [name for name in names() if name.startswith("api_")]
    assert len(told["paths"]) == len(addresses) - 1, "every address but that of the description itself"
    for path, ways in told["paths"].items():
        assert set(ways) <= {"get", "post"}, path
        for way, one in ways.items():
            assert set(one["responses"]) >= {"200", "401", "403"}, (way, path)


@pytest.mark.rule("ORD-09")
def test_an_order_that_is_only_considered_says_so(client_of_team: Client, system: Acting, tmp_path: Path) -> None:
    order = considered(system, tmp_path)
    found = ask(client_of_team, f"/{order.reference}")
    assert (found["status"], found["in_force"], found["terms"]) == (
        "considering", {"now": False, "because": "not_made"}, None,
    )  # fmt: skip
