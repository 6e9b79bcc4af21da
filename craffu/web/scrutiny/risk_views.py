"""Refer now: a danger told of in an interview reaches the force at once, without a word of the interview (page map, P29)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craffu.common.refusals import Conflict, NotNow
from craffu.scrutiny.interviewing import events
from craffu.scrutiny.interviewing.actions import record_acted, refer_live_risk
from craffu.scrutiny.interviewing.permissions import check_can_act
from craffu.scrutiny.interviewing.queries import find_live_risk
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import STATUS
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.scrutiny import presenters
from craffu.web.scrutiny.forms import ActedForm, LiveRiskForm
from craffu.web.scrutiny.opening import Asked, form_page, head, open_interview, refs


@require_http_methods(["GET", "HEAD", "POST"])
def interview_live_risk(request: HttpRequest, interview: str) -> HttpResponse:
    """What the force needs to act, written for it."""
    by, stands = open_interview(request, interview)
    form = LiveRiskForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            refer_live_risk(by=by, interview=interview, given=form.given)
        except NotNow as refusal:
            form.add_error(None, refusal.message)
        else:
            say_done(request, _("The force is told. Ring 999 as well if it cannot wait an hour."))
            return redirect("interview_detail", interview=interview)
    looked_at(request, events.INTERVIEW_VIEWED, refs(stands))
    asked = Asked(
        warning=_("If somebody is in danger this minute, ring 999 first."),
        intro=(
            _(
                "The duty inspector, supervisors and coordinators see this at once, with your name. Of the interview they see"
                " nothing."
            ),
        ),
        button=_("Tell the force now"),
        rows=5,
    )
    top = head(
        interview,
        _("Refer a danger from interview %(reference)s") % {"reference": interview},
        has_errors=bool(form.errors),
    )
    return render(request, "scrutiny/form.html", form_page(top, form, asked))


@require_http_methods(["GET", "HEAD", "POST"])
def live_risk(request: HttpRequest, live_risk: str) -> HttpResponse:
    """The force's own page: what it was told, and what it did."""
    by = acting(request)
    check_can_act(by)
    found = find_live_risk(by, live_risk)
    if found is None:
        raise Http404
    form = None if hasattr(found, "acted") else ActedForm(request.POST if request.method == "POST" else None)
    status = None
    if form is not None and form.is_bound and form.is_valid():
        try:
            record_acted(by=by, risk=live_risk, given=form.given)
        except (NotNow, Conflict) as refusal:
            form.add_error(None, refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            say_done(request, _("It is recorded."))
            return redirect("live_risk", live_risk=live_risk)
    looked_at(request, events.LIVE_RISK_VIEWED, presenters.risk_refs(found))
    title = _("Live risk %(reference)s") % {"reference": live_risk}
    page = {
        "head": PageHead(
            title, breadcrumbs=(today_link(), Link(title, "")), has_errors=form is not None and bool(form.errors)
        ),
        "form": form,
        "summary": presenters.risk_facts(found),
    }
    return render(request, "scrutiny/risk.html", page, status=status)
