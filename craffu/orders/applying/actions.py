"""The only writes of an application pack: evidence for a limb, and the victim's view or why it could not be had (ORD-06)."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.orders import events
from craffu.orders.applying.policies import (
    check_is_part_of_pack,
    check_part_is_as_seen,
    check_part_may_change,
    check_says_something,
)
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.models import PackSaid
from craffu.orders.permissions import check_can_consider, check_is_named
from craffu.orders.queries import find_order
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell


@action
def say_of_pack(
    *, by: Acting, order: str, about: str, words: str, seen: int | None = None, now: datetime | None = None
) -> PackSaid:
    """One part of the pack; what was said before of the same stays readable. `seen` is the last that was said of any part.

    Raises NotNow for a part that no pack has or that is put forward to be authorised, and Conflict where somebody said something
    of the same part meanwhile (T30).
    """
    at = now or clock.now()
    check_can_consider(by)
    check_is_named(by)
    lock_until_commit("order", by.force.code, order)
    found = check_is_there(find_order(by, order))
    check_is_part_of_pack(about, kind_of(found.kind))
    check_part_may_change(about, found.status)
    check_says_something(words)
    last = PackSaid.objects.for_user(by).filter(order=found, about=about).order_by("pk").last()
    check_part_is_as_seen(seen, last.pk if last else 0)
    row: PackSaid = PackSaid.objects.create(
        force=by.force, order=found, about=about, words=words.strip(), by=by.user, known_from=at
    )
    tell(force=by.force.code, topic=ORDERS, subjects=[found.pk], at=at)
    audit.record(kind=events.ORDER_PACK_SAID, actor=by.actor, refs=[f"order/{order}"], request=by.request, now=at)
    return row
