"""Words that somebody took back: whoever keeps them asks to destroy them, somebody else decides and reads none (SEC-09, P41)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.policies import check_fresh_factor
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow
from craffu.scrutiny.destroying import events
from craffu.scrutiny.destroying.actions import ask_to_destroy_interview, decide, refs_of
from craffu.scrutiny.destroying.permissions import check_can_decide
from craffu.scrutiny.destroying.queries import destructions, find_destruction, texts_of
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import STATUS
from craffu.web.middleware import acting
from craffu.web.paging import one_page
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.scrutiny import presenters
from craffu.web.scrutiny.forms import DecideForm
from craffu.web.scrutiny.opening import open_interview


@require_http_methods(["GET", "HEAD", "POST"])
def interview_destroy(request: HttpRequest, interview: str) -> HttpResponse:
    """Asked from the page of the interview, where it is said how much was taken back."""
    by, _stands = open_interview(request, interview)
    if request.method == "POST":
        ask_to_destroy_interview(by=by, interview=interview)
        say_done(request, _("It is asked for. An auditor decides whether it is destroyed."))
    return redirect("interview_detail", interview=interview)


@require_safe
def destruction_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    shown = one_page(request, destructions(by))
    looked_at(request, events.DESTRUCTIONS_LISTED, sorted({ref for one in shown.rows for ref in refs_of(one)}))
    title = _("Words to destroy")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "shown": shown,
        "table": presenters.destructions_table(shown.rows),
    }
    return render(request, "scrutiny/destructions.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def destruction_detail(request: HttpRequest, destruction: str) -> HttpResponse:
    """How much was taken back and who asked, to decide: of the words themselves nothing is shown."""
    by = acting(request)
    check_can_decide(by)
    found = find_destruction(by, destruction)
    if found is None:
        raise Http404
    check_fresh_factor(by)
    form = None if hasattr(found, "decided") else DecideForm(request.POST if request.method == "POST" else None)
    status = None
    if form is not None and form.is_bound and form.is_valid():
        try:
            decide(by=by, destruction=destruction, decision=form.given)
        except (NotNow, Conflict) as refusal:
            form.add_error("decision", refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            say_done(request, _("It is decided."))
            return redirect("destruction_detail", destruction=destruction)
    looked_at(request, events.DESTRUCTION_VIEWED, refs_of(found))
    title = _("Words to destroy: %(reference)s") % {"reference": destruction}
    crumbs = (today_link(), Link(_("Words to destroy"), reverse("destruction_list")), Link(title, ""))
    page = {
        "head": PageHead(title, breadcrumbs=crumbs, has_errors=form is not None and bool(form.errors)),
        "form": form,
        "summary": presenters.destruction_facts(found, texts_of(by, found, clock.now())),
    }
    return render(request, "scrutiny/destruction.html", page, status=status)
