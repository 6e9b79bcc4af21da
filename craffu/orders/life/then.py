"""How an order stood by the moves that were known at an earlier instant: its row says how it stands now (IDN-06, X10).

Nothing is read of it that a later move left: not that it was served, varied, discharged or ran out since.
"""

from collections.abc import Collection, Iterable
from copy import copy
from datetime import datetime
from typing import Any

from craffu.access.acting import Acting
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.orders.facts import given_again
from craffu.orders.life.standing import leaves
from craffu.orders.models import Order, OrderMove

# What moves leave on a row, and how it stands before the first of them.
_BEFORE = {
    "applied_on": None, "next_hearing_on": None, "adjourned_on": None, "court": "", "court_case_no": "", "made_at": None,
    "is_without_notice": None, "takes_effect_at": None, "last_day": None, "is_indefinite": None, "served_at": None,
    "aware_at": None, "ended_at": None,
}  # fmt: skip


def as_moved(order: Order, moves: Iterable[OrderMove]) -> Order:
    """The order as these of its moves left it, in their order. Its own row is not touched, and this one is never saved."""
    found = copy(order)
    for name, value in _BEFORE.items():
        setattr(found, name, value)
    for one in moves:
        found.status, found.moves_made = one.to_status, one.number
        for name, value in _left(found, one).items():
            setattr(found, name, value)
    return found


def _left(found: Order, one: OrderMove) -> dict[str, Any]:
    return leaves(one.move, given_again(one.said), one.happened_at, ended_at=found.ended_at)


def orders_as_known(by: Acting, orders: Collection[Order], known_at: datetime) -> list[Order]:
    """Those of these orders that were known by then, each as it stood by what was known of it. One query."""
    rows = OrderMove.objects.for_user(by).filter(
        order__one_of=frozenset(one.pk for one in orders), known_from__lte=known_at
    )
    moves: dict[int, list[OrderMove]] = {}
    for row in rows.defer("words").order_by("order_id", "number") if orders else ():
        moves.setdefault(row.order_id, []).append(row)
    return [as_moved(one, moves[one.pk]) for one in orders if one.pk in moves]
