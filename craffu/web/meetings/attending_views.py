"""Who came to a cohort meeting, for whom, and who undertook to keep confidence (page map, P23)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craffu.prevention.meetings.actions import invite_agency, record_attendance, record_undertaking
from craffu.prevention.meetings.queries import has_undertaken
from craffu.prevention.permissions import check_can_meet
from craffu.web.meetings.forms import AgencyForm, AttendanceForm, ConfirmForm
from craffu.web.meetings.opening import SENSITIVE, asked, open_meeting


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_agency(request: HttpRequest, meeting: str) -> HttpResponse:
    """One more agency is invited."""
    by, story = open_meeting(request, meeting, check_can_meet)
    form = AgencyForm(request.POST if request.method == "POST" else None)
    title = _("Invite an agency to meeting %(reference)s") % {"reference": meeting}
    return asked(
        request, story, form, title, lambda: invite_agency(by=by, meeting=meeting, name=form.cleaned_data["name"]),
        _("The agency is invited."), {"go_on": _("Invite it")},
    )  # fmt: skip


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_attendance(request: HttpRequest, meeting: str) -> HttpResponse:
    """Somebody came or sent apologies."""
    by, story = open_meeting(request, meeting, check_can_meet)
    form = AttendanceForm(request.POST if request.method == "POST" else None, agencies=story.agencies)
    title = _("Who came to meeting %(reference)s") % {"reference": meeting}
    said = _(
        "Read out: what is said here about anybody is kept in confidence, used for this meeting’s purpose alone, and passed to"
        " nobody. Until everybody who came for an agency has undertaken that, nothing is for that agency."
    )
    return asked(
        request, story, form, title, lambda: record_attendance(by=by, meeting=meeting, given=form.given),
        _("It is recorded."), {"said": said},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_undertaking(request: HttpRequest, meeting: str, number: int) -> HttpResponse:
    """Somebody who came gives the undertaking after all."""
    by, story = open_meeting(request, meeting, check_can_meet)
    one = next((each for each in story.attended if each.number == number), None)
    if one is None:
        raise Http404
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    title = _("Undertaking of confidence for meeting %(reference)s") % {"reference": meeting}
    said = _("%(name)s undertakes to keep in confidence what is said about anybody.") % {"name": one.name}
    more = {"said": said, "go_on": _("It was given"), "is_over": has_undertaken(one) or not one.came}
    return asked(
        request, story, form, title, lambda: record_undertaking(by=by, meeting=meeting, number=number),
        _("It is recorded."), more,
    )  # fmt: skip
