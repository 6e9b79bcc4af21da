"""What is due of reconciliation: the lists compared every seven days, and each difference closed by then (ORD-19).

A list is compared when it has come; what is due is to do so again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.orders.models import ListDifference, ListsCompared
from craffu.orders.reconciling.actions import QUEUE
from craffu.orders.reconciling.queries import (
    closed_of,
    comparisons,
    differences_numbered,
    owner_of,
)
from craffu.orders.reconciling.rules import RECONCILE_EVERY, Finding
from craffu.orders.topics import DIFFERENCES
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How, after

COMPARE, DIFFERENCE = "compare_order_lists", "order_list_difference"
NOT_COMPARED: Final = "order_lists_not_compared"
LISTS: Final = "lists"
# From when on it is seen that the lists are to be compared again, and how many comparisons are looked back on.
_SEEN_BEFORE: Final = timedelta(days=1)
_LOOKS_BACK: Final = 20
_IF_NOT: Final[Mapping[str, Consequence]] = {
    Finding.NOT_ON_REGISTER: Consequence.HARM_UNWARNED,
    Finding.NOT_IN_COURT_LIST: Consequence.PROTECTION_LAPSES,
    Finding.END: Consequence.PROTECTION_LAPSES,
}


def every_subject(by: Acting) -> Iterator[str]:
    yield LISTS
    yield from map(str, ListDifference.objects.for_user(by).order_by("id").values_list("pk", flat=True).iterator())


def subjects_named(_by: Acting, _topic: str, subjects: Collection[str]) -> Iterable[str]:
    return subjects


def reconciling_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due of the lists and of each of these differences. Four queries."""
    found: dict[str, Answer] = {}
    if LISTS in subjects:
        found[LISTS] = Answer(tuple(_to_compare(list(comparisons(by, now)[:_LOOKS_BACK]))))
    numbers = frozenset(int(one) for one in subjects if one != LISTS)
    if numbers:
        found |= {str(one.pk): Answer((_to_close(one, now),)) for one in differences_numbered(by, numbers, now)}
    return found


def _to_compare(newest_first: list[ListsCompared]) -> Iterator[Due]:
    """The next comparison after each: only where it did not come before anybody was asked for it."""
    later: ListsCompared | None = None
    for one in newest_first:
        by = one.at + RECONCILE_EVERY
        raised_at = by - _SEEN_BEFORE
        if later is None or later.at > raised_at:
            yield Due(
                kind=COMPARE, key=one.reference, about=("comparison", one.reference), queue=QUEUE, why=NOT_COMPARED,
                what_if_not=Consequence.GOES_STALE, raised_at=raised_at, due_at=by, overdue_from=after(by),
                done_at=later.at if later else None, how=How.DONE if later else None,
            )  # fmt: skip
        later = one


def _to_close(one: ListDifference, now: datetime) -> Due:
    owner, closed = owner_of(one), closed_of(one)
    by = one.at + RECONCILE_EVERY
    done_at = closed.at if closed and closed.at <= now else None
    return Due(
        kind=DIFFERENCE, key=one.reference, about=("difference", one.reference), queue=QUEUE, why=one.finding,
        of_case=one.order.case.reference if one.order and one.order.case else "",
        what_if_not=_IF_NOT.get(one.finding, Consequence.GOES_STALE), raised_at=one.at, due_at=by, overdue_from=after(by),
        owner=owner.owner_id if owner else None, done_at=done_at, how=How.DONE if done_at else None,
    )  # fmt: skip


SOURCE: Final = Source(
    key="order_lists",
    topics=frozenset({DIFFERENCES}),
    rules={COMPARE: "ORD-19", DIFFERENCE: "ORD-19"},
    whys=frozenset({NOT_COMPARED, *(one.value for one in Finding)}),
    queues=frozenset({QUEUE}),
    every=every_subject,
    named=subjects_named,
    due=reconciling_due,
)
