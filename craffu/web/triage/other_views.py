"""What is answered of a breach, recorded of it and explained, each on a page of its own (P09; BRC-03, BRC-04)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.breaches import events
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.ledger.moves import Move
from craffu.breaches.ledger.queries import story_of_breach
from craffu.breaches.ledger.states import Status, moved
from craffu.breaches.ledger.then import orders_then
from craffu.breaches.permissions import (
    check_can_decide,
    check_can_explain,
    check_can_finalise,
    check_can_record_anything,
    check_can_record_standpoint,
)
from craffu.breaches.standpoints.actions import answer_several, explain, open_again, part_again, record_standpoint
from craffu.breaches.standpoints.kinds import DECISIONS
from craffu.breaches.standpoints.questions import OF_A_SUPERVISOR, Question
from craffu.breaches.standpoints.reading import last_answers
from craffu.common import clock
from craffu.common.refusals import Conflict, Refusal, allows
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.orders.opening import refused, seen_number, shown_version
from craffu.web.triage import presenters
from craffu.web.triage.forms import AgainForm, AnswersForm, ExplainForm, StandpointForm
from craffu.web.triage.gathering import Seen, code_of, seen_breach
from craffu.web.triage.mismatches import MISMATCHES
from craffu.web.triage.opening import head_below, open_breach


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def breach_answers(request: HttpRequest, breach: str) -> HttpResponse:
    """The questions that every breach raises. What is answered is kept, and what is not can be answered later."""
    by, found = open_breach(request, breach, check_can_decide)
    seen = seen_breach(by, found, clock.now())
    story = seen.story
    asked = [one for one in Question if one not in OF_A_SUPERVISOR or allows(check_can_finalise, by)]
    form = AnswersForm(
        request.POST if request.method == "POST" else None, asked=asked, last=last_answers(story), shown=seen.shown
    )
    versions, status, is_seen = None, None, False
    if form.is_bound and form.is_valid():
        try:
            answer_several(by=by, breach=breach, given=form.given, seen=seen_number(request))
        except Conflict as meanwhile:
            status, is_seen = refused(request, meanwhile), True
            story = story_of_breach(by, found)
            versions = presenters.both_answers(last_answers(story), form.given, asked, seen.reached)
        except Refusal as not_now:
            status = refused(request, not_now)
            question, _colon, why = not_now.code.partition(":")
            beside = f"{question}_words" if why == "reason_missing" else question
            form.add_error(beside if beside in form.fields else None, not_now.message)
        else:
            say_done(request, _("The answers are kept."))
            return redirect("breach_triage", breach=breach)
    looked_at(request, events.BREACH_VIEWED, [f"breach/{breach}"])
    title = _("Questions about breach %(reference)s") % {"reference": breach}
    page = {
        "head": head_below(breach, title, has_errors=bool(form.errors) or versions is not None),
        "form": form,
        "versions": versions,
        "is_supervisor": allows(check_can_finalise, by),
        "version": shown_version(request, len(story.answers), is_seen=is_seen),
    }
    return render(request, "triage/answers.html", page, status=status)


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "HEAD", "POST"])
def breach_again(request: HttpRequest, breach: str) -> HttpResponse:
    """Opened again, or parted from the breach that it was joined to."""
    by, found = open_breach(request, breach, check_can_decide)
    is_joined = found.status == Status.JOINED
    form = AgainForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        try:
            (part_again if is_joined else open_again)(by=by, breach=breach, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            status = refused(request, refusal)
            form.add_error("reason" if refusal.code == "no_words" else None, refusal.message)
        else:
            say_done(request, _("It waits for a decision again, and its hours run anew."))
            return redirect("breach_triage", breach=breach)
    looked_at(request, events.BREACH_VIEWED, [f"breach/{breach}"])
    title = _("Part breach %(reference)s") if is_joined else _("Open breach %(reference)s again")
    page = {
        "head": head_below(breach, title % {"reference": breach}, has_errors=bool(form.errors)),
        "form": form,
        "is_joined": is_joined,
        "may": is_joined or moved(found.status, Move.REOPEN) is not None,
    }
    return render(request, "triage/again.html", page, status=status)


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def breach_standpoint_new(request: HttpRequest, breach: str) -> HttpResponse:
    """What prosecution, court or probation decided, or what the victim was told, where no feed has said it (BRC-03)."""
    by, found = open_breach(request, breach, check_can_record_anything)
    orders = orders_then(by, story_of_breach(by, found))
    may = [one for one in Standpoint if one in DECISIONS and allows(check_can_record_standpoint, by, one)]
    offered = presenters.conditions_offered(orders)
    form = StandpointForm(request.POST if request.method == "POST" else None, standpoints=may, conditions=offered)
    status = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            record_standpoint(
                by=by, breach=breach, standpoint=form.standpoint, decision=form.decision, at=form.moment,
                incident_on=said["incident_on"], conditions=[*map(int, said.get("conditions", ()))],
                words=said["words"],
            )  # fmt: skip
        except Refusal as refusal:
            status = refused(request, refusal)
            form.add_error("on" if refusal.code == "in_future" else None, refusal.message)
        else:
            say_done(request, _("It is recorded beside what the others said."))
            return _back(by, breach)
    looked_at(request, events.BREACH_VIEWED, [f"breach/{breach}", *(f"order/{one.order.reference}" for one in orders)])
    title = _("Record what was decided of breach %(reference)s") % {"reference": breach}
    page = {"head": _below(by, breach, title, has_errors=bool(form.errors)), "form": form}
    return render(request, "triage/standpoint.html", page, status=status)


@require_safe
def breach_mismatches(request: HttpRequest, breach: str) -> HttpResponse:
    """What does not agree of one breach, beside every standpoint: for whoever clears it up (BRC-03)."""
    by, found = open_breach(request, breach, check_can_explain)
    seen = seen_breach(by, found, clock.now())
    looked_at(request, events.BREACH_VIEWED, seen.refs_compared)
    title = _("What does not agree of breach %(reference)s") % {"reference": breach}
    page = {"head": _below(by, breach, title), **_compared(seen), "may_record": allows(check_can_record_anything, by)}
    return render(request, "triage/mismatches.html", page)


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def breach_explain(request: HttpRequest, breach: str, code: str) -> HttpResponse:
    """Why one thing that does not agree needs no more to be done. A later word of any standpoint asks again."""
    by, found = open_breach(request, breach, check_can_explain)
    wanted = code_of(code)
    if wanted is None:
        raise Http404
    form = ExplainForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        try:
            explain(by=by, breach=breach, code=wanted, words=form.cleaned_data["words"])
        except Refusal as refusal:
            status = refused(request, refusal)
            form.add_error("words" if refusal.code == "no_words" else None, refusal.message)
        else:
            say_done(request, _("It is explained. A later word of anybody asks again."))
            return redirect("breach_mismatches", breach=breach)
    seen = seen_breach(by, found, clock.now())
    looked_at(request, events.BREACH_VIEWED, seen.refs_compared)
    title = _("Explain %(code)s of breach %(reference)s") % {"code": code, "reference": breach}
    page = {
        "head": _below(by, breach, title, has_errors=bool(form.errors)),
        "form": form,
        "meaning": MISMATCHES[wanted],
        "stands": any(one.code is wanted for one in seen.found),
        **_compared(seen),
    }
    return render(request, "triage/explain.html", page, status=status)


def _compared(seen: Seen) -> dict[str, Any]:
    return {
        "breach": seen.breach,
        "standpoints": presenters.standpoints_table(seen.story, seen.open_orders, seen.reached),
        "mismatches": presenters.mismatches_table(seen.breach.reference, seen.found, clock.now(), may_explain=True),
        "explained": presenters.explained_lines(seen.story, seen.reached),
    }


def _below(by: Acting, breach: str, title: str, *, has_errors: bool = False) -> Any:
    return head_below(breach, title, has_errors=has_errors, is_linked=allows(check_can_decide, by))


def _back(by: Acting, breach: str) -> HttpResponse:
    """To the breach's own page, or, for whoever does not open it, to what does not agree."""
    if allows(check_can_decide, by):
        return redirect("breach_triage", breach=breach)
    return redirect("breach_mismatches", breach=breach)
