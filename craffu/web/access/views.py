"""Signing in and out. Every attempt is logged, and a refusal never says which part of it was wrong."""

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from craffu.access.models import User
from craffu.access.queries import find_user
from craffu.access.rules import Over
from craffu.access.sessions.actions import end_session
from craffu.access.sessions.queries import TERMS, terms_accepted_at
from craffu.access.signing_in.actions import Try, begin_try, record_failed_try, record_success
from craffu.access.signing_in.places import CameFrom
from craffu.web.access.clients import came_from, mark_device, with_device
from craffu.web.access.forms import SignInForm
from craffu.web.access.ways import ACCEPTED, is_ours
from craffu.web.middleware import acting
from craffu.web.presenters import Marking, PageHead

HEAD = PageHead(_("Sign in"), marking=Marking.NONE)
# The same words for an unknown name, a wrong password, a closed account and one that is held back.
REFUSED = _(
    "The username or password is not right. Check both and try again. After several wrong tries, wait a few minutes first."
)
WHY_OVER = {
    Over.IDLE.value: _("You were signed out because Craffu was not used for 15 minutes."),
    Over.TOO_LONG.value: _("You were signed out because you had been signed in for 10 hours."),
}


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        place = came_from(request)
        tried = begin_try(user=find_user(form.cleaned_data["username"]), came_from=place)
        user = _right_password(request, tried, form.cleaned_data)
        if user is not None:
            return _let_in(request, tried, user, with_device(place))
        record_failed_try(tried=tried, request=request.request_id)  # type: ignore[attr-defined]
        form.add_error(None, REFUSED)
    wanted = request.POST.get("next") or request.GET.get("next", "")
    page = {
        "head": HEAD,
        "form": form,
        "next": wanted,
        "over": WHY_OVER.get(request.GET.get("over", ""), ""),
        "was_sent": request.GET.get("sent") == "1",
    }
    return render(request, "access/sign_in.html", page)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    key = request.session.session_key or ""
    end_session(user=by.user, key=key, why=Over.SIGNED_OUT, request=by.request, role=by.actor.role)  # type: ignore[arg-type]
    logout(request)
    return redirect("sign_in")


def _right_password(request: HttpRequest, tried: Try, given: dict[str, str]) -> User | None:
    """Whose account it is. Each way of refusing takes one hash, so that none is known by how long it takes."""
    if tried.held:
        make_password(given["password"])
        return None
    user = authenticate(request, **given)
    return user if isinstance(user, User) else None


def _let_in(request: HttpRequest, tried: Try, user: User, place: CameFrom) -> HttpResponse:
    login(request, user)
    if terms_accepted_at(user):
        request.session[ACCEPTED] = TERMS
    key = request.session.session_key or ""
    record_success(tried=tried, user=user, came_from=place, session=key, request=request.request_id)  # type: ignore[attr-defined]
    response = redirect(_way_on(request, user))
    mark_device(response, place)
    return response


def _way_on(request: HttpRequest, user: User) -> str:
    """Back to the page that was asked for, or to today's work in Welsh for whoever chose Welsh."""
    wanted = request.POST.get("next", "")
    if is_ours(wanted):
        return wanted
    is_welsh = get_language() == User.Language.CY or user.language == User.Language.CY
    with override(User.Language.CY if is_welsh else User.Language.EN):
        return reverse("home")
