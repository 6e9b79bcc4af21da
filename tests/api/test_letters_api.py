"""Letters for programs: of what she can be written, where each is and what became of it; never a letter, and never an address."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.markings import COVERT
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event
from craffu.common import clock
from craffu.orders.models import Order
from craffu.victims.letters.kinds import About
from tests.api.asking import told
from tests.api.there import HER
from tests.factories.letters import BY_LETTER, charged, to_respondent, written, written_of_a_charge, written_to
from tests.factories.records import one_more_of
from tests.factories.victims import AGREED, agreed, victim_of
from tests.web.orders.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("VIC-02")]
OF_ORDER, OF_HER, QUEUE = "/api/v1/orders/O-10001/letters", f"/api/v1/victims/{HER}/letters", "/api/v1/letters"


@pytest.fixture
def officer(make_user: Callable[..., User], at_noon: None) -> Acting:
    return replace(acting_user(make_user("victim_officer", username="looks.after")), factor_at=NOW)


@pytest.fixture
def client(made: Order, officer: Acting, signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("victim_officer")


def step(client: Client, path: str, number: int, tag: str = "", **said: Any) -> Any:
    headers = {"If-Match": tag or client.get(path).headers["ETag"]}
    return client.post(f"{path}/{number}/steps", json.dumps(said), content_type="application/json", headers=headers)


def kinds() -> list[str]:
    return [str(json.loads(one)["kind"]) for one in Event.objects.order_by("id").values_list("payload", flat=True)]


@pytest.mark.rule("VIC-05")
def test_of_what_she_can_be_written_or_why_not(officer: Acting, client: Client) -> None:
    assert (told(client, OF_HER)["why_none"], told(client, OF_HER)["news"]) == ("not_agreed", [])
    agreed(officer, HER, AGREED)
    assert told(client, OF_HER)["why_none"] == "not_safe"
    [person] = told(client, OF_ORDER)["people"]
    assert (person["person"], person["about"], person["why_not"]) == (HER, [], ["not_safe"])
    agreed(officer, HER, BY_LETTER)
    key = charged(officer, HER, NOW)

    found = told(client, OF_HER)

    assert (found["why_none"], found["letters"]) == (None, [])
    assert {"key": key, "what": "charge", "day": "2026-11-24", "is_ahead": False} in found["news"]
    assert told(client, OF_ORDER)["people"] == [{"person": HER, "about": ["terms"], "why_not": []}]


@pytest.mark.rule("SEC-04")
def test_T29_a_letter_waits_is_posted_by_whoever_fetched_it_and_comes_back(officer: Acting, client: Client) -> None:
    agreed(officer, HER, BY_LETTER)
    waits = written_of_a_charge(officer, HER, clock.now())
    of_order = written(officer, Order.objects.for_system("a test").get())
    queue = told(client, QUEUE)
    assert [(one["order"], one["victim"], one["status"], one["fetched_by"]) for one in queue["letters"]] == [
        (None, HER, "waiting", None), ("O-10001", None, "sending", "looks.after"),
    ]  # fmt: skip
    assert (queue["page"], queue["pages"], queue["total"]) == (1, 1, 2)
    refused = step(client, OF_HER, waits.pk, became="posted")
    assert (refused.status_code, json.loads(refused.content)["code"]) == (409, "letter_not_fetched")

    tag = client.get(OF_ORDER).headers["ETag"]
    posted = step(client, OF_ORDER, of_order.printed_id, tag, became="posted")
    assert posted.status_code == 200, posted.content
    [one] = json.loads(posted.content)["letters"]
    assert (one["to"], one["about"], one["status"], one["given_at"], one["why"]) == (HER, "terms", "sent", None, None)
    assert step(client, OF_ORDER, of_order.printed_id, tag, became="came_back", why="returned").status_code == 412
    no_reason = step(client, OF_ORDER, of_order.printed_id, became="came_back")
    assert (no_reason.status_code, json.loads(no_reason.content)["code"]) == (409, "why_missing")
    back = step(client, OF_ORDER, of_order.printed_id, became="came_back", why="address_gone")
    assert [(each["status"], each["why"]) for each in json.loads(back.content)["letters"]] == [
        ("failed", "address_gone")
    ]
    assert [one for one in kinds() if one in ("order_letter_posted", "order_letter_came_back")] == [
        "order_letter_posted", "order_letter_came_back",
    ]  # fmt: skip
    assert [one["victim"] for one in told(client, QUEUE)["letters"]] == [HER]


def test_T29_one_that_was_fetched_and_did_not_leave_waits_again_and_may_have_gone_anyway(
    officer: Acting, client: Client
) -> None:
    agreed(officer, HER, BY_LETTER)
    letter = written_of_a_charge(officer, HER, clock.now(), is_taken=True)
    [one] = told(client, OF_HER)["letters"]
    assert (one["about"], one["of"], one["status"]) == ("news", "charge", "sending")
    agreed(officer, HER, AGREED)
    stopped = step(client, OF_HER, letter.pk, became="posted")
    assert (stopped.status_code, json.loads(stopped.content)["code"]) == (409, "letter_stopped")
    again = step(client, OF_HER, letter.pk, became="put_back")
    assert [each["status"] for each in json.loads(again.content)["letters"]] == ["waiting"]


def test_T29_what_is_in_the_post_already_is_recorded_as_what_it_was(officer: Acting, client: Client) -> None:
    agreed(officer, HER, BY_LETTER)
    letter = written_of_a_charge(officer, HER, clock.now(), is_taken=True)
    agreed(officer, HER, AGREED)
    done = step(client, OF_HER, letter.pk, became="posted", anyway=True)
    assert [each["status"] for each in json.loads(done.content)["letters"]] == ["sent"], done.content


@pytest.mark.rule("SEC-01")
def test_each_is_told_of_the_letters_that_they_write_and_no_other(
    officer: Acting, made: Order, client: Client, team: Acting, signed_in_client: Callable[..., Client]
) -> None:
    agreed(officer, HER, BY_LETTER)
    written(officer, made)
    to_respondent(team, made)
    theirs = told(signed_in_client("orders_team"), OF_ORDER)
    assert (theirs["people"], [one["to"] for one in theirs["letters"]]) == ([], [None])
    hers = told(client, OF_ORDER)
    assert (hers["respondent"], [one["to"] for one in hers["letters"]]) == ([], [HER])
    both = told(signed_in_client("supervisor"), OF_ORDER)
    assert sorted(str(one["to"]) for one in both["letters"]) == sorted([HER, "None"])
    told(signed_in_client("orders_team"), QUEUE, 403)
    respondents = next(one["number"] for one in theirs["letters"])
    assert step(client, OF_ORDER, respondents, became="posted").status_code == 403, "it goes another way"


@pytest.mark.rule("SEC-06", "VIC-09")
def test_T5_no_letter_and_no_address_is_told(officer: Acting, client: Client) -> None:
    lives = [("address", "5 Heol Canari, Llandeilo, SA19 6CC"), ("phone", "01792 496 0101")]
    one_more_of(officer, victim_of(officer, HER).record, *lives, key="hers", name=("Sian", "Canari"))
    agreed(officer, HER, BY_LETTER)
    written_of_a_charge(officer, HER, clock.now(), words="Words of canari")
    for path in (OF_HER, OF_ORDER, QUEUE):
        body = client.get(path).content.decode().casefold()
        assert [one for one in ("canari", "sa19", "496 0101", "sian", "%pdf") if one in body] == [], path


@pytest.mark.rule("SEC-02")
@pytest.mark.parametrize("marking", ["restricted", COVERT])
def test_T2_letters_of_a_shut_case_are_in_no_queue(
    marking: str, officer: Acting, made: Order, client: Client, make_user: Callable[..., User]
) -> None:
    assert made.case is not None
    agreed(officer, HER, BY_LETTER)
    letter = written_of_a_charge(officer, HER, clock.now(), is_taken=True)
    written(officer, made)
    keeper = acting_user(make_user("supervisor", username="keeper"))
    more = {"marking": marking} if marking == COVERT else {}
    restrict(by=keeper, kind="case", reference=made.case.reference, reason="a test", **more)
    status = 404 if marking == COVERT else 403
    for path in (OF_HER, OF_ORDER):
        told(client, path, status)
    assert told(client, QUEUE) == {"letters": [], "page": 1, "pages": 1, "total": 0}
    assert step(client, OF_HER, letter.pk, '"any"', became="put_back").status_code == status


def test_more_letters_ask_the_database_no_more(officer: Acting, client: Client) -> None:
    agreed(officer, HER, BY_LETTER)
    order = Order.objects.for_system("a test").get()

    def one_more(number: int) -> None:
        written_to(officer, HER, About.NEWS, charged(officer, HER, NOW - timedelta(hours=number)))
        written(officer, order)

    def asked() -> list[int]:
        found = []
        for path in (OF_HER, OF_ORDER, QUEUE):
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            found.append(len(queries))
        return found

    one_more(1)
    before = asked()
    one_more(2)
    one_more(3)
    assert asked() == before
    assert told(client, QUEUE)["total"] == 6
