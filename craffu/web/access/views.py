"""Signing in, in one step or two, and out. Every attempt is logged, and a refusal never says which part of it was wrong."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from craffu.access import events
from craffu.access.factors.actions import use_recovery_code
from craffu.access.factors.models import Purpose
from craffu.access.factors.queries import factors_of
from craffu.access.factors.rules import Proof
from craffu.access.models import User
from craffu.access.provider.configuration import configuration, may_sign_in_here
from craffu.access.queries import find_user, home_force
from craffu.access.rules import Over
from craffu.access.sessions.actions import end_session
from craffu.access.signing_in.actions import Try, begin_try, record_failed_try
from craffu.access.wall.reach import working_for
from craffu.web.access.clients import came_from
from craffu.web.access.forms import FactorForm, RecoveryForm, SignInForm
from craffu.web.access.leaving import HERE, SIGNED_OUT, leave
from craffu.web.access.letting_in import await_second_step, awaited, let_in
from craffu.web.access.proving import passkey_options, proof_given
from craffu.web.middleware import acting
from craffu.web.presenters import Link, Marking, PageHead

HEAD = PageHead(_("Sign in"), marking=Marking.NONE)
# The same words for an unknown name, a wrong password, a closed account and one that is held back.
REFUSED = _(
    "The username or password is not right. Check both and try again. After several wrong tries, wait a few minutes first."
)
WRONG_FACTOR = _(
    "That is not right, or the code was used already. Wait for the next code and try again. "
    "After several wrong tries, wait a few minutes first."
)
WRONG_RECOVERY = _(
    "That is not one of your recovery codes, or it was used already. After several wrong tries, wait a few minutes first."
)
# In the log: the password of somebody who may only sign in at the provider was not looked at.
NOT_HERE = "not_here"
# The second step came too late, or out of nowhere.
TOO_LATE = "second"
ENDED_ELSEWHERE = _(
    "You were signed out everywhere: by yourself, or because your password or your second factors changed. "
    "If that was not you, tell your service desk now."
)
WHY_OVER = {
    Over.IDLE.value: _("You were signed out because Craffu was not used for 15 minutes."),
    Over.TOO_LONG.value: _("You were signed out because you had been signed in for 10 hours."),
    Over.EVERYWHERE.value: ENDED_ELSEWHERE,
    Over.PASSWORD.value: ENDED_ELSEWHERE,
    Over.FACTORS.value: ENDED_ELSEWHERE,
    TOO_LATE: _("You took longer than 10 minutes to sign in. Begin again with your password."),
}


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = find_user(form.cleaned_data["username"])
        with working_for(account.force_id if account else home_force().pk):
            goes_on = _try_password(request, account, form.cleaned_data)
        if goes_on:
            return goes_on
        form.add_error(None, REFUSED)
    wanted = request.POST.get("next") or request.GET.get("next", "")
    here = configuration()
    page = {
        "head": HEAD,
        "form": form,
        "provider": here,
        "is_for_all": not settings.CRAFFU_LOCAL_SIGN_IN,
        "next": wanted,
        "over": WHY_OVER.get(request.GET.get("over", ""), ""),
        "was_sent": request.GET.get("sent") == "1",
        "done": SIGNED_OUT.get(request.GET.get("out", ""), ""),
    }
    return render(request, "access/sign_in.html", page)


def _try_password(request: HttpRequest, account: User | None, given: dict[str, str]) -> HttpResponse | None:
    place = came_from(request)
    tried = begin_try(user=account, came_from=place)
    user = _right_password(request, tried, given)
    if user is not None:
        wanted = request.POST.get("next", "")
        if factors_of(user):
            return await_second_step(request, tried, user, wanted)
        return let_in(request, tried, user, place, proof=Proof.PASSWORD, wanted=wanted)
    reason = "" if may_sign_in_here(given["username"]) else NOT_HERE
    record_failed_try(tried=tried, request=request.request_id, reason=reason)  # type: ignore[attr-defined]
    return None


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_factor(request: HttpRequest) -> HttpResponse:
    """The second step: a code of an app or a passkey."""
    found = awaited(request)
    if found is None:
        return _begin_again(request)
    with working_for(found[0].force_id):
        return _second_step(request, *found)


def _second_step(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    factors = factors_of(user)
    if not factors:
        # They were reset since the password was given.
        return _begin_again(request)
    form = FactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        place = came_from(request)
        tried = begin_try(user=user, came_from=place)
        proof = None if tried.held else proof_given(request, user, Purpose.SIGN_IN, form.cleaned_data)
        if proof is not None:
            return let_in(request, tried, user, place, proof=proof, wanted=wanted)
        _refuse(request, tried, form, WRONG_FACTOR)
    head = PageHead(_("Your second factor"), back=_back(), marking=Marking.NONE, has_errors=bool(form.errors))
    passkey = passkey_options(request, user, factors, Purpose.SIGN_IN)
    return render(
        request, "access/second_step.html", {"head": head, "form": form, "factors": factors, "passkey": passkey}
    )


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_recovery(request: HttpRequest) -> HttpResponse:
    """The second step of somebody who lost what they have: one of the codes on paper. They set up a new factor next."""
    found = awaited(request)
    if found is None:
        return _begin_again(request)
    with working_for(found[0].force_id):
        return _recovery(request, *found)


def _recovery(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    form = RecoveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        place = came_from(request)
        tried = begin_try(user=user, came_from=place)
        if not tried.held and use_recovery_code(user=user, code=form.cleaned_data["code"], request=request.request_id):  # type: ignore[attr-defined]
            return let_in(request, tried, user, place, proof=Proof.RECOVERY, wanted=wanted)
        _refuse(request, tried, form, WRONG_RECOVERY)
    back = Link(_("Use your app or passkey"), reverse("sign_in_factor"))
    head = PageHead(_("Use a recovery code"), back=back, marking=Marking.NONE, has_errors=bool(form.errors))
    return render(request, "access/recovery.html", {"head": head, "form": form})


def _begin_again(request: HttpRequest) -> HttpResponse:
    return redirect("home") if request.user.is_authenticated else redirect(f"{reverse('sign_in')}?over={TOO_LATE}")


def _back() -> Link:
    return Link(_("Sign in as somebody else"), reverse("sign_in"))


def _refuse(request: HttpRequest, tried: Try, form: Form, words: Any) -> None:
    record_failed_try(tried=tried, request=request.request_id, kind=events.FACTOR_REFUSED)  # type: ignore[attr-defined]
    form.add_error("code", words)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    key = request.session.session_key or ""
    end_session(user=by.user, key=key, why=Over.SIGNED_OUT, request=by.request, role=by.actor.role)  # type: ignore[arg-type]
    return leave(request, HERE)


def _right_password(request: HttpRequest, tried: Try, given: dict[str, str]) -> User | None:
    """Whose account it is. Each way of refusing takes one hash, so that none is known by how long it takes."""
    if tried.held or not may_sign_in_here(given["username"]):
        make_password(given["password"])
        return None
    user = authenticate(request, **given)
    return user if isinstance(user, User) else None
