"""A program asks by a token: as its owner, for what it is for, while it works, and by nothing else (SEC-01, SEC-04; ADR 91)."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine as time_travel
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.actions import close_account
from craffu.access.models import User
from craffu.access.policies import FactorNotFresh
from craffu.access.queries import acting_user
from craffu.access.sessions.actions import change_own_password
from craffu.access.tokens.actions import approve_token, ask_for_token, end_token
from craffu.access.tokens.models import ApiToken
from craffu.access.tokens.queries import own_tokens
from craffu.access.tokens.rules import MARK
from craffu.audit.models import Event
from craffu.common import clock
from craffu.common.refusals import NotNow, NotPermitted, Refusal
from craffu.orders.models import Order
from tests.web.orders.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-01", "SEC-04")]
ORDERS = "/api/v1/orders"
SERVE = {
    "move": "serve", "served_at": (NOW - timedelta(hours=1)).isoformat(), "place": "home", "method": "personal",
    "server": "PC 44 Rees", "proof": "Statement of service",
}  # fmt: skip
type Give = Callable[..., tuple[ApiToken, str]]


@pytest.fixture
def owner(make_user: Callable[..., User], at_noon: None) -> Acting:
    return acting_user(make_user("orders_team", username="owner"), factor_at=clock.now())


@pytest.fixture
def administrator(make_user: Callable[..., User], at_noon: None) -> Acting:
    return acting_user(make_user("administrator", username="admin"), factor_at=clock.now())


@pytest.fixture
def give(made: Order, owner: Acting, administrator: Acting) -> Give:
    """A token that works."""

    def given(*scopes: str, days: int = 30) -> tuple[ApiToken, str]:
        row, secret = ask_for_token(by=owner, purpose="Screens of the control room", scopes=scopes, days=days)
        return approve_token(by=administrator, reference=row.reference, reason="Agreed with the control room"), secret

    return given


def ask(client: Client, path: str, secret: str, how: str = "get", body: Any = None, **headers: str) -> Any:
    sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
    return getattr(client, how)(path, **sent, headers={"Authorization": f"Bearer {secret}", **headers})


def code_of(answer: Any) -> str:
    return str(json.loads(answer.content)["code"])


def last_event() -> Event:
    found = Event.objects.order_by("id").last()
    assert found is not None
    return found


def test_it_asks_as_its_owner_and_the_log_says_by_which_token(client: Client, made: Order, give: Give) -> None:
    token, secret = give("orders.read")
    assert secret.startswith(MARK)
    assert secret not in json.dumps(list(ApiToken.objects.values()), default=str)
    answer = ask(client, f"{ORDERS}/{made.reference}", secret)
    assert answer.status_code == 200
    assert json.loads(answer.content)["reference"] == made.reference
    assert not answer.cookies
    last = last_event()
    assert (last.actor, json.loads(last.payload)["request"].partition("/")[0]) == ("owner", token.reference)
    kinds = [one.kind for one in Event.objects.order_by("id") if one.kind.startswith("api_token")]
    assert kinds == ["api_token_asked", "api_token_approved"]
    assert secret not in "".join(Event.objects.values_list("payload", flat=True))
    token.refresh_from_db()
    assert token.used_at is not None


def test_it_may_do_what_it_is_for_and_no_more_than_its_owner(client: Client, made: Order, give: Give) -> None:
    _token, secret = give("orders.read", "measures.read")
    assert ask(client, "/api/v1/measures", secret).status_code == 200
    for path in ("/api/v1/people", "/api/v1/cases", "/api/v1/due", "/api/v1/people/P-10001/breaches"):
        told = ask(client, path, secret)
        assert (told.status_code, code_of(told)) == (403, "scope_not_held"), path
    told = ask(client, f"{ORDERS}/{made.reference}/moves", secret, "post", SERVE)
    assert (told.status_code, code_of(told)) == (403, "scope_not_held")
    assert last_event().kind == "access_refused"


def test_one_that_waits_is_over_or_never_was_opens_nothing(
    client: Client, made: Order, owner: Acting, give: Give, frozen_clock: time_travel.Traveller
) -> None:
    _row, waits = ask_for_token(by=owner, purpose="Nothing yet", scopes=["orders.read"], days=1)
    for secret in (waits, "", "x", MARK + "x" * 43):
        told = ask(client, ORDERS, secret)
        assert (told.status_code, code_of(told), told.headers["WWW-Authenticate"]) == (401, "token_unknown", "Bearer")
    _token, secret = give("orders.read", days=1)
    now = clock.now()
    frozen_clock.move_to(now + timedelta(days=1) - timedelta(seconds=1))
    assert ask(client, ORDERS, secret).status_code == 200
    frozen_clock.move_to(now + timedelta(days=1))
    assert ask(client, ORDERS, secret).status_code == 401


@pytest.mark.parametrize("how", ["ended", "password", "closed"])
def test_it_ends_with_its_owners_word_password_or_account(
    client: Client, made: Order, owner: Acting, administrator: Acting, how: str, give: Give
) -> None:
    token, secret = give("orders.read")
    assert owner.user is not None
    if how == "ended":
        end_token(by=owner, reference=token.reference)
        with pytest.raises(NotNow, match="ended already"):
            end_token(by=administrator, reference=token.reference)
    elif how == "password":
        change_own_password(by=owner, user=owner.user, password="a-new-and-long-one-2026")
    else:
        close_account(by=administrator, user=owner.user, reason="Has left the force")
    told = ask(client, ORDERS, secret)
    assert (told.status_code, code_of(told)) == (401, "token_unknown")


def test_who_asks_for_one_and_who_approves_it(
    owner: Acting, administrator: Acting, make_user: Callable[..., User]
) -> None:
    def asks(by: Acting, scopes: tuple[str, ...] = ("orders.read",), days: int = 30) -> ApiToken:
        return ask_for_token(by=by, purpose="Screens of the control room", scopes=scopes, days=days)[0]

    assert owner.user is not None
    with pytest.raises(FactorNotFresh):
        asks(acting_user(owner.user))
    for scopes in ((), ("everything",)):
        with pytest.raises(Refusal, match="Choose what it may be used for"):
            asks(owner, scopes)
    for days in (0, 91):
        with pytest.raises(Refusal, match="from 1 to 90"):
            asks(owner, days=days)
    with pytest.raises(NotPermitted):
        asks(acting_user(make_user(username="nothing"), factor_at=clock.now()))
    token, own = asks(owner), asks(administrator)
    for by, reference in ((owner, token.reference), (administrator, own.reference), (administrator, "AT-99999")):
        with pytest.raises(NotPermitted):
            approve_token(by=by, reference=reference, reason="Because I say so")
    with pytest.raises(NotPermitted):
        end_token(by=acting_user(make_user("supervisor", username="other")), reference=token.reference)
    assert administrator.user is not None
    with pytest.raises(FactorNotFresh):
        approve_token(by=acting_user(administrator.user), reference=token.reference, reason="Agreed")
    approve_token(by=administrator, reference=token.reference, reason="Agreed")
    with pytest.raises(NotNow, match="approved already"):
        approve_token(by=administrator, reference=token.reference, reason="Agreed again")
    assert [one.approved_by for one in own_tokens(owner.user)] == [administrator.user]
    end_token(by=administrator, reference=token.reference)
    with pytest.raises(NotNow, match="was ended"):
        approve_token(by=administrator, reference=token.reference, reason="Agreed again")


def test_a_browsers_cookies_are_not_looked_at_beside_a_token_and_pages_take_none(
    made: Order, signed_in_client: Callable[..., Client], give: Give
) -> None:
    _token, secret = give("orders.read")
    supervisor = signed_in_client("supervisor", username="super")
    assert code_of(ask(supervisor, ORDERS, "x")) == "token_unknown", "a wrong token is not helped by a session"
    ask(supervisor, ORDERS, secret)
    assert last_event().actor == "owner"
    page = Client().get("/orders", headers={"Authorization": f"Bearer {secret}"})
    assert (page.status_code, page["Location"].partition("?")[0]) == (302, "/sign-in")


@pytest.mark.rule("ORD-07")
def test_T30_a_step_is_taken_only_from_the_order_as_it_was_read(made: Order, give: Give) -> None:
    _token, secret = give("orders.read", "orders.write")
    strict, at = Client(enforce_csrf_checks=True), f"{ORDERS}/{made.reference}"
    tag = ask(strict, at, secret).headers["ETag"]
    same = ask(strict, at, secret, **{"If-None-Match": tag})
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
    told = ask(strict, f"{at}/moves", secret, "post", {"move": "lodge"}, **{"If-Match": tag})
    assert told.status_code == 409, told.content
    moved = ask(strict, f"{at}/moves", secret, "post", SERVE, **{"If-Match": tag})
    assert (moved.status_code, json.loads(moved.content)["status"]) == (200, "in_force"), moved.content
    again = ask(strict, f"{at}/moves", secret, "post", SERVE, **{"If-Match": tag})
    assert (again.status_code, code_of(again)) == (412, "changed_meanwhile")
    assert json.loads(ask(strict, at, secret).content) == json.loads(moved.content)


@pytest.mark.rule("BRC-01")
def test_a_possible_breach_is_reported_once(client: Client, made: Order, give: Give) -> None:
    _token, secret = give("breaches.write", "breaches.read")
    said = {"key": "cad-2026-11-24-0042", "order": made.reference, "first_at": NOW.isoformat(), "channel": "call"}
    path = "/api/v1/people/P-10001/breaches"
    first, second = (ask(client, path, secret, "post", said) for _ in range(2))
    assert first.status_code == 200, first.content
    assert first.content == second.content
    reference = json.loads(first.content)["breach"]
    assert json.loads(ask(client, f"/api/v1/breaches/{reference}", secret).content)["order"] == made.reference
    for wrong in ({"key": "x"}, said | {"first_at": "2026-11-24T12:00:00"}, said | {"channel": "pigeon"}, [], "x"):
        assert ask(client, path, secret, "post", wrong).status_code == 422, wrong
    broken = client.post(path, "{", content_type="application/json", headers={"Authorization": f"Bearer {secret}"})
    assert (broken.status_code, code_of(broken)) == (400, "not_understood")
