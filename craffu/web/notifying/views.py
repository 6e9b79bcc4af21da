"""The pages of notifications: those that came, to take one at the station, and to acknowledge and verify it (MON-05)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.common.refusals import Conflict, NotNow
from craffu.orders import events
from craffu.orders.clocks.notifications import WITH_DUTY
from craffu.orders.models import Order
from craffu.orders.notifying.actions import acknowledge_notification, record_notification, verify_notification
from craffu.orders.notifying.queries import Received, areas, received_one, received_under
from craffu.orders.notifying.rules import Found
from craffu.orders.permissions import check_can_note_notification
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.notifying import presenters
from craffu.web.notifying.forms import ACKNOWLEDGE, AcknowledgeForm, NotificationForm, VerifyForm
from craffu.web.orders.opening import crumbs, head, named_link, open_order, refused
from craffu.web.presenters import Link, PageHead

BESIDE = {
    "missing:event_on": "event_on", "missing:station": "station", "missing:area": "area", "missing:names": "names",
    "missing:addresses": "addresses", "not_asked_for": "about",
}  # fmt: skip
BESIDE_VERIFY = {"no_words": "words", "ahead": "verified_on", "verified_before": "verified_on"}


@require_safe
def order_notifications(request: HttpRequest, order: str) -> HttpResponse:
    """Every notification under an order, without the names and addresses."""
    by, found = open_order(request, order, check_can_note_notification)
    received = received_under(by, [found.pk]).get(found.pk, [])
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    page = {
        "head": head(by, order, _("Notifications under order %(reference)s") % {"reference": order}),
        "first": presenters.first_words(received, is_asked=found.kind in WITH_DUTY),
        "notifications": presenters.notifications_table(order, received, has_links=True),
        "may_record": _may_record(found),
        "order": order,
    }
    return render(request, "notifying/list.html", page)


def _may_record(order: Order) -> bool:
    return order.kind in WITH_DUTY and order.made_at is not None


@sensitive_post_parameters("names", "addresses")
@require_http_methods(["GET", "HEAD", "POST"])
def order_notification_new(request: HttpRequest, order: str) -> HttpResponse:
    """A respondent notifies the police. Nothing typed is lost where it is refused."""
    by, found = open_order(request, order, check_can_note_notification)
    form = NotificationForm(
        request.POST if request.method == "POST" else None, kind=found.kind, areas=areas(), own=by.force.code
    )
    if form.is_bound and form.is_valid():
        try:
            row = record_notification(by=by, order=order, given=form.given)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code, "on"), refusal.message)
        else:
            say_done(request, _("It is recorded."))
            return redirect("order_notification", order=order, number=row.pk)
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    title = _("Record a notification under order %(reference)s") % {"reference": order}
    page = {"head": _below(by, order, title, has_errors=bool(form.errors)), "form": form}
    return render(request, "notifying/new.html", page)


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def order_notification(request: HttpRequest, order: str, number: int) -> HttpResponse:
    """One notification whole; to acknowledge it in writing, and to say whether it is true."""
    by, found = open_order(request, order, check_can_note_notification)
    one = received_one(by, found, number)
    if one is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    acknowledge = AcknowledgeForm(data if data is not None and ACKNOWLEDGE in data else None)
    verify = VerifyForm(data if data is not None and ACKNOWLEDGE not in data else None)
    status = None
    try:
        if _acted(by, order, number, acknowledge, verify):
            say_done(request, _("It is recorded."))
            return redirect("order_notification", order=order, number=number)
    except (Conflict, NotNow) as refusal:
        form = acknowledge if acknowledge.is_bound else verify
        form.add_error("on" if acknowledge.is_bound else BESIDE_VERIFY.get(refusal.code, "found"), refusal.message)
        status = refused(request, refusal)
    looked_at(request, events.ORDER_NOTIFICATION_VIEWED, [f"order/{order}"])
    title = _("Notification under order %(reference)s") % {"reference": order}
    page = {
        "head": _below(by, order, title, has_errors=bool(acknowledge.errors or verify.errors)),
        "notification": presenters.notification_list(one, {each.code: each for each in areas()}),
        "verified": presenters.verified_table(one),
        "acknowledge": acknowledge,
        "verify": verify,
        **_may(one),
    }
    return render(request, "notifying/one.html", page, status=status)


def _acted(by: Acting, order: str, number: int, acknowledge: AcknowledgeForm, verify: VerifyForm) -> bool:
    """Whether what was sent was recorded."""
    if acknowledge.is_bound and acknowledge.is_valid():
        acknowledge_notification(by=by, order=order, number=number, at=acknowledge.moment)
        return True
    if verify.is_bound and verify.is_valid():
        said = verify.cleaned_data
        verify_notification(
            by=by, order=order, number=number, found=Found(said["found"]), on=said["verified_on"], words=said["words"]
        )
        return True
    return False


def _may(one: Received) -> dict[str, bool]:
    is_valid = one.validity.valid
    return {
        "may_acknowledge": is_valid and one.acknowledged is None,
        "may_verify": is_valid and one.found is Found.NOT_YET,
    }


def _below(by: Acting, order: str, title: str, *, has_errors: bool) -> PageHead:
    above = Link(_("Notifications"), reverse("order_notifications", kwargs={"order": order}))
    return PageHead(title, breadcrumbs=(*crumbs(by), named_link(order), above, Link(title, "")), has_errors=has_errors)
