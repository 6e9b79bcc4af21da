"""How reviews of a whole force went in a period, as the measures define them: MET15, MET16 and MET25.

Plain counts, which the measures show apart and never add up. A period is of London days, both included.
"""

from dataclasses import dataclass
from datetime import date

from craffu.access.acting import Acting
from craffu.clocks.london import day_of, end_of, start_of
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.life.states import OrderStatus
from craffu.orders.models import Order, OrderNoted, OrderReview
from craffu.orders.noting.facts import Noted
from craffu.orders.reviewing.due import What
from craffu.orders.reviewing.policies import REVIEWED
from craffu.orders.reviewing.queries import Reviewed, lapsed_unreviewed, reviews_in
from craffu.orders.reviewing.rules import ENDS_OR_RELAXES, Voice, wish_stands
from craffu.work.models import WorkItem
from craffu.work.states import ItemState


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    counted: int
    of: int


@dataclass(frozen=True, slots=True)
class Heard:
    """Reviews closed in a period by what answered in them: a view, a reason alone, a standing wish, or none of them."""

    of: int
    by_view: int
    by_reason: int
    by_wish: int

    @property
    def neither(self) -> int:
        return self.of - self.by_view - self.by_reason - self.by_wish


def reviews_on_time(by: Acting, first: date, last: date) -> Share:
    """MET15: of the reviews due in a period those completed by the end of their due day. One query.

    One that was withdrawn before it was due was never due; one that was missed stays missed. An opened one is not completed.
    """
    rows = WorkItem.objects.for_user(by).filter(
        kind=What.REVIEW.value, due_at__gt=start_of(first), due_at__lte=end_of(last)
    )
    over = [
        (state, over_at is not None and over_at < due_at)
        for state, over_at, due_at in rows.order_by().values_list("state", "over_at", "due_at")
    ]
    due = [(state, in_time) for state, in_time in over if not (in_time and state == ItemState.WITHDRAWN)]
    return Share(sum(in_time for _, in_time in due), len(due))


def voices_heard(by: Acting, first: date, last: date) -> Heard:
    """MET16: of the reviews closed in a period those that hold a view, a valid reason alone, or a standing wish. Three queries.

    Where several are protected, one view is enough for the first, and one wish beside reasons makes it the third.
    """
    put = OrderReview.objects.for_user(by).filter(known_from__lt=end_of(last)).order_by()
    reviews = reviews_in(by, set(put.values_list("order_id", flat=True)))
    closed = [
        (each, day_of(each.completed_at)) for several in reviews.values() for each in several if each.completed_at
    ]
    answers = [answered_by(each, on) for each, on in closed if first <= on <= last]
    return Heard(
        len(answers), answers.count(Voice.GIVEN), answers.count(Voice.DECLINED), answers.count(Voice.STANDING_WISH)
    )


def answered_by(one: Reviewed, closed_on: date) -> Voice | None:
    """MET16 of one review: a view, a wish, or (as `DECLINED`) a reason; None where a wish stands that could not answer."""
    kinds = {Voice(voice.kind) for voice in one.voices}
    if Voice.GIVEN in kinds:
        return Voice.GIVEN
    if Voice.STANDING_WISH not in kinds:
        return Voice.DECLINED
    days = [voice.said_on for voice in one.voices if voice.kind == Voice.STANDING_WISH and voice.said_on is not None]
    is_valid = one.row.decision not in ENDS_OR_RELAXES and all(wish_stands(day, closed_on) for day in days)
    return Voice.STANDING_WISH if is_valid else None


def ended_unreviewed(by: Acting, first: date, last: date) -> Share:
    """MET25: of the orders that ran out in a period those of whose end nobody had decided fourteen days before. Four queries."""
    over = orders_run_out(by, first, last)
    return Share(sum(is_unreviewed for _, is_unreviewed in over), len(over))


def orders_run_out(by: Acting, first: date, last: date) -> list[tuple[Order, bool]]:
    """The orders that ran out in a period, each with whether it ended unreviewed. Four queries.

    Only kinds that anybody reviews: notices and bail end by themselves.
    """
    rows = Order.objects.for_user(by).filter(
        status=OrderStatus.EXPIRED, last_day__gte=first, last_day__lte=last, made_at__isnull=False
    )
    over = [one for one in rows.order_by("id") if kind_of(one.kind).family in REVIEWED]
    reviews = reviews_in(by, [one.pk for one in over])
    refused: dict[int, list[OrderNoted]] = {}
    for noted in OrderNoted.objects.for_user(by).filter(order__in=over, what=Noted.CHANGE_REFUSED):
        refused.setdefault(noted.order_id, []).append(noted)
    return [(one, lapsed_unreviewed(one, reviews.get(one.pk, ()), refused.get(one.pk, ()))) for one in over]
