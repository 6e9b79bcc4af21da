"""Whither a webhook may go, how it is signed, when it is tried again, and how it stands (SEC-01; ADR 94)."""

import hashlib
import hmac
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from craffu.access.tokens.rules import Scope
from craffu.access.webhooks.rules import (
    MOST_TRIES,
    WAITS,
    Event,
    Facts,
    Standing,
    body_of,
    events_in,
    fault_in_address,
    has_arrived,
    kept,
    lacking,
    may_be_reached,
    networks_in,
    next_try,
    signature,
    standing,
)

pytestmark = pytest.mark.rule("SEC-01")
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
PROGRAMS = Path(__file__).parents[3] / "docs" / "programs.md"


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("https://screens.example.police.uk/craffu?x=1", None),
        ("https://screens.example.police.uk:8443", None),
        ("http://screens.example.police.uk/", "address_not_https"),
        ("ftp://screens.example.police.uk/", "address_not_https"),
        ("//screens.example.police.uk/", "address_not_https"),
        ("https:///craffu", "address_unfit"),
        ("https://name:word@screens.example.police.uk/", "address_unfit"),
        ("https://name@screens.example.police.uk/", "address_unfit"),
        ("https://screens.example.police.uk/#part", "address_unfit"),
        ("https://screens.example.police.uk:0/", "address_unfit"),
        ("https://screens.example.police.uk:port/", "address_unfit"),
        ("https://screens.example.police.uk/a b", "address_unfit"),
        ("https://screens.example.police.uk/\r\nHost: elsewhere", "address_unfit"),
        ("https://sgrîn.example.police.uk/", "address_unfit"),
        ("https://screens.example.police.uk/" + "a" * 300, "address_unfit"),
    ],
)
def test_an_address_is_https_and_whole_and_holds_no_word_that_lets_in(address: str, fault: str | None) -> None:
    assert fault_in_address(address) == fault


@pytest.mark.parametrize(
    "where",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "192.0.2.1", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "ff0e::1",
        # IPv4 within IPv6: mapped, as it once was, translated by this network's own gateway, through a tunnel.
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::10.0.0.1", "::ffff:0:10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1", "2002:a00:1::1", "2001:0:a00:1::",
        "0.0.0.0",  # noqa: S104 - refused
    ],
)  # fmt: skip
def test_an_address_of_a_network_of_ones_own_is_asked_only_where_it_is_named(where: str) -> None:
    assert not may_be_reached(where, ())
    assert not may_be_reached(where, networks_in("10.9.0.0/16"))
    assert may_be_reached(where, networks_in("0.0.0.0/0, ::/0"))


def test_a_public_address_is_asked_and_a_network_that_is_none_is_refused() -> None:
    assert may_be_reached("51.140.0.1", ())
    assert may_be_reached("2a01:111::1", ())
    assert may_be_reached("64:ff9b::51.140.0.1", ()), "as a network that has IPv6 alone asks it"
    assert may_be_reached("10.20.3.4", networks_in(" 10.20.0.0/16 , fd00::/8"))
    assert may_be_reached("fd00::7", networks_in("10.20.0.0/16,fd00::/8"))
    assert networks_in("") == ()
    with pytest.raises(ValueError):
        networks_in("10.20.0.1/16")


def test_what_is_sent_names_the_record_and_nothing_of_it_and_is_signed_with_its_time() -> None:
    body = body_of("ab12", Event.ORDER_CHANGED, "O-10001", NOW)
    assert json.loads(body) == {
        "id": "ab12",
        "event": "order.changed",
        "reference": "O-10001",
        "at": "2026-11-30T12:00:00Z",
    }
    said = dict(part.split("=") for part in signature("word", NOW, body).split(","))
    assert said["t"] == str(int(NOW.timestamp()))
    assert said["v1"] == hmac.new(b"word", f"{said['t']}.".encode() + body, hashlib.sha256).hexdigest()
    assert signature("word", NOW + timedelta(seconds=1), body) != signature("word", NOW, body)


def test_the_recipe_that_receivers_are_given_knows_what_is_ours_and_nothing_else() -> None:
    """docs/programs.md is what whoever receives it copies."""
    recipe = re.search(r"```python\n(.*?)```", PROGRAMS.read_text(encoding="utf-8"), re.DOTALL)
    assert recipe is not None
    given: dict[str, Any] = {}
    exec(recipe.group(1), given)  # noqa: S102  # our own document
    is_ours, body, now = given["is_ours"], b'{"id":"ab12"}', NOW.timestamp()
    said = signature("word", NOW, body)
    assert is_ours("word", said, body, now)
    for secret, header, content, at in (
        ("another", said, body, now), ("word", said, body + b" ", now), ("word", said, body, now + 301),
        ("word", said, body, now - 301), ("word", said.replace("v1=", "v2="), body, now), ("word", "", body, now),
        ("word", said.replace("t=", "t=1"), body, now), ("word", "t=,v1=", body, now),
        ("word", said[:-1] + "é", body, now), ("word", "t=-1,v1=x", body, now),
    ):  # fmt: skip
        assert not is_ours(secret, header, content, at), (secret, header, content, at)
    words = "after 1, 5 and 30 minutes, 2, 6, 12 and 24 hours; then the webhook stops"
    assert words in " ".join(PROGRAMS.read_text(encoding="utf-8").split())
    assert [one.total_seconds() / 60 for one in WAITS] == [1, 5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60]


def test_it_is_tried_again_ever_later_and_then_given_up() -> None:
    assert [next_try(tries, NOW) for tries in range(1, MOST_TRIES + 1)] == [*(NOW + one for one in WAITS), None]
    assert list(WAITS) == sorted(WAITS)
    assert timedelta(hours=40) < sum(WAITS, timedelta()) < timedelta(hours=48), "two days, as its page says"


@pytest.mark.parametrize(
    ("status", "arrived"), [(200, True), (204, True), (299, True), (300, False), (302, False), (199, False)]
)
def test_a_redirect_and_a_fault_are_no_arrival(status: int, arrived: bool) -> None:
    assert has_arrived(status) is arrived
    assert not has_arrived(None)


def test_it_is_told_while_it_is_approved_not_stopped_and_its_token_works() -> None:
    works = Facts(is_approved=True, is_stopped=False, is_ended=False, token_works=True)
    assert standing(works) is Standing.WORKS
    assert standing(Facts(True, False, False, False)) is Standing.NO_TOKEN
    assert standing(Facts(True, True, False, False)) is Standing.STOPPED
    assert standing(Facts(False, False, False, True)) is Standing.WAITS
    assert standing(Facts(True, True, True, True)) is Standing.ENDED


def test_its_token_must_read_all_that_it_is_told_of() -> None:
    about = events_in(kept(["order.changed", "breach.changed", "order.changed"]))
    assert about == {Event.ORDER_CHANGED, Event.BREACH_CHANGED}
    assert lacking(about, [Scope.READ_ORDERS]) == [Event.BREACH_CHANGED]
    assert lacking(about, [Scope.READ_ORDERS, Scope.READ_BREACHES, Scope.READ_WORK]) == []
    with pytest.raises(ValueError):
        kept(["person.changed"])
