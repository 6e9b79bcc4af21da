"""An order as one line of an answer."""

from typing import Any

from craffu.orders.models import Order


def order_line(order: Order, *, has_case: bool = True) -> dict[str, Any]:
    case = order.case.reference if has_case and order.case else None
    return {
        "reference": order.reference, "kind": order.kind, "is_interim": order.is_interim, "status": order.status,
        "case": case, "made_at": order.made_at, "last_day": order.last_day,
        "is_indefinite": order.is_indefinite, "ended_at": order.ended_at,
    }  # fmt: skip
