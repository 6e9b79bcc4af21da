"""Webhooks in pages: set up with a fresh factor, approved by a second administrator, looked at, ended (ADR 94)."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.tokens.actions import approve_token, ask_for_token
from craffu.access.tokens.models import ApiToken
from craffu.access.webhooks.actions import set_up_webhook
from craffu.access.webhooks.models import Webhook, WebhookDelivery
from craffu.common import clock
from craffu.common.door import bookkeeping
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-01"), pytest.mark.postgres_in_deep]
GIVEN = {
    "purpose": "Screens of the control room", "address": "https://51.140.0.1/craffu", "about": ["order.changed"],
    "token": "AT-10001",
}  # fmt: skip


@pytest.fixture
def token(make_user: Callable[..., User]) -> ApiToken:
    owner, admin = make_user("orders_team", username="owner"), make_user("administrator", username="first")
    row, _secret = ask_for_token(
        by=acting_user(owner, factor_at=clock.now()), purpose="Screens", scopes=["orders.read"], days=30
    )
    return approve_token(
        by=acting_user(admin, factor_at=clock.now()), reference=row.reference, reason="Agreed with the control room"
    )


def test_one_is_set_up_shown_once_approved_by_a_second_person_looked_at_and_ended(
    token: ApiToken, signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]
) -> None:
    admin, boss = (
        signed_in_client("administrator", username="admin"),
        signed_in_client("administrator", username="boss"),
    )
    assert "No system is told of anything." in text_of(admin.get("/accounts/webhooks"))
    assert "/account/confirm" in admin.get("/accounts/webhooks/new")["Location"]
    confirmed(admin)
    for wrong, words in (
        ({"purpose": ""}, "Say what it is for"),
        ({"address": "http://51.140.0.1/"}, "The address must begin with https://"),
        ({"address": "https://10.0.0.1/"}, "This address lies in a network of one’s own."),
        ({"about": []}, "Choose what it is told of."),
        ({"about": ["case.changed"]}, "This token may not read what the receiver would be told of."),
        ({"token": ""}, "Choose a token"),
    ):
        assert words in text_of(admin.post("/accounts/webhooks/new", GIVEN | wrong)), wrong
    page = admin.post("/accounts/webhooks/new", GIVEN)
    [secret] = re.findall(r"craffu_wh_[A-Za-z0-9_-]{43}", page.content.decode())
    at = "/accounts/webhooks/WH-10001"
    assert "Waits for approval" in text_of(admin.get("/accounts/webhooks"))
    assert secret not in admin.get(at).content.decode()
    assert "Let it be told" not in text_of(admin.get(at)), "whoever set it up does not approve it"
    assert "Approve or end webhook WH-10001" in text_of(boss.get("/"))
    assert "webhook WH-10001" not in text_of(admin.get("/"))
    assert "Say why" in text_of(boss.post(at, {"reason": ""}))
    confirmed(boss)
    assert boss.post(at, {"reason": "Agreed with the control room"})["Location"] == at
    assert "It is told from now on." in text_of(boss.get(at))
    _given_up(Webhook.objects.get())
    page = text_of(boss.get(at))
    assert "Stopped: it did not answer" in page
    assert "That an order changed Given up 8 It answered 503" in page
    assert "O-10001" not in page, "of which record is not for whoever looks after accounts"
    assert "Begin webhook WH-10001 again or end it" in text_of(admin.get("/cy/").client.get("/"))
    assert admin.post(at, {"reason": "The receiver was mended"})["Location"] == at
    assert "Works" in text_of(admin.get(at))
    assert boss.post(at, {"end": "1"})["Location"] == at
    assert "It is told nothing any more." in text_of(boss.get(at))
    assert boss.get("/accounts/webhooks/WH-99999").status_code == 404


@bookkeeping
def _given_up(hook: Webhook) -> None:
    at = clock.now()
    WebhookDelivery.objects.create(
        force=hook.force, webhook=hook, number="a" * 32, event="order.changed", about="order/O-10001", told_at=at,
        next_at=at, changed_at=at, status="failed", tries=8, answer="status_503",
    )  # fmt: skip
    Webhook.objects.filter(pk=hook.pk).update(stopped_at=at)


def test_as_many_queries_for_many_as_for_one(token: ApiToken, signed_in_client: Callable[..., Client]) -> None:
    admin = signed_in_client("administrator", username="admin")
    by: Acting = acting_user(admin.user, factor_at=clock.now())  # type: ignore[attr-defined]
    counts = []
    for each in range(2):
        for _ in range(1 + 5 * each):
            set_up_webhook(by=by, **GIVEN)  # type: ignore[arg-type]
        admin.get("/accounts/webhooks")
        with CaptureQueriesContext(connection) as queries:
            admin.get("/accounts/webhooks")
        counts.append(len(queries))
    assert counts[0] == counts[1]
