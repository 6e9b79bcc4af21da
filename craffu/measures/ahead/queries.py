"""What lies ahead of orders: how much is overdue, due in a week and in four, and how many orders end in ninety days (P25)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import Count, Q

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.orders.life.states import LIVE
from craffu.orders.models import Order
from craffu.orders.reviewing.due import What as Reviewing
from craffu.orders.watching.kinds import What
from craffu.work.models import WorkItem
from craffu.work.states import ItemState

_WEEK, _FOUR_WEEKS = timedelta(days=7), timedelta(days=28)
ENDING_DAYS: Final = 90


class Coming(StrEnum):
    """What is to be done of orders, in the order in which the page lists it."""

    SERVE = "serve"
    HEARINGS = "hearings"
    NOTIFICATIONS = "notifications"
    REVIEWS = "reviews"
    APPLICATIONS = "applications"


_KINDS: Final[Mapping[Coming, tuple[str, ...]]] = {
    Coming.SERVE: (What.SERVE, What.UNSERVED),
    Coming.HEARINGS: (What.HEARING, What.NO_DATE, What.NOTICE_HEARING),
    Coming.NOTIFICATIONS: (What.NOTIFICATION,),
    Coming.REVIEWS: (Reviewing.REVIEW,),
    Coming.APPLICATIONS: (What.AUTHORISE, What.LODGE, Reviewing.APPLY),
}


@dataclass(frozen=True, slots=True)
class Ahead:
    """Of each thing to be done how much is overdue, due within a week, and within four; and the orders that end soon."""

    work: Mapping[Coming, tuple[int, int, int]]
    ending: int


def ahead(by: Acting, now: datetime) -> Ahead:
    """Of the whole force, restricted records too: a count without some is of something else. Two queries."""
    everything = by.joining()
    of_kind = {str(kind): coming for coming, several in _KINDS.items() for kind in several}
    rows = WorkItem.objects.for_user(everything).filter(state=ItemState.OPEN, kind__in=sorted(of_kind)).order_by()
    counted = rows.values("kind").annotate(
        overdue=Count("pk", filter=Q(overdue_from__lte=now)),
        week=Count("pk", filter=Q(overdue_from__gt=now, due_at__lte=now + _WEEK)),
        four_weeks=Count("pk", filter=Q(overdue_from__gt=now, due_at__lte=now + _FOUR_WEEKS)),
    )
    found: Counter[tuple[Coming, int]] = Counter()
    for row in counted:
        for place, name in enumerate(("overdue", "week", "four_weeks")):
            found[of_kind[row["kind"]], place] += row[name]
    today = day_of(now)
    ending = Order.objects.for_user(everything).filter(
        status__in=sorted(LIVE), last_day__gte=today, last_day__lte=today + timedelta(days=ENDING_DAYS)
    )
    return Ahead({one: (found[one, 0], found[one, 1], found[one, 2]) for one in Coming}, ending.count())
