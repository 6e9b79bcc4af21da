"""Webhooks of the force, for whoever looks after accounts: set up, approved by a second person, begun again, ended (ADR 94)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access import events
from craffu.access.permissions import check_can_approve_webhook, check_can_keep_webhooks
from craffu.access.policies import check_fresh_factor
from craffu.access.tokens.queries import tokens_in
from craffu.access.webhooks.actions import approve_webhook, begin_webhook_again, end_webhook, set_up_webhook
from craffu.access.webhooks.models import Webhook
from craffu.access.webhooks.queries import find_webhook, latest_of, standing_of, webhooks_in
from craffu.access.webhooks.rules import Standing
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, NotPermitted, Refusal, allows
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.middleware import acting
from craffu.web.presenters import Link, Marking, PageHead
from craffu.web.webhooks import presenters
from craffu.web.webhooks.forms import NewWebhookForm, WhyForm

_FIELDS = {"event_unknown": "about", "token_not_working": "token", "token_lacks_scope": "token"}


def _all() -> Link:
    return Link(_("Webhooks"), reverse("webhook_list"))


@require_safe
def webhook_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_keep_webhooks(by)
    shown = webhooks_in(by)
    looked_at(request, events.WEBHOOKS_LISTED, [presenters.ref_of(one) for one in shown])
    back = Link(_("API tokens of the force"), reverse("tokens_of_force"))
    page = {
        "head": PageHead(_("Webhooks"), back=back, marking=Marking.OFFICIAL),
        "webhooks": presenters.table_of(shown, clock.now()),
    }
    return render(request, "webhooks/list.html", page)


@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_new(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_keep_webhooks(by)
    check_fresh_factor(by)
    tokens = presenters.tokens_to_choose(tokens_in(by), clock.now())
    form = NewWebhookForm(request.POST if request.method == "POST" else None, tokens=tokens)
    if form.is_valid():
        given = form.cleaned_data
        try:
            row, secret = set_up_webhook(
                by=by, purpose=given["purpose"], address=given["address"], about=given["about"], token=given["token"]
            )
        except (NotPermitted, NotNow, Conflict):
            raise
        except Refusal as refusal:
            form.add_error(_FIELDS.get(refusal.code, "address"), str(refusal.message))
        else:
            head = PageHead(_("Your webhook"), back=_all(), marking=Marking.OFFICIAL)
            return render(request, "webhooks/made.html", {"head": head, "secret": secret, "reference": row.reference})
    head = PageHead(_("Set up a webhook"), back=_all(), marking=Marking.OFFICIAL, has_errors=bool(form.errors))
    return render(request, "webhooks/new.html", {"head": head, "form": form, "has_tokens": bool(tokens)})


@require_http_methods(["GET", "HEAD", "POST"])
def webhook_detail(request: HttpRequest, webhook: str) -> HttpResponse:
    by, now = acting(request), clock.now()
    check_can_keep_webhooks(by)
    found = find_webhook(by, webhook)
    if found is None:
        raise Http404
    if request.method == "POST" and "end" in request.POST:
        end_webhook(by=by, reference=webhook)
        say_done(request, _("It is told nothing any more."))
        return redirect("webhook_detail", webhook=webhook)
    stands = standing_of(found, now)
    may_approve = stands is Standing.WAITS and allows(check_can_approve_webhook, by, found)
    asks_why = may_approve or stands is Standing.STOPPED
    form = WhyForm(request.POST if request.method == "POST" else None) if asks_why else None
    if form is not None and form.is_valid():
        does = approve_webhook if may_approve else begin_webhook_again
        does(by=by, reference=webhook, reason=form.cleaned_data["reason"])
        say_done(request, _("It is told from now on."))
        return redirect("webhook_detail", webhook=webhook)
    looked_at(request, events.WEBHOOKS_LISTED, [presenters.ref_of(found)])
    return render(request, "webhooks/detail.html", _detail(found, form, stands))


def _detail(found: Webhook, form: WhyForm | None, stands: Standing) -> dict[str, object]:
    return {
        "head": PageHead(found.reference, back=_all(), marking=Marking.OFFICIAL, has_errors=bool(form and form.errors)),
        "facts": presenters.facts(found, clock.now()),
        "told": presenters.told_table(latest_of(found)),
        "form": form,
        "begins_again": stands is Standing.STOPPED,
        "may_end": found.ended_at is None,
    }
