"""`craffu orders list`: the register of orders (P11).

Orders are named by reference alone; whoever asks sees those that are open to them, and what was shown is in the log (SEC-04).
"""

import argparse
import json
from typing import Any

from craffu.audit.actions import record_consultation
from craffu.clocks.london import day_of, utc_text
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.orders.events import ORDERS_LISTED
from craffu.orders.models import Order
from craffu.orders.permissions import check_can_view_order
from craffu.orders.queries import orders_page


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    try:
        check_can_view_order(by)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    orders = [_listed(one) for one in orders_page(by).order_by("id")]
    if orders:
        refs = sorted(f"order/{one['order']}" for one in orders)
        record_consultation(kind=ORDERS_LISTED, actor=by.actor, refs=refs, request=by.request)
    if args.json:
        print(json.dumps({"items": orders}, ensure_ascii=False))
    else:
        print("\n".join(map(_line, orders)) or "There is no order.")
    return DONE


def _listed(order: Order) -> dict[str, Any]:
    return {
        "order": order.reference,
        "kind": order.kind,
        "interim": order.is_interim,
        "status": order.status,
        "case": order.case.reference if order.case else None,
        "made": day_of(order.made_at).isoformat() if order.made_at else None,
        "served": utc_text(order.served_at) if order.served_at else None,
        "last_day": order.last_day.isoformat() if order.last_day else None,
    }


def _line(one: dict[str, Any]) -> str:
    until = one["last_day"] or ""
    return f"{one['order']:<10} {one['kind']:<8} {one['status']:<14} {one['case'] or '':<10} {until}".rstrip()
