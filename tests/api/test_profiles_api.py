"""An order is given to another system once it was made, with a recipient in the log, and never where anybody lives (ADR 95)."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.tokens.actions import approve_token, ask_for_token
from craffu.audit.models import Event
from craffu.common import clock
from craffu.orders.facts import Given, NewTerms
from craffu.orders.life.actions import move_order
from craffu.orders.models import Condition, Order
from craffu.orders.profiles import queries
from craffu.orders.queries import protected_by
from craffu.people.queries import people_of_records
from tests.factories.orders import NOT_TO_GO, considered
from tests.web.orders.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-04", "SEC-06"), pytest.mark.postgres_in_deep]
GIVEN = {
    "profile": "niem", "purpose": "safeguarding", "words": "Asked for by their control room", "recipient": "Duty inspector",
    "organisation": "Gwent Police",
}  # fmt: skip


def give(client: Client, order: str, headers: dict[str, str], **given: Any) -> Any:
    """As it was just read."""
    at = f"/api/v1/orders/{order}"
    headers = headers | {"If-Match": client.get(at, headers=headers).headers.get("ETag", '"none"')}
    return client.post(f"{at}/profiles", json.dumps(GIVEN | given), content_type="application/json", headers=headers)


@pytest.fixture
def asks(made: Order, make_user: Callable[..., User]) -> Callable[..., Any]:
    owner = acting_user(make_user("orders_team", username="owner"), factor_at=clock.now())
    admin = acting_user(make_user("administrator", username="admin"), factor_at=clock.now())

    def with_scopes(*scopes: str, order: str = made.reference, **given: Any) -> Any:
        row, secret = ask_for_token(
            by=owner, purpose="Orders for another force", scopes={"orders.read", *scopes}, days=7
        )
        approve_token(by=admin, reference=row.reference, reason="Agreed between the forces")
        return give(Client(), order, {"Authorization": f"Bearer {secret}"}, **given)

    return with_scopes


@pytest.mark.parametrize("profile", ["niem", "pole"])
def test_it_is_given_and_the_log_has_the_recipient_and_every_record(
    made: Order, asks: Callable[..., Any], profile: str
) -> None:
    answer = asks("orders.disclose", profile=profile)
    assert answer.status_code == 200, answer.content
    said = json.loads(answer.content)
    assert said["profile"] == profile
    owner = acting_user(User.objects.get(username="owner"))
    protected = protected_by(owner, made)
    people = {one: found.reference for one, found in people_of_records(owner, [made.respondent_id, *protected]).items()}
    assert protected
    text = json.dumps(said, ensure_ascii=False)
    for one in (made.reference, made.court, *people.values()):
        assert one in text
    # Nobody recorded another day on which it takes effect than that of its making.
    dated = said["content"]
    begins = (
        dated["j:ProtectionOrder"]["nc:ActivityDateRange"]["nc:StartDate"]["nc:Date"]
        if profile == "niem"
        else dated["objects"][0]["begins_on"]
    )
    assert begins == "2026-11-20"
    for condition in Condition.objects.for_system("a test").filter(terms__order=made):
        assert condition.words in text
    (row,) = [json.loads(one.payload) for one in Event.objects.filter(kind="order_given_out")]
    assert row["recipient"] == "Duty inspector, Gwent Police"
    assert set(row["refs"]) == {f"order/{made.reference}", *(f"person/{one}" for one in people.values())}
    assert row["purpose"] == "safeguarding"


def test_it_is_told_as_it_stands_since_it_was_served_and_varied(made: Order, asks: Callable[..., Any]) -> None:
    owner = acting_user(User.objects.get(username="owner"))
    served = Given(
        served_at=NOW - timedelta(hours=1), place="home", method="personal", server="PC 44 Rees",
        proof="Statement of service",
    )  # fmt: skip
    move_order(by=owner, order=made.reference, move="serve", given=served)
    wider = replace(NOT_TO_GO, words="Not to go to the school in Heol Newydd or Heol Hir.")
    varied = Given(varied_on=NOW.date(), applicant="respondent", reason_text="x", terms=NewTerms((wider,)))
    move_order(by=owner, order=made.reference, move="vary", given=varied)
    made.refresh_from_db()
    assert made.court_case_no
    niem, pole = (json.loads(asks("orders.disclose", profile=one).content)["content"] for one in ("niem", "pole"))
    order, what = niem["j:ProtectionOrder"], pole["objects"][0]
    assert order["j:ProtectionOrderConditionText"] == [wider.words]
    assert [one["words"] for one in what["conditions"]] == [wider.words]
    assert order["nc:ActivityStatus"]["nc:StatusText"] == what["status"] == made.status
    assert order["j:CourtOrderServiceDate"]["nc:Date"] == NOW.date().isoformat()
    assert {one["type"]: one["on"] for one in pole["events"]} == {
        "order_made": "2026-11-20", "order_served": NOW.date().isoformat(),
    }  # fmt: skip
    assert made.last_day is None
    assert ("nc:EndDate" in order["nc:ActivityDateRange"], "ends_on" in what) == (False, False)
    assert what["case_number"] == made.court_case_no


@pytest.mark.rule("VIC-09")
def test_where_she_lives_is_withheld_from_the_words_of_a_condition(
    made: Order, asks: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = Condition.objects.for_system("a test").filter(terms__order=made).order_by("number").first()
    assert words is not None
    monkeypatch.setattr(queries, "protected_of", lambda _by, _order: [("address", words.words)])
    text = json.dumps(json.loads(asks("orders.disclose").content), ensure_ascii=False)
    assert words.words not in text
    assert "[withheld]" in text


def test_who_may_not_and_what_was_not_made_and_what_lacks_a_recipient(
    made: Order, asks: Callable[..., Any], signed_in_client: Callable[..., Client], confirmed: Callable[..., Client],
    system: Acting, tmp_path: Path,
) -> None:  # fmt: skip
    other = considered(system, tmp_path, number=2)

    def code(answer: Any) -> tuple[int, str]:
        return answer.status_code, json.loads(answer.content)["code"]

    assert code(asks("orders.read")) == (403, "scope_not_held")
    assert code(asks("orders.disclose", order="O-99999")) == (404, "not_found")
    assert code(asks("orders.disclose", order=other.reference)) == (409, "not_made")
    assert code(asks("orders.disclose", organisation="")) == (422, "not_understood")
    told = json.loads(asks("orders.disclose", words="To her").content)["detail"]
    assert told == "Put right: words (string should have at least 10 characters)."
    assert code(asks("orders.disclose", organisation="   ")) == (409, "export_incomplete")
    officer = signed_in_client("orders_team", username="officer")
    assert code(give(officer, made.reference, {}))[0] in {403, 409}, "a session proves a fresh factor"
    assert give(confirmed(officer), made.reference, {}).status_code == 200
    street = signed_in_client("response_officer", username="street")
    assert code(give(street, made.reference, {})) == (403, "right_not_held")
