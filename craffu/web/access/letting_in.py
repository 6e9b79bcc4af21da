"""A right password, and the second step where the person has a second factor; or a provider's word. Then the session."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language, override

from craffu.access.factors.rules import Proof
from craffu.access.models import User
from craffu.access.provider.actions import sign_in
from craffu.access.provider.rules import NotAccepted, Said
from craffu.access.sessions.queries import TERMS, terms_accepted_at
from craffu.access.signing_in.actions import Try, record_password_accepted, record_success
from craffu.access.signing_in.places import CameFrom
from craffu.access.wall.reach import account_numbered
from craffu.common import clock
from craffu.web.access.clients import came_from, mark_device, with_device
from craffu.web.access.ways import ACCEPTED, is_ours

# Where the browser's session, in which nobody is signed in yet, keeps whose second step is awaited.
_AWAITED = "second_step"


def let_in(request: HttpRequest, tried: Try, user: User, place: CameFrom, *, proof: Proof, wanted: str) -> HttpResponse:
    """Sign in under a new identifier, and go to the page that was asked for."""
    place = with_device(place)
    key = _begin(request, user)
    record_success(
        tried=tried,
        user=user,
        came_from=place,
        session=key,
        request=request.request_id,  # type: ignore[attr-defined]
        proof=proof,
    )
    return _go_on(wanted, user, place)


def let_in_by_provider(request: HttpRequest, user: User, said: Said, proof: Proof, wanted: str) -> HttpResponse:
    """The same for somebody whom the identity provider signed in. Raises NotAccepted, and then nobody is signed in."""
    place = with_device(came_from(request))
    key = _begin(request, user)
    try:
        sign_in(
            user=user,
            said=said,
            proof=proof,
            came_from=place,
            session=key,
            request=request.request_id,  # type: ignore[attr-defined]
        )
    except NotAccepted:
        logout(request)
        raise
    return _go_on(wanted, user, place)


def _begin(request: HttpRequest, user: User) -> str:
    """The new session's identifier."""
    request.session.pop(_AWAITED, None)
    login(request, user)
    # No longer a visitor's, which is kept for minutes.
    request.session.set_expiry(None)
    if terms_accepted_at(user):
        request.session[ACCEPTED] = TERMS
    return request.session.session_key or ""


def _go_on(wanted: str, user: User, place: CameFrom) -> HttpResponse:
    response = redirect(_way_on(wanted, user))
    mark_device(response, place)
    return response


def await_second_step(request: HttpRequest, tried: Try, user: User, wanted: str) -> HttpResponse:
    """To the second step, under a new identifier. Nobody is signed in before it is done."""
    request.session.cycle_key()
    request.session[_AWAITED] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "at": clock.now().timestamp(),
        "next": wanted,
    }
    record_password_accepted(tried=tried, user=user, request=request.request_id)  # type: ignore[attr-defined]
    return redirect("sign_in_factor")


def awaited(request: HttpRequest) -> tuple[User, str] | None:
    """Whose second step is awaited, and where they want to go; nobody's when it took too long or the password changed."""
    kept = request.session.get(_AWAITED)
    if not kept or clock.now().timestamp() >= kept["at"] + _within().total_seconds():
        return None
    with account_numbered(kept["user"]):
        user = User.objects.select_related("force").filter(pk=kept["user"], is_active=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), kept["password"]):
        return None
    return user, kept["next"]


def _within() -> timedelta:
    return timedelta(seconds=settings.CRAFFU_SECOND_STEP_WITHIN)


def _way_on(wanted: str, user: User) -> str:
    """Back to the page that was asked for, or to today's work in Welsh for whoever chose Welsh."""
    if is_ours(wanted):
        return wanted
    is_welsh = get_language() == User.Language.CY or user.language == User.Language.CY
    with override(User.Language.CY if is_welsh else User.Language.EN):
        return reverse("home")
