"""Which orders are followed up more closely, since when and until when, and what raised it (MON-03)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.orders.following.rules import DATED, Period, Trigger, latest_period
from craffu.orders.models import Order, OrderTrigger, TriggerAction
from craffu.work.rules import after


def heightened_periods(by: Acting, orders: Collection[int], known_at: datetime | None = None) -> Mapping[int, Period]:
    """The last time in which each of these orders is or was watched more closely; an order never watched so is left out.

    One query, now or as known at an instant. A period may lie in the past: `Period.holds` says whether a day is in it.
    """
    rows = OrderTrigger.objects.for_user(by).filter(order__one_of=frozenset(orders))
    if known_at is not None:
        rows = rows.filter(raised_at__lte=known_at, known_from__lte=known_at)
    days: dict[int, list[date]] = {}
    for order, raised_at in rows.order_by().values_list("order_id", "raised_at"):
        days.setdefault(order, []).append(day_of(raised_at))
    found = {order: latest_period(raised) for order, raised in days.items()}
    return {order: period for order, period in found.items() if period is not None}


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One trigger with what was done about it, in the order in which it was recorded."""

    row: OrderTrigger
    actions: tuple[TriggerAction, ...]

    @property
    def trigger(self) -> Trigger:
        return Trigger(self.row.trigger)

    @property
    def first(self) -> TriggerAction | None:
        """The action by which it was acted on: the earliest done."""
        return min(self.actions, key=lambda one: (one.done_at, one.pk), default=None)

    @property
    def overdue_from(self) -> datetime:
        """The first instant that is late: a day is in time to its end, an hour to the instant itself."""
        return self.row.due_at if self.trigger in DATED else after(self.row.due_at)


def follow_ups(by: Acting, orders: Collection[int], known_at: datetime | None = None) -> dict[int, list[FollowUp]]:
    """Every trigger of these orders with what was done about each, the first first. Two queries."""
    rows = OrderTrigger.objects.for_user(by).filter(order__one_of=frozenset(orders))
    actions = TriggerAction.objects.for_user(by).select_related("by").order_by("id")
    if known_at is not None:
        rows, actions = rows.filter(known_from__lte=known_at), actions.filter(known_from__lte=known_at)
    found: dict[int, list[FollowUp]] = {}
    for row in rows.select_related("by").prefetch_related(Prefetch("actions", actions)).order_by("raised_at", "id"):
        found.setdefault(row.order_id, []).append(FollowUp(row, tuple(row.actions.all())))
    return found


def follow_up_of(by: Acting, order: Order, number: int) -> FollowUp | None:
    """One trigger of an order; None where there is none of this number. Two queries."""
    return next((one for one in follow_ups(by, [order.pk]).get(order.pk, ()) if one.row.pk == number), None)
