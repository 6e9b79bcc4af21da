"""A victim's safety and her advocates for programs: what was done beside whether she knows, and no free word or name."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.orders.models import Order
from craffu.victims.advocates.actions import end_advocate, name_advocate
from craffu.victims.advocates.facts import NewAdvocate
from craffu.victims.contacts.actions import promise_contact, record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.models import Advocate, ReferralStep, SafetyMeasure
from craffu.victims.notices.code import Entitlement
from craffu.victims.safeguarding.actions import record_entitlement, record_measure, record_need
from craffu.victims.safeguarding.facts import NewEntitlement, NewMeasure, NewNeed
from craffu.victims.safeguarding.kinds import Answer, Measure, Need
from tests.api import asking
from tests.api.there import HER
from tests.factories.letters import charged
from tests.factories.victims import AGREED, agreed
from tests.logged import refs_said_by
from tests.web.orders.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("VIC-08")]
SAFETY, ADVOCATES = f"/api/v1/victims/{HER}/safety", f"/api/v1/victims/{HER}/advocates"
TODAY, YESTERDAY = day_of(NOW), day_of(NOW) - timedelta(days=1)


@pytest.fixture
def officer(make_user: Callable[..., User], at_noon: None) -> Acting:
    return acting_user(make_user("victim_officer", username="looks.after"))


@pytest.fixture
def client(made: Order, officer: Acting, signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("victim_officer")


def told(client: Client, path: str = SAFETY, status: int = 200) -> dict[str, Any]:
    return asking.told(client, path, status)


def send(client: Client, path: str, tag: str = "", **said: Any) -> Any:
    headers = {"If-Match": tag or client.get(SAFETY).headers["ETag"]}
    return client.post(f"{SAFETY}/{path}", json.dumps(said), content_type="application/json", headers=headers)


@pytest.mark.rule("VIC-05")
def test_what_was_done_counts_once_she_was_told_by_a_safe_way(officer: Acting, client: Client) -> None:
    assert told(client) == {
        "victim": HER, "entitlement": "enhanced", "entitlement_since": None, "completed": 0, "told": 0, "measures": [],
        "help": [],
    }  # fmt: skip
    agreed(officer, HER, AGREED)
    done = send(client, "measures", kind="patrols", done_on="2026-11-23", words="Canari: each evening")
    assert done.status_code == 200, done.content
    [one] = json.loads(done.content)["measures"]
    assert (one["kind"], one["done_on"], one["told"], json.loads(done.content)["told"]) == (
        "patrols", "2026-11-23", [], 0,
    )  # fmt: skip
    telling = {"told_on": "2026-11-24", "felt": "safer"}
    at = f"measures/{one['number']}/tellings"
    unsafe = send(client, at, channel="letter", **telling)
    assert (unsafe.status_code, json.loads(unsafe.content)["code"]) == (409, "way_not_safe")
    last = Event.objects.order_by("-id")[0]
    assert json.loads(last.payload)["kind"] == "victim_contact_refused"
    early = send(client, at, channel="telephone", told_on="2026-11-22")
    assert (early.status_code, json.loads(early.content)["code"]) == (409, "told_before_done")

    found = json.loads(send(client, at, channel="telephone", **telling).content)

    assert (found["completed"], found["told"]) == (1, 1)
    assert found["measures"][0]["told"] == [{"on": "2026-11-24", "channel": "telephone", "felt": "safer"}]
    assert send(client, "measures/999/tellings", channel="telephone", **telling).status_code == 403
    assert SafetyMeasure.objects.for_system("a test").get().words == "Canari: each evening"
    assert "Canari" not in client.get(SAFETY).content.decode()


def test_steps_of_help_follow_one_another_from_as_they_were_read(officer: Acting, client: Client) -> None:
    said = {"help": "housing", "on": "2026-11-24"}
    early = send(client, "help", **said, step="taken_up")
    assert (early.status_code, json.loads(early.content)["code"]) == (409, "step_does_not_follow")
    tag = client.get(SAFETY).headers["ETag"]
    assert send(client, "help", tag, **said, step="offered", words="Canari").status_code == 200
    assert send(client, "help", tag, **said, step="made").status_code == 412
    assert ReferralStep.objects.for_system("a test").count() == 1
    made = send(client, "help", **said, step="made")
    assert json.loads(made.content)["help"] == [
        {"help": "housing", "steps": [{"step": "offered", "on": "2026-11-24"}, {"step": "made", "on": "2026-11-24"}]}
    ]
    assert "Canari" not in made.content.decode()


@pytest.mark.rule("SEC-06")
def test_what_her_life_is_like_and_why_somebody_decided_stay_on_her_page(officer: Acting, client: Client) -> None:
    record_need(by=officer, victim=HER, given=NewNeed(Need.IMMIGRATION, Answer.YES, TODAY, "Canari"))
    record_entitlement(by=officer, victim=HER, given=NewEntitlement(Entitlement.STANDARD, TODAY, "Canari says so"))
    body = client.get(SAFETY).content.decode()
    assert ("immigration" in body, "Canari" in body) == (False, False)
    assert (told(client)["entitlement"], told(client)["entitlement_since"]) == ("standard", "2026-11-24")


@pytest.mark.rule("VIC-10")
def test_who_speaks_for_her_since_she_agreed_and_until_she_ends_it_and_not_by_name(
    officer: Acting, client: Client, make_user: Callable[..., User]
) -> None:
    account = make_user("advocate", username="byw.heb.ofn")
    named = NewAdvocate("Non Canari", "Byw Heb Ofn", YESTERDAY, TODAY, account.username)
    number = name_advocate(by=officer, victim=HER, given=named).pk
    name_advocate(by=officer, victim=HER, given=NewAdvocate("Ann Canari", "", YESTERDAY, YESTERDAY))
    found = told(client, ADVOCATES)["advocates"]
    assert {one["number"]: (one["organisation"], one["account"], one["may_speak"]) for one in found}[number] == (
        "Byw Heb Ofn", "byw.heb.ofn", True,
    )  # fmt: skip
    assert len(found) == 2
    end_advocate(by=officer, victim=HER, advocate=number)
    one = next(each for each in told(client, ADVOCATES)["advocates"] if each["number"] == number)
    assert (one["ended_on"], one["may_speak"], one["consent_on"]) == ("2026-11-24", False, "2026-11-24")
    assert "Canari" not in client.get(ADVOCATES).content.decode()
    assert Advocate.objects.for_system("a test").count() == 2


@pytest.mark.rule("VIC-10", "SEC-04")
def test_an_advocate_is_told_what_was_promised_and_told_since_she_agreed_and_of_nobody_else(
    officer: Acting, made: Order, signed_in_client: Callable[..., Client], make_user: Callable[..., User]
) -> None:
    theirs, other = signed_in_client("advocate", username="hers"), signed_in_client("advocate", username="other")
    agreed(officer, HER, AGREED)
    key = charged(officer, HER, NOW - timedelta(hours=1))
    promise_contact(by=officer, victim=HER, due_at=NOW + timedelta(minutes=1), now=NOW - timedelta(hours=1))
    said = NewContact(
        channel="telephone", at=NOW, was_reached=True, told_of=(key,), told="Canari was told", response="Canari"
    )
    record_contact(by=officer, victim=HER, given=said)
    for path in ("/api/v1/promises", "/api/v1/updates"):
        assert told(theirs, path) == {"victims": [], "page": 1, "pages": 1, "total": 0}
    number = name_advocate(by=officer, victim=HER, given=NewAdvocate("Non", "", TODAY, TODAY, "hers")).pk

    [promised] = told(theirs, "/api/v1/promises")["victims"]
    assert (promised["victim"], promised["since"]) == (HER, "2026-11-24")
    assert "kept" in {one["status"] for one in promised["promises"]}
    last = Event.objects.order_by("-id")[0]
    assert json.loads(last.payload)["kind"] == "advocate_promises_viewed"
    assert set(refs_said_by(last)) == {f"victim/{HER}", f"person/{HER}"}
    [updates] = told(theirs, "/api/v1/updates")["victims"]
    assert updates["updates"] == [{"at": "2026-11-24T12:00:00Z", "told_of": ["charge"]}]
    assert "Canari" not in theirs.get("/api/v1/updates").content.decode()
    assert told(other, "/api/v1/promises")["total"] == 0
    told(theirs, SAFETY, 403)
    told(theirs, ADVOCATES, 403)
    end_advocate(by=officer, victim=HER, advocate=number)
    assert told(theirs, "/api/v1/updates")["total"] == 0


@pytest.mark.rule("SEC-02", "VIC-10")
def test_T2_of_a_victim_in_a_case_that_is_shut_nobody_is_told_anything(
    officer: Acting,
    made: Order,
    client: Client,
    make_user: Callable[..., User],
    signed_in_client: Callable[..., Client],
) -> None:
    assert made.case is not None
    theirs = signed_in_client("advocate", username="hers")
    name_advocate(by=officer, victim=HER, given=NewAdvocate("Non", "", TODAY, TODAY, "hers"))
    assert told(theirs, "/api/v1/promises")["total"] == 1
    keeper = acting_user(make_user("supervisor", username="keeper"))
    restrict(by=keeper, kind="case", reference=made.case.reference, reason="a test")
    for path in (SAFETY, ADVOCATES):
        assert told(client, path, 403)["code"] == "restricted"
    assert send(client, "measures", '"any"', kind="patrols", done_on="2026-11-23").status_code == 403
    assert (told(theirs, "/api/v1/promises")["total"], told(theirs, "/api/v1/updates")["total"]) == (0, 0)


def test_more_of_it_asks_the_database_no_more(
    officer: Acting, client: Client, signed_in_client: Callable[..., Client]
) -> None:
    theirs = signed_in_client("advocate", username="hers")
    agreed(officer, HER, AGREED)
    paths = ((client, SAFETY), (client, ADVOCATES), (theirs, "/api/v1/promises"), (theirs, "/api/v1/updates"))

    def one_more(number: int) -> None:
        record_measure(by=officer, victim=HER, given=NewMeasure(Measure.PATROLS, TODAY, f"Evening {number}"))
        name_advocate(by=officer, victim=HER, given=NewAdvocate(f"Non {number}", "", TODAY, TODAY, "hers"))
        given = NewContact(channel="telephone", at=clock.now() - timedelta(minutes=number), was_reached=True, told="x")
        record_contact(by=officer, victim=HER, given=given)

    def asked() -> list[int]:
        found = []
        for asks, path in paths:
            asks.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert asks.get(path).status_code == 200
            found.append(len(queries))
        return found

    one_more(1)
    before = asked()
    for number in range(2, 5):
        one_more(number)
    assert asked() == before
