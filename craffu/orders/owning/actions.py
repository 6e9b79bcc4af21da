"""The only write of who manages an order: taken, given, handed on, or nobody's again (ORD-18)."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_same_force
from craffu.access.policies import check_is_there
from craffu.access.queries import acting_user
from craffu.access.reach.queries import shut_to
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged
from craffu.orders import events
from craffu.orders.life.actions import lock_orders, refs_of
from craffu.orders.life.states import ENDS, OrderStatus
from craffu.orders.models import Order, OrderOwned
from craffu.orders.owning.policies import check_can_manage, check_has_an_owner
from craffu.orders.permissions import MANAGE, check_can_give
from craffu.orders.queries import find_order
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell


@action
def own_order(
    *, by: Acting, order: str, to: User | None, seen: str | None = None, now: datetime | None = None
) -> OrderOwned | None:
    """From now on `to` manages this order, or nobody does. `seen` is what `owned_version` was when it was asked.

    Said again of whoever manages it already, nothing is kept. Raises NotPermitted for whoever may not say so or where there is no
    such order for them, Conflict where somebody else was first, and NotNow where it is over or `to` cannot manage it.
    """
    at = now or clock.now()
    lock_orders(by, order)
    found = check_is_there(find_order(by, order))
    last = _last(by, found)
    owner = last.owner if last else None
    if seen is not None:
        check_unchanged(seen, owned_version(last))
    check_can_give(by, owner=owner, to=to)
    check_has_an_owner(is_over=OrderStatus(found.status) in ENDS)
    if to is not None:
        check_same_force(by, to)
        theirs = acting_user(to)
        shut = shut_to(theirs, "case", [found.case.reference]) if found.case else frozenset()
        check_can_manage(to, manages=theirs.holds_any(*MANAGE), is_shut=bool(shut))
    if to == owner:
        return last
    row: OrderOwned = OrderOwned.objects.create(force=by.force, order=found, owner=to, by=by.user, known_from=at)
    tell(force=by.force.code, topic=ORDERS, subjects=[found.pk], at=at)
    named = [f"user/{one.username}" for one in (owner, to) if one is not None]
    audit.record(kind=events.ORDER_OWNED, actor=by.actor, refs=[*refs_of(found), *named], request=by.request, now=at)
    return row


def _last(by: Acting, order: Order) -> OrderOwned | None:
    rows = OrderOwned.objects.for_user(by).filter(order=order).select_related("owner").order_by("id")
    last: OrderOwned | None = rows.last()
    return last


def owned_version(last: OrderOwned | None) -> str:
    """What a page that asks who manages an order was made from (T30)."""
    return str(last.pk) if last else ""
