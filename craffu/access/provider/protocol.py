"""Talking with the identity provider: OpenID Connect's code flow, with discovery, PKCE, state and nonce.

Whatever goes wrong becomes a `Why`, and nothing of what the provider said goes into a log or an address (SEC-06).
"""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from craffu.access.provider.configuration import Configuration, may_be_here
from craffu.access.provider.library import library
from craffu.access.provider.rules import NotAccepted, Said, Why, is_safe_address

# Seconds: to connect, and between two parts of an answer.
PATIENCE = (3.05, 6)
KNOWN_FOR = 600.0
# A provider that gave no answer is not asked again for so long, so that people do not wait for it in a row.
LEFT_ALONE_FOR = 5.0
# What an answer of the wrong shape raises, beside the libraries' own.
ODD = (ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError)
# Signatures that whoever checks them cannot make.
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
OPTIONAL = ("userinfo_endpoint", "end_session_endpoint")


@dataclass(frozen=True, slots=True)
class Known:
    """What the provider says of itself, its public keys, and when it was asked."""

    metadata: Mapping[str, Any]
    keys: Any
    at: float


@dataclass(frozen=True, slots=True)
class Journey:
    """One way to the provider and back: what its answer must bring again, and what only we know."""

    state: str
    nonce: str
    verifier: str
    back: str


_known: dict[str, Known] = {}
_silent: dict[str, float] = {}
_asking = threading.Lock()


def forget() -> None:
    """Ask anew next time."""
    _known.clear()
    _silent.clear()


@contextmanager
def _or(why: Why) -> Iterator[None]:
    """What an answer that is missing or makes no sense becomes."""
    try:
        yield
    except (*library.faults, *ODD):
        raise NotAccepted(why) from None


def _session(here: Configuration, method: str = "client_secret_basic") -> Any:
    return library.OAuth2Session(
        here.client_id,
        here.client_secret,
        scope=here.scope,
        token_endpoint_auth_method=method,
        code_challenge_method="S256",
        default_timeout=PATIENCE,
    )


def _json(session: Any, address: str) -> Any:
    answer = session.get(address, withhold_token=True, allow_redirects=False)
    if answer.status_code != 200:
        raise ValueError("no answer")
    return answer.json()


def known(here: Configuration, *, anew: bool = False) -> Known:
    """What the provider says of itself, asked every ten minutes at most, or `anew`. Raises NotAccepted where that is not fit."""
    with _asking:
        found = _known.get(here.issuer)
        if found and not anew and time.monotonic() < found.at + KNOWN_FOR:
            return found
        if time.monotonic() < _silent.get(here.issuer, 0) + LEFT_ALONE_FOR:
            raise NotAccepted(Why.AWAY)
        _silent[here.issuer] = time.monotonic()
        with _or(Why.AWAY), _session(here) as session:
            metadata = _json(session, f"{here.issuer.rstrip('/')}/.well-known/openid-configuration")
            addresses = [metadata[name] for name in NEEDED] + [metadata[name] for name in OPTIONAL if name in metadata]
            if metadata["issuer"] != here.issuer:
                raise ValueError("another issuer")
            if not all(is_safe_address(address, may_be_here=may_be_here()) for address in addresses):
                raise ValueError("an address that is not safe")
            keys = library.KeySet.import_key_set(_json(session, metadata["jwks_uri"]))
        del _silent[here.issuer]
        _known[here.issuer] = Known(metadata, keys, time.monotonic())
        return _known[here.issuer]


def way_there(here: Configuration, journey: Journey, *, oldest: int, again: bool) -> str:
    """The address that the person goes to. `oldest` is how long ago they may have signed in there, in seconds; or `again`, now.

    It names nobody: no hint of who they are is in it.
    """
    asked: dict[str, Any] = {"max_age": oldest}
    if again:
        asked["prompt"] = "login"
    if here.contexts:
        asked["acr_values"] = " ".join(here.contexts)
    address, _ = _session(here).create_authorization_url(
        known(here).metadata["authorization_endpoint"],
        state=journey.state,
        redirect_uri=journey.back,
        code_verifier=journey.verifier,
        nonce=journey.nonce,
        **asked,
    )
    return str(address)


