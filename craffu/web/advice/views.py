"""Specialist advice in a case: asked for, answered, followed or not (page map, P10, P13 and P38; RES-04)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.access.actions import record_refusal
from craffu.cases.advice import events
from craffu.cases.advice.actions import answer_advice, ask_advice, say_followed
from craffu.cases.advice.permissions import check_can_answer, check_can_read_advice
from craffu.cases.advice.queries import AdviceStands, advice_in, find_advice
from craffu.cases.advice.rules import Adviser
from craffu.cases.models import Case
from craffu.cases.permissions import check_can_open_case
from craffu.cases.queries import find_case
from craffu.common.refusals import Conflict, NotNow, NotPermitted, allows
from craffu.web.advice import presenters
from craffu.web.advice.forms import ANSWER, JUDGED, AnswerForm, FollowedForm, OutsideAnswerForm, QuestionForm
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import STATUS
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.references import refs_asked_for
from craffu.web.restricted.stubs import check_is_open

# The field beside which a refusal is said; one that is not listed stands above the form.
BESIDE: Final[Mapping[str, str]] = {
    "answer_to_come": "on", "answered_before_asked": "on", "reason_missing": "reason", "advice_no_words": "words",
}  # fmt: skip


def _open_case(by: Acting, reference: str) -> Case:
    check_can_read_advice(by)
    check_can_open_case(by, reference)
    check_is_open(by, "case", reference)
    found = find_case(by, reference)
    if found is None:
        raise Http404
    return found


def _head(case: str, title: str, *further: Link, has_errors: bool = False) -> PageHead:
    case_link = Link(_("Case %(reference)s") % {"reference": case}, reverse("case_detail", kwargs={"case": case}))
    return PageHead(title, breadcrumbs=(today_link(), case_link, *further, Link(title, "")), has_errors=has_errors)


def _title(case: str) -> str:
    return _("Specialist advice in case %(reference)s") % {"reference": case}


@require_http_methods(["GET", "HEAD", "POST"])
def case_advice(request: HttpRequest, case: str) -> HttpResponse:
    """What was asked and answered, and a question to ask."""
    by = acting(request)
    found = _open_case(by, case)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        ask_advice(by=by, case=case, **form.given)
        say_done(request, _("Your question is recorded. The answer is expected within 48 hours."))
        return redirect("case_advice", case=case)
    looked_at(request, events.ADVICE_VIEWED, [f"case/{case}"])
    page = {
        "head": _head(case, _title(case), has_errors=bool(form.errors)),
        "form": form,
        "advice": presenters.advice_table(case, advice_in(by, found)),
    }
    return render(request, "advice/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def case_advice_one(request: HttpRequest, case: str, number: int) -> HttpResponse:
    """One question: it is answered here, and here is said whether the answer was followed."""
    by = acting(request)
    one = find_advice(by, _open_case(by, case), number)
    if one is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form, status = _form(by, one, posted), None
    if form is not None and form.is_bound and form.is_valid():
        record: Callable[..., object] = say_followed if one.answer is not None else answer_advice
        try:
            record(by=by, case=case, number=number, **form.given)  # type: ignore[attr-defined]
        except (NotNow, Conflict, NotPermitted) as refusal:
            beside = BESIDE.get(refusal.code)
            form.add_error(beside if beside in form.fields else None, refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
            if isinstance(refusal, NotPermitted):
                record_refusal(by=by, refs=refs_asked_for(request), reason=refusal.code)
        else:
            say_done(request, _("It is recorded."))
            return redirect("case_advice_one", case=case, number=number)
    looked_at(request, events.ADVICE_VIEWED, [f"case/{case}"])
    title = _("Question %(number)s in case %(reference)s") % {"number": number, "reference": case}
    every = Link(_("Specialist advice"), reverse("case_advice", kwargs={"case": case}))
    page = {
        "head": _head(case, title, every, has_errors=form is not None and bool(form.errors)),
        "summary": presenters.advice_list(one),
        "form": form,
        "asks": JUDGED if one.answer is not None else ANSWER,
        "is_outside": one.asked.adviser != Adviser.CHAMPION,
    }
    return render(request, "advice/one.html", page, status=status)


def _form(by: Acting, one: AdviceStands, posted: Any) -> forms.Form | None:
    """What can be said next of a question by this reader; None for a question that somebody else answers."""
    if one.answer is not None:
        return FollowedForm(posted if posted is None or posted.get("asks") == JUDGED else None)
    is_inside = one.asked.adviser == Adviser.CHAMPION
    if not allows(check_can_answer, by, one.asked.by, is_inside=is_inside):
        return None
    return AnswerForm(posted) if is_inside else OutsideAnswerForm(posted)
