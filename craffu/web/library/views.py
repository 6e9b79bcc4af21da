"""The library of conditions: read, reworded by an administrator, and taken into the draft of an order (P13, P42; ORD-14)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.common.refusals import Conflict, NotNow, NotPermitted, allows
from craffu.orders import events
from craffu.orders.conditions.rules import ConditionType
from craffu.orders.drafting.actions import approve_condition
from craffu.orders.drafting.policies import check_is_bespoke
from craffu.orders.library.actions import reword_condition, seen_of, take_condition
from craffu.orders.library.queries import library, versions_of
from craffu.orders.library.rules import Worded
from craffu.orders.permissions import (
    check_can_agree_to_terms,
    check_can_consider,
    check_can_edit_catalogue,
    check_can_read_catalogue,
)
from craffu.orders.queries import story_of_order, versions_number
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import STATUS
from craffu.web.library import presenters
from craffu.web.library.forms import RewordForm, TakeForm
from craffu.web.middleware import acting
from craffu.web.orders.opening import head, open_order, refused, seen_number, why_not_drafted
from craffu.web.orders.presenters import bespoke_waiting
from craffu.web.orders.words import CONDITION_TYPES
from craffu.web.presenters import Link, PageHead, today_link


def _list_link() -> Link:
    return Link(_("Library of conditions"), reverse("condition_library"))


def _found(by: Acting, key: str) -> Worded:
    one = library(by).get(key)
    if one is None:
        raise Http404
    return one


@require_safe
def condition_library(request: HttpRequest) -> HttpResponse:
    """Every condition that can be taken ready worded."""
    by = acting(request)
    check_can_read_catalogue(by)
    title = _("Library of conditions")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "why_not": "",
        "conditions": presenters.library_table(library(by).values()),
    }
    return render(request, "library/list.html", page)


@require_safe
def library_condition(request: HttpRequest, key: str) -> HttpResponse:
    """One condition: its words in both languages, what they need, and whether they can be enforced."""
    by = acting(request)
    check_can_read_catalogue(by)
    one = _found(by, key)
    title = str(CONDITION_TYPES[one.type])
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), _list_link(), Link(title, ""))),
        "condition": presenters.condition_list(one),
        "versions": presenters.versions_table(versions_of(by, key)),
        "may_edit": allows(check_can_edit_catalogue, by),
        "key": key,
    }
    return render(request, "library/detail.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def library_condition_edit(request: HttpRequest, key: str) -> HttpResponse:
    """A version more, in the force's own words. No order that took the words changes."""
    by = acting(request)
    check_can_edit_catalogue(by)
    one = _found(by, key)
    form = RewordForm(request.POST if request.method == "POST" else None, worded=one, initial={"seen": seen_of(one)})
    status = None
    if form.is_bound and form.is_valid():
        try:
            said = form.cleaned_data
            reword_condition(by=by, key=key, words=form.words, reason=said["reason"], seen=said["seen"])
        except (Conflict, NotNow) as refusal:
            form.add_error(None, refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            say_done(request, _("It is recorded."))
            return redirect("library_condition", key=key)
    title = _("Change the words of a condition")
    shown = Link(str(CONDITION_TYPES[one.type]), reverse("library_condition", kwargs={"key": key}))
    trail = (today_link(), _list_link(), shown, Link(title, ""))
    page = {"head": PageHead(title, breadcrumbs=trail, has_errors=bool(form.errors)), "form": form}
    return render(request, "library/edit.html", page, status=status)


@require_safe
def order_library(request: HttpRequest, order: str) -> HttpResponse:
    """Which condition is taken into the draft of an order."""
    by, found = open_order(request, order, check_can_consider)
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    title = _("Conditions for order %(reference)s") % {"reference": order}
    why_not = why_not_drafted(found)
    page = {
        "head": head(by, order, title),
        "why_not": why_not,
        "conditions": presenters.library_table(library(by).values(), "" if why_not else order),
    }
    return render(request, "library/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def order_library_take(request: HttpRequest, order: str, key: str) -> HttpResponse:
    """What the words need is filled in, and the condition stands last in the draft."""
    by, found = open_order(request, order, check_can_consider)
    one = _found(by, key)
    form, status = TakeForm(request.POST if request.method == "POST" else None, worded=one), None
    if form.is_bound and form.is_valid():
        try:
            said = form.cleaned_data
            take_condition(
                by=by, order=order, key=key, inputs=form.inputs, behaviour=said["behaviour"], necessity=said["necessity"],
                seen=seen_number(request),
            )  # fmt: skip
        except (Conflict, NotNow) as refusal:
            form.add_error(None, refusal.message)
            status = refused(request, refusal)
        else:
            say_done(request, _("The condition stands in the draft. Words that are vague are pointed out below."))
            return redirect("order_conditions", order=order)
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    title = _("A condition for order %(reference)s") % {"reference": order}
    page: dict[str, Any] = {
        "head": head(by, order, title, has_errors=bool(form.errors)),
        "condition": presenters.condition_list(one),
        "form": form,
        "why_not": "" if form.is_bound else why_not_drafted(found),
        "version": versions_number(by, found),
    }
    return render(request, "library/take.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def order_terms_approve(request: HttpRequest, order: str) -> HttpResponse:
    """The conditions worded for this order alone: a second person approves each, or leaves it."""
    by, found = open_order(request, order, check_can_agree_to_terms)
    story, problem, status = story_of_order(by, found), "", None
    if request.method == "POST":
        number = request.POST.get("number", "")
        try:
            # A form that names no condition asks for nothing, from whatever version it was made.
            check_is_bespoke(ConditionType.BESPOKE if number.isdecimal() else None)
            approve_condition(by=by, order=order, number=int(number), seen=seen_number(request))
        except (Conflict, NotNow, NotPermitted) as refusal:
            problem, status = refusal.message, refused(request, refusal)
            story = story_of_order(by, found)
        else:
            say_done(request, _("The condition is approved."))
            return redirect("order_terms_approve", order=order)
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    title = _("Approve conditions of order %(reference)s") % {"reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(problem)),
        "problem": problem,
        "waiting": bespoke_waiting(story.standing) if not story.made else [],
        "order": order,
        "version": len(story.terms),
    }
    return render(request, "library/approve.html", page, status=status)
