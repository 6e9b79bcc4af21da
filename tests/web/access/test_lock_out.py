"""T15 at the page: whoever is refused, and why, cannot be told from the words or the work; a device's mark names nobody."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse
from django.utils import translation

from craffu.access.models import User
from craffu.access.signing_in.models import SignInTry
from craffu.web.access.clients import COOKIE
from tests.web.conftest import text_of

PASSWORD, WRONG = "a long pass phrase for tests", "wrong"


@pytest.fixture
def sam(make_user: Callable[..., User]) -> User:
    return make_user("analyst", username="sam", password=PASSWORD)


def attempt(client: Client, username: str, password: str = WRONG, address: str = "198.51.100.9", **more: str) -> Any:
    given = {"username": username, "password": password}
    with translation.override("en"):
        path = reverse("sign_in")
    return client.post(path, given, REMOTE_ADDR=address, **more)


def hold_back(client: Client, username: str = "sam") -> None:
    for _ in range(5):
        attempt(client, username)


def shown(response: Any) -> str:
    """The page without its random parts and without the name that was typed."""
    return re.sub(r'nonce="[^"]*"|value="[^"]*"', "", response.content.decode())


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each time a password was hashed."""
    made: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> Any:
        made.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return made


def test_T15_an_unknown_a_wrong_a_closed_and_a_held_back_sign_in_look_and_cost_the_same(
    sam: User,
    make_user: Callable[..., User],
    hashes: list[str],
    frozen_clock: time_machine.Traveller,
    django_assert_num_queries: Any,
) -> None:
    from craffu.common.door import bookkeeping

    left = make_user("analyst", username="left", password=PASSWORD)
    bookkeeping(lambda: User.objects.filter(pk=left.pk).update(is_active=False))()
    make_user("analyst", username="held", password=PASSWORD)
    hold_back(Client(), "held")
    attempt(Client(), "warm-up")
    pages = {}
    for name, password in {"nobody": PASSWORD, "sam": "wrong", "left": PASSWORD, "held": PASSWORD}.items():
        hashes.clear()
        pages[name] = attempt(Client(), name, password)
        assert len(hashes) == 1, name
    assert {page.status_code for page in pages.values()} == {200}
    assert len({shown(page) for page in pages.values()}) == 1
    assert len({tuple(sorted(page.cookies)) for page in pages.values()}) == 1
    assert "After several wrong tries, wait a few minutes first." in text_of(pages["nobody"])


@pytest.mark.rule("SEC-04")
def test_T15_the_rightful_holder_gets_in_from_elsewhere_while_the_attacker_waits(
    sam: User, client: Client, frozen_clock: time_machine.Traveller
) -> None:
    hold_back(client)
    assert attempt(client, "sam", PASSWORD).status_code == 200
    assert attempt(Client(), "sam", PASSWORD, address="192.0.2.1").status_code == 302


def test_T15_a_device_that_signed_in_before_gets_in_from_the_attackers_own_address(
    sam: User, client: Client, frozen_clock: time_machine.Traveller
) -> None:
    attempt(client, "sam", PASSWORD, address="192.0.2.1")
    with translation.override("en"):
        client.post(reverse("sign_out"))
    hold_back(Client())
    assert attempt(Client(), "sam", PASSWORD).status_code == 200
    assert attempt(client, "sam", PASSWORD).status_code == 302


def test_the_mark_of_a_device_is_signed_names_nobody_and_is_kept_from_scripts(sam: User, client: Client) -> None:
    cookie = attempt(client, "sam", PASSWORD).cookies[COOKIE]
    assert re.fullmatch(r"[0-9a-f]{32}:\w+:[\w-]+", cookie.value)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    forged = Client()
    forged.cookies[COOKIE] = cookie.value[:-1] + ("A" if cookie.value[-1] != "A" else "B")
    hold_back(Client())
    assert attempt(forged, "sam", PASSWORD).status_code == 200
    assert client.post("/sign-out").status_code == 302
    again = attempt(client, "sam", PASSWORD).cookies[COOKIE]
    assert again.value.partition(":")[0] == cookie.value.partition(":")[0], "one mark for one device"


def test_behind_a_proxy_only_the_address_that_the_proxy_wrote_is_believed(sam: User, settings: Any) -> None:
    def tried_from(header: str) -> str:
        attempt(Client(), "sam", address="10.0.0.1", headers={"X-Forwarded-For": header})  # type: ignore[arg-type]
        return str(SignInTry.objects.values_list("address", flat=True).last())

    plain = tried_from("203.0.113.1")
    assert plain == tried_from("203.0.113.2")
    settings.CRAFFU_BEHIND_PROXY = True
    first, same, other = map(tried_from, ("203.0.113.1", "192.0.2.99, 203.0.113.1", "203.0.113.1, 192.0.2.99"))
    assert first == same
    assert len({plain, first, other}) == 3
