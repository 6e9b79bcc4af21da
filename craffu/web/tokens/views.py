"""API tokens: a person's own, and those of the force for whoever approves them (ADR 91)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access import events
from craffu.access.permissions import (
    check_can_approve_token,
    check_can_ask_for_token,
    check_can_end_token,
    check_can_manage_accounts,
)
from craffu.access.policies import check_fresh_factor
from craffu.access.tokens.actions import approve_token, ask_for_token, end_token
from craffu.access.tokens.models import ApiToken
from craffu.access.tokens.queries import find_token, own_tokens, standing_of, tokens_in
from craffu.access.tokens.rules import Standing
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.middleware import acting
from craffu.web.presenters import Link, Marking, PageHead
from craffu.web.tokens import presenters
from craffu.web.tokens.forms import ApproveForm, NewTokenForm
from craffu.web.tokens.opening import opened_to


def _account() -> Link:
    return Link(_("Your account"), reverse("account"))


@require_safe
def token_list(request: HttpRequest) -> HttpResponse:
    user = check_can_ask_for_token(acting(request))
    page = {
        "head": PageHead(_("Your API tokens"), back=_account(), marking=Marking.OFFICIAL),
        "tokens": presenters.own_table(own_tokens(user), clock.now()),
    }
    return render(request, "tokens/list.html", page)


@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def token_new(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_ask_for_token(by)
    check_fresh_factor(by)
    form = NewTokenForm(request.POST or None, opened_to(by))
    back = Link(_("Your API tokens"), reverse("token_list"))
    if form.is_valid():
        given = form.cleaned_data
        row, secret = ask_for_token(by=by, purpose=given["purpose"], scopes=given["scopes"], days=given["days"])
        head = PageHead(_("Your API token"), back=back, marking=Marking.OFFICIAL)
        return render(request, "tokens/made.html", {"head": head, "secret": secret, "reference": row.reference})
    head = PageHead(_("Ask for an API token"), back=back, marking=Marking.OFFICIAL, has_errors=bool(form.errors))
    return render(request, "tokens/new.html", {"head": head, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def token_end(request: HttpRequest, token: str) -> HttpResponse:
    by = acting(request)
    found = find_token(by, token)
    if found is None or found.user != by.user:
        raise Http404
    if request.method == "POST":
        end_token(by=by, reference=token)
        say_done(request, _("It opens nothing any more."))
        return redirect("token_list")
    back = Link(_("Your API tokens"), reverse("token_list"))
    head = PageHead(_("End this token?"), back=back, marking=Marking.OFFICIAL)
    return render(request, "tokens/end.html", {"head": head, "facts": presenters.facts(found, clock.now())})


@require_safe
def tokens_of_force(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_manage_accounts(by)
    shown = tokens_in(by)
    looked_at(request, events.TOKENS_LISTED, [presenters.ref_of(one) for one in shown])
    page = {
        "head": PageHead(_("API tokens of the force"), back=_account(), marking=Marking.OFFICIAL),
        "tokens": presenters.force_table(shown, clock.now()),
    }
    return render(request, "tokens/force.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def token_detail(request: HttpRequest, token: str) -> HttpResponse:
    by, now = acting(request), clock.now()
    check_can_manage_accounts(by)
    found = find_token(by, token)
    if found is None:
        raise Http404
    if request.method == "POST" and "end" in request.POST:
        check_can_end_token(by, found)
        end_token(by=by, reference=token)
        say_done(request, _("It opens nothing any more."))
        return redirect("token_detail", token=token)
    may_approve = standing_of(found, now) is Standing.WAITS and allows(check_can_approve_token, by, found)
    form = ApproveForm(request.POST if request.method == "POST" else None) if may_approve else None
    if form is not None and form.is_valid():
        approve_token(by=by, reference=token, reason=form.cleaned_data["reason"])
        say_done(request, _("It may be used from now on."))
        return redirect("token_detail", token=token)
    looked_at(request, events.TOKENS_LISTED, [presenters.ref_of(found)])
    return render(request, "tokens/detail.html", _detail(found, form))


def _detail(found: ApiToken, form: ApproveForm | None) -> dict[str, object]:
    back = Link(_("API tokens of the force"), reverse("tokens_of_force"))
    has_errors = bool(form and form.errors)
    return {
        "head": PageHead(found.reference, back=back, marking=Marking.OFFICIAL, has_errors=has_errors),
        "facts": presenters.facts(found, clock.now()),
        "form": form,
        "may_end": found.ended_at is None,
    }
