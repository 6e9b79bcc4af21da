"""What is due of transfers: written where nobody has, and a receipt within seven days, chased from the day after (ORD-22)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import day_of, end_of, start_of
from craffu.orders.life.states import LIVE
from craffu.orders.models import OrderTransferred
from craffu.orders.topics import ORDERS, TRANSFERS
from craffu.orders.transfers.queries import IN, Moving, moving, transfers_in
from craffu.orders.transfers.rules import CHASE_AFTER_DAYS
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

TRANSFER: Final = "order_transfer"
NOT_SENT, NOT_ACKNOWLEDGED, NOT_BY_US = (
    "transfer_not_sent",
    "receipt_not_acknowledged",
    "transfer_not_acknowledged_by_us",
)
QUEUE: Final = "transfers"


def every_order(by: Acting) -> Iterable[str]:
    rows = OrderTransferred.objects.for_user(by).order_by("order_id").values_list("order_id", flat=True)
    return map(str, rows.distinct().iterator())


def orders_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """News of orders is about those that move, if any of them does."""
    if topic == TRANSFERS:
        return subjects
    rows = OrderTransferred.objects.for_user(by).filter(order__in=sorted(map(int, subjects)))
    return map(str, sorted(set(rows.order_by().values_list("order_id", flat=True))))


def transfers_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due of the transfers of each of these orders as things stand at an instant. One query."""
    found: dict[str, list[OrderTransferred]] = {}
    for row in transfers_in(by, frozenset(map(int, subjects)), now):
        found.setdefault(str(row.order_id), []).append(row)
    return {order: Answer(tuple(_dues(rows, now))) for order, rows in found.items()}


def _dues(rows: list[OrderTransferred], now: datetime) -> Iterable[Due]:
    """Each transfer is over with its receipt, with the next word on it, or with the order itself."""
    for place, row in enumerate(rows):
        later = rows[place + 1].known_from if place + 1 < len(rows) else None
        one = moving(row, now)
        if one.receipt is None and later is None and row.order.status not in LIVE:
            continue
        yield _due(one, one.receipt.known_from if one.receipt else later)


def _due(one: Moving, done_at: datetime | None) -> Due:
    row = one.row
    by = end_of((row.sent_on or day_of(row.known_from)) + timedelta(days=CHASE_AFTER_DAYS if row.sent_on else 0))
    raised_at = min(row.known_from, start_of(row.sent_on)) if row.sent_on else row.known_from
    why = NOT_BY_US if row.direction == IN else NOT_ACKNOWLEDGED if row.sent_on else NOT_SENT
    return Due(
        kind=TRANSFER, key=str(row.pk), about=("order", row.order.reference),
        of_case=row.order.case.reference if row.order.case else "", queue=QUEUE, why=why,
        what_if_not=Consequence.PROTECTION_LAPSES, raised_at=raised_at, due_at=by, overdue_from=by,
        done_at=done_at, how=How.DONE if done_at else None,
    )  # fmt: skip


SOURCE: Final = Source(
    key="order_transfers",
    topics=frozenset({TRANSFERS, ORDERS}),
    rules={TRANSFER: "ORD-22"},
    whys=frozenset({NOT_SENT, NOT_ACKNOWLEDGED, NOT_BY_US}),
    queues=frozenset({QUEUE}),
    every=every_order,
    named=orders_named,
    due=transfers_due,
)
