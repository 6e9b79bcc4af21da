"""A meeting's page is opened: who may, whether there is such a meeting, and how a refusal is said beside a form (SEC-01)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.common.refusals import Refusal
from craffu.prevention import events
from craffu.prevention.meetings.queries import MeetingStory, find_meeting
from craffu.prevention.permissions import check_can_see_meetings
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.meetings.presenters import meeting_link
from craffu.web.middleware import acting
from craffu.web.orders.opening import refused
from craffu.web.presenters import Link, PageHead, Text, today_link

SENSITIVE: Final = ("reason", "words", "name")
# Beside which field a refusal is said; what is not listed is said above them all.
BESIDE: Final[Mapping[str, str]] = {
    "day_is_past": "day", "not_a_chair": "chair", "agency_too_long": "agencies", "too_many_agencies": "agencies",
    "agency_invited": "name", "no_agency": "name", "no_name": "name", "not_offered": "decision",
    "agency_not_bound": "agencies", "agency_has_action": "agencies", "not_an_owner": "owner", "whose_action": "owner",
    "agency_has_not_item": "owner", "due_in_the_past": "due_on", "apologies_undertake_nothing": "attendance",
    "meeting_to_come": "attendance",
}  # fmt: skip


def open_meeting(
    request: HttpRequest, reference: str, check: Callable[[Acting], object] = check_can_see_meetings
) -> tuple[Acting, MeetingStory]:
    """The reader and the meeting. Raises NotPermitted for whoever may not, Http404 where there is none."""
    by = acting(request)
    check(by)
    story = find_meeting(by, reference)
    if story is None:
        raise Http404
    return by, story


def head(title: Text, meeting: str = "", *, has_errors: bool = False) -> PageHead:
    """The head of a page below the list of meetings, or below one."""
    above = (meeting_link(meeting),) if meeting else ()
    trail = (today_link(), Link(_("Cohort meetings"), reverse("meeting_list")), *above, Link(title, ""))
    return PageHead(title, breadcrumbs=trail, has_errors=has_errors)


def say(request: HttpRequest, form: forms.Form, refusal: Refusal) -> int | None:
    """A refusal is said beside its field, or above them all; nothing typed is lost."""
    name = [one for one in form.fields if one in ("reason", "words")] if refusal.code == "reason_too_short" else []
    beside = name[0] if name else BESIDE.get(refusal.code)
    form.add_error(beside if beside in form.fields else None, refusal.message)
    return refused(request, refusal)


def back(meeting: str) -> HttpResponse:
    return redirect("meeting_detail", meeting=meeting)


def refs_of(story: MeetingStory) -> list[str]:
    """What a page of a whole meeting shows, as the log writes it."""
    return [f"meeting/{story.meeting.reference}", *(f"person/{each}" for one in story.items for each in one.references)]


def asked(
    request: HttpRequest,
    story: MeetingStory,
    form: forms.Form,
    title: str,
    does: Callable[[], object],
    done: Text,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """A page with one form about a meeting: asked, done, or said what stands in the way, with all that was given kept."""
    meeting, status = story.meeting.reference, None
    if form.is_bound and form.is_valid():
        try:
            does()
        except Refusal as refusal:
            status = say(request, form, refusal)
        else:
            say_done(request, done)
            return back(meeting)
    looked_at(request, events.MEETING_VIEWED, [f"meeting/{meeting}"])
    page = {"head": head(title, meeting, has_errors=bool(form.errors)), "form": form, "go_on": _("Record it")}
    return render(request, "meetings/form.html", page | dict(more or {}), status=status)
