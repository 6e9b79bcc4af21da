"""Specialist advice in a case or about an order: asked for, answered, followed or not (page map, P10, P13 and P38; RES-04)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.access.actions import record_refusal
from craffu.cases.advice import events
from craffu.cases.advice.actions import answer_advice, ask_advice, say_followed
from craffu.cases.advice.permissions import check_can_answer
from craffu.cases.advice.queries import AdviceStands, advice_about, find_advice
from craffu.cases.advice.rules import Adviser
from craffu.common.refusals import Conflict, NotNow, NotPermitted, allows
from craffu.orders.advising.actions import answer_with_note, ask_about_order
from craffu.orders.advising.queries import notes_of
from craffu.web.advice import presenters
from craffu.web.advice.about import About, about_case, about_order
from craffu.web.advice.forms import ANSWER, JUDGED, AnswerForm, FollowedForm, OutsideAnswerForm, QuestionForm
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import STATUS
from craffu.web.middleware import acting
from craffu.web.references import refs_asked_for

# The field beside which a refusal is said; one that is not listed stands above the form.
BESIDE: Final[Mapping[str, str]] = {
    "answer_to_come": "on", "answered_before_asked": "on", "reason_missing": "reason", "advice_no_words": "words",
    "note_incomplete": "note", "note_holds_somebody": "note",
}  # fmt: skip


@sensitive_post_parameters("question")
@require_http_methods(["GET", "HEAD", "POST"])
def case_advice(request: HttpRequest, case: str) -> HttpResponse:
    """What was asked and answered in a case, and a question to ask."""
    return _list(request, about_case(acting(request), case))


@sensitive_post_parameters("question")
@require_http_methods(["GET", "HEAD", "POST"])
def order_advice(request: HttpRequest, order: str) -> HttpResponse:
    """The same about one order, be it of a case or of none."""
    return _list(request, about_order(request, order))


@sensitive_post_parameters("words", "name", "note", "reason")
@require_http_methods(["GET", "HEAD", "POST"])
def case_advice_one(request: HttpRequest, case: str, number: int) -> HttpResponse:
    """One question: it is answered here, and here is said whether the answer was followed."""
    return _one(request, about_case(acting(request), case), number)


@sensitive_post_parameters("words", "name", "note", "reason")
@require_http_methods(["GET", "HEAD", "POST"])
def order_advice_one(request: HttpRequest, order: str, number: int) -> HttpResponse:
    return _one(request, about_order(request, order), number)


def _list(request: HttpRequest, about: About) -> HttpResponse:
    by = acting(request)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if about.order:
            ask_about_order(by=by, order=about.order, **form.given)
        else:
            ask_advice(by=by, case=about.case_reference, **form.given)
        say_done(request, _("Your question is recorded. The answer is expected within 48 hours."))
        return redirect(about.address())
    every = advice_about(by, about.case, about.order)
    looked_at(request, events.ADVICE_VIEWED, about.refs(every))
    page = {
        "head": about.head(about.title, has_errors=bool(form.errors)),
        "form": form,
        "about_order": bool(about.order),
        "advice": presenters.advice_table(about, every),
    }
    return render(request, "advice/list.html", page)


def _one(request: HttpRequest, about: About, number: int) -> HttpResponse:
    by = acting(request)
    one = find_advice(by, about.case, number, about.order)
    if one is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form, status = _form(by, one, posted), None
    if form is not None and form.is_bound and form.is_valid():
        try:
            _record(by, one, about, form)
        except (NotNow, Conflict, NotPermitted) as refusal:
            beside = BESIDE.get(refusal.code)
            form.add_error(beside if beside in form.fields else None, refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
            if isinstance(refusal, NotPermitted):
                record_refusal(by=by, refs=refs_asked_for(request), reason=refusal.code)
        else:
            say_done(request, _("It is recorded."))
            return redirect(about.address(number))
    looked_at(request, events.ADVICE_VIEWED, about.refs([one]))
    page = {
        "head": about.head(about.title_of(number), about.link, has_errors=form is not None and bool(form.errors)),
        "summary": presenters.advice_list(one, notes_of(by, [one.asked.pk]).get(one.asked.pk)),
        "form": form,
        "asks": JUDGED if one.answer is not None else ANSWER,
        "is_outside": one.asked.adviser != Adviser.CHAMPION,
    }
    return render(request, "advice/one.html", page, status=status)


def _record(by: Acting, one: AdviceStands, about: About, form: Any) -> None:
    """What was given: of a question in a case by the case's number, though it be about an order of it."""
    where = {"case": about.case_reference, "number": one.asked.number, "order": about.order}
    record: Callable[..., object] = answer_advice
    if one.answer is not None:
        record = say_followed
    elif isinstance(form, AnswerForm):
        record = answer_with_note
    record(by=by, **where, **form.given)


def _form(by: Acting, one: AdviceStands, posted: Any) -> forms.Form | None:
    """What can be said next of a question by this reader; None for a question that somebody else answers."""
    if one.answer is not None:
        return FollowedForm(posted if posted is None or posted.get("asks") == JUDGED else None)
    is_inside = one.asked.adviser == Adviser.CHAMPION
    if not allows(check_can_answer, by, one.asked.by, is_inside=is_inside):
        return None
    return AnswerForm(posted) if is_inside else OutsideAnswerForm(posted)
