"""What is to be done of every order at once, and what each live one lacks: an owner, a check, a review, a day to decide by.

MON-01, REV-01, REV-06, ORD-18. A list of what is kept: what is due was answered by each part of the package, and nothing is
worked out here (`craffu.work.ahead`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.orders.life.states import LIVE
from craffu.orders.models import Order, OrderOwned
from craffu.orders.reviewing.timing import decide_by
from craffu.work.ahead import Listed, listed
from craffu.work.queries import asleep

SOURCES: Final = ("order_lives", "order_checks", "order_reviews", "order_notifications", "order_follow_ups")
CHECK, WATCH = "order_check", "order_watch"
# A review that waits for another person's agreement is the next one.
REVIEWS: Final = frozenset({"order_review", "order_review_sign"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What a live order has. `decide_by` is the day by which somebody decides what becomes of it at its end (REV-06), or, of one
    without an end, that of its next yearly watch (CLK-12).
    """

    order: str
    is_owned: bool
    next_check: date | None
    next_review: date | None
    decide_by: date | None

    @property
    def lacks(self) -> list[str]:
        has = {
            "owner": self.is_owned,
            "check": self.next_check,
            "review": self.next_review,
            "expiry_decision": self.decide_by,
        }
        return [name for name, one in has.items() if not one]


def is_kept(by: Acting) -> bool:
    """Whether every part of the package was asked about every order of the force: before that nothing can be read here."""
    return not any(asleep(by, source) for source in SOURCES)


def orders_to_list(by: Acting) -> list[Order]:
    """Every order open to the reader, the first made first, with no more of each than a list of what is due says. One query."""
    return list(Order.objects.for_user(by).only("reference", "status", "last_day").order_by("id"))


def kept_dues(by: Acting, orders: Collection[Order]) -> list[Listed]:
    """What is to be done of these orders, as their sources answered last. Two queries."""
    return list(listed(by, SOURCES, "order", {one.reference for one in orders}))


def standings(by: Acting, orders: Iterable[Order], dues: Iterable[Listed]) -> Iterator[Standing]:
    """What each of these orders has that is live, in their order. One query."""
    owners = dict(OrderOwned.objects.for_user(by).order_by("id").values_list("order_id", "owner_id"))
    first = _first_days(dues)
    for one in orders:
        if one.status not in LIVE:
            continue
        days = first.get(one.reference, {})
        reviews = [days[kind] for kind in REVIEWS if kind in days]
        decided_by = days.get(WATCH) if one.last_day is None else decide_by(one.last_day)
        yield Standing(
            one.reference,
            owners.get(one.pk) is not None,
            days.get(CHECK),
            min(reviews, default=None),
            decided_by,
        )


def _first_days(dues: Iterable[Listed]) -> Mapping[str, dict[str, date]]:
    """The last day in time of what is due first of each kind, by order."""
    found: dict[str, dict[str, datetime]] = {}
    for one in dues:
        mine = found.setdefault(one.about, {})
        mine[one.kind] = min(mine.get(one.kind, one.overdue_from), one.overdue_from)
    return {
        order: {kind: day_of(at - datetime.resolution) for kind, at in mine.items()} for order, mine in found.items()
    }
