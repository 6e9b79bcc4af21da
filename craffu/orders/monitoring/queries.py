"""Every condition of orders with how it is monitored, its checks and what came of them (MON-01, MON-02, MON-06; MET14)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import batched
from typing import Final

from django.db.models import Prefetch

from craffu.access.acting import Acting
from craffu.cases.risk.grades import grades_of_cases
from craffu.clocks.london import day_of
from craffu.orders.following.rules import heightened_until
from craffu.orders.library.queries import library
from craffu.orders.life.states import LIVE
from craffu.orders.models import CheckCovers, CheckMade, CheckPlanned, ChecksSuspended, Order, OrderTrigger
from craffu.orders.monitoring.lines import Line, lines_of, plan_of, watched_of
from craffu.orders.monitoring.measures import OnTime, on_time
from craffu.orders.monitoring.rules import IS_DONE
from craffu.orders.monitoring.schedule import Away, Ended, Graded, Heightened, Scheduled, schedule
from craffu.orders.queries import OrderStory, stories_of_orders
from craffu.orders.watching.reading import as_known

# So many orders at a time are read for a figure.
_AT_A_TIME: Final = 200
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Monitored:
    """An order with each of its conditions as it is monitored, and everything recorded of its checks."""

    story: OrderStory
    lines: tuple[Line, ...]
    made: tuple[CheckMade, ...]
    away: tuple[ChecksSuspended, ...]
    heightened: tuple[Heightened, ...]
    wakes_at: datetime | None

    @property
    def order(self) -> Order:
        return self.story.order

    @property
    def is_live(self) -> bool:
        return self.order.status in LIVE

    @property
    def standing(self) -> list[Line]:
        """The conditions of the words that stand, in their order; none of an order that is over."""
        last = self.story.made[-1].pk if self.story.made else 0
        return [one for one in self.lines if self.is_live and one.condition.terms_id == last]

    @property
    def unplanned(self) -> list[Line]:
        """MON-02: those of which nobody has confirmed how they are monitored."""
        return [one for one in self.standing if one.plan is None]


def monitored(by: Acting, order: Order, now: datetime) -> Monitored:
    """One order with its checks as of an instant. Twenty-nine queries at most."""
    return monitored_orders(by, [order], now)[order.pk]


def monitored_orders(by: Acting, orders: Collection[Order], now: datetime) -> dict[int, Monitored]:
    """Each of these orders with its checks as of an instant, by row number. As many queries however many they are."""
    stories = {pk: as_known(one, now) for pk, one in stories_of_orders(by, orders, now).items()}
    return monitored_stories(by, stories, now)


def monitored_stories(by: Acting, stories: Mapping[int, OrderStory], now: datetime) -> dict[int, Monitored]:
    """The same of orders that were read already as they were known then. Sixteen queries at most."""
    numbers = sorted(stories)
    plans, made = _plans(by, numbers, now), _made(by, numbers, now)
    grades = grades_of_cases(by, {one.order.case_id for one in stories.values() if one.order.case_id is not None}, now)
    known, heightened, found = library(by), _heightened(by, numbers, now), {}
    for pk, story in stories.items():
        graded = [Graded(one.since, one.grade) for one in grades.get(story.order.case_id or 0, ())]
        times = heightened.get(pk, ())
        away = tuple(one for one in story.suspended if one.known_from <= now)
        absences = absences_of(away)
        lines = lines_of(story)
        for line in lines:
            plan_of(line, plans.get(pk, ()), known)
            line.times = watched_of(line, graded, times, _done(made.get(pk, ())), absences)
            line.checks = [check for time in line.times for check in schedule(time, now)]
        changes = {*(one.since for one in graded), *(at for one in times for at in one.instants)}
        changes |= {one.holds_from for one in absences} | {at for line in lines for at in line.ends}
        wakes_at = min((at for at in changes if at > now), default=None)
        found[pk] = Monitored(story, tuple(lines), tuple(made.get(pk, ())), away, tuple(times), wakes_at)
    return found


def conditions_standing(story: OrderStory) -> list[int]:
    """The row numbers of the conditions of the words that stand, in their order."""
    return [one.pk for one in story.made[-1].conditions.all()] if story.made else []


def checks_made_at(by: Acting, order: Order, at: datetime, now: datetime) -> list[CheckMade]:
    """What is known now to have come of checks of one order at an instant. Two queries."""
    rows = CheckMade.objects.for_user(by).filter(order=order, at=at, known_from__lte=now)
    return list(rows.prefetch_related("covers").order_by("id"))


def _plans(by: Acting, orders: Collection[int], now: datetime) -> dict[int, list[CheckPlanned]]:
    rows = CheckPlanned.objects.for_user(by).filter(condition__terms__order__in=orders, known_from__lte=now)
    found: dict[int, list[CheckPlanned]] = {}
    for one in rows.select_related("condition__terms", "by").order_by("id"):
        found.setdefault(one.condition.terms.order_id, []).append(one)
    return found


def _made(by: Acting, orders: Collection[int], now: datetime) -> dict[int, list[CheckMade]]:
    """What came of the checks of each order, in the order in which they were made. Two queries."""
    covers = CheckCovers.objects.for_user(by).select_related("condition").order_by("condition__number")
    rows = CheckMade.objects.for_user(by).filter(order__in=orders, known_from__lte=now)
    found: dict[int, list[CheckMade]] = {}
    for one in rows.select_related("by").prefetch_related(Prefetch("covers", covers)).order_by("at", "id"):
        found.setdefault(one.order_id, []).append(one)
    return found


def _heightened(by: Acting, orders: Collection[int], now: datetime) -> dict[int, list[Heightened]]:
    """MON-03: the days of closer watch that each trigger brings. Together they are never shorter than the longest."""
    rows = OrderTrigger.objects.for_user(by).filter(order__in=orders, raised_at__lte=now, known_from__lte=now)
    found: dict[int, list[Heightened]] = {}
    for order, raised_at, known in rows.order_by("id").values_list("order_id", "raised_at", "known_from"):
        first = day_of(raised_at)
        found.setdefault(order, []).append(Heightened(first, heightened_until(first), max(raised_at, known)))
    return found


def _done(made: Iterable[CheckMade]) -> dict[int, list[datetime]]:
    """When each condition was checked, by its row number; an attempt and a refusal are no check."""
    found: dict[int, list[datetime]] = {}
    for one in made:
        for cover in one.covers.all() if one.outcome in IS_DONE else ():
            found.setdefault(cover.condition_id, []).append(one.at)
    return found


def last_said(rows: Iterable[ChecksSuspended]) -> list[ChecksSuspended]:
    """Of several words on an absence that began on one day the last one."""
    return list({one.first_day: one for one in rows}.values())


def absences_of(rows: Iterable[ChecksSuspended]) -> list[Away]:
    """Each absence as it was said last, which holds from when it was said first (MON-04, MON-06).

    What is said of one only after its last day undoes no miss: days that are added then hold from when they were said, as an
    absence of their own, and days that are taken away were excused.
    """
    found: dict[date, list[Away]] = {}
    for one in rows:
        why, at = Ended(one.why), one.known_from
        spans = found.setdefault(one.first_day, [])
        if not spans:
            spans.append(Away(one.first_day, one.last_day, why, at, at))
        elif day_of(at) <= spans[-1].last:
            spans[-1] = replace(spans[-1], last=max(one.last_day, spans[-1].first), why=why, said=at)
        elif one.last_day > spans[-1].last:
            spans.append(Away(spans[-1].last + _A_DAY, one.last_day, why, at, at))
    return [span for spans in found.values() for span in spans]


def checks_on_time(by: Acting, first: date, until: date, at: datetime) -> OnTime:
    """MET14: of the checks due in a period, `until` no more, those made by their due day, as known at an instant."""
    rows: list[Scheduled] = []
    for some in batched(Order.objects.for_user(by).filter(known_from__lte=at).order_by("id").iterator(), _AT_A_TIME):
        rows += [
            check for one in monitored_orders(by, some, at).values() for line in one.lines for check in line.checks
        ]
    return on_time(rows, first, until, at)
