"""Cohort meetings: those to come and past, called, called off, given another chair, and one with its agenda (page map, P23)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.access.queries import holders_of
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Refusal, allows
from craffu.people.queries import identities
from craffu.prevention import events
from craffu.prevention.meetings.actions import add_members_due, call_meeting, call_off_meeting, hand_over_chair
from craffu.prevention.meetings.kinds import Stage
from craffu.prevention.meetings.papers.queries import items_of, printed_of
from craffu.prevention.meetings.policies import obstacles
from craffu.prevention.meetings.queries import MeetingStory, meetings_of, members_due, stands_among
from craffu.prevention.meetings.rules import next_due
from craffu.prevention.permissions import CHAIR, check_can_chair, check_can_meet, check_can_see_meetings
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.meetings import presenters
from craffu.web.meetings.forms import ChairForm, NewMeetingForm, ReasonForm
from craffu.web.meetings.opening import SENSITIVE, asked, back, head, open_meeting, refs_of, say
from craffu.web.meetings.words import NO_SCORE_DECIDES
from craffu.web.middleware import acting
from craffu.web.orders.opening import refused
from craffu.web.paging import one_page
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.priority.presenters import population_words


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The meetings to come and those that were."""
    by = acting(request)
    check_can_see_meetings(by)
    today, stories = day_of(clock.now()), meetings_of(by)
    ahead = [one for one in reversed(stories) if one.stage(today) in (Stage.TO_COME, Stage.MINUTING)]
    past = one_page(request, [one for one in stories if one.stage(today) in (Stage.APPROVED, Stage.CALLED_OFF)])
    shown = [*ahead, *past.rows]
    looked_at(request, events.MEETINGS_LISTED, [f"meeting/{one.meeting.reference}" for one in shown])
    title = _("Cohort meetings")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "ahead": presenters.meetings_table(_("To come, or to be minuted"), ahead, today),
        "past": presenters.meetings_table(_("Meetings that were"), past.rows, today),
        "pagination": past.pagination,
        "may_call": allows(check_can_meet, by),
    }
    return render(request, "meetings/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Call a meeting."""
    by = acting(request)
    check_can_meet(by)
    given = request.POST if request.method == "POST" else None
    last = next((one.meeting.day for one in meetings_of(by, most=1)), None)
    today = day_of(clock.now())
    initial = {"day": max(next_due(last), today)} if last else {}
    form, status = NewMeetingForm(given, chairs=holders_of(by, CHAIR), initial=initial), None
    if form.is_bound and form.is_valid():
        try:
            row = call_meeting(by=by, given=form.given)
        except Refusal as refusal:
            status = say(request, form, refusal)
        else:
            say_done(request, _("The meeting is called."))
            return back(row.reference)
    page = {
        "head": head(_("Call a cohort meeting"), has_errors=bool(form.errors)),
        "form": form,
        "go_on": _("Call it"),
        "said": _("Cohort meetings are held every four weeks. An agency gets what it is to have on paper, from a named officer."),
    }  # fmt: skip
    return render(request, "meetings/form.html", page, status=status)


@require_safe
def meeting_detail(request: HttpRequest, meeting: str) -> HttpResponse:
    """One meeting: who came, whom it discusses, what it decided, and its minutes as they build."""
    by, story = open_meeting(request, meeting)
    return _detail(request, by, story)


def _detail(
    request: HttpRequest, by: Acting, story: MeetingStory, problem: str = "", status: int | None = None
) -> HttpResponse:
    meeting, today = story.meeting.reference, day_of(clock.now())
    people = presenters.people_of(story.items)
    known = identities(by, people) if people else {}
    stand = stands_among(by, {one.pk for one in people}) if people else {}
    looked_at(request, events.MEETING_VIEWED, refs_of(story))
    is_begun = story.stage(today) is Stage.MINUTING
    page: dict[str, Any] = {
        "head": head(_("Cohort meeting %(reference)s") % {"reference": meeting}, has_errors=bool(problem)),
        "meeting": meeting,
        "problem": problem,
        "about": presenters.about(story, today),
        "no_score_decides": NO_SCORE_DECIDES,
        "populations": [population_words(one) for one in story.populations],
        "attendance": presenters.attendance_table(story),
        "may_have": presenters.may_have_words(story),
        "agenda": presenters.agenda_table(story, known, stand),
        "corrections": presenters.corrections_table(story),
        "is_open": story.is_open,
        "may_call_off": story.is_open and not any(one.decisions for one in story.items),
        "is_chair": is_begun and allows(check_can_chair, by) and by.user == story.chair,
        "obstacles": obstacles(story) if is_begun else [],
        "is_begun": is_begun,
        "is_approved": story.approved is not None,
        **(_members(by, story) if story.is_open else {}),
    }
    if story.approved is not None:
        has = [one.number for one in story.agencies if items_of(story, one.number)]
        page["papers"] = presenters.papers(story, has)
        page["printed"] = presenters.printed_table(meeting, printed_of(by, story.meeting))
    return render(request, "meetings/meeting.html", page, status=status)


def _members(by: Acting, story: MeetingStory) -> dict[str, str]:
    """How many members fall due by the meeting and are not on its agenda, in words; empty where none."""
    due = members_due(by, story)
    add, outside = len(due.to_add), len(due.outside)
    return {
        "members": ngettext(
            "%(number)s member of the cohort is to be looked at by the day of this meeting and is not on its agenda.",
            "%(number)s members of the cohort are to be looked at by the day of this meeting and are not on its agenda.", add,
        ) % {"number": add} if add else "",
        "outside": ngettext(
            "%(number)s member who falls due is outside the scored population, and is looked at or let out on their own page.",
            "%(number)s members who fall due are outside the scored population, and are looked at or let out on their own page.",
            outside,
        ) % {"number": outside} if outside else "",
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_members(request: HttpRequest, meeting: str) -> HttpResponse:
    """A named person puts the members who fall due by the meeting on its agenda."""
    by, story = open_meeting(request, meeting, check_can_meet)
    if request.method == "POST":
        try:
            number = add_members_due(by=by, meeting=meeting)
        except Refusal as refusal:
            return _detail(request, by, story, refusal.message, refused(request, refusal))
        words = ngettext("%(number)s member is on the agenda.", "%(number)s members are on the agenda.", number)
        say_done(request, words % {"number": number})
    return back(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_chair(request: HttpRequest, meeting: str) -> HttpResponse:
    """Somebody else takes the chair."""
    by, story = open_meeting(request, meeting, check_can_meet)
    given = request.POST if request.method == "POST" else None
    form = ChairForm(given, chairs=holders_of(by, CHAIR), initial={"chair": story.chair.username})
    title = _("Chair of meeting %(reference)s") % {"reference": meeting}
    return asked(
        request, story, form, title,
        lambda: hand_over_chair(by=by, meeting=meeting, chair=form.cleaned_data["chair"]), _("The chair is recorded."),
    )  # fmt: skip


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_call_off(request: HttpRequest, meeting: str) -> HttpResponse:
    """The meeting is not held."""
    by, story = open_meeting(request, meeting, check_can_meet)
    form = ReasonForm(request.POST if request.method == "POST" else None, label=_("Why is it not held?"))
    title = _("Call off meeting %(reference)s") % {"reference": meeting}
    return asked(
        request, story, form, title,
        lambda: call_off_meeting(by=by, meeting=meeting, reason=form.cleaned_data["reason"]),
        _("The meeting is called off."), {"go_on": _("Call it off")},
    )  # fmt: skip
