"""Risk in a case, and the queues of what waits to be judged (page map, P10 Risk and P03; RSK-01 to RSK-04)."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.cases.models import Case
from craffu.cases.permissions import check_can_open_case
from craffu.cases.queries import find_case
from craffu.cases.risk import events
from craffu.cases.risk.actions import look_again, record_assessment, record_event, record_observation
from craffu.cases.risk.forms.permissions import check_can_read_answers
from craffu.cases.risk.forms.queries import answers_given, find_form, forms_to_choose, questions
from craffu.cases.risk.permissions import check_can_assess, check_is_second
from craffu.cases.risk.queries import CaseRisk, case_risk, looks_waiting, unassessed
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, allows
from craffu.web.consulting import looked_at
from craffu.web.edits import STATUS
from craffu.web.middleware import acting
from craffu.web.paging import one_page
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.restricted.stubs import check_is_open
from craffu.web.risk import presenters
from craffu.web.risk.forms import AssessmentForm, EventForm, LookForm, ObservationForm
from craffu.web.risk.questions import Chosen

# The field beside which a refusal is said; one that is not listed stands above the form.
BESIDE = {"moment_to_come": "on", "day_to_come": "on", "next_due_past": "next_due"}


def _open_case(by: Acting, reference: str) -> Case:
    check_can_open_case(by, reference)
    check_is_open(by, "case", reference)
    found = find_case(by, reference)
    if found is None:
        raise Http404
    return found


def _head(case: str, title: str, *, has_errors: bool = False) -> PageHead:
    case_link = Link(_("Case %(reference)s") % {"reference": case}, reverse("case_detail", kwargs={"case": case}))
    return PageHead(title, breadcrumbs=(today_link(), case_link, Link(title, "")), has_errors=has_errors)


@require_safe
def case_risk_page(request: HttpRequest, case: str) -> HttpResponse:
    """The grade that stands and everything it rests on."""
    by = acting(request)
    risk = case_risk(by, _open_case(by, case))
    now = clock.now()
    looked_at(request, events.RISK_VIEWED, [f"case/{case}"])
    page = {
        "head": _head(case, _("Risk in case %(reference)s") % {"reference": case}),
        "notices": [str(notice) for notice in messages.get_messages(request)],
        "is_asked": risk.is_asked,
        "summary": presenters.summary(risk, now),
        "look": presenters.look_words(risk),
        "may_look": _may_look(by, risk),
        "assessments": presenters.assessments_table(risk.assessments, case),
        "observations": presenters.observations_table(risk.observations),
        "not_observed": presenters.not_observed(risk.observations),
        "events": presenters.events_table(risk, now),
        "may_assess": allows(check_can_assess, by),
        "case": case,
    }
    return render(request, "risk/detail.html", page)


def _may_look(by: Acting, risk: CaseRisk) -> bool:
    """Whether the last grade waits for a second person, and the reader may be that."""
    here = risk.last_here
    if here is None or not risk.look.waits:
        return False
    return allows(check_is_second, by, here.assessor)


@require_http_methods(["GET", "HEAD", "POST"])
def case_risk_look(request: HttpRequest, case: str) -> HttpResponse:
    """A second person agrees with a standard grade, or asks for a new assessment (RSK-04)."""
    by = acting(request)
    found = _open_case(by, case)
    check_can_assess(by)
    form = LookForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        try:
            said = form.cleaned_data
            look_again(
                by=by, case=case, number=said["number"], agrees=form.agrees, words=said["words"], seen=said["seen"]
            )
        except (Conflict, NotNow) as refusal:
            form.add_error(None, refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            messages.success(request, _("It is recorded."))
            return redirect("case_risk", case=case)
    risk = case_risk(by, found)
    looked_at(request, events.RISK_VIEWED, [f"case/{case}"])
    title = _("Look again at the risk grade in case %(reference)s") % {"reference": case}
    page = {
        "head": _head(case, title, has_errors=bool(form.errors)),
        "form": form,
        "look": presenters.look_words(risk),
        "may_look": _may_look(by, risk),
        "number": risk.last_here.number if risk.last_here else "",
        "seen": [fact.value for fact in risk.look.because],
        "assessments": presenters.assessments_table(risk.assessments[-1:], case),
        "observations": presenters.observations_table(risk.observations),
        "not_observed": presenters.not_observed(risk.observations),
    }
    return render(request, "risk/look.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def case_risk_assess(request: HttpRequest, case: str) -> HttpResponse:
    """An assessment, with the force's own tool or with a form that the force has loaded and `?form=` names."""
    by = acting(request)
    title = _("Record a risk assessment in case %(reference)s") % {"reference": case}
    chosen = _chosen(by, request.GET.get("form", "")) if allows(check_can_assess, by) else None
    page = {
        "choices": presenters.forms_list(case, forms_to_choose(by), chosen.reference if chosen else ""),
        "asked_by": presenters.form_words(chosen) if chosen else "",
    }
    form = partial(AssessmentForm, chosen=chosen)
    return _recorded(request, case, form, record_assessment, "risk/assess.html", title, page)


