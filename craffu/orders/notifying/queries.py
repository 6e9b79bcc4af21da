"""What respondents notified, whether each notification counts, and how many first ones came in time (MON-05, MET13)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.clocks.london import day_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.clocks.notifications import WITH_DUTY, Notification, annual_notification, change_notification
from craffu.orders.life.states import LIVE
from craffu.orders.models import NotificationAcknowledged, NotificationGiven, NotificationVerified, Order
from craffu.orders.notifying.rules import CHANGES, About, Clocked, Found, OnTime, Validity, on_time, validity
from craffu.orders.watching.kinds import What
from craffu.orders.watching.reading import watched_with_stories
from craffu.orders.watching.rules import asked
from craffu.people.queries import records_of_whoever


def others_against(by: Acting, order: Order) -> list[Order]:
    """The other orders that stand against whoever an order is against, in the order in which they are locked. Three queries."""
    records = records_of_whoever(by, [order.respondent_id])
    rows = (
        Order.objects.for_user(by).filter(respondent__one_of=frozenset(records), status__in=LIVE).exclude(pk=order.pk)
    )
    return list(rows.select_related("case").order_by("reference"))


@dataclass(frozen=True, slots=True)
class Received:
    """One notification, with its acknowledgement and everything that came of verifying it."""

    row: NotificationGiven
    acknowledged: NotificationAcknowledged | None
    verified: tuple[NotificationVerified, ...]

    @property
    def about(self) -> About:
        return About(self.row.about)

    @property
    def validity(self) -> Validity:
        row = self.row
        in_area = bool(row.station_area) and row.station_area == row.area
        return validity(in_person=row.in_person, at_station_in_area=in_area, given_on=day_of(row.given_at))

    @property
    def counts(self) -> bool:
        """Given as the law asks, and acknowledged in writing."""
        return self.validity.valid and self.acknowledged is not None

    @property
    def found(self) -> Found:
        return Found(self.verified[-1].found) if self.verified else Found.NOT_YET

    @property
    def next_year_by(self) -> date | None:
        """The last day for the next notification of a year, where one is asked for after this one (CLK-04)."""
        if not self.validity.valid or self.about not in {About.INITIAL, About.ANNUAL}:
            return None
        return annual_notification(self.row.order.kind, day_of(self.row.given_at)).last_day

    @property
    def clock(self) -> Notification | None:
        """The clock of a change; the first notification's is the order's own."""
        row = self.row
        if self.about not in CHANGES or row.event_on is None:
            return None
        return change_notification(row.order.kind, row.about, row.event_on, notified_at=row.given_at)


def received_under(by: Acting, orders: Collection[int], known_at: datetime | None = None) -> dict[int, list[Received]]:
    """Every notification under these orders, the first recorded first. Three queries."""
    rows = NotificationGiven.objects.for_user(by).filter(order__one_of=frozenset(orders))
    acknowledged = NotificationAcknowledged.objects.for_user(by).select_related("by")
    verified = NotificationVerified.objects.for_user(by).select_related("by").order_by("id")
    if known_at is not None:
        rows = rows.filter(known_from__lte=known_at)
        acknowledged, verified = (many.filter(known_from__lte=known_at) for many in (acknowledged, verified))
    rows = rows.select_related("by", "order", "order__case").order_by("id")
    rows = rows.prefetch_related(Prefetch("acknowledged", acknowledged), Prefetch("verified", verified))
    found: dict[int, list[Received]] = {}
    for row in rows:
        one = Received(row, getattr(row, "acknowledged", None), tuple(row.verified.all()))
        found.setdefault(row.order_id, []).append(one)
    return found


def answered_at(later: Iterable[Received]) -> datetime | None:
    """When we knew of the next notification of a year, among those recorded after another."""
    return next((one.row.known_from for one in later if one.about is About.ANNUAL and one.validity.valid), None)


def received_one(by: Acting, order: Order, number: int) -> Received | None:
    """One notification under an order; None where there is none of this number. Three queries."""
    return next((one for one in received_under(by, [order.pk]).get(order.pk, ()) if one.row.pk == number), None)


def areas() -> list[Force]:
    """The police areas in which a station can lie, by name; the invented force has one too."""
    return list(Force.objects.order_by("name_en"))


def first_notifications_on_time(by: Acting, first: date, last: date, now: datetime) -> OnTime:
    """MET13 of the reader's force, as known at an instant: first notifications whose last day fell between two days.

    An order under which no clock ran, or that ended before it ran out, is not counted; one whose clock still runs, not yet.
    Sixteen queries, whatever the number of orders.
    """
    rows = Order.objects.for_user(by).filter(kind__in=sorted(WITH_DUTY)).order_by()
    clocked = []
    for one in watched_with_stories(by, list(rows.values_list("pk", flat=True)), now).values():
        several = asked(kind_of(one.story.order.kind), one.history, now)
        # By its last end: where it was asked before by another, that one does not hold.
        for each in [each for each in several if each.what is What.NOTIFICATION][-1:]:
            is_given = each.done_at is not None and each.is_done
            # What an order that ended after its clock had run out was not told stays untold; one that ended before leaves.
            ran_out = each.due_at <= now and (each.done_at is None or each.done_at >= each.due_at)
            if is_given or ran_out:
                clocked.append(Clocked(each.due_at, one.history[-1].notified_at))
    return on_time(clocked, first, last)
