"""What has fallen due of orders in a period, done or not, as is known now: what forecasts are held against (R1a; ADR 80)."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from itertools import batched
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import end_of, start_of
from craffu.daily.forecasting.gathering import ASKED, annual_of, day_by_whose_end, falls_of
from craffu.daily.forecasting.rules import Falls
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.models import Order
from craffu.orders.monitoring.queries import monitored_orders
from craffu.orders.notifying.due import ANNUAL, notifications_due
from craffu.orders.reviewing.due import What as ReviewWhat
from craffu.orders.reviewing.due import why_of
from craffu.orders.reviewing.timing import Because
from craffu.orders.watching.kinds import What
from craffu.orders.watching.reading import watched_with_stories
from craffu.orders.watching.rules import asked
from craffu.orders.watching.stood import Asked
from craffu.resourcing.timing.kinds import Timed
from craffu.work.facts import Due
from craffu.work.models import WorkItem
from craffu.work.rules import How
from craffu.work.states import ItemState

# So many orders at a time are read.
AT_A_TIME: Final = 200


def fell_due(by: Acting, first: date, last: date, now: datetime) -> list[Falls]:
    """What fell due between two days, both included, done or not, as is known now: as the figures of checks, reviews and
    notifications count (MET13 to MET15). What was no longer asked for before its day never fell due.
    """
    found: list[Falls] = list(_reviews_fallen(by, first, last))
    rows = Order.objects.for_user(by).filter(known_from__lte=now).select_related("case").order_by("id")
    for some in batched(rows, AT_A_TIME):
        found += (one for one in _fallen(by, some, now) if first <= one.on <= last)
    return found


def _reviews_fallen(by: Acting, first: date, last: date) -> Iterator[Falls]:
    """By the clock, which keeps every review that it asked for."""
    rows = WorkItem.objects.for_user(by).filter(
        kind=ReviewWhat.REVIEW.value, due_at__gt=start_of(first), due_at__lte=end_of(last)
    )
    near_end = why_of(Because.BEFORE_END.value)
    for about, why, due_at, state, over_at in rows.order_by("id").values_list(
        "about", "why", "due_at", "state", "over_at"
    ):
        if not (state == ItemState.WITHDRAWN and over_at is not None and over_at < due_at):
            yield Falls(Timed.END if why == near_end else Timed.REVIEW, about, day_by_whose_end(due_at))


def _fallen(by: Acting, orders: Collection[Order], now: datetime) -> Iterator[Falls]:
    for one in monitored_orders(by, orders, now).values():
        checks = (check for line in one.lines for check in line.checks if not check.left_before_due)
        yield from (Falls(Timed.CHECK, one.order.reference, check.due_on) for check in checks)
    for watch in watched_with_stories(by, [one.pk for one in orders], now).values():
        order = watch.story.order
        for each in asked(kind_of(order.kind), watch.history, now):
            if each.what in ASKED and _fell(each):
                yield falls_of(order, each)
    for answer in notifications_due(by, [str(one.pk) for one in orders], now).values():
        yield from (annual_of(one) for one in answer.dues if one.kind == ANNUAL and _annual_fell(one))


def _fell(one: Asked) -> bool:
    """A hearing whose day came, and a notification that was given, or whose day came."""
    if one.done_at is None:
        return True
    if one.what is What.HEARING:
        return one.done_at >= start_of(day_by_whose_end(one.due_at))
    return one.is_done or one.done_at >= one.due_at


def _annual_fell(one: Due) -> bool:
    return one.how is not How.WITHDRAWN or one.done_at is None or one.done_at >= one.due_at
