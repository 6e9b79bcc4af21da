"""Initiatives of the force: each with its owner, its baseline, its measure, its figures after and its end (C4)."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, allows
from craffu.scrutiny.initiatives import events
from craffu.scrutiny.initiatives.actions import record_initiative, say_course
from craffu.scrutiny.initiatives.permissions import check_can_keep_initiatives, check_can_read_initiatives, shown_to
from craffu.scrutiny.initiatives.queries import Begun, find_initiative, initiatives
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import STATUS
from craffu.web.initiatives import presenters
from craffu.web.initiatives.forms import CourseForm, InitiativeForm
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link

BESIDE: Final = {
    "one_language": "title_cy", "aim_too_short": "aim", "owner_missing": "owner", "period_backwards": "baseline_last",
    "period_length": "baseline_last", "baseline_not_before": "baseline_last", "words_too_short": "words",
    "said_to_come": "on", "ends_before": "on", "never_began": "course", "begun_already": "course",
}  # fmt: skip


def _list_link() -> Link:
    return Link(_("Initiatives"), reverse("initiative_list"))


@require_safe
def initiative_list(request: HttpRequest) -> HttpResponse:
    by, today = acting(request), day_of(clock.now())
    check_can_read_initiatives(by)
    every = initiatives(by)
    looked_at(request, events.INITIATIVES_LISTED, sorted(f"initiative/{one.row.reference}" for one in every))
    title = _("Initiatives")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "evidence": presenters.evidence_words(every, today),
        "initiatives": presenters.list_table(every, today),
        "keeps": allows(check_can_keep_initiatives, by),
    }
    return render(request, "initiatives/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_new(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_keep_initiatives(by)
    form = InitiativeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            row = record_initiative(by=by, given=form.given)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is recorded. Its baseline is counted from the next snapshot."))
            return redirect("initiative_detail", initiative=row.reference)
    title = _("Record an initiative")
    page = {
        "head": PageHead(
            title, breadcrumbs=(today_link(), _list_link(), Link(title, "")), has_errors=bool(form.errors)
        ),
        "form": form,
        "intro": _(
            "Choose what is to show it, and the days it is held against, before it begins: nothing of it can be changed."
        ),
        "button_text": _("Record it"),
    }
    return render(request, "asking.html", page)


@require_safe
def initiative_detail(request: HttpRequest, initiative: str) -> HttpResponse:
    by, one = _open(request, initiative)
    today = day_of(clock.now())
    looked_at(request, events.INITIATIVE_VIEWED, [f"initiative/{initiative}"])
    title = presenters.title_of(one)
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), _list_link(), Link(title, ""))),
        "facts": presenters.facts(one, today),
        "figures": presenters.figures_table(one, shown_to(by, one.row.measure)),
        "entries": presenters.entries_table(one.entries),
        "initiative": initiative,
        "keeps": allows(check_can_keep_initiatives, by),
    }
    return render(request, "initiatives/one.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_say(request: HttpRequest, initiative: str) -> HttpResponse:
    by, one = _open(request, initiative)
    check_can_keep_initiatives(by)
    form = CourseForm(request.POST if request.method == "POST" else None, said=len(one.entries))
    status = None
    if form.is_bound and form.is_valid():
        try:
            say_course(by=by, initiative=initiative, given=form.given)
        except (NotNow, Conflict) as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            say_done(request, _("It is kept with what was said before."))
            return redirect("initiative_detail", initiative=initiative)
    looked_at(request, events.INITIATIVE_VIEWED, [f"initiative/{initiative}"])
    title = _("Say how it goes")
    above = Link(presenters.title_of(one), reverse("initiative_detail", args=[initiative]))
    page = {
        "head": PageHead(
            title, breadcrumbs=(today_link(), _list_link(), above, Link(title, "")), has_errors=bool(form.errors)
        ),
        "form": form,
        "intro": presenters.title_of(one),
        "button_text": _("Keep it"),
    }
    return render(request, "asking.html", page, status=status)


def _open(request: HttpRequest, reference: str) -> tuple[Acting, Begun]:
    by = acting(request)
    check_can_read_initiatives(by)
    found = find_initiative(by, reference)
    if found is None:
        raise Http404
    return by, found
