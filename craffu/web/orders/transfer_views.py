"""A respondent moves between forces, and their orders with them: sent, acknowledged, ours meanwhile (ORD-22)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow
from craffu.orders import events
from craffu.orders.life.states import LIVE
from craffu.orders.permissions import check_can_own
from craffu.orders.transfers.actions import acknowledge_transfer, send_orders
from craffu.orders.transfers.queries import also_standing, moving, other_forces, transfers_of
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.orders.opening import head, open_order, refused
from craffu.web.orders.transfer_forms import RECEIPT, ReceiptForm, SendForm
from craffu.web.orders.transfer_presenters import responsible_words, transfers_table

BESIDE = {
    "ahead": "sent_on", "missing:reference": "reference", "no_such_force": "other_force", "no_such_direction": "direction"
}  # fmt: skip
BESIDE_RECEIPT = {"ahead": "on", "before_sent": "on", "no_receipt": "receipt_reference"}


@sensitive_post_parameters("name")
@require_http_methods(["GET", "HEAD", "POST"])
def order_transfer(request: HttpRequest, order: str) -> HttpResponse:
    """Whose the respondent is, every transfer, and the next step of it: to send, or to record the receipt."""
    by, found = open_order(request, order, check_can_own)
    now, forces = clock.now(), other_forces(by)
    rows = [moving(row, now) for row in reversed(transfers_of(by, found))]
    also = also_standing(by, found)
    data = request.POST if request.method == "POST" else None
    is_receipt = data is not None and RECEIPT in data
    send = SendForm(data if not is_receipt else None, forces=forces, also=also)
    receipt = ReceiptForm(data if is_receipt else None)
    status = None
    if send.is_bound and send.is_valid():
        try:
            send_orders(by=by, given=send.given(order))
        except (Conflict, NotNow) as refusal:
            send.add_error(BESIDE.get(refusal.code), refusal.message)
            status = refused(request, refusal)
        else:
            say_done(request, _("It is recorded. It stays ours until it is acknowledged."))
            return redirect("order_transfer", order=order)
    if receipt.is_bound and receipt.is_valid():
        try:
            acknowledge_transfer(by=by, order=order, receipt=receipt.receipt)
        except (Conflict, NotNow) as refusal:
            receipt.add_error(BESIDE_RECEIPT.get(refusal.code), refusal.message)
            status = refused(request, refusal)
        else:
            say_done(request, _("The receipt is recorded."))
            return redirect("order_transfer", order=order)
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}", *(f"order/{one.reference}" for one in also)])
    title = _("Transfer of order %(reference)s") % {"reference": order}
    named = {force.code: force for force in forces}
    last = rows[0] if rows else None
    waits = last is not None and last.receipt is None
    page = {
        "head": head(by, order, title, has_errors=bool(send.errors or receipt.errors)),
        "responsible": responsible_words(last, named),
        "transfers": transfers_table(rows, named),
        "send": send,
        "receipt": receipt,
        "waits": waits,
        "may_send": found.status in LIVE and (not waits or (last is not None and last.row.sent_on is None)),
    }
    return render(request, "orders/transfer.html", page, status=status)
