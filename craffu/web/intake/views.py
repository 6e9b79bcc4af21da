"""Intake: what came and what did not, files handed in, rows released, reject files taken away (page map, P37)."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.access.policies import check_fresh_factor
from craffu.audit.actions import record
from craffu.common.refusals import NotNow, allows
from craffu.intake import events
from craffu.intake.actions import start_run
from craffu.intake.adapters import ADAPTERS
from craffu.intake.evidence import check_may_compare, evidence_of
from craffu.intake.linking.arriving import waiting_for_a_run
from craffu.intake.models import HeldRow, Run
from craffu.intake.permissions import check_can_decide_held, check_can_take_in, check_can_view_runs
from craffu.intake.queries import (
    files_of_run,
    find_held,
    find_run,
    held_by_run,
    mapping_of,
    open_rows,
    runs_page,
    sources,
)
from craffu.intake.releasing import release
from craffu.intake.running import reject_path
from craffu.intake.tasks import take_in_upload
from craffu.intake.uploads import close_unkept, keep
from craffu.people.queries import identities, people_of_records
from craffu.web.consulting import looked_at
from craffu.web.intake import presenters
from craffu.web.intake.forms import DecideForm, HandInForm, TakeAwayForm
from craffu.web.middleware import acting
from craffu.web.paging import PAGE_SIZE, one_page
from craffu.web.presenters import Link, PageHead, today_link


def _crumbs(*more: Link) -> tuple[Link, ...]:
    return (today_link(), Link(_("Intake"), reverse("intake_list")), *more)


@require_safe
def intake_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_view_runs(by)
    shown, heard = one_page(request, runs_page(by)), sources(by)
    looked_at(request, events.RUNS_LISTED, [f"run/{run.reference}" for run in shown.rows])
    page = {
        "head": PageHead(_("Intake"), breadcrumbs=(today_link(), Link(_("Intake"), ""))),
        "may_take_in": allows(check_can_take_in, by),
        "shown": shown,
        "runs": presenters.runs_table(shown.rows),
        "sources": presenters.sources_table(heard),
        "waiting": presenters.waiting_words(waiting_for_a_run(by)),
    }
    return render(request, "intake/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def intake_new(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_take_in(by)
    form = HandInForm(request.POST, request.FILES) if request.method == "POST" else HandInForm()
    if request.method == "POST" and form.is_valid():
        try:
            run = _hand_in(by, form)
        except NotNow as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("intake_run", run=run.reference)
    head = PageHead(
        _("Take in files"),
        back=Link(_("Back"), reverse("intake_list")),
        has_errors=bool(form.errors),
    )
    return render(request, "intake/new.html", {"head": head, "form": form})


def _hand_in(by: Acting, form: HandInForm) -> Run:
    given = form.cleaned_data
    version = ADAPTERS[given["kind"]].mapping_version
    run = start_run(by=by, kind=given["kind"], mapping_version=version, queued=True)
    try:
        keep(run, given["extracts"])
    except OSError:
        close_unkept(by, run)
        raise
    transaction.on_commit(partial(take_in_upload.enqueue, by.actor.name, run.reference, given["expected"]))
    return run


def _found_run(by: Acting, reference: str) -> Run:
    run = find_run(by, reference)
    if run is None:
        raise Http404
    return run


@require_http_methods(["GET", "HEAD", "POST"])
def intake_run(request: HttpRequest, run: str) -> HttpResponse:
    by = acting(request)
    check_can_view_runs(by)
    found = _found_run(by, run)
    waiting = open_rows(by, HeldRow.Why.PARKED).filter(run=found)
    form = _decide_form(request, waiting)
    if form.is_bound and _decided(request, by, form, waiting):
        return redirect("intake_run", run=found.reference)
    parked = one_page(request, waiting.defer("raw"), name="parked")
    rejected = one_page(request, held_by_run(by, found, HeldRow.Why.REJECTED), name="rejected")
    decided = held_by_run(by, found, HeldRow.Why.PARKED).filter(decision__isnull=False)[:PAGE_SIZE]
    refused = one_page(request, files_of_run(by, found).exclude(refused_code=""), name="refused")
    files = one_page(request, files_of_run(by, found), name="files")
    refs = [f"run/{found.reference}", *(f"held/{row.reference}" for row in (*parked.rows, *rejected.rows, *decided))]
    looked_at(request, events.RUN_VIEWED, refs)
    title = _("Intake run %(reference)s") % {"reference": found.reference}
    page = {
        "head": PageHead(title, breadcrumbs=_crumbs(Link(title, "")), has_errors=bool(form.errors)),
        "notices": [str(notice) for notice in messages.get_messages(request)],
        "run": presenters.run_shown(found, rejected=rejected.total),
        "refused": refused,
        "refused_table": presenters.refused_table(refused.rows),
        "rejected": rejected,
        "rejected_table": presenters.rejected_table(rejected.rows),
        "parked": parked,
        "parked_items": presenters.row_choices(parked.rows, frozenset(request.POST.getlist("rows"))),
        "parked_links": [presenters.held_link(row.reference) for row in parked.rows],
        "decided_table": presenters.decided_table(decided),
        "form": form,
        "warnings": presenters.warnings_table(found),
        "mapping": presenters.mapping_table(mapping_of(by, found)),
        "files": files,
        "files_table": presenters.files_table(files.rows),
    }
    return render(request, "intake/run.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def intake_held(request: HttpRequest, held: str) -> HttpResponse:
    """One held row with what a person compares before deciding it."""
    by = acting(request)
    check_can_decide_held(by)
    found = find_held(by, held)
    if found is None:
        raise Http404
    check_may_compare(by, found)
    waiting = open_rows(by, HeldRow.Why.PARKED).filter(pk=found.pk)
    form = _decide_form(request, waiting)
    if form.is_bound and _decided(request, by, form, waiting):
        return redirect("intake_run", run=found.run.reference)
    evidence = evidence_of(by, found) if found.why == HeldRow.Why.PARKED else None
    people = people_of_records(by, evidence.candidates) if evidence else {}
    known = identities(by, dict.fromkeys(people.values()))
    refs = sorted({f"person/{person.reference}" for person in people.values()})
    looked_at(request, events.HELD_VIEWED, [f"held/{found.reference}", f"run/{found.run.reference}", *refs])
    title = _("Held row %(reference)s") % {"reference": found.reference}
    run_link = presenters.run_link(found.run.reference)
    page = {
        "head": PageHead(title, breadcrumbs=_crumbs(run_link, Link(title, "")), has_errors=bool(form.errors)),
        "row": presenters.held_row(found),
        "is_parked": found.why == HeldRow.Why.PARKED,
        "is_open": found.why == HeldRow.Why.PARKED and not hasattr(found, "decision"),
        "evidence": presenters.evidence_table(evidence, list(known.values())) if evidence else None,
        "form": form,
    }
    return render(request, "intake/held.html", page)


def _decide_form(request: HttpRequest, waiting: QuerySet[HeldRow]) -> DecideForm:
    return DecideForm(request.POST or None, rows=waiting.values_list("reference", flat=True))


def _decided(request: HttpRequest, by: Acting, form: DecideForm, waiting: QuerySet[HeldRow]) -> bool:
    """Carry the decision out; False, with the reason in the form, where it cannot be."""
    check_can_decide_held(by)
    if not form.is_valid():
        return False
    given = form.cleaned_data
    rows = list(waiting.filter(reference__in=given["rows"]).select_related("run"))
    try:
        done = release(by=by, rows=rows, decision=given["decision"], reason=given["reason"])
    except NotNow as refusal:
        form.add_error(None, refusal.message)
        return False
    messages.success(request, _("Rows decided: %(number)s") % {"number": len(done)})
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def intake_rejects(request: HttpRequest, run: str) -> HttpResponseBase:
    """A reject file leaves Craffu, so the log says who took it, for whom and why (SEC-04)."""
    by = acting(request)
    check_can_view_runs(by)
    found = _found_run(by, run)
    path = reject_path(found)
    if not found.reject_file or not path.is_file():
        raise Http404
    form = TakeAwayForm(request.POST or None)
    if form.is_bound and form.is_valid():
        check_fresh_factor(by)
        with transaction.atomic():
            record(
                kind=events.REJECTS_DOWNLOADED,
                actor=by.actor,
                refs=[f"run/{found.reference}"],
                recipient=form.cleaned_data["recipient"],
                reason=form.cleaned_data["reason"],
                counts={"rows": found.rejected, "files": found.files_refused},
                request=by.request,
            )
        return FileResponse(
            path.open("rb"), as_attachment=True, filename=found.reject_file, content_type="text/csv; charset=utf-8"
        )
    looked_at(request, events.RUN_VIEWED, [f"run/{found.reference}"])
    head = PageHead(
        _("Reject file of %(reference)s") % {"reference": found.reference},
        heading=_("Take the reject file away"),
        back=Link(_("Back"), presenters.run_link(found.reference).href),
        has_errors=bool(form.errors),
    )
    return render(request, "intake/rejects.html", {"head": head, "form": form, "rejected": found.rejected})
