"""Around every request of somebody signed in: is the session open (T16), were the terms accepted, the factors (T17)."""

from collections.abc import Callable
from http import HTTPStatus
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.actions import record_refusal
from craffu.access.factors.rules import must_enrol
from craffu.access.later import together
from craffu.access.models import User
from craffu.access.pace.keeping import Pace
from craffu.access.policies import FactorNotFresh, proof_of
from craffu.access.rules import Over
from craffu.access.sessions.actions import see_session
from craffu.access.sessions.models import SignInSession
from craffu.access.sessions.queries import TERMS, find_session, terms_accepted_at, why_ended
from craffu.access.standing import told_of
from craffu.access.tokens.actions import note_use
from craffu.access.tokens.queries import Opened, opened_by
from craffu.access.tokens.rules import secret_in
from craffu.access.wall.reach import account_numbered, working_for
from craffu.common import clock
from craffu.common.problems import told
from craffu.common.refusals import Refusal
from craffu.web.access.stepping_up import ask_to_confirm
from craffu.web.access.ways import ACCEPTED, SEEN, way_back
from craffu.web.errors import refused
from craffu.web.programs import asks_as_program, is_api

UNAUTHORIZED = HTTPStatus.UNAUTHORIZED
PACE = Pace()
type Respond = Callable[[HttpRequest], HttpResponse]

# Why a session ended that its person is told. Whose account was closed is told nothing.
TOLD = frozenset({Over.IDLE, Over.TOO_LONG, Over.EVERYWHERE, Over.PASSWORD, Over.FACTORS})
# Pages that somebody who has not accepted the terms may use.
WITHOUT_TERMS = frozenset({"terms", "sign_out", "account_stay"})
# Pages that somebody who must set up a second factor may use: those where it is done.
WITHOUT_FACTOR = WITHOUT_TERMS | {
    "account_factors",
    "account_app",
    "account_passkey",
    "account_factor_remove",
    "account_confirm",
    "provider_confirm",
    "account_carry_on",
}


class TokenMiddleware:
    """Who asks the API by a token asks as its owner, and by nothing else: what a browser sent along is not looked at (ADR 91).

    No other site can send the header without our leave, so that a question by token needs no word from a form of ours.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.opened = None  # type: ignore[attr-defined]
        if is_api(request) and settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return told(
                "not_encrypted", "Ask by https. What was sent came in the clear: end its token.", HTTPStatus.FORBIDDEN
            )
        header = request.headers.get("Authorization")
        if header is None or not is_api(request):
            return self.respond(request)
        secret = secret_in(header)
        found = opened_by(secret, clock.now()) if secret else None
        if found is None:
            return told("token_unknown", "This token opens nothing: it is wrong, not approved, or over.", UNAUTHORIZED)
        request.COOKIES.clear()
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        request.opened = found  # type: ignore[attr-defined]
        # So that each row of the log says by which token.
        request.request_id = f"{found.token.reference}/{request.request_id}"  # type: ignore[attr-defined]
        note_use(found.token)
        return self.respond(request)


class SessionMiddleware:
    """A session that is over is emptied at once: its identifier opens nothing again.

    Whose it is says for which force the request works: until then the database shows that one account and nothing else.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.session_over = request.sign_in = request.said = None  # type: ignore[attr-defined]
        opened: Opened | None = request.opened  # type: ignore[attr-defined]
        if opened is not None:
            request.user = opened.user
            with working_for(opened.user.force_id):
                return self.respond(request)
        if SESSION_KEY not in request.session:
            return self.respond(request)
        account, key = request.session[SESSION_KEY], request.session.session_key or ""
        with account_numbered(account):
            # The account itself: Django's own stands behind a proxy, which every use of it goes through again.
            user = request.user = get_user(request)
        if not isinstance(user, User):
            # The account was closed, or its password is another: given elsewhere by the person, or by other means.
            return self._after(request, why_ended(int(account), key) or Over.CLOSED)
        with working_for(user.force_id):
            return self._after(request, _session_or_why_over(request, user))

    def _after(self, request: HttpRequest, found: SignInSession | Over) -> HttpResponse:
        if isinstance(found, Over):
            logout(request)
            request.session_over = found  # type: ignore[attr-defined]
        else:
            request.sign_in = found  # type: ignore[attr-defined]
        return self.respond(request)