def _chosen(by: Acting, reference: str) -> Chosen | None:
    if not reference:
        return None
    form = find_form(by, reference)
    if form is None:
        raise Http404
    return Chosen(form.reference, form.tool, form.version, form.licence_ref, questions(form))


@require_safe
def case_risk_assessment(request: HttpRequest, case: str) -> HttpResponse:
    """One assessment with what was answered: the one that `?number=` names, otherwise the last."""
    by = acting(request)
    risk = case_risk(by, _open_case(by, case))
    number = request.GET.get("number", "")
    one = next((one for one in reversed(risk.assessments) if number in ("", str(one.number))), None)
    if one is None and number:
        raise Http404
    may_read = allows(check_can_read_answers, by)
    looked_at(request, events.RISK_VIEWED, [f"case/{case}"])
    page = {
        "head": _head(case, _("Risk assessment in case %(reference)s") % {"reference": case}),
        "assessments": presenters.assessments_table([one] if one else [], case),
        "answers": presenters.answers_list(answers_given(by, one)) if one and may_read else None,
        "may_read": may_read,
    }
    return render(request, "risk/assessment.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def case_risk_event(request: HttpRequest, case: str) -> HttpResponse:
    title = _("What happened in case %(reference)s?") % {"reference": case}
    return _recorded(request, case, EventForm, record_event, "risk/event.html", title)


@require_http_methods(["GET", "HEAD", "POST"])
def case_risk_observe(request: HttpRequest, case: str) -> HttpResponse:
    title = _("Record an observation in case %(reference)s") % {"reference": case}
    return _recorded(request, case, ObservationForm, record_observation, "risk/observe.html", title)


def _recorded(
    request: HttpRequest,
    case: str,
    kind: Callable[..., Any],
    record: Callable[..., object],
    template: str,
    title: str,
    page: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """A form whose content is recorded, then the page of the case's risk again."""
    by = acting(request)
    _open_case(by, case)
    check_can_assess(by)
    form: forms.Form = kind(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            record(by=by, case=case, given=form.given)  # type: ignore[attr-defined]
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            messages.success(request, _("It is recorded."))
            return redirect("case_risk", case=case)
    looked_at(request, events.RISK_VIEWED, [f"case/{case}"])
    head = _head(case, title, has_errors=bool(form.errors))
    return render(request, template, {"head": head, "form": form, **(page or {})})


@require_safe
def queue_assessments(request: HttpRequest) -> HttpResponse:
    """Cases of stalking or harassment without a current grade, the longest waiting first (RSK-02)."""
    by = acting(request)
    check_can_assess(by)
    shown = one_page(request, unassessed(by, clock.now()))
    looked_at(request, events.UNASSESSED_LISTED, [f"case/{one.reference}" for one in shown.rows])
    title = _("Cases without a current risk grade")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "shown": shown,
        "queue": presenters.unassessed_table(shown.rows),
    }
    return render(request, "risk/unassessed.html", page)


@require_safe
def queue_second_looks(request: HttpRequest) -> HttpResponse:
    """Standard grades that a second person has still to look at (RSK-04)."""
    by = acting(request)
    check_can_assess(by)
    shown = one_page(request, looks_waiting(by))
    references = [f"case/{one.assessment.case.reference}" for one in shown.rows]
    looked_at(request, events.SECOND_LOOKS_LISTED, references)
    title = _("Standard grades to look at again")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "shown": shown,
        "queue": presenters.looks_table(shown.rows, clock.now()),
    }
    return render(request, "risk/looks.html", page)
