"""Proving again who one is. Guessing here is held back like guessing at the door, by the same counts (T15)."""

from collections.abc import Callable

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.http.request import split_domain_port

from craffu.access import events
from craffu.access.factors.actions import ask_passkey, use_app_code, use_passkey
from craffu.access.factors.models import Purpose
from craffu.access.factors.passkeys import Site, WrongAnswer, options_to_use
from craffu.access.factors.queries import Factors
from craffu.access.factors.rules import Proof
from craffu.access.models import User
from craffu.access.signing_in.actions import begin_try, record_failed_try, take_back
from craffu.audit.events import EventKind
from craffu.web.access.clients import came_from
from craffu.web.middleware import acting

type Given = dict[str, str]


def reader(request: HttpRequest) -> User:
    """Who is signed in."""
    user = acting(request).user
    assert user is not None, "only a person signs in"  # noqa: S101  # for the types
    return user


def site(request: HttpRequest) -> Site:
    """Where the request was sent to: what a passkey is bound to."""
    return Site(split_domain_port(request.get_host())[0], f"{request.scheme}://{request.get_host()}")


def renew_key(request: HttpRequest) -> tuple[str, str]:
    """The session's identifier until now, and a new one in its place, for what comes after a proof."""
    old = request.session.session_key or ""
    request.session.cycle_key()
    return old, request.session.session_key or ""


def passkey_options(request: HttpRequest, user: User, factors: Factors, purpose: Purpose) -> str:
    """What the page's script asks one of somebody's passkeys, as JSON; empty without a passkey."""
    if not factors.passkeys:
        return ""
    challenge = ask_passkey(user=user, key=request.session.session_key or "", purpose=purpose)
    return options_to_use(site(request), factors.passkeys, challenge)


def is_own_password(request: HttpRequest, typed: str, refused: EventKind = events.FACTOR_REFUSED) -> bool:
    return is_proved(request, lambda: reader(request).check_password(typed), refused)


def is_proved(request: HttpRequest, is_right: Callable[[], bool], refused: EventKind = events.FACTOR_REFUSED) -> bool:
    """Whether what somebody signed in gave is right, and was not held back. Either way takes one hash at least."""
    user = reader(request)
    tried = begin_try(user=user, came_from=came_from(request))
    if tried.held:
        make_password("")
    elif is_right():
        take_back(tried=tried, user=user)
        return True
    record_failed_try(tried=tried, request=acting(request).request, kind=refused)
    return False


def proof_given(request: HttpRequest, user: User, purpose: Purpose, given: Given) -> Proof | None:
    """What a code or a passkey's answer proves, if it is right. Each is good once."""
    if given["answer"]:
        key = request.session.session_key or ""
        try:
            use_passkey(user=user, site=site(request), key=key, purpose=purpose, answer=given["answer"])
        except WrongAnswer:
            return None
        return Proof.PASSKEY
    return Proof.CODE if use_app_code(user=user, code=given["code"]) else None
