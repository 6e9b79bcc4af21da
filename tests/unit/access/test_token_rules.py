"""What an API token looks like, and whether it works (SEC-01; ADR 91)."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from craffu.access.tokens.rules import Facts, Scope, Standing, digest, kept, scopes_in, secret_in, standing

pytestmark = pytest.mark.rule("SEC-01")

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)
SECRET = "craffu_" + "aB3-_" * 8 + "xyz"


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (Facts(None, is_ended=False), Standing.WAITS),
        (Facts(NOW + TICK, is_ended=False), Standing.WORKS),
        (Facts(NOW, is_ended=False), Standing.EXPIRED),
        (Facts(NOW - TICK, is_ended=False), Standing.EXPIRED),
        (Facts(NOW + TICK, is_ended=True), Standing.ENDED),
        (Facts(None, is_ended=True), Standing.ENDED),
    ],
)
def test_it_works_from_its_approval_to_its_last_moment(facts: Facts, found: Standing) -> None:
    assert standing(facts, NOW) is found


@pytest.mark.parametrize("header", [f"Bearer {SECRET}", f"bearer {SECRET}", f" Bearer {SECRET} "])
def test_a_secret_stands_in_its_header(header: str) -> None:
    assert secret_in(header) == SECRET


@pytest.mark.parametrize(
    "header",
    [
        "", SECRET, f"Basic {SECRET}", f"Bearer  {SECRET}", f"Bearer {SECRET}x", f"Bearer {SECRET[:-1]}", "Bearer craffu_",
        f"Bearer {SECRET[:-1]}é", f"Bearer {SECRET} x",
    ],
)  # fmt: skip
def test_anything_else_carries_none(header: str) -> None:
    assert secret_in(header) is None


def test_what_a_token_may_be_for_is_called_so_for_ever() -> None:
    """Kept with each token and part of the contract of the API: one that is renamed ends every token that has it."""
    areas = {
        "people": "read", "cases": "read", "orders": "read write disclose", "breaches": "read write", "work": "read",
        "measures": "read", "victims": "read write", "views": "read write", "prevention": "read write",
        "scrutiny": "read write", "letters": "read write", "safety": "read write", "meetings": "read write",
        "advocates": "read", "promises": "read", "initiatives": "read", "champions": "read", "published": "read",
    }  # fmt: skip
    assert {one.value for one in Scope} == {f"{area}.{way}" for area, ways in areas.items() for way in ways.split()}


def test_of_a_secret_its_hash_is_kept_and_of_scopes_lines() -> None:
    assert digest(SECRET) == hashlib.sha256(SECRET.encode()).hexdigest()
    assert kept(["orders.read", "people.read", "orders.read"]) == "orders.read\npeople.read"
    assert scopes_in("orders.read\npeople.read") == {Scope.READ_ORDERS, Scope.READ_PEOPLE}
    assert scopes_in("") == frozenset()
    with pytest.raises(ValueError, match="everything"):
        kept(["everything"])
