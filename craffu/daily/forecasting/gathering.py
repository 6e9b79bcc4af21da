"""What is known of orders at an instant, as far as due work follows from it (R1a; ADR 80).

It is read as it was known then: nothing recorded later is in it, not even that an order has ended meanwhile (X10).
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Final

from django.db.models import Exists, OuterRef

from craffu.access.acting import Acting
from craffu.cases.risk.queries import risks_in
from craffu.clocks.london import day_of, end_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.daily.forecasting.rules import Falls, checks_to_come, reviews_to_come, task_of
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.life.states import ENDS, OVER
from craffu.orders.models import Order, OrderMove
from craffu.orders.monitoring.queries import monitored_stories
from craffu.orders.monitoring.schedule import schedule
from craffu.orders.notifying.due import ANNUAL, notifications_due
from craffu.orders.reviewing.reading import born_of, is_reviewed, what_bears
from craffu.orders.reviewing.timing import next_review_due
from craffu.orders.watching.kinds import What
from craffu.orders.watching.reading import Watch, as_known, watched_with_stories
from craffu.orders.watching.rules import asked
from craffu.orders.watching.stood import Asked
from craffu.resourcing.timing.kinds import Timed
from craffu.work.facts import Due

ASKED: Final = {What.HEARING: Timed.HEARING, What.NOTIFICATION: Timed.NOTIFICATION}


def known_to_come(by: Acting, at: datetime, first: date, until: date) -> list[Falls]:
    """What is late before the first day, and what will fall due from then on, by what was known at an instant.

    Some seventy queries, however many orders there are.
    """
    return list(_to_come(by, _not_over(by, at), at, first, until))


def _not_over(by: Acting, at: datetime) -> list[Order]:
    """The orders that were not over, as was known then."""
    later = OrderMove.objects.for_user(by).filter(order=OuterRef("pk"), known_from__gt=at)
    rows = Order.objects.for_user(by).filter(known_from__lte=at)
    mine = rows.exclude(~Exists(later), status__in=sorted(one.value for one in ENDS | OVER))
    return list(mine.select_related("case").order_by("id"))


def _to_come(by: Acting, orders: Collection[Order], at: datetime, first: date, until: date) -> Iterator[Falls]:
    watched = watched_with_stories(by, [one.pk for one in orders], at)
    yield from _checks(by, watched, at, first, until)
    yield from _reviews(by, watched, at, first, until)
    for one in watched.values():
        kind = kind_of(one.story.order.kind)
        stood = [each for each in one.history if each.since <= at]
        for each in asked(kind, stood, at):
            if each.done_at is None and each.what in ASKED:
                yield falls_of(one.story.order, each)
    for several in notifications_due(by, list(map(str, watched)), at).values():
        yield from (annual_of(each) for each in several.dues if each.kind == ANNUAL and each.done_at is None)


def falls_of(order: Order, one: Asked) -> Falls:
    return Falls(ASKED[one.what], order.reference, day_by_whose_end(one.due_at))


def annual_of(one: Due) -> Falls:
    return Falls(Timed.NOTIFICATION, one.about[1], day_by_whose_end(one.due_at))


def day_by_whose_end(at: datetime) -> date:
    return day_of(at - datetime.resolution)


def _checks(by: Acting, watched: dict[int, Watch], at: datetime, first: date, until: date) -> Iterator[Falls]:
    """Every condition of an order that stands: while the respondent is away, from when that is known to end."""
    stories = {pk: as_known(one.story, at) for pk, one in watched.items()}
    horizon = end_of(until)
    for one in monitored_stories(by, stories, at).values():
        ends = min([until, *([one.order.last_day] if one.order.last_day else [])])
        for line in one.standing:
            for time in line.times:
                # One who is away has no check open: it comes when the absence is known to end.
                stands = next((each for when in (at, horizon) for each in schedule(time, when) if each.is_open), None)
                last = min(ends, day_by_whose_end(time.ended_at)) if time.ended_at else ends
                if stands is not None:
                    for on in checks_to_come(stands.due_on, time.paces, first, last):
                        yield Falls(Timed.CHECK, one.order.reference, on)


def _reviews(by: Acting, watched: dict[int, Watch], at: datetime, first: date, until: date) -> Iterator[Falls]:
    stories = {pk: as_known(one.story, at) for pk, one in watched.items() if one.history}
    live = {pk: story for pk, story in stories.items() if is_reviewed(story.order)}
    if not live:
        return
    risks = risks_in(by, {one.order.case_id for one in live.values() if one.order.case_id is not None}, at)
    born = born_of(by, [one.order for one in live.values()], at)
    for pk, story in live.items():
        order = story.order
        stood = [each for each in watched[pk].history if each.since <= at]
        bears = what_bears(story, stood, watched[pk].reviews, risks.get(order.case_id or 0), born.get(pk), at)
        ends = min([until, *([order.last_day] if order.last_day else [])])
        days = [day_of(each) for each in bears.watches]
        for one in reviews_to_come(next_review_due(bears.facts), bears.facts, days, first, ends):
            yield Falls(task_of(one), order.reference, one.due_day)
