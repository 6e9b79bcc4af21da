"""What the snapshot holds of orders: how each stood from when until when, what was notified under it, its reviews and its stages.

MET01, MET03, MET08 to MET11, MET13, MET16 to MET18; X10. What a row means is decided where the pages have it from, not here.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.models import Case
from craffu.cases.states import OVER
from craffu.clocks.london import day_of, end_of, start_of
from craffu.common.extracted import KNOWN_FROM, KNOWN_UNTIL, Extract, Holds, Row, keyed, spans
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.clocks.notifications import WITH_DUTY
from craffu.orders.considering.reading import CaseTold, cases_told
from craffu.orders.effect.rules import served_days
from craffu.orders.extracts import applications, duties, places
from craffu.orders.figures import in_person_at, serve_by
from craffu.orders.life.stages import LODGED, Ended, Moved, Stage, intervals
from craffu.orders.life.states import LIVE
from craffu.orders.models import Order, OrderMove, OrderReview
from craffu.orders.queries import OrderStory, as_happened, stories_of_orders
from craffu.orders.reviewing.figures import answered_by
from craffu.orders.reviewing.policies import REVIEWED
from craffu.orders.reviewing.queries import reviews_in
from craffu.orders.serving.rules import PlaceType
from craffu.orders.watching import holding
from craffu.orders.watching.reading import Watch, as_known, watched_with_stories

_CONSIDERED: Final = frozenset({"SPO"})
_CASES_AT_ONCE: Final = 500


def _orders(by: Acting, at: datetime) -> Iterator[Row]:
    """How each order of a court stood: notices and conditions are no orders."""
    rows = (
        Order.objects.for_user(by)
        .filter(known_from__lte=at)
        .select_related("case", "respondent", "main")
        .order_by("id")
    )
    mine = [one for one in rows if kind_of(one.kind).family in REVIEWED]
    for story in stories_of_orders(by, mine, at).values():
        yield from _of_order(story)


def _of_order(story: OrderStory) -> Iterator[Row]:
    order = story.order
    fixed: Row = {
        "order": keyed("order", order.reference),
        "episode": keyed("order", (order.main or order).reference),
        "respondent": keyed("record", order.respondent.source, order.respondent.source_key),
        "kind": order.kind,
        "is_interim": order.is_interim,
    }

    def stood(at: datetime) -> Row | None:
        known = as_known(story, at)
        row = known.order
        days = served_days(story.kind, as_happened(row))
        return {
            **fixed,
            "status": row.status,
            "is_live": row.status in LIVE,
            "made_on": day_of(row.made_at) if row.made_at else None,
            "over_at": end_of(row.last_day) if row.last_day else None,
            "is_ours": any(one.move in LODGED for one in known.moves),
            "serve_by": serve_by(known) if row.made_at else None,
            "in_person_at": in_person_at(known),
            "in_court_at": in_person_at(known, PlaceType.COURT),
            "is_served": row.served_at is not None,
            "binds_from": days[0] if days else None,
            "binds_to": days[1] if days else None,
        }

    instants = {one.known_from for one in story.moves} | {one.known_from for one in story.attempts}
    yield from spans(instants, stood)


ORDERS: Final = Extract(
    "orders",
    {
        "order": Holds.REFERENCE, KNOWN_FROM: Holds.INSTANT, KNOWN_UNTIL: Holds.INSTANT, "episode": Holds.REFERENCE,
        "respondent": Holds.REFERENCE, "kind": Holds.CODE, "is_interim": Holds.YES, "status": Holds.CODE,
        "is_live": Holds.YES, "made_on": Holds.DAY, "over_at": Holds.INSTANT, "is_served": Holds.YES,
        "is_ours": Holds.YES, "serve_by": Holds.INSTANT, "in_person_at": Holds.INSTANT, "in_court_at": Holds.INSTANT,
        "binds_from": Holds.DAY, "binds_to": Holds.DAY,
    },
    _orders,
)  # fmt: skip


def _notifications(by: Acting, at: datetime) -> Iterator[Row]:
    """Every clock of a first notification, with what became of it as it was known (CLK-03 to CLK-06)."""
    asked = Order.objects.for_user(by).filter(kind__in=sorted(WITH_DUTY)).order_by()
    for watch in watched_with_stories(by, list(asked.values_list("pk", flat=True)), at).values():
        order = watch.story.order
        for number in range(_most(watch)):
            fixed: Row = {"order": keyed("order", order.reference), "kind": order.kind, "clock": number}
            yield from spans((one.since for one in watch.history), _clock(watch, number, fixed))


def _most(watch: Watch) -> int:
    return len(list(holding.notification(kind_of(watch.story.order.kind), watch.history)))


def _clock(watch: Watch, number: int, fixed: Row) -> Callable[[datetime], Row | None]:
    """One clock by what was known at an instant: what came later neither began nor ended it."""
    kind = kind_of(watch.story.order.kind)

    def ran(at: datetime) -> Row | None:
        known = [one for one in watch.history if one.since <= at]
        found = list(holding.notification(kind, known))
        if number >= len(found):
            return None
        one = found[number]
        if one.done_at is not None and one.done_at <= one.raised_at:
            return None
        return {
            **fixed,
            "ends_at": one.due_at,
            "last_day": day_of(one.due_at - datetime.resolution),
            "over_at": one.done_at,
            "is_given": one.done_at is not None and one.is_done,
            "notified_at": known[-1].notified_at,
        }

    return ran


NOTIFICATIONS: Final = Extract(
    "notifications",
    {
        "order": Holds.REFERENCE, "kind": Holds.CODE, "clock": Holds.NUMBER, KNOWN_FROM: Holds.INSTANT,
        KNOWN_UNTIL: Holds.INSTANT, "ends_at": Holds.INSTANT, "last_day": Holds.DAY, "over_at": Holds.INSTANT,
        "is_given": Holds.YES, "notified_at": Holds.INSTANT,
    },
    _notifications,
)  # fmt: skip


def _reviews(by: Acting, at: datetime) -> Iterator[Row]:
    """Every review that was complete, by what answered in it (REV-02, REV-03)."""
    put = OrderReview.objects.for_user(by).filter(known_from__lte=at).order_by()
    orders = {
        one.pk: one for one in Order.objects.for_user(by).filter(pk__in=set(put.values_list("order_id", flat=True)))
    }
    for order, several in reviews_in(by, orders, at).items():
        for one in several:
            closed = one.completed_at
            if closed is None:
                continue
            on = day_of(closed)
            answer = answered_by(one, on)
            yield {
                "review": keyed("review", orders[order].reference, one.row.number),
                "order": keyed("order", orders[order].reference),
                "kind": orders[order].kind,
                "closed_on": on,
                "answer": answer.value if answer is not None else "",
                KNOWN_FROM: closed,
            }


REVIEWS: Final = Extract(
    "reviews",
    {
        "review": Holds.REFERENCE, "order": Holds.REFERENCE, "kind": Holds.CODE, "closed_on": Holds.DAY,
        "answer": Holds.CODE, KNOWN_FROM: Holds.INSTANT,
    },
    _reviews,
)  # fmt: skip


def _stages(by: Acting, at: datetime) -> Iterator[Row]:
    """Every stage that began: of a case until it was decided about, and of each order by its moves."""
    moves = OrderMove.objects.for_user(by).filter(known_from__lte=at).select_related("order").defer("words")
    of_order: dict[int, list[OrderMove]] = {}
    for one in moves.order_by("order_id", "number"):
        of_order.setdefault(one.order_id, []).append(one)
    for several in of_order.values():
        order = several[0].order
        if kind_of(order.kind).family not in REVIEWED:
            continue
        moved = [Moved(one.move, one.to_status, one.happened_at, one.known_from) for one in several]
        for found in intervals(moved):
            yield _stage(keyed("order", order.reference), order.kind, found.stage, found.began, found.end, found.how)
    cases = list(Case.objects.for_user(by).filter(known_from__lte=at).order_by("id").values_list("pk", flat=True))
    for first in range(0, len(cases), _CASES_AT_ONCE):
        for told in cases_told(by, cases[first : first + _CASES_AT_ONCE], at).values():
            yield from _considered(told)


def _considered(told: CaseTold) -> Iterable[Row]:
    """A case of stalking until a stalking protection order was decided about, or until nothing more is expected in it."""
    if told.stalking_since is None:
        return
    opened = Moved("open", "", told.opened_at, max(told.opened_at, told.known_from))
    first = min((one.at for one in told.decisions if one.kind in _CONSIDERED), default=None)
    if first is not None:
        end, how = Moved("decide", "", first, first), Ended.COMPLETE
    else:
        over = next((one for one in told.stages if one.stage in OVER), None)
        if over is None:
            yield _stage(keyed("case", told.reference), "SPO", Stage.OPENED_TO_DECIDED, opened, None, None)
            return
        end, how = Moved("over", "", start_of(over.true_from), over.known_from), Ended.OTHERWISE
    yield _stage(keyed("case", told.reference), "SPO", Stage.OPENED_TO_DECIDED, opened, end, how)


def _stage(of: str, kind: str, stage: Stage, began: Moved, end: Moved | None, how: Ended | None) -> Row:
    return {
        "of": of,
        "kind": kind,
        "stage": stage.value,
        "began_on": day_of(began.at),
        KNOWN_FROM: began.known_from,
        "ended_on": day_of(end.at) if end is not None else None,
        "how": how.value if how is not None else None,
        "end_known_from": end.known_from if end is not None else None,
    }


STAGES: Final = Extract(
    "stages",
    {
        "of": Holds.REFERENCE, "kind": Holds.CODE, "stage": Holds.CODE, "began_on": Holds.DAY, KNOWN_FROM: Holds.INSTANT,
        "ended_on": Holds.DAY, "how": Holds.CODE, "end_known_from": Holds.INSTANT,
    },
    _stages,
)  # fmt: skip

TABLES: Final = (ORDERS, NOTIFICATIONS, REVIEWS, STAGES, *applications.TABLES, *duties.TABLES, *places.TABLES)