def _session_or_why_over(request: HttpRequest, user: User) -> SignInSession | Over:
    """Asked together with what stands of whoever it is, which every page of a session that is open waits for."""
    key = request.session.session_key or ""
    found, said = find_session(user, key), told_of(user)
    together(found, said)
    request.said = said  # type: ignore[attr-defined]
    return see_session(user=user, key=key, request=request.request_id, found=found)  # type: ignore[attr-defined]


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Without a session: to the sign-in page, which says why and leads back to the page the person was on."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        if asks_as_program(request):
            return told("sign_in", "Send a token (Authorization: Bearer craffu_...), or sign in.", UNAUTHORIZED)
        asked = {"next": way_back(request)}
        over: Over | None = request.session_over  # type: ignore[attr-defined]
        if over in TOLD:
            asked["over"] = over
        if request.method not in SEEN:
            asked["sent"] = "1"
        return HttpResponseRedirect(f"{reverse('sign_in')}?{urlencode(asked, safe='/')}")


def _is_open(request: HttpRequest, view: Any, but: frozenset[str]) -> bool:
    """Whether a page may be opened by somebody who has not done what the others ask for."""
    match = request.resolver_match
    return not getattr(view, "login_required", True) or (match is not None and match.url_name in but)


class PaceMiddleware:
    """Nobody reads the register by asking for all of it fast: beyond so many askings a minute they wait (SEC-01).

    The first refusal of each time is a row of the log.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        by: Acting | None = request.acting  # type: ignore[attr-defined]
        if not settings.CRAFFU_PACE or by is None:
            return self.respond(request)
        opened: Opened | None = request.opened  # type: ignore[attr-defined]
        who = opened.token.reference if opened else by.actor.name
        answer = PACE.ask(who, monotonic(), settings.CRAFFU_PACE)
        if answer.may_ask:
            return self.respond(request)
        if answer.is_first_refusal:
            record_refusal(by=by, refs=[f"user/{by.actor.name}"], reason=TooFast.name)
        response = refused(request, TooFast())
        response.headers["Retry-After"] = "60"
        return response


class TooFast(Refusal):
    """Somebody asks faster than people do."""

    name = "too_fast"
    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self) -> None:
        super().__init__(self.name, _("You asked very often within a minute. Wait a minute, then go on."))


class FactorMiddleware:
    """Who must set up a second factor does that first: who has none where one is required, or came in by a recovery code."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        session: SignInSession | None = request.sign_in  # type: ignore[attr-defined]
        if session is None or _is_open(request, view, WITHOUT_FACTOR):
            return None
        if not must_enrol(proof_of(session), is_required=settings.CRAFFU_FACTOR_REQUIRED):
            return None
        if asks_as_program(request):
            return told("no_second_factor", "Set up a second factor first.", HTTPStatus.FORBIDDEN)
        return redirect("account_factors")


class TermsMiddleware:
    """Nobody uses Craffu before they have read what their use means. A session that began here knows it."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        is_open = _is_open(request, view, WITHOUT_TERMS)
        if is_open or not isinstance(request.user, User) or request.session.get(ACCEPTED) == TERMS:
            return None
        if terms_accepted_at(request.user) is not None:
            return None
        if asks_as_program(request):
            return told("terms_not_accepted", "Read and accept the terms of use first.", HTTPStatus.FORBIDDEN)
        return redirect(f"{reverse('terms')}?{urlencode({'next': way_back(request)}, safe='/')}")


class StepUpMiddleware:
    """What asks for a fresh factor, in a view or in an action, sends the person to confirm and back (T17)."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        # A program is told as of any refusal.
        if is_api(request) or not isinstance(exception, FactorNotFresh):
            return None
        return ask_to_confirm(request)
