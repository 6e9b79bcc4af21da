"""What was told goes on to the receivers that two people let in: which record changed, and nothing of it (ADR 94).

What its token may not read it is not told of, so that nobody learns by a reference that there is a record. It waits in the
transaction in which the news is heard; no transaction is open while a receiver is asked.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from craffu.access.acting import Acting, acting_system
from craffu.access.models import Force
from craffu.access.wall.reach import working_for
from craffu.access.webhooks.actions import drop, forget, keep_tellings, note_what_came, take
from craffu.access.webhooks.models import WebhookDelivery
from craffu.access.webhooks.queries import listeners, reader_of
from craffu.access.webhooks.rules import Delivery, Event, body_of, may_be_reached, networks_in, signature
from craffu.breaches.models import Breach
from craffu.breaches.permissions import check_can_view_breaches
from craffu.breaches.topics import BREACHES
from craffu.cases.models import Case
from craffu.cases.permissions import check_can_view_case
from craffu.cases.topics import CASES
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.messages.calling import Answer, post
from craffu.orders.models import Order
from craffu.orders.permissions import check_can_view_order
from craffu.orders.topics import ORDERS
from craffu.outbox.queries import Told

type Sends = Callable[[str, bytes, Mapping[str, str]], Answer]

# News of more records at once than this is an intake's: a receiver that wants them reads the lists.
MOST_AT_ONCE: Final = 200
_EVENTS: Final = {ORDERS: Event.ORDER_CHANGED, BREACHES: Event.BREACH_CHANGED, CASES: Event.CASE_CHANGED}
_OF: Final[Mapping[Event, tuple[str, Any, Callable[[Acting], object]]]] = {
    Event.ORDER_CHANGED: ("order", Order, check_can_view_order),
    Event.BREACH_CHANGED: ("breach", Breach, check_can_view_breaches),
    Event.CASE_CHANGED: ("case", Case, check_can_view_case),
}


def spread(*, by: Acting, heard: Iterable[Told], at: datetime) -> int:
    """Have every receiver told of what was heard and its token may read. Part of whatever hears it. Returns how many wait."""
    about: dict[Event, dict[int, None]] = {}
    for news in heard:
        event = _EVENTS.get(news.topic)
        if event is not None:
            about.setdefault(event, {}).update(dict.fromkeys(int(one) for one in news.subjects))
    if not about:
        return 0
    done = 0
    for one in listeners(by, at):
        for event, rows in about.items():
            if event in one.events:
                references = _open_to(one.reader, event, pk__in=list(rows)[:MOST_AT_ONCE])
                done += keep_tellings(listener=one, event=event, about=references, now=at)
    return done


def _open_to(reader: Acting, event: Event, **which: object) -> list[str]:
    """The references of those that whoever reads them would be shown."""
    kind, model, check = _OF[event]
    found = model.objects.for_user(reader).filter(**which) if allows(check, reader) else ()
    return [f"{kind}/{one.reference}" for one in found]


def _is_still_open(row: WebhookDelivery) -> bool:
    """Whether whoever the receiver asks as would still be shown it: it may have been shut since, or they have another role."""
    _kind, _, reference = row.about.partition("/")
    return bool(_open_to(reader_of(row.webhook), Event(row.event), reference=reference))


def may_reach(where: str) -> bool:
    return may_be_reached(where, networks_in(settings.CRAFFU_WEBHOOK_NETWORKS))


def send_webhooks(*, force: Force, now: datetime | None = None, sends: Sends | None = None) -> tuple[int, int]:
    """Send whatever is due, one after another. Returns how many arrived, and how many did not."""
    at, passed, arrived, failed = now or clock.now(), set[int](), 0, 0
    with working_for(force.pk):
        by = acting_system(force, "webhooks")
        while (row := take(by=by, now=at, passed=passed)) is not None:
            if not _is_still_open(row):
                drop(row=row, now=now or clock.now())
                continue
            answer = (sends or _post)(row.webhook.address, *_said(row, at))
            said = answer.why or f"status_{answer.status}"
            became = note_what_came(by=by, row=row, status=answer.status, answer=said, now=now or clock.now())
            arrived, failed = arrived + (became is Delivery.ARRIVED), failed + (became is not Delivery.ARRIVED)
        forget(by=by, now=at)
    return arrived, failed


def _said(row: WebhookDelivery, at: datetime) -> tuple[bytes, dict[str, str]]:
    body = body_of(row.number, row.event, row.about.partition("/")[2], row.told_at)
    return body, {
        "Content-Type": "application/json",
        "User-Agent": "Craffu",
        "Craffu-Delivery": row.number,
        "Craffu-Signature": signature(row.webhook.secret, at, body),
    }


def _post(address: str, body: bytes, head: Mapping[str, str]) -> Answer:
    return post(address, body, head, may_reach=may_reach, ca=settings.CRAFFU_WEBHOOK_CA or None)
