"""A person's own account: where they are signed in, a new password, and the terms they accepted."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from craffu.access import events
from craffu.access.factors.queries import factors_of, recent_changes, unused_codes
from craffu.access.models import User
from craffu.access.permissions import check_can_manage_accounts
from craffu.access.policies import check_signs_in_here, proof_of
from craffu.access.provider.configuration import may_sign_in_here
from craffu.access.sessions.actions import accept_terms, begin_session, change_own_password, sign_out_everywhere
from craffu.access.sessions.models import SignInSession
from craffu.access.sessions.queries import TERMS, open_sessions, session_tokens_to_look_for, terms_accepted_at
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.web.access.factor_presenters import change_rows, factor_rows
from craffu.web.access.forms import PasswordForm
from craffu.web.access.leaving import EVERYWHERE, leave
from craffu.web.access.password_words import in_our_words
from craffu.web.access.proving import is_own_password, reader
from craffu.web.access.ways import ACCEPTED, is_ours
from craffu.web.done import say_done
from craffu.web.middleware import acting
from craffu.web.presenters import Link, Marking, PageHead, today_link
from craffu.work.permissions import check_can_have_calendar

CURRENT_WRONG = _("That is not your current password. After several wrong tries, wait a few minutes first.")


def _account_head() -> PageHead:
    return PageHead(
        _("Your account"), breadcrumbs=(today_link(), Link(_("Your account"), "")), marking=Marking.OFFICIAL
    )


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    here = session_tokens_to_look_for(request.session.session_key or "")
    now = clock.now()
    sessions = open_sessions(user, now)
    page = {
        "head": _account_head(),
        "sessions": [(session, session.key in here) for session in sessions],
        "terms_at": terms_accepted_at(user),
        "factors": factor_rows(factors_of(user)),
        "codes_left": unused_codes(user),
        "changes": change_rows(recent_changes(user, now)),
        "may_reset": allows(check_can_manage_accounts, acting(request)),
        "has_work": allows(check_can_have_calendar, acting(request)),
        "signs_in_here": may_sign_in_here(user.username),
    }
    return render(request, "access/account.html", page)


@require_POST
def account_sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    sign_out_everywhere(by=acting(request), user=reader(request))
    return leave(request, EVERYWHERE)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def account_password(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    check_signs_in_here(user.username)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _may_change(request, form, user):
        change_own_password(by=acting(request), user=user, password=form.cleaned_data["new"])
        user.refresh_from_db()
        # The identifier changes, and with it begins a session of its own: every other one is over.
        update_session_auth_hash(request, user)
        before: SignInSession = request.sign_in  # type: ignore[attr-defined]
        key = request.session.session_key or ""
        begin_session(user=user, key=key, proof=proof_of(before), proved_at=before.factor_at)
        say_done(request, _("Your password is changed. You are signed out everywhere but here."))
        return redirect("account")
    head = PageHead(
        _("Change your password"),
        back=Link(_("Your account"), reverse("account")),
        marking=Marking.OFFICIAL,
        has_errors=bool(form.errors),
    )
    return render(request, "access/password.html", {"head": head, "form": form, "username": user.username})


def _may_change(request: HttpRequest, form: PasswordForm, user: User) -> bool:
    """The new password is fit and the present one right."""
    try:
        validate_password(form.cleaned_data["new"], user)
    except ValidationError as fault:
        form.add_error("new", in_our_words(fault))
        return False
    if is_own_password(request, form.cleaned_data["current"], refused=events.PASSWORD_CHANGE_REFUSED):
        return True
    form.add_error("current", CURRENT_WRONG)
    return False


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST":
        accept_terms(by=acting(request), user=user)
        request.session[ACCEPTED] = TERMS
        return redirect(wanted if is_ours(wanted) else "home")
    head = PageHead(_("Terms of use"), heading=_("Before you use Craffu"), marking=Marking.OFFICIAL)
    page = {"head": head, "next": wanted, "terms_at": terms_accepted_at(user)}
    return render(request, "access/terms.html", page)
