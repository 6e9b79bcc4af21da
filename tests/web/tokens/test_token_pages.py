"""API tokens in pages: asked for with a fresh factor, shown once, approved by an administrator, ended (ADR 91)."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.tokens.actions import ask_for_token
from craffu.access.tokens.models import ApiToken
from craffu.audit.models import Event
from craffu.common import clock
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-01"), pytest.mark.postgres_in_deep]
GIVEN = {"purpose": "Screens of the control room", "scopes": ["orders.read", "breaches.read"], "days": "30"}


def test_one_is_asked_for_shown_once_approved_and_ended(
    signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]
) -> None:
    officer, boss = (
        signed_in_client("orders_team", username="owner"),
        signed_in_client("administrator", username="boss"),
    )
    assert "You have no API tokens." in text_of(officer.get("/account/tokens"))
    assert "/account/confirm" in officer.get("/account/tokens/new")["Location"]
    confirmed(officer)
    for wrong, words in (
        ({"purpose": ""}, "Say what it is for"),
        ({"scopes": []}, "Choose what it may be used for."),
        ({"days": "91"}, "Enter a number of days from 1 to 90"),
    ):
        assert words in text_of(officer.post("/account/tokens/new", GIVEN | wrong)), wrong
    page = officer.post("/account/tokens/new", GIVEN)
    [secret] = re.findall(r"craffu_[A-Za-z0-9_-]{43}", page.content.decode())
    assert "no-store" in page.headers["Cache-Control"]
    listed = text_of(officer.get("/account/tokens"))
    assert "AT-10001 Screens of the control room Read orders and their conditions Read breach histories" in listed
    assert "Waits for approval" in listed
    assert secret not in officer.get("/account/tokens").content.decode()
    assert officer.get("/accounts/tokens").status_code == 403
    assert "Approve or end API token AT-10001" in text_of(boss.get("/"))
    assert "API token" not in text_of(officer.get("/"))
    assert "Test owner (owner)" in text_of(boss.get("/accounts/tokens"))
    at = "/accounts/tokens/AT-10001"
    assert "Say why" in text_of(boss.post(at, {"reason": ""}))
    assert "Confirm that it is you" in text_of(boss.post(at, {"reason": "Agreed with the control room"}))
    confirmed(boss)
    assert boss.post(at, {"reason": "Agreed with the control room"})["Location"] == at
    page = text_of(boss.get(at))
    assert "It may be used from now on." in page
    assert "Test boss (boss)" in page
    assert "Why may it work?" not in page
    answer = Client().get("/api/v1/orders", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
    assert "Never" not in text_of(officer.get("/account/tokens"))
    assert "cannot be begun again" in text_of(officer.get("/account/tokens/AT-10001/end"))
    assert officer.post("/account/tokens/AT-10001/end")["Location"] == "/account/tokens"
    assert "It opens nothing any more." in text_of(officer.get("/account/tokens"))
    assert Client().get("/api/v1/orders", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    assert boss.get("/accounts/tokens/AT-99999").status_code == 404
    assert boss.get("/account/tokens/AT-10001/end").status_code == 404, "it is not theirs"
    assert [one.kind for one in Event.objects.order_by("id") if "api_token" in one.kind and "listed" not in one.kind] == [
        "api_token_asked", "api_token_approved", "api_token_ended",
    ]  # fmt: skip


def test_an_administrator_ends_anybodys_and_approves_none_of_their_own(
    make_user: Callable[..., User], signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]
) -> None:
    boss = confirmed(signed_in_client("administrator", username="boss"))
    for user in (boss.user, make_user("analyst", username="ann")):  # type: ignore[attr-defined]
        by = acting_user(user, factor_at=clock.now())
        ask_for_token(by=by, purpose="Measures for the board", scopes=["measures.read"], days=7)
    assert "Let it work" not in text_of(boss.get("/accounts/tokens/AT-10001"))
    assert boss.post("/accounts/tokens/AT-10002", {"end": "1"})["Location"] == "/accounts/tokens/AT-10002"
    page = text_of(boss.get("/accounts/tokens/AT-10002"))
    assert "It opens nothing any more." in page
    assert "Let it work" not in page
    assert ApiToken.objects.get(reference="AT-10002").ended_by == "boss"


def test_as_many_queries_for_many_as_for_one(
    make_user: Callable[..., User], signed_in_client: Callable[..., Client]
) -> None:
    boss = signed_in_client("administrator", username="boss")
    by = acting_user(boss.user, factor_at=clock.now())  # type: ignore[attr-defined]
    counts = []
    for _round in range(2):
        for name in range(1 + 5 * _round):
            other = acting_user(make_user("analyst", username=f"a{_round}{name}"), factor_at=clock.now())
            for each in (by, other):
                ask_for_token(by=each, purpose="Measures for the board", scopes=["measures.read"], days=7)
        for path in ("/account/tokens", "/accounts/tokens"):
            boss.get(path)
            with CaptureQueriesContext(connection) as queries:
                boss.get(path)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
