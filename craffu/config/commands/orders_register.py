"""`craffu orders list` and `craffu orders due`: the register of orders, and what falls due of them and when (P03, P11).

Orders are named by reference alone; whoever asks sees those that are open to them, and what was shown is in the log (SEC-04).
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import batched
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.audit.actions import record_consultation
from craffu.clocks.london import day_of, utc_text
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.orders.events import ORDERS_LISTED
from craffu.orders.models import Order
from craffu.orders.permissions import check_can_view_order
from craffu.orders.queries import orders_page
from craffu.orders.reviewing.due import RULES as OF_REVIEWS
from craffu.orders.reviewing.due import reviews_due
from craffu.orders.watching.due import watched_due
from craffu.orders.watching.rules import RULES as OF_LIVES
from craffu.work.facts import Due

RULES: Final = {what.value: rule for of in (OF_LIVES, OF_REVIEWS) for what, rule in of.items()}
AT_ONCE: Final = 200


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    try:
        check_can_view_order(by)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    now = clock.now()
    orders = list(orders_page(by).order_by("id"))
    items = [_listed(one) for one in orders] if args.action == "list" else sorted(_due(by, orders, now), key=_by_time)
    shown = sorted({f"order/{one['order']}" for one in items})
    if shown:
        record_consultation(kind=ORDERS_LISTED, actor=by.actor, refs=shown, request=by.request)
    if args.json:
        print(json.dumps({"items": items}, ensure_ascii=False))
    else:
        for line in _lines(args.action, items):
            print(line)
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


def _due(by: Acting, orders: Iterable[Order], now: datetime) -> Iterator[dict[str, Any]]:
    """What is to be done of each order, and not done yet: late, now, or from a day to come."""
    for several in batched(orders, AT_ONCE):
        known = {str(one.pk): one.reference for one in several}
        for answers in (watched_due(by, known, now), reviews_due(by, known, now)):
            for number, answer in answers.items():
                yield from (_item(known[number], one, now) for one in answer.dues if one.done_at is None)


def _item(order: str, one: Due, now: datetime) -> dict[str, Any]:
    return {
        "order": order,
        "what": one.kind,
        "due": utc_text(one.due_at),
        "rule": RULES[one.kind],
        "limit": one.facts["limit"],
        "confirmed": "mark" not in one.facts,
        "overdue": one.overdue_from <= now,
    }


def _by_time(item: dict[str, Any]) -> tuple[str, str, str]:
    return (item["due"], item["order"], item["what"])


def _lines(action: str, items: list[dict[str, Any]]) -> Iterator[str]:
    if not items:
        yield "There is no order." if action == "list" else "Nothing is due."
    for one in items:
        if action == "list":
            until = one["last_day"] or ""
            yield f"{one['order']:<10} {one['kind']:<8} {one['status']:<14} {one['case'] or '':<10} {until}".rstrip()
        else:
            late = "overdue" if one["overdue"] else ""
            yield f"{one['due']}  {one['order']:<10} {one['what']:<26} {one['rule']} ({one['limit']}) {late}".rstrip()
