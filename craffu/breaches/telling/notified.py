"""A notification that was missed, late or false opens a possible breach, and nobody but an officer says what it is (MON-05)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.detecting.binding import SURE, Binding, bindings
from craffu.breaches.detecting.facts import Broken, Found, SaidBy, Word
from craffu.breaches.detecting.rules import NOTIFICATION, Flag
from craffu.breaches.ledger.kinds import FoundBy, Standpoint
from craffu.clocks.london import day_of, start_of
from craffu.orders.clocks.notifications import WITH_DUTY
from craffu.orders.models import Order
from craffu.orders.notifying.failing import Failed, Failure, duties

HERE: Final = "craffu"
_REASON: Final[Mapping[Failed, str]] = {one: f"{NOTIFICATION}_{one.value}" for one in Failed}


def orders_with_a_duty(by: Acting, orders: Collection[int] | None = None) -> list[int]:
    """The orders, of these or of all, under which a respondent notifies the police. One query."""
    rows = Order.objects.for_user(by).filter(kind__in=sorted(WITH_DUTY), made_at__isnull=False)
    rows = rows if orders is None else rows.filter(pk__one_of=frozenset(orders))
    return list(rows.order_by("id").values_list("pk", flat=True))


def found_in_duties(by: Acting, orders: Collection[int], now: datetime) -> list[Found]:
    """Each notification under these orders that failed, as one incident. Twenty-five queries at most, however many."""
    failures = [each for one in duties(by, orders, now).values() for each in one.failures]
    of = {one.order.pk: one.order for one in failures}
    bound = {one.order.pk: one for one in bindings(by, list(of.values()))} if of else {}
    return [_found(one, bound[one.order.pk]) for one in failures]


def next_ends(by: Acting, orders: Iterable[int], now: datetime) -> dict[int, datetime]:
    """When the clock that still runs under each of these orders ends; where none does, it is left out."""
    found = duties(by, frozenset(orders), now)
    return {pk: one.next_end for pk, one in found.items() if one.next_end is not None}


def _found(one: Failure, binding: Binding) -> Found:
    """Of a clock that ran out its last day is the day of the incident; what is false was so when it was given."""
    first, last = one.at, one.at
    if one.how is not Failed.FALSE:
        last = one.at - datetime.resolution
        first = start_of(day_of(last))
    known_from = binding.bound_at(last).known_from
    flags = (Flag.NOT_ENFORCEABLE,) if known_from is None or last < known_from else ()
    key = f"{one.order.reference}/{one.key}"
    return Found(
        FoundBy.CHECK, key, one.order.respondent_id, None, one.order.case_id, first, last,
        is_day_only=one.how is not Failed.FALSE, broken=(Broken(one.order.pk, None, (_REASON[one.how],), flags, SURE),),
        said_by=(SaidBy(FoundBy.CHECK, HERE, key, one.known_at),),
        words=(Word(Standpoint.REPORTED, "", one.known_at, HERE, key, day_of(last)),),
    )  # fmt: skip
