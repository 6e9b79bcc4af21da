"""The workspace of a deep dive: question, plan, people, evidence, findings and recommendations (page map, P31)."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, NotPermitted, allows
from craffu.measures.kept.reading import kept_figures
from craffu.measures.places import folder_of
from craffu.scrutiny.claiming.actions import attach, write_finding
from craffu.scrutiny.claiming.queries import found_of
from craffu.scrutiny.claiming.sources import published_to_choose, quotes_to_choose, survey_to_choose
from craffu.scrutiny.deep_dives import events
from craffu.scrutiny.deep_dives.actions import name_person, open_dive, plan, recommend
from craffu.scrutiny.deep_dives.permissions import check_can_lead, check_can_work
from craffu.scrutiny.deep_dives.policies import check_is_open
from craffu.scrutiny.deep_dives.queries import Dive, dives
from craffu.scrutiny.recommending.queries import recommended_before
from craffu.web.consulting import looked_at
from craffu.web.deep_dives import forms as asked
from craffu.web.deep_dives import presenters
from craffu.web.deep_dives.opening import head_of, open_dive_page, viewed
from craffu.web.deep_dives.splits import parts_to_choose
from craffu.web.done import say_done
from craffu.web.edits import VERSION, seen_version
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, Text, today_link

# Beside which field a refusal stands; any other stands above the form.
BESIDE: Final = {
    "days_backwards": "last", "words_too_short": "words", "interest_unsaid": "interest", "no_period": "period",
    "bad_hash": "sha256", "reply_unsaid": "words", "reply_other_day": "on", "no_reason": "reason",
    "sentence_too_short": "text_cy", "evidence_other_kind": "evidence", "beside_itself": "beside", "both_sides": "against",
}  # fmt: skip


def add_refusal(form: forms.Form, refusal: Any) -> None:
    beside = BESIDE.get(refusal.code)
    form.add_error(beside if beside in form.fields else None, refusal.message)


@require_safe
def deep_dive_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_work(by)
    every = dives(by)
    looked_at(request, events.DIVES_LISTED, sorted(f"deep_dive/{one.row.reference}" for one in every))
    title = _("Deep dives")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "dives": presenters.list_table(every),
        "leads": allows(check_can_lead, by),
    }
    return render(request, "deep_dives/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def deep_dive_new(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_lead(by)
    form = asked.DiveForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            row = open_dive(by=by, given=form.given)
        except NotNow as refusal:
            add_refusal(form, refusal)
        else:
            say_done(request, _("It is open. Plan it, and say who takes part."))
            return redirect("deep_dive_detail", dive=row.reference)
    page = {
        "head": head_of(None, _("Open a deep dive"), has_errors=bool(form.errors)),
        "form": form,
        "intro": _("The question and the terms are published as they are written here."),
        "button_text": _("Open it"),
    }
    return render(request, "asking.html", page)


@require_safe
def deep_dive_detail(request: HttpRequest, dive: str) -> HttpResponse:
    """Everything of one, every figure worked out again from where it is from."""
    by, one = open_dive_page(request, dive)
    now = clock.now()
    found, kept = found_of(by, one.row, now), kept_figures(folder_of(by))
    before = recommended_before(by, {each.number: (each.matter, each.measure) for each in one.recommended}, dive)
    held = {f"recommendation/{each.reference}" for several in before.values() for each in several}
    viewed(request, dive, (each.row for each in found.evidence.values()), held)
    page = {
        "head": head_of(None, presenters.dive_title(one)),
        "dive": dive,
        "facts": presenters.facts(one, found, kept.snapshot if kept else ""),
        "plan": presenters.plan_table(one, day_of(now)),
        "people": presenters.people_table(one),
        "evidence": presenters.evidence_table(found),
        "findings": presenters.findings_table(dive, found),
        "recommended": presenters.recommended_table(one, before),
        "steps": presenters.steps_table(one.steps),
        "is_open": allows(check_is_open, one.status),
        "kinds": [
            (key, words) for key, (words, _form) in EVIDENCE.items() if key != SURVEY or allows(check_can_lead, by)
        ],
    }
    return render(request, "deep_dives/one.html", page)


type Makes = Callable[[Acting, Any], forms.Form]
# What keeps a form: by whom, in which deep dive, what was given, and the version that it was made from.
type Keeps = Callable[[Acting, str, Any, str], object]

ADDED: Final[Mapping[str, tuple[Text, type[forms.Form], Keeps]]] = {
    "plan": (
        gettext_lazy("Plan a method"),
        asked.PlanForm,
        lambda by, dive, form, _seen: plan(by=by, dive=dive, given=form.given),
    ),
    "person": (
        gettext_lazy("Say who takes part"),
        asked.PersonForm,
        lambda by, dive, form, _seen: name_person(by=by, dive=dive, given=form.given),
    ),
    "finding": (
        gettext_lazy("Write a finding"),
        asked.FindingForm,
        lambda by, dive, form, _seen: write_finding(by=by, dive=dive, given=form.given_as(None)),
    ),
    "recommendation": (
        gettext_lazy("Write a recommendation"),
        asked.RecommendedForm,
        lambda by, dive, form, seen: recommend(by=by, dive=dive, given=form.given, seen=seen),
    ),
}
# What victims wrote is offered to whoever leads alone.
SURVEY: Final = "survey"
EVIDENCE: Final[Mapping[str, tuple[Text, Makes]]] = {
    "measure": (
        gettext_lazy("Attach a measure"),
        lambda by, data: asked.MeasureEvidence(data, parts=parts_to_choose(by)),
    ),
    "published": (
        gettext_lazy("Attach a published figure"),
        lambda by, data: asked.PublishedEvidence(data, choices=published_to_choose(), force=by.force.code),
    ),
    "sample": (gettext_lazy("Attach a question of a dip sample"), lambda _by, data: asked.SampleEvidence(data)),
    "quote": (
        gettext_lazy("Attach words of an interview"),
        lambda by, data: asked.QuoteEvidence(data, choices=quotes_to_choose(by, clock.now())),
    ),
    SURVEY: (
        gettext_lazy("Attach words of a survey"),
        lambda by, data: asked.SurveyEvidence(data, choices=survey_to_choose(by)),
    ),
    "document": (gettext_lazy("Attach a document"), lambda _by, data: asked.DocumentEvidence(data)),
    "earlier": (gettext_lazy("Attach an earlier recommendation"), lambda _by, data: asked.RecommendationEvidence(data)),
}
# Of these a figure is worked out; the rest are words, or a place where they stand.
FIGURES: Final = frozenset({"measure", "published", "sample"})


@require_http_methods(["GET", "HEAD", "POST"])
def deep_dive_add(request: HttpRequest, dive: str, what: str) -> HttpResponse:
    """Add to it: to its plan, people, findings, recommendations. What was said before stays."""
    by, one = open_dive_page(request, dive)
    if what not in ADDED:
        raise Http404
    title, kind, keep = ADDED[what]
    form = kind(request.POST if request.method == "POST" else None)
    intro = _("Nothing that was said before is changed: it is added to.")
    return _added(request, by, (one, str(title), intro), form, keep)


@require_http_methods(["GET", "HEAD", "POST"])
def deep_dive_evidence(request: HttpRequest, dive: str, what: str) -> HttpResponse:
    """Attach evidence: its figure is worked out, and never typed."""
    by, one = open_dive_page(request, dive)
    if what not in EVIDENCE:
        raise Http404
    title, make = EVIDENCE[what]
    form = make(by, request.POST if request.method == "POST" else None)
    intro = (
        _("Its figure is worked out now and kept with where it is from. It is worked out again each time it is shown.")
        if what in FIGURES
        else _("It is kept with where it is from.")
    )
    return _added(
        request,
        by,
        (one, str(title), intro),
        form,
        lambda by, dive, form, _seen: attach(by=by, dive=dive, given=form.given),
    )


def _added(request: HttpRequest, by: Acting, page_of: tuple[Dive, str, str], form: Any, keep: Keeps) -> HttpResponse:
    one, title, intro = page_of
    version, both, status = seen_version(request) if form.is_bound else one.recommended_version, None, None
    if form.is_bound and form.is_valid():
        try:
            keep(by, one.row.reference, form, version)
        except NotNow as refusal:
            add_refusal(form, refusal)
        except Conflict as refusal:
            add_refusal(form, refusal)
            _by, one = open_dive_page(request, one.row.reference)
            version, status = one.recommended_version, HTTPStatus.CONFLICT
            both = presenters.both_recommended(one.recommended, form.given)
        except NotPermitted:
            form.add_error(None, _("There is nothing of that name or number"))
        else:
            say_done(request, _("It is kept with what was said before."))
            return redirect("deep_dive_detail", dive=one.row.reference)
    # Passages to choose from stand under the references of their interviews.
    interviews = (f"interview/{each}" for each in getattr(form, "interviews", ()))
    invitations = (f"invitation/{each}" for each in getattr(form, "invitations", ()))
    viewed(request, one.row.reference, more=(*interviews, *invitations))
    page = {
        "head": head_of(one, title, has_errors=bool(form.errors)),
        "form": form,
        "intro": intro,
        "button_text": _("Keep it"),
        "both": both,
        "version_name": VERSION,
        "version": version,
    }
    return render(request, "asking.html", page, status=status)


def finding_link(dive: str, number: int) -> Link:
    return Link(_("Finding %(number)s") % {"number": number}, reverse("deep_dive_finding", args=[dive, number]))
