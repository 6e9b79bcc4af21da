"""How each condition of an order is monitored is said on a page of the order's own, and confirmed there (MON-02)."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, allows
from craffu.orders import events
from craffu.orders.monitoring.actions import confirm_proposed, plan_check, plan_version
from craffu.orders.monitoring.lines import Line
from craffu.orders.monitoring.queries import Monitored, monitored
from craffu.orders.permissions import check_can_monitor, check_can_view_checks
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import seen_version
from craffu.web.monitoring import presenters, words
from craffu.web.monitoring.forms import BY_GRADE, OWN, PlanForm
from craffu.web.orders.opening import head, open_order, refused, shown_version
from craffu.web.orders.step_fields import NO, YES
from craffu.web.presenters import Params

BESIDE: Final = {
    "no_method": "methods", "no_evidence": "evidence", "no_tolerance": "tolerance", "no_interval": "days",
    "interval_range": "days",
}  # fmt: skip
CONFIRM: Final = "confirm"


@require_http_methods(["GET", "HEAD", "POST"])
def order_check_plan(request: HttpRequest, order: str) -> HttpResponse:
    """The plan of every condition that stands; what the library proposes is confirmed in one press."""
    by, found = open_order(request, order, check_can_view_checks)
    error = ""
    if CONFIRM in request.POST:
        try:
            confirm_proposed(by=by, order=order, tolerance=str(words.NOTHING_TOLERATED))
        except NotNow as refusal:
            error = refusal.message
        else:
            say_done(request, _("It is recorded."))
            return redirect("order_check_plan", order=order)
    one = monitored(by, found, clock.now())
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    may_plan = allows(check_can_monitor, by)
    title = _("How the conditions of order %(reference)s are monitored") % {"reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(error)),
        "error": error,
        "plan": presenters.plan_table(one, may_plan=may_plan),
        "unplanned": presenters.unplanned_words(len(one.unplanned)),
        "may_confirm": may_plan and any(line.proposal.evidence is not None for line in one.unplanned),
    }
    return render(request, "monitoring/plan.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def order_check_plan_one(request: HttpRequest, order: str, number: int) -> HttpResponse:
    """Say how one condition is monitored, beginning from what was said or is proposed."""
    by, found = open_order(request, order, check_can_monitor)
    line = _line(monitored(by, found, clock.now()), number)
    form = PlanForm(request.POST) if request.method == "POST" else PlanForm(initial=_initial(line))
    versions: Params | None = None
    status: int | None = None
    if form.is_bound and form.is_valid():
        try:
            plan_check(by=by, order=order, condition=line.condition.pk, given=form.given, seen=seen_version(request))
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        except Conflict as conflict:
            line = _line(monitored(by, found, clock.now()), number)
            form.add_error(None, conflict.message)
            versions, status = presenters.both_plans(line, form.given), refused(request, conflict)
        else:
            say_done(request, _("It is recorded."))
            return redirect("order_check_plan", order=order)
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    title = _("How condition %(number)s of order %(reference)s is monitored") % {"number": number, "reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors)),
        "form": form,
        "condition": presenters.condition_words(line),
        "words": line.condition.words,
        "versions": versions,
        "version": shown_version(request, plan_version(line), is_seen=versions is not None),
    }
    return render(request, "monitoring/plan_one.html", page, status=status)


def _line(one: Monitored, number: int) -> Line:
    found = next((line for line in one.standing if line.condition.number == number), None)
    if found is None:
        raise Http404
    return found


def _initial(line: Line) -> dict[str, Any]:
    """What was said last, of these words or of those before them; else what is proposed."""
    last = line.plans[-1] if line.plans else None
    if last is None:
        evidence = line.proposal.evidence
        return {
            "can": YES, "methods": line.methods, "evidence": evidence.value if evidence else "", "every": BY_GRADE,
            "tolerance": words.NOTHING_TOLERATED,
        }  # fmt: skip
    if not last.is_checkable:
        return {"can": NO, "cannot": last.cannot, "every": BY_GRADE}
    return {
        "can": YES, "methods": list(last.methods), "evidence": last.evidence, "tolerance": last.tolerance,
        "every": OWN if last.every_days else BY_GRADE, "days": last.every_days,
    }  # fmt: skip
