"""The minutes of a cohort meeting: approved by its chair, corrected beside, taken out for the force and for each agency (P23)."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craffu.access.policies import FactorNotFresh, check_fresh_factor
from craffu.clocks.london import local_time
from craffu.common.refusals import Conflict, NotNow, Refusal
from craffu.people.queries import identities
from craffu.prevention import events
from craffu.prevention.meetings.actions import approve_minutes, correct_minutes
from craffu.prevention.meetings.papers.actions import purposes, send_minutes_again
from craffu.prevention.meetings.papers.queries import find_printed, items_of
from craffu.prevention.meetings.policies import check_is_approved, check_is_open, obstacles
from craffu.prevention.meetings.queries import stands_among
from craffu.prevention.permissions import check_can_chair, check_can_meet
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import VERSION, seen_version
from craffu.web.meetings import presenters
from craffu.web.meetings.forms import CorrectForm, PrintForm
from craffu.web.meetings.opening import SENSITIVE, asked, back, head, open_meeting, refs_of
from craffu.web.meetings.paper import print_minutes
from craffu.web.orders.opening import refused


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_approve(request: HttpRequest, meeting: str) -> HttpResponse:
    """The chair reads the minutes once more, and approves them."""
    by, story = open_meeting(request, meeting, check_can_chair)
    check_is_open(story)
    refusal, status, seen = "", None, seen_version(request, story.version)
    if request.method == "POST":
        try:
            approve_minutes(by=by, meeting=meeting, seen=seen)
        except Refusal as one:
            refusal, status = one.message, refused(request, one)
            if isinstance(one, Conflict):
                by, story = open_meeting(request, meeting, check_can_chair)
                seen = story.version
        else:
            say_done(request, _("The minutes are approved, and fixed."))
            return back(meeting)
    people = presenters.people_of(story.items)
    looked_at(request, events.MEETING_VIEWED, refs_of(story))
    page = {
        "head": head(_("Approve the minutes of %(reference)s") % {"reference": meeting}, meeting, has_errors=bool(refusal)),
        "refusal": refusal,
        "version_name": VERSION,
        "version": seen,
        "attendance": presenters.attendance_table(story),
        "agenda": presenters.agenda_table(
            story, identities(by, people) if people else {}, stands_among(by, {one.pk for one in people})
        ),
        "obstacles": obstacles(story),
        "is_chair": by.user == story.chair,
        "chair": story.chair.name,
    }  # fmt: skip
    return render(request, "meetings/approve.html", page, status=status)


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_correct(request: HttpRequest, meeting: str) -> HttpResponse:
    """Something in approved minutes is put right beside them."""
    by, story = open_meeting(request, meeting, check_can_meet)
    items = [(str(one.number), _("Item %(number)s") % {"number": one.number}) for one in story.items]
    form = CorrectForm(request.POST if request.method == "POST" else None, items=items)
    title = _("Correct the minutes of %(reference)s") % {"reference": meeting}
    return asked(
        request, story, form, title,
        lambda: correct_minutes(by=by, meeting=meeting, item=form.of, words=form.cleaned_data["words"]),
        _("The correction stands beside the minutes."),
        {"is_over": story.approved is None, "over": _("The minutes are not approved yet: change them instead.")},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_print(request: HttpRequest, meeting: str, agency: int | None = None) -> HttpResponse:
    """The minutes as PDF: whole for the force, or what one agency is given; asked for, searched, kept, logged, sent (VIC-09)."""
    by, story = open_meeting(request, meeting, check_can_meet)
    check_fresh_factor(by)
    invited = story.agency(agency) if agency is not None else None
    if agency is not None and invited is None:
        raise Http404
    form = PrintForm(purposes(), invited.name if invited else "", request.POST if request.method == "POST" else None)
    problem, status = "", None
    if form.is_bound and form.is_valid():
        try:
            row, content = print_minutes(by=by, story=story, agency=invited, asked=form.asked)
        except FactorNotFresh:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            status = refused(request, refusal)
        else:
            return sent_minutes(content, row.known_from)
    try:
        check_is_approved(story)
    except NotNow as refusal:
        problem = refusal.message
    looked_at(request, events.MEETING_VIEWED, [f"meeting/{meeting}"])
    said = {"reference": meeting, "agency": invited.name if invited else ""}
    title = _("Minutes of %(reference)s for %(agency)s") if invited else _("Whole minutes of %(reference)s")
    page: dict[str, Any] = {
        "head": head(title % said, meeting, has_errors=bool(form.errors)),
        "form": form,
        "problem": problem,
        "agency": invited.name if invited else "",
        "items": len(items_of(story, agency)),
    }
    return render(request, "meetings/print.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_printed(request: HttpRequest, meeting: str, number: int) -> HttpResponse:
    """Minutes as they left, and the very same file once more."""
    by, story = open_meeting(request, meeting, check_can_meet)
    check_fresh_factor(by)
    one = find_printed(by, story.meeting, number)
    if one is None:
        raise Http404
    agency = one.agency.name if one.agency is not None else ""
    form = PrintForm(purposes(), agency, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            row, content = send_minutes_again(by=by, meeting=meeting, number=number, asked=form.asked)
        except FactorNotFresh:
            raise
        except NotNow as refusal:
            form.add_error(None, refusal.message)
        else:
            return sent_minutes(content, row.known_from)
    looked_at(request, events.MEETING_VIEWED, [f"meeting/{meeting}"])
    title = _("Minutes of %(reference)s as they left") % {"reference": meeting}
    page = {
        "head": head(title, meeting, has_errors=bool(form.errors)),
        "form": form,
        "agency": agency,
        "about": presenters.printed_list(one),
    }
    return render(request, "meetings/print.html", page)


def sent_minutes(content: bytes, made_at: datetime) -> HttpResponse:
    """Minutes to keep. The name says what sort they are and when they were made, and names nobody."""
    answer = HttpResponse(content, content_type="application/pdf")
    name = f"craffu-cohort-meeting-{local_time(made_at):%Y%m%d-%H%M}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