def said(here: Configuration, journey: Journey, answer: Mapping[str, str], now: datetime) -> Said:
    """Who signed in there, by the answer that the person's browser brought back. Raises NotAccepted."""
    there = known(here)
    if answer.get("error"):
        raise NotAccepted(Why.DECLINED)
    metadata = there.metadata
    must_name = metadata.get("authorization_response_iss_parameter_supported") is True
    if answer.get("iss", "" if must_name else here.issuer) != here.issuer or not answer.get("code"):
        raise NotAccepted(Why.TOKEN)
    with _session(here, _method(metadata)) as session:
        token = _redeemed(session, metadata["token_endpoint"], journey, answer["code"])
        with _or(Why.TOKEN):
            claims = _checked(here, there, token, journey, now)
            signed_in_at = datetime.fromtimestamp(claims["auth_time"], UTC)
        with _or(Why.AWAY):
            name = _name(here, there, session, token, claims)
    methods = tuple(one for one in claims.get("amr") or () if isinstance(one, str))
    return Said(here.issuer, str(claims["sub"]), name, signed_in_at, str(claims.get("acr") or ""), methods)


def _method(metadata: Mapping[str, Any]) -> str:
    """How we say who we are: in a header, unless the provider only takes it with the form."""
    offered = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return "client_secret_basic" if "client_secret_basic" in offered else "client_secret_post"


def _redeemed(session: Any, address: str, journey: Journey, code: str) -> Mapping[str, Any]:
    """The tokens for a code, which is good once."""
    try:
        token: Mapping[str, Any] = session.fetch_token(
            address,
            grant_type="authorization_code",
            code=code,
            redirect_uri=journey.back,
            code_verifier=journey.verifier,
            allow_redirects=False,
        )
    except library.OAuthError:
        # It answered, and not with a token: the code is wrong, was used, or is too old.
        raise NotAccepted(Why.TOKEN) from None
    except (*library.faults, *ODD):
        raise NotAccepted(Why.AWAY) from None
    return token


def _checked(here: Configuration, there: Known, token: Mapping[str, Any], journey: Journey, now: datetime) -> Any:
    """What the ID token says, if all of it holds. A key that is not known yet is asked for once."""
    try:
        decoded = library.decode(token["id_token"], there.keys, algorithms=list(SIGNATURES))
    except (*library.faults, *ODD):
        decoded = library.decode(token["id_token"], known(here, anew=True).keys, algorithms=list(SIGNATURES))
    claims = library.CodeIDToken(
        decoded.claims,
        decoded.header,
        {"iss": {"essential": True, "value": here.issuer}, "aud": {"essential": True, "value": here.client_id}},
        {
            "nonce": journey.nonce,
            "client_id": here.client_id,
            "max_age": True,
            "access_token": token.get("access_token"),
        },
    )
    claims.validate(now=int(now.timestamp()), leeway=int(here.skew.total_seconds()))
    return claims


def _name(here: Configuration, there: Known, session: Any, token: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
    """The claim that is the username, out of the token or, where it is not in it, from where the provider tells more."""
    if here.username_claim not in claims and "userinfo_endpoint" in there.metadata:
        session.token = token
        answer = session.get(there.metadata["userinfo_endpoint"], allow_redirects=False)
        told = answer.json() if answer.status_code == 200 else {}
        # Somebody else's would be told to whoever swapped the tokens (OpenID Connect Core 1.0, section 5.3.2).
        claims = told if told.get("sub") == claims["sub"] else {}
    name = claims.get(here.username_claim)
    return name if isinstance(name, str) else ""


def way_out(here: Configuration, back: str) -> str:
    """The address where the person signs out at the provider too, and comes `back`; empty where it offers none, or is away.

    The token, which would spare a question there, stays out of the address: it holds their name.
    """
    try:
        address = str(known(here).metadata.get("end_session_endpoint", ""))
    except NotAccepted:
        return ""
    asked = urlencode({"client_id": here.client_id, "post_logout_redirect_uri": back})
    return f"{address}{'&' if '?' in address else '?'}{asked}" if address else ""
