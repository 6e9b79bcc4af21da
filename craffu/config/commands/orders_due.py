"""`craffu orders due`: what falls due of the orders, when and by which rule, and what each live one lacks (P03).

Orders are named by reference alone; whoever asks sees those that are open to them, and what was shown is in the log (SEC-04).
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from craffu.audit.actions import record_consultation
from craffu.clocks.london import utc_text
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.orders.dues import Standing, is_kept, kept_dues, orders_to_list, standings
from craffu.orders.events import ORDERS_LISTED
from craffu.orders.permissions import check_can_view_order
from craffu.work.ahead import Listed


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    try:
        check_can_view_order(by)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    now = clock.now()
    orders = orders_to_list(by)
    if orders and not is_kept(by):
        raise NotCarriedOut("Nobody has asked yet what is due. Run `craffu tick` first.")
    dues = kept_dues(by, orders)
    items = sorted((_item(one, now) for one in dues), key=_by_time)
    standing = [_standing(one) for one in standings(by, orders, dues)]
    shown = sorted({f"order/{one['order']}" for part in (items, standing) for one in part})
    if shown:
        record_consultation(kind=ORDERS_LISTED, actor=by.actor, refs=shown, request=by.request)
    if args.json:
        print(json.dumps({"items": items, "orders": standing}, ensure_ascii=False))
    else:
        for line in _lines(items, standing):
            print(line)
    return DONE


def _item(one: Listed, now: datetime) -> dict[str, Any]:
    return {
        "order": one.about,
        "what": one.kind,
        "due": utc_text(one.due_at),
        "rule": one.rule,
        "limit": one.facts.get("limit", "policy"),
        "confirmed": "mark" not in one.facts,
        "overdue": one.overdue_from <= now,
    }


def _standing(one: Standing) -> dict[str, Any]:
    return {
        "order": one.order,
        "owned": one.is_owned,
        "next_check": _day(one.next_check),
        "next_review": _day(one.next_review),
        "decide_by": _day(one.decide_by),
        "lacks": one.lacks,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _by_time(item: dict[str, Any]) -> tuple[str, str, str]:
    return (item["due"], item["order"], item["what"])


def _lines(items: list[dict[str, Any]], standing: Iterable[dict[str, Any]]) -> Iterator[str]:
    if not items:
        yield "Nothing is due."
    for one in items:
        late = "overdue" if one["overdue"] else ""
        yield f"{one['due']}  {one['order']:<10} {one['what']:<26} {one['rule']} ({one['limit']}) {late}".rstrip()
    for one in standing:
        if one["lacks"]:
            yield f"{one['order']:<10} lacks: {', '.join(one['lacks'])}"
