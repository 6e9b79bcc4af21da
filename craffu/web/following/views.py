"""The pages of heightened follow-up: what raised it, to raise it by hand, and what was done about it (MON-03)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import NotNow
from craffu.orders import events
from craffu.orders.following.actions import raise_trigger, record_action
from craffu.orders.following.queries import follow_up_of, follow_ups
from craffu.orders.following.rules import Trigger
from craffu.orders.life.states import LIVE
from craffu.orders.permissions import check_can_follow_up
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.following import presenters
from craffu.web.following.forms import ActionForm, RaiseForm
from craffu.web.following.words import TO_CONSIDER
from craffu.web.orders.opening import crumbs, head, named_link, open_order
from craffu.web.presenters import Link, PageHead

BESIDE = {"no_words": "words"}


@require_safe
def order_follow_up(request: HttpRequest, order: str) -> HttpResponse:
    """Until when an order is followed up more closely, and everything that raised it."""
    by, found = open_order(request, order, check_can_follow_up)
    now, raised = clock.now(), follow_ups(by, [found.pk]).get(found.pk, [])
    looked_at(request, events.ORDER_FOLLOW_UP_VIEWED, [f"order/{order}"])
    page = {
        "head": head(by, order, _title(order)),
        "heightened": presenters.heightened_words(presenters.period_of(raised), day_of(now)),
        "triggers": presenters.follow_up_table(order, raised, now),
        "may_raise": found.status in LIVE,
        "order": order,
    }
    return render(request, "following/list.html", page)


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def order_follow_up_new(request: HttpRequest, order: str) -> HttpResponse:
    """Raise heightened follow-up by hand. Nothing typed is lost where it is refused."""
    by, _found = open_order(request, order, check_can_follow_up)
    form = RaiseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            raise_trigger(by=by, order=order, trigger=Trigger(said["trigger"]), at=form.moment, words=said["words"])
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code, "on"), refusal.message)
        else:
            say_done(request, _("It is raised. Whoever manages the order has it in their work."))
            return redirect("order_follow_up", order=order)
    looked_at(request, events.ORDER_FOLLOW_UP_VIEWED, [f"order/{order}"])
    title = _("Raise heightened follow-up of order %(reference)s") % {"reference": order}
    page = {"head": _below(by, order, title, has_errors=bool(form.errors)), "form": form}
    return render(request, "following/new.html", page)


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def order_trigger(request: HttpRequest, order: str, number: int) -> HttpResponse:
    """One trigger, what was done about it, and to record what was done."""
    by, found = open_order(request, order, check_can_follow_up)
    one = follow_up_of(by, found, number)
    if one is None:
        raise Http404
    form = ActionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            record_action(by=by, order=order, number=number, done_at=form.moment, words=form.cleaned_data["words"])
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code, "on"), refusal.message)
        else:
            say_done(request, _("It is recorded."))
            return redirect("order_follow_up", order=order)
    looked_at(request, events.ORDER_FOLLOW_UP_VIEWED, [f"order/{order}"])
    title = _("What raised follow-up of order %(reference)s") % {"reference": order}
    page = {
        "head": _below(by, order, title, has_errors=bool(form.errors)),
        "trigger": presenters.trigger_list(one, clock.now()),
        "to_consider": TO_CONSIDER.get(one.trigger, ()),
        "actions": presenters.actions_table(one),
        "form": form,
    }
    return render(request, "following/trigger.html", page)


def _title(order: str) -> str:
    return _("Heightened follow-up of order %(reference)s") % {"reference": order}


def _below(by: Any, order: str, title: str, *, has_errors: bool) -> PageHead:
    above = Link(_("Heightened follow-up"), reverse("order_follow_up", kwargs={"order": order}))
    return PageHead(title, breadcrumbs=(*crumbs(by), named_link(order), above, Link(title, "")), has_errors=has_errors)
