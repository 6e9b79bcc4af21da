"""Opening a case that is shut to somebody in an emergency, and leaving it (page map, P04; SEC-03)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from craffu.access.acting import Acting
from craffu.access.emergency.actions import Asked, leave, open_in_emergency
from craffu.access.emergency.rules import LASTS
from craffu.access.permissions import check_can_break_glass
from craffu.access.policies import check_fresh_factor
from craffu.cases.queries import find_case
from craffu.common.refusals import Refusal
from craffu.web.done import say_done
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead
from craffu.web.restricted.forms import EmergencyForm
from craffu.web.restricted.stubs import stubs

CASE = "case"
# Which field a refusal of the action belongs to.
FIELDS = {"reason_missing": "reason_code", "words_too_few": "reason_text"}


@require_http_methods(["GET", "HEAD", "POST"])
def emergency_open(request: HttpRequest, case: str) -> HttpResponse:
    """Why it cannot wait; then the case is open for an hour. What is open already is gone to at once."""
    by = acting(request)
    check_can_break_glass(by)
    shut = stubs(by, CASE, [case])
    if not shut:
        return _go_to(by, case)
    check_fresh_factor(by)
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _opened(by, case, form):
        return redirect("case_detail", case=case)
    title = _("Open %(reference)s in an emergency") % {"reference": case}
    page = {
        "head": PageHead(title, back=Link(_("Today"), reverse("home")), has_errors=bool(form.errors)),
        "form": form,
        "stub": shut[0],
        "minutes": LASTS.seconds // 60,
    }
    return render(request, "restricted/emergency.html", page)


def _go_to(by: Acting, case: str) -> HttpResponse:
    if find_case(by, case) is None:
        raise Http404
    return redirect("case_detail", case=case)


def _opened(by: Acting, case: str, form: EmergencyForm) -> bool:
    given = form.cleaned_data
    asked = Asked(given["reason_code"], given["reason_text"], given["form"])
    try:
        open_in_emergency(by=by, kind=CASE, reference=case, asked=asked)
    except Refusal as refusal:
        if refusal.code not in FIELDS:
            raise
        form.add_error(FIELDS[refusal.code], refusal.message)
        return False
    return True


@require_POST
def emergency_leave(request: HttpRequest) -> HttpResponse:
    """The person is done before the hour is over. Sent twice it changes nothing."""
    if leave(by=acting(request), kind=CASE, reference=request.POST.get("case", "")):
        say_done(request, _("You have left the record. It is shut to you again."))
    return redirect("home")
