"""T17: what asks for a fresh factor is confirmed at the force's identity provider, and nothing that was sent is lost."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from craffu.access.factors.rules import Proof
from craffu.access.models import User
from craffu.access.provider.rules import Why
from craffu.common import clock
from tests.provider.process import Provider
from tests.provider.visiting import come_back, rows, set_out, sign_in
from tests.web.access.conftest import PASSWORD
from tests.web.conftest import text_of

pytestmark = pytest.mark.rule("SEC-01")
# The same on both databases; what PostgreSQL has of its own, the wall, is met by the few without this.
ON_ONE_DATABASE = pytest.mark.sqlite
DOOR = pytest.mark.urls("tests.web.access.door")


@pytest.fixture
def stale(provider: Provider, sam: User, confirmed: Callable[..., Client]) -> Client:
    """Sam, signed in there six minutes ago."""
    client = Client()
    sign_in(client, provider)
    client.user = sam  # type: ignore[attr-defined]
    return confirmed(client, clock.now() - timedelta(minutes=6), Proof.PROVIDER)


def confirm(
    client: Client, provider: Provider, login: str = "sam", page: str = "/account/confirm/provider", **how: str
) -> Any:
    return sign_in(client, provider, login, page, **how)


@pytest.mark.rule("SEC-03")
@DOOR
@ON_ONE_DATABASE
def test_T17_what_asks_for_a_fresh_factor_leads_to_the_provider_and_back_with_nothing_lost(
    provider: Provider, stale: Client
) -> None:
    assert stale.get("/door?a=1").headers["Location"] == "/account/confirm?next=/door%3Fa%3D1"
    page = stale.post("/door?x=1", {"what": ["first", 'second "quoted"']})
    assert "What you had just sent is kept." in text_of(page)
    assert "quoted" not in page.content.decode()
    assert "quoted" not in str(stale.session.items())
    (way,) = re.findall(r'href="(/account/confirm/provider[^"]*)"', page.content.decode())
    thief = Client()
    thief.cookies["sessionid"] = stale.cookies["sessionid"].value
    asked = parse_qs(urlsplit(address := set_out(stale, unescape(way))).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    # It knows them already, and asks all the same.
    answer = come_back(stale, provider.sign_in(address, "sam"))
    assert answer.headers["Location"].startswith("/account/confirm/carry-on?next=")
    body = stale.get(answer.headers["Location"]).content.decode()
    assert 'action="/door?x=1"' in body
    sent = [unescape(value) for value in re.findall(r'name="what" value="([^"]*)"', body)]
    assert stale.post("/door?x=1", {"what": sent}).content.decode() == """open: ['first', 'second "quoted"']"""
    assert rows("factor_confirmed")[-1] == ("factor_confirmed", "sam", "provider")
    assert thief.get("/").status_code == 302
    # The form is sent on once.
    assert stale.get("/account/confirm/carry-on?next=/door").headers["Location"] == "/door"
    assert confirm(stale, provider, page="/account/confirm/provider?next=/door").headers["Location"] == "/door"


@pytest.mark.rule("SEC-03")
@DOOR
@ON_ONE_DATABASE
def test_T17_a_form_kept_for_one_thing_is_not_sent_on_after_another(provider: Provider, stale: Client) -> None:
    stale.post("/door", {"what": "old"})
    stale.get("/account/confirm?next=/inner-door")
    answer = confirm(stale, provider, page="/account/confirm/provider?next=/inner-door")
    assert answer.headers["Location"] == "/inner-door"


@pytest.mark.rule("SEC-03")
@pytest.mark.parametrize(
    ("how", "login", "amr", "why"),
    [
        # It lets them through without asking again.
        ({"claims": {"auth_time": int(clock.now().timestamp()) - 300}}, "sam", "pwd mfa", Why.TOO_OLD),
        ({"claims": {"auth_time": int(clock.now().timestamp()) + 3600}}, "sam", "pwd mfa", Why.TOO_OLD),
        ({}, "sam", "pwd", Why.NO_FACTOR),
        ({}, "ann", "pwd mfa", Why.OTHER_IDENTITY),
        ({}, "stranger=sam", "pwd mfa", Why.OTHER_IDENTITY),
        ({}, "nobody", "pwd mfa", Why.OTHER_IDENTITY),
        ({}, "", "", Why.DECLINED),
    ],
)
@DOOR
@ON_ONE_DATABASE
def test_T17_what_does_not_confirm_is_said_and_logged_and_the_form_still_waits(
    how: dict[str, Any], login: str, amr: str, why: Why, provider: Provider, stale: Client,
    make_user: Callable[..., User], settings: Any,
) -> None:  # fmt: skip
    settings.CRAFFU_FACTOR_REQUIRED = True
    make_user("auditor", username="ann")
    stale.post("/door", {"what": "kept"})
    provider.new_browser()
    provider.spoil(**how)
    answer = confirm(stale, provider, login, "/account/confirm/provider?next=/door", amr=amr)
    provider.spoil()
    assert answer.headers["Location"] == f"/account/confirm?why={why}"
    page = text_of(stale.get(answer.headers["Location"]))
    assert "There is a problem" in page
    assert "What you had just sent is kept." in page
    assert rows("factor_refused") == [("factor_refused", "sam", why)]
    assert stale.get("/door").status_code == 302
    provider.new_browser()
    assert confirm(stale, provider).headers["Location"].startswith("/account/confirm/carry-on")


@pytest.mark.rule("SEC-03")
@DOOR
@ON_ONE_DATABASE
def test_T17_a_password_of_ours_confirms_nobody_who_signed_in_there(stale: Client) -> None:
    page = stale.post("/account/confirm", {"password": PASSWORD, "next": "/door"})
    assert "Sign in there once more to go on." in text_of(page)
    assert stale.get("/door").status_code == 302


@pytest.mark.rule("SEC-03")
@DOOR
@ON_ONE_DATABASE
def test_T17_a_silent_sign_in_opens_nothing_that_asks_for_a_fresh_one(provider: Provider, sam: User) -> None:
    client = Client()
    provider.spoil(claims={"auth_time": int(clock.now().timestamp()) - 3600})
    assert sign_in(client, provider).headers["Location"] == "/"
    assert client.get("/door").status_code == 302


@ON_ONE_DATABASE
def test_T17_whoever_was_signed_out_on_the_way_confirms_nothing(provider: Provider, stale: Client) -> None:
    address = provider.sign_in(set_out(stale, "/account/confirm/provider"), "sam")
    stale.post("/account/sign-out-everywhere")
    answer = come_back(stale, address)
    assert answer.headers["Location"].startswith("/sign-in")
    assert len(rows("factor_confirmed")) == 1


@pytest.mark.rule("SEC-03")
@ON_ONE_DATABASE
def test_T17_one_step_that_is_no_longer_enough_is_confirmed_there_and_not_set_up_here(
    provider: Provider, sam: User, settings: Any
) -> None:
    client = Client()
    sign_in(client, provider, amr="pwd")
    settings.CRAFFU_FACTOR_REQUIRED = True
    assert client.get("/").headers["Location"] == "/account/factors"
    assert client.get("/account/factors").headers["Location"] == "/account/confirm"
    assert confirm(client, provider).status_code == 302
    assert client.get("/").status_code == 200
