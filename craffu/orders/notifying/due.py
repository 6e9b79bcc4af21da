"""What is due of notifications that came: to acknowledge them in writing, to verify them, and the next after a year (MON-05).

That the first one comes is asked of the order itself (`orders/watching`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import day_of, end_of, start_of
from craffu.orders.life.states import LIVE
from craffu.orders.models import NotificationGiven, Order, OrderOwned
from craffu.orders.notifying.actions import raise_missed_years
from craffu.orders.notifying.queries import Received, answered_at, received_under
from craffu.orders.notifying.rules import Found
from craffu.orders.topics import ORDERS
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

ACKNOWLEDGE, VERIFY, ANNUAL = "notification_acknowledge", "notification_verify", "notification_annual"
QUEUE: Final = "notifications"
# Project decision: how long before its last day a notification that is due every year stands in somebody's list.
ANNUAL_AHEAD: Final = timedelta(days=28)


def every_order(by: Acting) -> Iterable[str]:
    rows = NotificationGiven.objects.for_user(by).order_by("order_id").values_list("order_id", flat=True)
    return map(str, rows.distinct().iterator())


def orders_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """News of orders is about those under which something was notified."""
    del topic
    rows = NotificationGiven.objects.for_user(by).filter(order__in=sorted(map(int, subjects)))
    return map(str, sorted(set(rows.order_by().values_list("order_id", flat=True))))


def keep_missed_years(by: Acting, subjects: Collection[str], now: datetime) -> None:
    """The clock raises follow-up where the notification of a year did not come."""
    raise_missed_years(by=by, orders=frozenset(map(int, subjects)), now=now)


def notifications_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due of the notifications under each of these orders as things stand at an instant. Four queries."""
    numbers = frozenset(map(int, subjects))
    owned = OrderOwned.objects.for_user(by).filter(order__one_of=numbers, known_from__lte=now).order_by("id")
    owners: dict[int, int | None] = dict(owned.values_list("order_id", "owner_id"))
    return {
        str(order): Answer(tuple(_dues(received, owners.get(order))))
        for order, received in received_under(by, numbers, now).items()
    }


def _dues(received: Sequence[Received], owner: int | None) -> Iterator[Due]:
    for place, one in enumerate(received):
        if not one.validity.valid or one.validity.verify_by is None:
            continue
        row = one.row
        acknowledged = one.acknowledged.known_from if one.acknowledged else None
        # Project decision: to the end of the day on which it was given; the respondent waits for it at the counter.
        by_day = end_of(day_of(row.given_at))
        yield _due(row.order, ACKNOWLEDGE, str(row.pk), row.known_from, by_day, owner, acknowledged)
        settled = next((each.known_from for each in one.verified if each.found != Found.NOT_YET), None)
        yield _due(row.order, VERIFY, str(row.pk), row.known_from, end_of(one.validity.verify_by), owner, settled)
        yield from _next_year(one, received[place + 1 :], owner)


def _next_year(one: Received, later: Sequence[Received], owner: int | None) -> Iterator[Due]:
    """CLK-04: under a sexual harm prevention order, within a year of the last that counts; each later one answers it."""
    row, last_day = one.row, one.next_year_by
    if last_day is None:
        return
    done = answered_at(later)
    raised_at = max(row.known_from, start_of(last_day - ANNUAL_AHEAD))
    if done is None or done >= raised_at:
        yield _due(row.order, ANNUAL, str(row.pk), raised_at, end_of(last_day), owner, done)


def _due(
    order: Order, kind: str, key: str, raised_at: datetime, by: datetime, owner: int | None, done_at: datetime | None
) -> Due:
    """An order that is over asks for nothing more."""
    is_over = done_at is None and order.status not in LIVE
    over_at = (order.ended_at or raised_at) if is_over else done_at
    how = None if over_at is None else (How.WITHDRAWN if is_over else How.DONE)
    return Due(
        kind=kind, key=key, about=("order", order.reference), of_case=order.case.reference if order.case else "",
        queue=QUEUE, why=kind, what_if_not=Consequence.RISK_UNKNOWN if kind == VERIFY else Consequence.LIMIT_OF_LAW,
        raised_at=min(raised_at, by), due_at=by, overdue_from=by, owner=owner,
        facts={"limit": "policy" if kind != ANNUAL else "law"}, done_at=over_at, how=how,
    )  # fmt: skip


SOURCE: Final = Source(
    key="order_notifications",
    topics=frozenset({ORDERS}),
    rules={ACKNOWLEDGE: "MON-05", VERIFY: "MON-05", ANNUAL: "CLK-04"},
    whys=frozenset({ACKNOWLEDGE, VERIFY, ANNUAL}),
    queues=frozenset({QUEUE}),
    every=every_order,
    named=orders_named,
    due=notifications_due,
    keep=keep_missed_years,
)
