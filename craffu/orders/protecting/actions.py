"""The only write of whom an order protects (ORD-06)."""

from collections.abc import Collection
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.orders import events
from craffu.orders.models import OrderProtects
from craffu.orders.permissions import check_can_consider, check_is_named
from craffu.orders.protecting.policies import (
    check_is_not_respondent,
    check_protected_as_seen,
    check_protects_somebody,
)
from craffu.orders.protecting.queries import records_protected
from craffu.orders.queries import find_order
from craffu.orders.telling.actions import tell_protected
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell
from craffu.people.queries import find_record, people_of_records, records_of


@action
def say_protected(
    *, by: Acting, order: str, records: Collection[int], seen: int, now: datetime | None = None
) -> list[OrderProtects]:
    """The order protects these and nobody else. `seen` is how many words about it there were when it was decided.

    Raises Conflict where there are more by now, NotNow for nobody or for whoever the order is against, NotPermitted for a record
    that this reader does not reach.
    """
    at = now or clock.now()
    check_can_consider(by)
    check_is_named(by)
    lock_until_commit("order", by.force.code, order)
    found = check_is_there(find_order(by, order))
    said = list(OrderProtects.objects.for_user(by).filter(order=found).order_by("id"))
    check_protected_as_seen(seen, len(said))
    check_protects_somebody(records)
    respondent = people_of_records(by, [found.respondent_id]).get(found.respondent_id)
    check_is_not_respondent(records_of(by, respondent) if respondent else [found.respondent_id], records)
    before = records_protected(said)
    changed = [(one, True) for one in dict.fromkeys(records) if one not in before]
    changed += [(one, False) for one in before if one not in records]
    rows = [
        OrderProtects.objects.create(
            force=by.force, order=found, record=check_is_there(find_record(by, one)), protects=protects, by=by.user,
            known_from=at,
        )
        for one, protects in changed
    ]  # fmt: skip
    if rows:
        tell(force=by.force.code, topic=ORDERS, subjects=[found.pk], at=at)
        tell_protected(by, [found.pk], at)
    audit.record(kind=events.ORDER_PROTECTS, actor=by.actor, refs=[f"order/{order}"], request=by.request, now=at)
    return rows
