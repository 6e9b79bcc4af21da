"""What is due of the inbox: each document matched or returned by the end of the next working day, then chased (ORD-21)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import end_of
from craffu.orders.inbox.queries import InInbox, documents_numbered, in_inbox
from craffu.orders.models import OrderDocument
from craffu.orders.topics import DOCUMENTS
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

DOCUMENT: Final = "order_document"
CAME: Final = "order_came_as_document"
QUEUE: Final = "order-inbox"


def every_document(by: Acting) -> Iterable[str]:
    return map(str, OrderDocument.objects.for_user(by).order_by("id").values_list("pk", flat=True).iterator())


def documents_named(_by: Acting, _topic: str, subjects: Collection[str]) -> Iterable[str]:
    return subjects


def documents_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due of each of these documents as things stand at an instant. Four queries."""
    rows = documents_numbered(by, frozenset(map(int, subjects)), now)
    return {str(one.pk): Answer((_due(in_inbox(one, now), now),)) for one in rows}


def _due(one: InInbox, now: datetime) -> Due:
    document, left = one.document, one.left
    done_at = left.at if left and left.at <= now else None
    by = end_of(one.waiting.match_by)
    return Due(
        kind=DOCUMENT, key=document.reference, about=("document", document.reference), queue=QUEUE, why=CAME,
        what_if_not=Consequence.HARM_UNWARNED, raised_at=document.received_at, due_at=by, overdue_from=by,
        owner=one.owned.owner_id if one.owned else None, done_at=done_at, how=How.DONE if done_at else None,
    )  # fmt: skip


SOURCE: Final = Source(
    key="order_documents",
    topics=frozenset({DOCUMENTS}),
    rules={DOCUMENT: "ORD-21"},
    whys=frozenset({CAME}),
    queues=frozenset({QUEUE}),
    every=every_document,
    named=documents_named,
    due=documents_due,
)
