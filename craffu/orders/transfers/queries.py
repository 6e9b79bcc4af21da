"""Whose an order's respondent is, by the last transfer and its receipt (ORD-22)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.clocks.london import day_of
from craffu.orders.life.states import LIVE
from craffu.orders.models import Order, OrderTransferred, TransferAcknowledged
from craffu.orders.transfers.rules import Receipt, Responsible, Transfer, is_ours_moving_in, transfer
from craffu.people.queries import records_of_whoever

OUT, IN = "out", "in"


@dataclass(frozen=True, slots=True)
class Moving:
    """A transfer with its receipt, and whose the respondent is by it."""

    row: OrderTransferred
    receipt: TransferAcknowledged | None
    stands: Transfer

    @property
    def is_ours(self) -> bool:
        """An order that another force sent is ours from our own receipt; one that we sent, until theirs."""
        if self.row.direction == IN:
            return is_ours_moving_in(self.receipt.on if self.receipt else None)
        return self.stands.responsible == Responsible.THIS_FORCE


def moving(row: OrderTransferred, now: datetime) -> Moving:
    """How a transfer stands at an instant. No query: it was read with its receipt."""
    receipt: TransferAcknowledged | None = getattr(row, "receipt", None)
    if receipt is not None and receipt.known_from > now:
        receipt = None
    said = Receipt(receipt.on, receipt.name, receipt.reference) if receipt else None
    return Moving(row, receipt, transfer(row.sent_on, said, day_of(now)))


def transfers_of(by: Acting, order: Order) -> list[OrderTransferred]:
    """The transfers of an order in the order in which they were recorded. One query."""
    rows = OrderTransferred.objects.for_user(by).filter(order=order)
    return list(rows.select_related("by", "receipt", "receipt__by").order_by("id"))


def transfers_in(by: Acting, orders: Collection[int], known_at: datetime) -> list[OrderTransferred]:
    """The transfers of these orders as known at an instant. One query."""
    rows = OrderTransferred.objects.for_user(by).filter(order__in=sorted(orders), known_from__lte=known_at)
    return list(rows.select_related("receipt", "order", "order__case").order_by("id"))


def force_coded(code: str) -> Force | None:
    return Force.objects.filter(code=code).first()


def other_forces(by: Acting) -> list[Force]:
    """Every force but the reader's own, by name; the invented one is for demonstrations alone."""
    return list(Force.objects.exclude(pk=by.force.pk).exclude(code="demo").order_by("name_en"))


def also_standing(by: Acting, order: Order) -> list[Order]:
    """The other orders that stand against the respondent, under whichever record of theirs: they move with it. Three queries."""
    whose = frozenset(records_of_whoever(by, [order.respondent_id]))
    rows = Order.objects.for_user(by).filter(respondent__one_of=whose, status__in=LIVE).exclude(pk=order.pk)
    return list(rows.order_by("id"))
