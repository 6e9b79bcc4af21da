"""What an identity provider's word is worth: which sign-in it shows, how old that may be, whose account it means (T16, T17).

OpenID Connect Core 1.0, sections 2 and 3.1.3.7. Signature, issuer, audience, expiry and nonce are `protocol`'s to check.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from craffu.access.factors.rules import Proof


class Why(StrEnum):
    """Why a provider's sign-in was not accepted. Safe to log and to stand in an address: it says nothing about anybody."""

    # It gave no answer, or none that can be read.
    AWAY = "away"
    # Nobody here asked for this answer, or it came too late, or twice.
    NOT_ASKED = "not_asked"
    # It says itself that it did not sign the person in.
    DECLINED = "declined"
    # Its token does not hold: signature, issuer, audience, expiry or nonce.
    TOKEN = "token"  # noqa: S105  # the reason, not a secret
    # Signed in there too long ago for what was asked.
    TOO_OLD = "too_old"
    # No second factor was shown where one is asked for.
    NO_FACTOR = "no_factor"
    # The person has no account of this force, or it is closed.
    NO_ACCOUNT = "no_account"
    # The account belongs to another identity of the provider's.
    OTHER_IDENTITY = "other_identity"


class NotAccepted(Exception):
    """A provider's sign-in was not accepted. Nothing that the provider said goes with it."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Said:
    """What a token says that holds: who, by the provider's own mark and by name, when they signed in there, and how."""

    issuer: str
    subject: str
    name: str
    signed_in_at: datetime
    context: str
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person was sent to the provider for: the latest sign-in there that is old enough to be accepted."""

    at: datetime
    oldest: timedelta


def proof_shown(said: Said, contexts: Collection[str], methods: Collection[str]) -> Proof:
    """What a sign-in there proves here: with a second factor where its `acr` or one of its `amr` is known to mean one."""
    is_second = said.context in contexts or not set(methods).isdisjoint(said.methods)
    return Proof.PROVIDER if is_second else Proof.PROVIDER_ONE


def is_recent(said: Said, asked: Asked, skew: timedelta, now: datetime) -> bool:
    """Whether the person signed in there lately enough: no longer ago than asked, and not in time to come.

    The two clocks may differ by `skew`.
    """
    return asked.at - asked.oldest - skew <= said.signed_in_at <= now + skew


def account_name(name: str, domain: str) -> str:
    """The account that a name of the provider's means, or nothing: small letters, without the one domain that is ours.

    So `Jane.Doe@force.example` is jane.doe where that is the domain, and nobody where it is not.
    """
    local, at, after = name.strip().lower().rpartition("@")
    if not at:
        return "" if domain else after
    return local if domain and after == domain.lower() else ""


# Two clocks that differ by more are not both kept.
MOST_SKEW = 300
NEEDED = {"issuer": "ISSUER", "client_id": "CLIENT_ID", "client_secret": "CLIENT_SECRET"}
PREFIX = "CRAFFU_OIDC_"


def is_safe_address(address: str, *, may_be_here: bool) -> bool:
    """Whether something secret may be sent there: encrypted, or, where that may be, to this machine itself."""
    parts = urlsplit(address)
    is_here = may_be_here and parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
    return bool(parts.hostname) and (parts.scheme == "https" or is_here)


def faults(given: Mapping[str, str], *, only_for: str, may_be_here: bool) -> list[str]:
    """What is wrong with the settings of a provider, each a sentence that says what to do; nothing where there is none.

    `given` are the settings by name, `only_for` is the account that local sign-in is left to.
    """
    named = [name for name in NEEDED if given[name]]
    if not named:
        left = [f"{PREFIX}{name.upper()} is set and {PREFIX}ISSUER is not: set it, or take the others away."
                for name in ("username_domain", "acr") if given[name]][:1]  # fmt: skip
        alone = (
            "Local sign-in is left to one account (CRAFFU_LOCAL_SIGN_IN) and there is no identity provider: everybody"
        )
        return [*left, *([f"{alone} else is locked out. Set {PREFIX}ISSUER, or take it away."] if only_for else [])]
    missing = [PREFIX + word for name, word in NEEDED.items() if not given[name]]
    found = [f"Sign-in by an identity provider is half set: {', '.join(missing)} is not set."] if missing else []
    if given["issuer"] and not is_safe_address(given["issuer"], may_be_here=may_be_here):
        found.append(f"{PREFIX}ISSUER does not begin with https://: anybody on the way could sign in as anybody.")
    if not (given["skew"].isascii() and given["skew"].isdigit() and int(given["skew"]) <= MOST_SKEW):
        found.append(f"{PREFIX}SKEW is not a number of seconds from 0 to {MOST_SKEW}.")
    if "openid" not in given["scope"].split():
        found.append(f"{PREFIX}SCOPE does not ask for openid: without it there is no token that says who signed in.")
    if not given["username_claim"]:
        found.append(f"{PREFIX}USERNAME_CLAIM is empty: say which claim is the username.")
    return found
