"""The accounts for unattended work, for whoever looks after accounts and whoever answers for one (ADR 27)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access import events
from craffu.access.acting import Acting
from craffu.access.permissions import (
    check_can_approve_service,
    check_can_end_service,
    check_can_view_service,
)
from craffu.access.policies import check_fresh_factor, check_may_be_approved
from craffu.access.unattended.actions import approve_service, end_service, list_services
from craffu.access.unattended.queries import Service, approvals_of, find_service
from craffu.access.unattended.rules import LONGEST_DAYS
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.web.consulting import looked_at
from craffu.web.middleware import acting
from craffu.web.presenters import Link, Marking, PageHead
from craffu.web.unattended import presenters
from craffu.web.unattended.forms import APPROVE, END, ServiceForm


@require_safe
def service_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_view_service(by, None)
    shown = list_services(by=by)
    page = {
        "head": PageHead(
            _("Service accounts"), back=Link(_("Your account"), reverse("account")), marking=Marking.OFFICIAL
        ),
        "table_params": presenters.list_table(shown, clock.now()),
    }
    return render(request, "unattended/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def service_detail(request: HttpRequest, service: str) -> HttpResponse:
    by, now = acting(request), clock.now()
    found = find_service(by.force, service, now)
    check_can_view_service(by, found.account if found else None)
    if found is None:
        raise Http404
    acts = _acts(by, found)
    form = ServiceForm(request.POST if request.method == "POST" else None, acts=acts) if acts else None
    if form is not None and form.is_bound and form.is_valid():
        _carry_out(by, found, form)
        return redirect(f"{presenters.href_of(found)}?done={form.cleaned_data['act']}")
    looked_at(request, events.SERVICE_VIEWED, [presenters.ref_of(found)])
    back = Link(_("Service accounts"), reverse("service_list"))
    page = {
        "head": PageHead(
            found.account.name,
            back=back if allows(check_can_view_service, by, None) else Link(_("Today"), reverse("home")),
            marking=Marking.OFFICIAL,
            has_errors=bool(form and form.errors),
        ),
        "facts": presenters.facts(found, now),
        "approvals": presenters.approvals_table(approvals_of(found)),
        "form": form,
        "may_approve": APPROVE in acts,
        "done": request.GET.get("done", ""),
    }
    return render(request, "unattended/detail.html", page)


def _acts(by: Acting, service: Service) -> list[str]:
    """What the reader may do with it now."""
    may_approve = allows(check_can_approve_service, by, service.account)
    is_ready = allows(check_may_be_approved, service, LONGEST_DAYS)
    may_end = service.account.ended_at is None and allows(check_can_end_service, by, service.account)
    return [*([APPROVE] if may_approve and is_ready else []), *([END] if may_end else [])]


def _carry_out(by: Acting, service: Service, form: ServiceForm) -> None:
    given = form.cleaned_data
    if given["act"] == APPROVE:
        approve_service(by=by, service=service, days=given["days"], reason=given["reason"])
    else:
        check_fresh_factor(by)
        end_service(by=by, service=service, reason=given["reason"])
