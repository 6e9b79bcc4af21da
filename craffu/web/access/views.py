"""Signing in and out. Every attempt is logged, and a refusal never says which part of it was wrong."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from craffu.access import events
from craffu.access.actions import record_authentication
from craffu.access.models import User
from craffu.access.queries import acting_user, find_user, home_force
from craffu.audit.actors import Actor
from craffu.web.access.forms import SignInForm
from craffu.web.presenters import Marking, PageHead

HEAD = PageHead(_("Sign in"), marking=Marking.NONE)


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            login(request, user)
            by = acting_user(user, request.request_id)  # type: ignore[attr-defined]
            record_authentication(kind=events.SIGNED_IN, actor=by.actor, request=by.request)
            return redirect(_way_on(request, user))
        _log_refusal(request, form.cleaned_data["username"])
        form.add_error(None, gettext("The username or password is not right. Check both and try again."))
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return render(request, "access/sign_in.html", {"head": HEAD, "form": form, "next": wanted})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    by = request.acting  # type: ignore[attr-defined]
    record_authentication(kind=events.SIGNED_OUT, actor=by.actor, request=by.request)
    logout(request)
    return redirect("sign_in")


def _log_refusal(request: HttpRequest, username: str) -> None:
    """A name that nobody has is not written down: people type passwords into the wrong box."""
    user = find_user(username)
    actor = (
        Actor(name=user.username, role="", force=user.force.code)
        if user
        else Actor(name="unknown", role="", force=home_force().code)
    )
    record_authentication(
        kind=events.SIGN_IN_REFUSED,
        actor=actor,
        request=request.request_id,  # type: ignore[attr-defined]
    )


def _way_on(request: HttpRequest, user: User) -> str:
    """Back to the page that was asked for, or to today's work in Welsh for whoever chose Welsh."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=settings.SECURE_SSL_REDIRECT):
        return wanted
    is_welsh = get_language() == User.Language.CY or user.language == User.Language.CY
    with override(User.Language.CY if is_welsh else User.Language.EN):
        return reverse("home")
