"""Signing in, confirming and signing out at the force's identity provider (OpenID Connect; ADR 26).

People go there by a link, never by a form: the content policy lets a form lead nowhere else, nor be redirected there.
"""

from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from craffu.access import events
from craffu.access.factors.queries import factors_of
from craffu.access.factors.rules import Proof
from craffu.access.models import User
from craffu.access.provider import protocol
from craffu.access.provider.actions import record_not_accepted
from craffu.access.provider.configuration import Configuration, configuration
from craffu.access.provider.queries import account_of, is_anothers
from craffu.access.provider.rules import NotAccepted, Said, Why, is_recent, proof_shown
from craffu.access.sessions.actions import confirm_session
from craffu.access.wall.reach import working_for
from craffu.common import clock
from craffu.web.access.journeys import CONFIRM, SIGN_IN, Under, come_back, oldest, set_out
from craffu.web.access.letting_in import let_in_by_provider
from craffu.web.access.provider_words import words
from craffu.web.access.proving import reader, renew_key
from craffu.web.access.stepping_up import after_confirming
from craffu.web.middleware import acting
from craffu.web.presenters import Marking, PageHead


def _configured() -> Configuration:
    here = configuration()
    if here is None:
        raise Http404
    return here


@login_not_required
@require_safe
def provider_sign_in(request: HttpRequest) -> HttpResponse:
    """To the provider, to sign in; after a refusal anew, or the provider would give the same answer again."""
    here = _configured()
    if request.user.is_authenticated:
        return redirect("home")
    return _send(request, here, SIGN_IN, again=request.GET.get("again") == "1")


@require_safe
def provider_confirm(request: HttpRequest) -> HttpResponse:
    """To the provider, to sign in again and so confirm who one is (T17)."""
    return _send(request, _configured(), CONFIRM, again=True)


def _send(request: HttpRequest, here: Configuration, purpose: str, *, again: bool) -> HttpResponse:
    journey = set_out(request, purpose, request.GET.get("next", ""))
    seconds = int(oldest(purpose).total_seconds())
    try:
        return HttpResponseRedirect(protocol.way_there(here, journey, oldest=seconds, again=again))
    except NotAccepted as fault:
        return _refused(request, fault.why, purpose)


@login_not_required
@require_safe
def provider_back(request: HttpRequest) -> HttpResponse:
    """Back from the provider, with its answer in the address; on at once to an address without it."""
    here = _configured()
    under = come_back(request, request.GET.get("state", ""))
    if under is None:
        return _refused(request, Why.NOT_ASKED, SIGN_IN)
    with override(under.language):
        if under.purpose == CONFIRM:
            return _confirm(request, here, under) if request.user.is_authenticated else redirect("sign_in")
        return redirect("home") if request.user.is_authenticated else _sign_in(request, here, under)


def _shown(request: HttpRequest, here: Configuration, under: Under) -> tuple[Said, Proof]:
    now = clock.now()
    said = protocol.said(here, under.journey, request.GET.dict(), now)
    if not is_recent(said, under.asked, here.skew, now):
        raise NotAccepted(Why.TOO_OLD)
    return said, proof_shown(said, here.contexts, here.methods)


def _sign_in(request: HttpRequest, here: Configuration, under: Under) -> HttpResponse:
    user = None
    try:
        said, proof = _shown(request, here, under)
        user = account_of(said, here.username_domain)
        with working_for(user.force_id):
            _check_steps(user, proof)
            return let_in_by_provider(request, user, said, proof, under.wanted)
    except NotAccepted as fault:
        return _refused(request, fault.why, SIGN_IN, user)


def _check_steps(user: User, proof: Proof) -> None:
    """One step alone is refused where two are asked for, and to whoever has a second factor of ours, which it would go round."""
    if proof is Proof.PROVIDER_ONE and (settings.CRAFFU_FACTOR_REQUIRED or factors_of(user)):
        raise NotAccepted(Why.NO_FACTOR)


def _confirm(request: HttpRequest, here: Configuration, under: Under) -> HttpResponse:
    user = reader(request)
    try:
        said, proof = _shown(request, here, under)
        if is_anothers(user, said) or account_of(said, here.username_domain) != user:
            raise NotAccepted(Why.OTHER_IDENTITY)
        _check_steps(user, proof)
    except NotAccepted as fault:
        return _refused(request, fault.why, CONFIRM, user)
    old, new = renew_key(request)
    # It counts from now: it was asked for at the beginning of this journey, minutes ago at most.
    confirm_session(by=acting(request), user=user, key=old, new_key=new, proof=proof)
    return after_confirming(request, under.wanted)


def _refused(request: HttpRequest, why: Why, purpose: str, user: User | None = None) -> HttpResponse:
    """Logged, and on to a page that says why in fixed words. What the provider said is in neither."""
    kind = events.FACTOR_REFUSED if purpose == CONFIRM else events.SIGN_IN_REFUSED
    whose = user or (reader(request) if purpose == CONFIRM else None)
    record_not_accepted(user=whose, why=why, request=request.request_id, kind=kind)  # type: ignore[attr-defined]
    page = reverse("account_confirm" if purpose == CONFIRM else "provider_refused")
    return redirect(f"{page}?{urlencode({'why': why.value})}")


@login_not_required
@require_safe
def provider_refused(request: HttpRequest) -> HttpResponse:
    here = _configured()
    said = words(request.GET.get("why", ""))
    if not said:
        raise Http404
    page = {"head": PageHead(_("You are not signed in"), marking=Marking.NONE), "words": said, "name": here.name}
    return render(request, "access/provider_refused.html", page, status=HTTPStatus.FORBIDDEN)


@login_not_required
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Signed out of Craffu, and on to the provider's own sign-out, where it has one: by itself, or by the link."""
    here = _configured()
    if request.user.is_authenticated:
        return redirect("home")
    with override(settings.LANGUAGE_CODE):
        back = request.build_absolute_uri(reverse("sign_in"))
    way_out = protocol.way_out(here, back)
    page = {
        "head": PageHead(_("You are signed out of Craffu"), marking=Marking.NONE),
        "way_out": way_out,
        "name": here.name,
    }
    response = render(request, "access/signed_out.html", page)
    if way_out:
        response.headers["Refresh"] = f"0; url={way_out}"
    return response
