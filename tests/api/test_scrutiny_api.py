"""Scrutiny for programs: recommendations and how they go, reviews that are published, and nothing else of it (SCR-07, SCR-10)."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.tokens.actions import approve_token, ask_for_token
from craffu.common import clock
from craffu.scrutiny.models import RecommendationEntry
from craffu.scrutiny.publishing.queries import hash_of
from craffu.scrutiny.recommending.actions import add_entry
from craffu.scrutiny.recommending.rules import Entry, Status
from tests.api.asking import told
from tests.factories.deep_dives import DIVE, TEXT, answered_by_force, begun, published
from tests.factories.recommended import ACCEPTED, recommended

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SCR-10")]
REGISTER = "/api/v1/recommendations"
GOES = {
    "status": "reopened",
    "said_on": "2026-11-20",
    "reason": "Nine of ten records are complete now",
    "due_on": "2027-01-31",
}


@pytest.fixture
def keeper(world: Any, make_user: Callable[..., User], at_noon: None) -> Acting:
    return acting_user(make_user("scrutiny_officer", username="keeper"))


@pytest.fixture
def register(keeper: Acting) -> None:
    recommended(keeper)


def send(client: Client, recommendation: str, tag: str, **said: Any) -> Any:
    path = f"{REGISTER}/{recommendation}/entries"
    return client.post(path, json.dumps(said), content_type="application/json", headers={"If-Match": tag})


def test_the_register_says_how_each_stands_and_one_says_all_that_was_said_of_it(
    register: None, signed_in_client: Callable[..., Client]
) -> None:
    client = signed_in_client("commissioner_view")
    found = told(client, REGISTER)
    assert (len(found["recommendations"]), found["total"], found["pages"]) == (found["total"], 6, 1)
    stands = {
        one["reference"]: (one["status"], one["owner"], one["due_on"], one["is_overdue"])
        for one in found["recommendations"]
    }
    assert stands["RC-10003"] == ("reopened", "Head of Crime", "2026-09-30", True)
    assert stands["RC-10004"] == ("rejected", None, None, False)
    assert stands["RC-10001"] == ("awaiting_response", None, None, False)

    one = told(client, f"{REGISTER}/RC-10003")
    assert [each["status"] for each in one["log"]] == ["accepted", "closed", "reopened"]
    assert (one["log"][0]["public_cy"], one["log"][0]["by"], one["log"][1]["metric_met"]) == (
        "Mae’r Heddlu wedi derbyn hyn.", "keeper", True,
    )  # fmt: skip
    assert (one["figure"], one["also"]) == ([], [])
    told(client, f"{REGISTER}/RC-99999", 404)


@pytest.mark.rule("SEC-01")
def test_whoever_has_one_to_do_reads_that_one_and_says_how_it_goes(
    register: None, keeper: Acting, make_user: Callable[..., User], signed_in_client: Callable[..., Client]
) -> None:
    client = signed_in_client("coordinator", username="does.it")
    told(client, REGISTER, 403)
    told(client, f"{REGISTER}/RC-99999", 403)
    again = Entry(Status.REOPENED, "Given to the coordinator", "Coordinator", date(2026, 12, 31))
    add_entry(by=keeper, recommendation="RC-10003", given=replace(ACCEPTED, entry=again, version=3, owned_by="does.it"))
    assert [one["reference"] for one in told(client, REGISTER)["recommendations"]] == ["RC-10003"]
    told(client, f"{REGISTER}/RC-10001", 403)
    tag = client.get(f"{REGISTER}/RC-10003").headers["ETag"]

    refused = send(client, "RC-10003", tag, **GOES | {"status": "closed", "evidence": "It is done", "metric_met": True})
    assert (refused.status_code, json.loads(refused.content)["code"]) == (403, "not_theirs_to_decide")
    answer = send(client, "RC-10003", tag, **GOES)
    assert answer.status_code == 200, answer.content
    last = json.loads(answer.content)["log"][-1]
    assert (last["reason"], last["by"], last["due_on"]) == (GOES["reason"], "does.it", "2027-01-31")
    before = RecommendationEntry.objects.for_system("a test").count()
    assert send(client, "RC-10003", tag, **GOES).status_code == 412
    assert RecommendationEntry.objects.for_system("a test").count() == before


def test_what_is_lacking_is_said_and_nothing_is_kept(register: None, signed_in_client: Callable[..., Client]) -> None:
    client = signed_in_client("scrutiny_officer")
    tag = client.get(f"{REGISTER}/RC-10001").headers["ETag"]
    before = RecommendationEntry.objects.for_system("a test").count()
    for said, code in (
        ({"status": "accepted", "said_on": "2026-11-20"}, "owner_missing"),
        ({"status": "closed", "said_on": "2026-11-20"}, "not_a_step"),
        (
            {"status": "rejected", "said_on": "2026-11-20", "reason": "It is covered already", "public_en": "No."},
            "one_language",
        ),
    ):
        answer = send(client, "RC-10001", tag, **said)
        assert (answer.status_code, json.loads(answer.content)["code"]) == (409, code)
    assert send(client, "RC-10001", tag, status="awaiting_response", said_on="2026-11-20").status_code == 422
    assert RecommendationEntry.objects.for_system("a test").count() == before


@pytest.mark.rule("SCR-07", "SCR-12")
def test_a_review_is_read_once_it_is_published_and_not_before(
    keeper: Acting, system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    dive = begun(keeper, system).reference
    clients = [signed_in_client(role) for role in ("scrutiny_officer", "investigator", "commissioner_view")]
    absent = clients[0].get("/api/v1/reports/DD-99999")
    for client in clients:
        assert told(client, "/api/v1/reports")["reports"] == []
        assert client.get(f"/api/v1/reports/{dive}").content == absent.content
    answered_by_force(keeper, begun(keeper, system, are_published=True).reference)
    published(keeper, dive)
    for client in clients:
        assert told(client, "/api/v1/reports") == {
            "reports": [
                {"reference": dive, "title_en": DIVE.title_en, "title_cy": DIVE.title_cy, "published_on": "2026-11-24"}
            ],
            "page": 1, "pages": 1, "total": 1,
        }  # fmt: skip
        one = told(client, f"/api/v1/reports/{dive}")
        assert (one["text"], one["sha256"]) == (TEXT, hash_of(TEXT))


@pytest.mark.rule("SEC-01")
def test_a_token_does_of_it_what_it_is_for(register: None, make_user: Callable[..., User]) -> None:
    owner = acting_user(make_user("scrutiny_officer", username="owner"), factor_at=clock.now())
    admin = acting_user(make_user("administrator", username="admin"), factor_at=clock.now())

    def statuses(scope: str) -> list[int]:
        row, secret = ask_for_token(by=owner, purpose="A screen", scopes=[scope], days=1)
        approve_token(by=admin, reference=row.reference, reason="Agreed with them")
        asks = Client(headers={"Authorization": f"Bearer {secret}"})
        got = [asks.get(path).status_code for path in (REGISTER, f"{REGISTER}/RC-10003", "/api/v1/reports")]
        return [*got, send(asks, "RC-10003", '"x"', **GOES).status_code]

    assert statuses("people.read") == [403] * 4
    assert statuses("scrutiny.read") == [200, 200, 200, 403]
    assert statuses("scrutiny.write") == [403, 403, 403, 412]


def test_more_said_and_more_reviews_ask_the_database_no_more(
    register: None, keeper: Acting, system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    published(keeper, begun(keeper, system).reference)
    client = signed_in_client("scrutiny_officer")
    paths = (REGISTER, f"{REGISTER}/RC-10003", "/api/v1/reports", "/api/v1/reports/DD-10001")

    def asked() -> list[int]:
        found = []
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            found.append(len(queries))
        return found

    before = asked()
    again = Entry(Status.REOPENED, "It fell back another time", "Head of Crime", date(2026, 12, 31))
    for version in range(3, 6):
        add_entry(by=keeper, recommendation="RC-10003", given=replace(ACCEPTED, entry=again, version=version))
    published(keeper, begun(keeper, system, are_published=True).reference)
    assert asked() == before
    assert told(client, "/api/v1/reports")["total"] == 2
