"""The register of recommendations: every report, how each recommendation stands, and what was said of it (page map, P33)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, NotPermitted, allows
from craffu.scrutiny.deep_dives.permissions import check_can_read_report, check_can_work
from craffu.scrutiny.initiatives.permissions import check_can_read_initiatives
from craffu.scrutiny.models import ScrutinyReport
from craffu.scrutiny.panels.permissions import check_can_run_panels
from craffu.scrutiny.panels.queries import judged_with_words
from craffu.scrutiny.publishing.queries import published_saying
from craffu.scrutiny.recommending import events
from craffu.scrutiny.recommending.actions import add_entry, bring_in, record_recommendation, record_report
from craffu.scrutiny.recommending.permissions import check_can_keep, check_can_read, keeps, reads_all
from craffu.scrutiny.recommending.queries import (
    Stands,
    also_recommended,
    answering,
    figure_now,
    figure_told,
    find_recommendation,
    find_report,
    recommendations,
    reports,
)
from craffu.scrutiny.recommending.rules import MOVES, Status
from craffu.scrutiny.recommending.shipping import shipped
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import STATUS
from craffu.web.finding import find_form
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.recommendations import presenters
from craffu.web.recommendations.forms import EntryForm, RecommendationForm, ReportForm


def _list_link() -> Link:
    return Link(_("Recommendations"), reverse("recommendation_list"))


def _refs(several: list[Stands]) -> list[str]:
    return sorted(f"recommendation/{one.row.reference}" for one in several)


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """All that the reader may open; or, asked by POST, those in which every word stands."""
    by, now = acting(request), clock.now()
    form = find_form(request)
    every = recommendations(by)
    if not every:
        # Whoever has none to do is told who reads them.
        check_can_read(by, None)
    every = answering(every, form.asked)
    findings = published_saying(by, form.asked) if form.asked and reads_all(by) else []
    judged = judged_with_words(by, form.asked) if form.asked and allows(check_can_run_panels, by) else []
    earlier = {f"deep_dive/{one.dive.reference}" for one in findings} | {
        f"panel/{one.row.reference}" for one, _of in judged
    }
    looked_at(request, events.RECOMMENDATIONS_LISTED, [*_refs(every), *sorted(earlier)])
    title = _("Recommendations")
    held = reports(by) if keeps(by) else ()
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, "")), has_errors=bool(form.errors)),
        "form": form,
        "asked": form.asked,
        "reports": presenters.reports_shown(every, day_of(now)),
        "earlier": presenters.earlier_shown(findings, judged) if form.asked else None,
        "keeps": keeps(by),
        "works_in_dives": allows(check_can_work, by),
        "reads_standing": allows(check_can_read_report, by),
        "reads_initiatives": allows(check_can_read_initiatives, by),
        "adds_to": [(one.reference, presenters.title_of(one)) for one in held],
        "shipped": presenters.shipped_choices(shipped(), held) if keeps(by) else (),
    }
    return render(request, "recommendations/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_bring_in(request: HttpRequest, key: str) -> HttpResponse:
    """Asked from the list, where it is said what is held of the report."""
    by = acting(request)
    check_can_keep(by)
    if key not in shipped():
        raise Http404
    if request.method == "POST":
        bring_in(by=by, shipped=shipped()[key])
        say_done(request, _("Its recommendations are in the register."))
    return redirect("recommendation_list")


@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_keep(by)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            row = record_report(by=by, given=form.given)
        except NotNow as refusal:
            form.add_error("published_on", refusal.message)
        else:
            say_done(request, _("The report is recorded. Add what it recommends."))
            return redirect("recommendation_new", report=row.reference)
    return _asked(request, _("Record a report"), form, _("Record it"))


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_new(request: HttpRequest, report: str) -> HttpResponse:
    by = acting(request)
    check_can_keep(by)
    found = _report(by, report)
    form = RecommendationForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        try:
            row = record_recommendation(by=by, report=report, given=form.given)
        except NotPermitted:
            form.add_error("part_of", _("The report has no recommendation of that number"))
        except (NotNow, Conflict) as refusal:
            form.add_error("number" if isinstance(refusal, Conflict) else "text_cy", refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            say_done(request, _("It is recorded."))
            return redirect("recommendation_detail", recommendation=row.reference)
    title = _("Add a recommendation")
    return _asked(request, title, form, _("Record it"), intro=presenters.title_of(found), status=status)


def _report(by: Acting, reference: str) -> ScrutinyReport:
    found = find_report(by, reference)
    if found is None:
        raise Http404
    return found


@require_safe
def recommendation_detail(request: HttpRequest, recommendation: str) -> HttpResponse:
    by, one = _open(request, recommendation)
    others = also_recommended(by, one.row) if reads_all(by) else []
    looked_at(
        request,
        events.RECOMMENDATION_VIEWED,
        sorted({f"recommendation/{one.row.reference}", *(f"recommendation/{other.reference}" for other in others)}),
    )
    title = _("Recommendation %(reference)s") % {"reference": recommendation}
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), _list_link(), Link(title, ""))),
        "summary": presenters.facts(one, day_of(clock.now()), figure_now(by, one.row.measure)),
        "log": presenters.log_table([(said, figure_told(by, said.figure)) for said in one.entries]),
        "also": presenters.also_table(others),
        "recommendation": recommendation,
    }
    return render(request, "recommendations/one.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_entry(request: HttpRequest, recommendation: str) -> HttpResponse:
    by, one = _open(request, recommendation)
    offered = [status for status in Status if status in MOVES[one.status]] if keeps(by) else [one.status]
    form = EntryForm(
        request.POST if request.method == "POST" else None,
        offered=offered, entries=one.entries, keeps=keeps(by), owner=one.owner, due_on=one.due_on,
        owned_by=one.owned_by.username if one.owned_by else "", said_on=day_of(clock.now()),
    )  # fmt: skip
    status = None
    if form.is_bound and form.is_valid():
        try:
            add_entry(by=by, recommendation=recommendation, given=form.given)
        except (NotNow, Conflict) as refusal:
            form.add_error(None, refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        except NotPermitted as refusal:
            form.add_error("owned_by" if "owned_by" in form.fields else "status", refusal.message)
        else:
            say_done(request, _("It is recorded."))
            return redirect("recommendation_detail", recommendation=recommendation)
    looked_at(request, events.RECOMMENDATION_VIEWED, [f"recommendation/{recommendation}"])
    title = _("Say how recommendation %(reference)s stands") % {"reference": recommendation}
    above = Link(
        _("Recommendation %(reference)s") % {"reference": recommendation},
        reverse("recommendation_detail", args=[recommendation]),
    )
    return _asked(request, title, form, _("Record it"), intro=presenters.text_of(one.row), above=above, status=status)


def _open(request: HttpRequest, reference: str) -> tuple[Acting, Stands]:
    """The reader and the recommendation. Raises NotPermitted, and Http404 where there is none of their force."""
    by = acting(request)
    found = find_recommendation(by, reference)
    if found is None:
        check_can_read(by, None)
        raise Http404
    return by, found


def _asked(
    request: HttpRequest,
    title: str,
    form: ReportForm | RecommendationForm | EntryForm,
    button: str,
    *,
    intro: str = "",
    above: Link | None = None,
    status: int | None = None,
) -> HttpResponse:
    crumbs = (today_link(), _list_link(), *([above] if above else []), Link(title, ""))
    page = {
        "head": PageHead(title, breadcrumbs=crumbs, has_errors=bool(form.errors)),
        "form": form,
        "goes": button,
        "intro": intro,
    }
    return render(request, "recommendations/form.html", page, status=status)
