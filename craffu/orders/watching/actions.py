"""What the daily clock does to orders by itself: it ends those whose last day is over, and nothing else (ORD-17)."""

from datetime import datetime

from django.db import OperationalError

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common.refusals import Conflict, NotNow
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.life.states import TABLE
from craffu.orders.models import Order

EXPIRE = "expire"


def expire_orders(by: Acting, now: datetime) -> int:
    """End every order whose last day is over at an instant, at the midnight that ended it. Returns how many ended.

    Each in a transaction of its own, by the one door of an order's life: what somebody moves meanwhile is looked at again by the
    next tick. A notice that the law does not let run out is left alone. One query where nothing has run out. An order at fault
    holds up no other: what it raised is raised once the others have ended.
    """
    row = TABLE[EXPIRE]
    over = Order.objects.for_user(by).filter(
        status__in=[one.value for one in row.starts if one is not None], last_day__lt=day_of(now), known_from__lte=now
    )
    ended = 0
    faults: list[Exception] = []
    for reference, kind, last_day, moves in list(
        over.order_by("id").values_list("reference", "kind", "last_day", "moves_made")
    ):
        if not row.kinds.hold(kind, kind_of(kind).family):
            continue
        try:
            move_order(by=by, order=reference, move=EXPIRE, given=Given(last_day=last_day), seen=moves, now=now)
        except (Conflict, NotNow):
            continue
        except OperationalError:
            raise
        except Exception as fault:  # raised below
            faults.append(fault)
            continue
        ended += 1
    if faults:
        raise faults[0]
    return ended
