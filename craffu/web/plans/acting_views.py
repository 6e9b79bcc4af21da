"""A management plan is approved, acted on, reviewed and ended (page map, P24; PLN-02)."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.orders.models import Condition
from craffu.prevention.permissions import check_can_approve_plan, check_can_plan
from craffu.prevention.planning.actions import (
    add_plan_action,
    approve_plan,
    close_plan_action,
    end_plan,
    review_plan,
)
from craffu.prevention.planning.gathering import conditions_of, conditions_tied
from craffu.prevention.planning.queries import (
    PlanStory,
    Version,
    happened_to,
)
from craffu.prevention.planning.queries import plan_version as version_seen
from craffu.web.done import say_done
from craffu.web.edits import VERSION, seen_version
from craffu.web.plans import presenters
from craffu.web.plans.ended import told_if_ended
from craffu.web.plans.forms import (
    ActionForm,
    ApproveForm,
    CloseForm,
    EndForm,
    ReviewForm,
)
from craffu.web.plans.opening import (
    SENSITIVE,
    Opened,
    back_to_plan,
    head_below,
    orders_of,
    people_asked,
    plan_looked_at,
    planners,
    say_beside,
    standing_plan,
    typed,
    version_part,
)


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
@told_if_ended
def plan_approve(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """A supervisor who did not put it forward approves a version, or sends it back."""
    opened, story = standing_plan(request, person, check_can_approve_plan)
    one = _version(story, number)
    form = ApproveForm(request.POST if request.method == "POST" else None)
    seen, status = seen_version(request, version_seen(story)), None
    if form.is_bound and form.is_valid():
        try:
            approve_plan(
                by=opened.by,
                person=person,
                number=number,
                agrees=form.agrees,
                words=form.cleaned_data["words"],
                seen=seen,
            )
        except (NotNow, NotPermitted) as refusal:
            status = say_beside(request, form, refusal)
        except Conflict as refusal:
            status = say_beside(request, form, refusal)
            opened, story = standing_plan(request, person, check_can_approve_plan)
            one, seen = _version(story, number), version_seen(story)
        else:
            say_done(request, _("The plan stands.") if form.agrees else _("It goes back."))
            return back_to_plan(person)
    asked, conditions = people_asked(opened.by, one), conditions_tied(opened.by, story)
    plan_looked_at(request, person, asked.values(), orders_of(conditions))
    title = _("Approve version %(number)s of the plan of %(reference)s") % {"number": number, "reference": person}
    page = {
        "head": head_below(person, title, has_errors=bool(form.errors)),
        "form": form,
        "version_name": VERSION,
        "seen": seen,
        "waits": one.waits,
        "typed": typed(request),
        "actions": _actions(opened, story, conditions),
        **version_part(one, asked),
    }
    return render(request, "plans/approve.html", page, status=status)


def _version(story: PlanStory, number: int) -> Version:
    """Raises Http404 where the plan has none of that number."""
    one = next((each for each in story.versions if each.row.number == number), None)
    if one is None:
        raise Http404
    return one


def _actions(opened: Opened, story: PlanStory, conditions: Mapping[int, Condition]) -> Any:
    return presenters.actions_table(opened.reference, story.actions, conditions, day_of(clock.now()), may_close=False)


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
@told_if_ended
def plan_action_new(request: HttpRequest, person: str) -> HttpResponse:
    """Something that is to be done by a day, tied to a condition of an order or to a behaviour."""
    opened, _story = standing_plan(request, person, check_can_plan)
    conditions = {one.pk: one for one in conditions_of(opened.by, opened.records)}
    choices = [(str(pk), presenters.condition_words(one)) for pk, one in conditions.items()]
    given = request.POST if request.method == "POST" else None
    form = ActionForm(given, conditions=choices, planners=planners(opened.by))
    status = None
    if form.is_bound and form.is_valid():
        try:
            add_plan_action(by=opened.by, person=person, given=form.given)
        except NotNow as refusal:
            status = say_beside(request, form, refusal)
        else:
            say_done(request, _("It is recorded. It stands in the work of whoever does it."))
            return back_to_plan(person)
    plan_looked_at(request, person, refs=orders_of(conditions))
    title = _("Add an action to the plan of %(reference)s") % {"reference": person}
    page = {"head": head_below(person, title, has_errors=bool(form.errors)), "form": form, "go_on": _("Add it")}
    return render(request, "plans/form.html", page, status=status)


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
@told_if_ended
def plan_action(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """What became of one action."""
    opened, story = standing_plan(request, person, check_can_plan)
    one = next((each for each in story.actions if each.row.number == number), None)
    if one is None:
        raise Http404
    form = CloseForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        try:
            close_plan_action(
                by=opened.by, person=person, number=number, is_done=form.is_done, words=form.cleaned_data["words"]
            )
        except (Conflict, NotNow) as refusal:
            status = say_beside(request, form, refusal)
        else:
            say_done(request, _("It is recorded."))
            return back_to_plan(person)
    conditions = {pk: each for pk, each in conditions_tied(opened.by, story).items() if pk == one.row.condition_id}
    plan_looked_at(request, person, refs=orders_of(conditions))
    title = _("Action %(number)s of the plan of %(reference)s") % {"number": number, "reference": person}
    page = {
        "head": head_below(person, title, has_errors=bool(form.errors)),
        "form": form if one.closed is None else None,
        "go_on": _("Record it"),
        "shown": presenters.actions_table(person, [one], conditions, day_of(clock.now()), may_close=False),
        "typed": typed(request),
    }
    return render(request, "plans/form.html", page, status=status)


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
@told_if_ended
def plan_review(request: HttpRequest, person: str) -> HttpResponse:
    """Look at a plan that stands again: it stands further, or is to change (PLN-02)."""
    opened, story = standing_plan(request, person, check_can_plan)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    seen, status = seen_version(request, version_seen(story)), None
    if form.is_bound and form.is_valid():
        try:
            review_plan(by=opened.by, person=person, outcome=form.found, words=form.cleaned_data["words"], seen=seen)
        except NotNow as refusal:
            status = say_beside(request, form, refusal)
        except Conflict as refusal:
            status = say_beside(request, form, refusal)
            # They see it as it stands now: what they find next is found of that.
            opened, story = standing_plan(request, person, check_can_plan)
            seen = version_seen(story)
        else:
            say_done(request, _("The review is complete."))
            return back_to_plan(person)
    now = clock.now()
    coming = story.next(happened_to(opened.by, [story.plan], now)[story.plan.pk])
    conditions = conditions_tied(opened.by, story)
    plan_looked_at(request, person, refs=orders_of(conditions))
    title = _("Review the plan of %(reference)s") % {"reference": person}
    page = {
        "head": head_below(person, title, has_errors=bool(form.errors)),
        "form": form,
        "go_on": _("Record it"),
        "version_name": VERSION,
        "seen": seen,
        "summary": presenters.stands(story, coming),
        "shown": _actions(opened, story, conditions),
    }
    return render(request, "plans/form.html", page, status=status)


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
@told_if_ended
def plan_end(request: HttpRequest, person: str) -> HttpResponse:
    """End the plan, and say why."""
    opened, story = standing_plan(request, person, check_can_plan)
    form = EndForm(request.POST if request.method == "POST" else None)
    seen, status = seen_version(request) if form.is_bound else version_seen(story), None
    if form.is_bound and form.is_valid():
        try:
            end_plan(by=opened.by, person=person, reason=form.cleaned_data["reason"], seen=seen)
        except NotNow as refusal:
            status = say_beside(request, form, refusal)
        except Conflict as refusal:
            status = say_beside(request, form, refusal)
            # They see it as it stands now: what they confirm next is meant.
            opened, story = standing_plan(request, person, check_can_plan)
            seen = version_seen(story)
        else:
            say_done(request, _("The plan has ended."))
            return back_to_plan(person)
    now = clock.now()
    coming = story.next(happened_to(opened.by, [story.plan], now)[story.plan.pk])
    plan_looked_at(request, person)
    title = _("End the plan of %(reference)s") % {"reference": person}
    page = {
        "head": head_below(person, title, has_errors=bool(form.errors)),
        "form": form,
        "go_on": _("End it"),
        "version_name": VERSION,
        "seen": seen,
        "summary": presenters.stands(story, coming),
    }
    return render(request, "plans/form.html", page, status=status)
