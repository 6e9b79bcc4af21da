"""What an identity provider's word is worth, and what is wrong with the settings of one."""

from datetime import UTC, datetime, timedelta

import pytest

from craffu.access.factors.rules import Proof, counts_as_factor, may_enrol, must_enrol
from craffu.access.provider.rules import (
    Asked,
    Said,
    account_name,
    faults,
    is_recent,
    is_safe_address,
    proof_shown,
)

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
A_MOMENT, SKEW = timedelta(microseconds=1), timedelta(minutes=1)


def said(at: datetime = NOW, context: str = "", methods: tuple[str, ...] = ()) -> Said:
    return Said("https://idp.example", "1", "sam", at, context, methods)


@pytest.mark.parametrize(
    ("context", "methods", "proof"),
    [
        ("", (), Proof.PROVIDER_ONE),
        ("", ("pwd",), Proof.PROVIDER_ONE),
        ("one", ("pwd",), Proof.PROVIDER_ONE),
        ("two", (), Proof.PROVIDER),
        ("", ("pwd", "mfa"), Proof.PROVIDER),
    ],
)
def test_T17_a_second_factor_is_what_was_agreed_to_mean_one(
    context: str, methods: tuple[str, ...], proof: Proof
) -> None:
    assert proof_shown(said(context=context, methods=methods), ("two",), ("mfa", "hwk")) is proof


def test_T17_an_empty_context_agrees_with_nothing() -> None:
    assert proof_shown(said(), (), ()) is Proof.PROVIDER_ONE


@pytest.mark.parametrize(
    ("at", "oldest", "is_fine"),
    [
        (NOW - SKEW, timedelta(0), True),
        (NOW - SKEW - A_MOMENT, timedelta(0), False),
        (NOW + SKEW, timedelta(0), True),
        (NOW + SKEW + A_MOMENT, timedelta(0), False),
        (NOW - timedelta(hours=10) - SKEW, timedelta(hours=10), True),
        (NOW - timedelta(hours=10) - SKEW - A_MOMENT, timedelta(hours=10), False),
    ],
)
def test_T17_a_sign_in_there_is_no_older_than_asked_and_not_in_time_to_come(
    at: datetime, oldest: timedelta, is_fine: bool
) -> None:
    assert is_recent(said(at), Asked(NOW, oldest), SKEW, NOW) is is_fine


@pytest.mark.parametrize(
    ("name", "domain", "account"),
    [
        ("sam", "", "sam"),
        (" Sam ", "", "sam"),
        ("sam@force.example", "", ""),
        ("sam@force.example", "force.example", "sam"),
        ("Sam@Force.Example", "FORCE.example", "sam"),
        ("sam@other.example", "force.example", ""),
        ("sam@x@force.example", "force.example", "sam@x"),
        ("sam", "force.example", ""),
        ("", "", ""),
    ],
)
def test_a_name_means_an_account_of_the_one_domain_only(name: str, domain: str, account: str) -> None:
    assert account_name(name, domain) == account


@pytest.mark.parametrize(
    ("address", "elsewhere", "here"),
    [
        ("https://idp.example/a", True, True),
        ("http://idp.example/a", False, False),
        ("http://127.0.0.1:9/a", False, True),
        ("http://localhost/a", False, True),
        ("http://[::1]/a", False, True),
        ("https:///a", False, False),
        ("ftp://127.0.0.1/", False, False),
        ("", False, False),
    ],
)
def test_nothing_secret_goes_unencrypted_over_a_network(address: str, elsewhere: bool, here: bool) -> None:
    assert is_safe_address(address, may_be_here=False) is elsewhere
    assert is_safe_address(address, may_be_here=True) is here


WHOLE = {
    "issuer": "https://idp.example", "client_id": "craffu", "client_secret": "x", "client_secret_file": "", "name": "",
    "scope": "openid profile", "username_claim": "preferred_username", "username_domain": "", "acr": "", "amr": "mfa",
    "skew": "60",
}  # fmt: skip
NOTHING = {**WHOLE, "issuer": "", "client_id": "", "client_secret": ""}


@pytest.mark.parametrize(
    ("given", "only_for", "words"),
    [
        (WHOLE, "", []),
        (WHOLE, "boss", []),
        (NOTHING, "", []),
        (NOTHING, "boss", ["everybody else is locked out"]),
        ({**NOTHING, "acr": "two"}, "", ["CRAFFU_OIDC_ACR is set"]),
        ({**NOTHING, "acr": "two", "username_domain": "x"}, "", ["CRAFFU_OIDC_USERNAME_DOMAIN is set"]),
        ({**NOTHING, "client_id": "craffu"}, "", ["CRAFFU_OIDC_ISSUER, CRAFFU_OIDC_CLIENT_SECRET is not set"]),
        ({**WHOLE, "client_secret": ""}, "", ["CRAFFU_OIDC_CLIENT_SECRET is not set"]),
        ({**WHOLE, "issuer": "http://idp.example"}, "", ["https://"]),
        ({**WHOLE, "skew": "soon"}, "", ["CRAFFU_OIDC_SKEW"]),
        ({**WHOLE, "skew": "300"}, "", []),
        ({**WHOLE, "skew": "301"}, "", ["CRAFFU_OIDC_SKEW"]),
        ({**WHOLE, "skew": "²"}, "", ["CRAFFU_OIDC_SKEW"]),
        ({**WHOLE, "scope": "profile"}, "", ["openid"]),
        ({**WHOLE, "username_claim": "", "scope": ""}, "", ["openid", "CRAFFU_OIDC_USERNAME_CLAIM"]),
    ],
)
def test_what_is_wrong_with_the_settings_is_said(given: dict[str, str], only_for: str, words: list[str]) -> None:
    found = faults(given, only_for=only_for, may_be_here=False)
    assert len(found) == len(words), found
    assert all(word in one for word, one in zip(words, found, strict=True))


def test_T17_a_step_there_counts_like_a_step_here() -> None:
    day = timedelta(days=1)
    for is_required in (False, True):
        assert counts_as_factor(Proof.PROVIDER, is_required=is_required)
        assert counts_as_factor(Proof.PROVIDER_ONE, is_required=is_required) is not is_required
        assert not must_enrol(Proof.PROVIDER, is_required=is_required)
        assert must_enrol(Proof.PROVIDER_ONE, is_required=is_required) is is_required
    assert not may_enrol(Proof.PROVIDER_ONE, NOW, has_factor=True, lasts=day, now=NOW)
    assert may_enrol(Proof.PROVIDER, NOW, has_factor=True, lasts=day, now=NOW)
