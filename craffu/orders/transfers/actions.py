"""The only writes of transfers: that orders were sent with their respondent, and that they were acknowledged (ORD-22).

Neither moves an order: its clocks, checks and reviews run on here until the other force has said by name, day and reference
that it has them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.orders import events
from craffu.orders.life.actions import lock_orders, refs_of
from craffu.orders.models import Order, OrderTransferred, TransferAcknowledged
from craffu.orders.permissions import check_can_own, check_is_somebody
from craffu.orders.queries import find_order
from craffu.orders.topics import TRANSFERS
from craffu.orders.transfers.policies import (
    check_goes,
    check_is_another_force,
    check_is_receipt,
    check_sent,
    check_stands,
    check_waits_for_a_receipt,
    check_waits_for_no_receipt,
)
from craffu.orders.transfers.queries import force_coded, transfers_of
from craffu.orders.transfers.rules import Receipt
from craffu.outbox.actions import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTransfer:
    """Orders that go with a respondent: which way, with which force, on which day under which reference (None: not sent yet)."""

    orders: Sequence[str]
    direction: str
    other_force: str
    sent_on: date | None = None
    reference: str = field(default="")


@action
def send_orders(*, by: Acting, given: NewTransfer, now: datetime | None = None) -> list[OrderTransferred]:
    """A respondent moves, and these of their orders with them: each waits for a receipt from then on.

    One that was only noted as moving is sent by the same act later. Raises NotNow for an order that does not stand, Conflict
    where one waits for its receipt already; then none of them is sent.
    """
    at = now or clock.now()
    check_can_own(by)
    user = check_is_somebody(by)
    force = force_coded(given.other_force)
    check_is_another_force(is_known=force is not None, is_ours=given.other_force == by.force.code)
    check_goes(given.direction)
    check_sent(given.sent_on, given.reference, day_of(at))
    orders = [_locked(by, one) for one in sorted(set(given.orders))]
    for order in orders:
        check_stands(order.status)
        last = next(reversed(transfers_of(by, order)), None)
        waits = last is not None and not hasattr(last, "receipt") and last.sent_on is not None
        check_waits_for_no_receipt(waits=waits)
    rows = [
        OrderTransferred.objects.create(
            force=by.force, order=order, direction=given.direction, other_force=given.other_force, sent_on=given.sent_on,
            reference=given.reference.strip(), by=user, known_from=at,
        )
        for order in orders
    ]  # fmt: skip
    tell(force=by.force.code, topic=TRANSFERS, subjects=[order.pk for order in orders], at=at)
    refs = sorted({ref for order in orders for ref in refs_of(order)})
    audit.record(kind=events.ORDER_TRANSFER_SENT, actor=by.actor, refs=refs, request=by.request, now=at)
    return rows


@action
def acknowledge_transfer(
    *, by: Acting, order: str, receipt: Receipt, now: datetime | None = None
) -> TransferAcknowledged:
    """The receipt of a transfer: theirs of what we sent, ours of what they sent.

    Raises NotNow for what is no receipt, Conflict where none is waited for.
    """
    at = now or clock.now()
    check_can_own(by)
    user = check_is_somebody(by)
    found = _locked(by, order)
    last = next(reversed(transfers_of(by, found)), None)
    check_waits_for_a_receipt(waits=last is not None and not hasattr(last, "receipt"))
    assert last is not None  # noqa: S101 - just checked
    check_is_receipt(receipt, last.sent_on, day_of(at))
    row: TransferAcknowledged = TransferAcknowledged.objects.create(
        force=by.force, transfer=last, on=receipt.on, name=receipt.by.strip(), reference=receipt.reference.strip(), by=user,
        known_from=at,
    )  # fmt: skip
    tell(force=by.force.code, topic=TRANSFERS, subjects=[found.pk], at=at)
    audit.record(
        kind=events.ORDER_TRANSFER_ACKNOWLEDGED, actor=by.actor, refs=refs_of(found), request=by.request, now=at
    )
    return row


def _locked(by: Acting, reference: str) -> Order:
    lock_orders(by, reference)
    return check_is_there(find_order(by, reference))
