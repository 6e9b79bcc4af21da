"""The only writes of papers: kept whole, as they came, and what each time one is opened leaves in the log (ORD-20)."""

import base64
import hashlib
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.orders import events
from craffu.orders.models import Order, OrderPaper
from craffu.orders.papers.policies import SEALED, check_kind_of_paper, check_size, media_type_of
from craffu.orders.permissions import check_can_compare, check_can_open_paper, check_can_view_part, check_is_named
from craffu.orders.printing.queries import marks_of
from craffu.orders.printing.rules import is_privileged
from craffu.orders.queries import find_order, find_paper
from craffu.orders.terms.actions import put_in_doubt
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell


@action
def keep_paper(
    *, by: Acting, order: str, kind: str, content: bytes, title: str = "", now: datetime | None = None
) -> OrderPaper:
    """A paper of an order, whole. The same paper kept twice is one. Raises NotNow for what is no image or too large.

    A further image of the sealed order puts words in doubt that read *compared* (ORD-20).
    """
    at = now or clock.now()
    check_can_compare(by)
    check_is_named(by)
    check_kind_of_paper(kind)
    check_size(len(content))
    media_type_of(content)
    lock_until_commit("order", by.force.code, order)
    found = check_is_there(find_order(by, order))
    row: OrderPaper = attach_paper(by=by, order=found, kind=kind, content=content, title=title, now=at)
    return row


@action
def attach_paper(
    *, by: Acting, order: Order, kind: str, content: bytes, title: str = "", now: datetime | None = None
) -> OrderPaper:
    """A paper that came with an act that was checked already: it lies with the order from then on, and is one however often.

    Words that read *compared* are held anew against a sealed order that came since (ORD-20).
    """
    at = now or clock.now()
    digest = hashlib.sha256(content).hexdigest()
    rows = OrderPaper.objects.for_user(by).filter(order=order, kind=kind, sha256=digest)
    if (held := rows.first()) is not None:
        same: OrderPaper = held
        return same
    row: OrderPaper = OrderPaper.objects.create(
        force=by.force, order=order, kind=kind, media_type=media_type_of(content), size=len(content), sha256=digest,
        content=base64.b64encode(content).decode(), title=title.strip(), by=by.user, known_from=at,
    )  # fmt: skip
    tell(force=by.force.code, topic=ORDERS, subjects=[order.pk], at=at)
    refs = [f"order/{order.reference}"]
    audit.record(kind=events.ORDER_PAPER_KEPT, actor=by.actor, refs=refs, request=by.request, now=at)
    if kind == SEALED:
        put_in_doubt(by=by, order=order, image=row, now=at)
    return row


@action
def open_paper(*, by: Acting, order: str, number: int) -> tuple[OrderPaper, bytes]:
    """A paper and its content, for showing. That it was opened is in the log. Raises NotPermitted where there is none."""
    check_can_view_part(by)
    found = check_is_there(find_order(by, order))
    paper = check_is_there(find_paper(by, found, number))
    is_shut = is_privileged(paper.kind, marks_of(by, found).get(paper.pk))
    check_can_open_paper(by, is_sealed_order=paper.kind == SEALED, is_privileged=is_shut)
    audit.record(kind=events.ORDER_PAPER_OPENED, actor=by.actor, refs=[f"order/{order}"], request=by.request)
    return paper, paper_content(paper)


def paper_content(paper: OrderPaper) -> bytes:
    """A paper as it came. Whoever shows it has it logged."""
    return base64.b64decode(paper.content)
