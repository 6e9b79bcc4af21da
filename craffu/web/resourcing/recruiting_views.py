"""How recruitment to one post stands, and the next step of it (page map, P39; R1a)."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow
from craffu.resourcing import events
from craffu.resourcing.permissions import check_can_state
from craffu.resourcing.recruiting.actions import say_recruiting_step
from craffu.resourcing.recruiting.kinds import RecruitingStep
from craffu.resourcing.recruiting.queries import post_numbered, recruitment_to, steps_said
from craffu.resourcing.recruiting.rules import may_follow
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.resourcing import recruiting_presenters as presenters
from craffu.web.resourcing.caseload_views import caseload_link
from craffu.web.resourcing.forms import StepForm

BESIDE: Final = {
    "step_out_of_order": "step",
    "step_ahead": "taken_on",
    "step_before_last": "taken_on",
    "start_missing": "starts_on",
    "start_not_agreed": "starts_on",
    "start_before_agreed": "starts_on",
    "resourcing_no_reason": "reason",
}


@require_http_methods(["GET", "HEAD", "POST"])
def recruiting(request: HttpRequest, number: int) -> HttpResponse:
    """`number` is that of a row of the extract of posts."""
    by = acting(request)
    check_can_state(by)
    post = post_numbered(by, number)
    if post is None:
        raise Http404
    ref, today = post.post.post_ref, day_of(clock.now())
    said = steps_said(by, post_ref=ref)
    last = recruitment_to(post, said, today).last
    steps = [step for step in RecruitingStep if may_follow(last.step if last else None, step)]
    # What stood in the form when it was opened is read, and the action says where it can no longer follow.
    form = StepForm(
        RecruitingStep if request.method == "POST" else steps, request.POST if request.method == "POST" else None
    )
    if form.is_bound and form.is_valid():
        try:
            say_recruiting_step(by=by, given=form.given(ref))
        except (NotNow, Conflict) as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is kept with what was said before."))
            return redirect("caseload")
    looked_at(request, events.POSTS_VIEWED, [])
    title = _("Recruitment to post %(ref)s") % {"ref": ref}
    page = {
        "head": PageHead(
            title, breadcrumbs=(today_link(), caseload_link(), Link(title, "")), has_errors=bool(form.errors)
        ),
        "form": form,
        "role": post.post.role,
        "team": post.post.team,
        "steps": presenters.steps_table(said.get(ref, ())),
    }
    return render(request, "resourcing/recruiting.html", page)
