"""Orders as bars and the breaches shown on them, in time; the table of the same stands with it (page map, P06, charts)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from craffu.breaches.history.facts import OrderCounts, Row
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.standpoints.rules import CourtResult, PoliceDecision
from craffu.charts.shapes import Size, Tick
from craffu.charts.spans import Picture, Point, Shape, Span, Spans, place
from craffu.clocks.london import day_of
from craffu.orders.models import Order
from craffu.web import cells
from craffu.web.court.words import day_words
from craffu.web.histories import words
from craffu.web.histories.presenters import decided_words, happened_on, happened_words, stands_as
from craffu.web.orders import words as order_words
from craffu.web.orders.presenters import until_words
from craffu.web.presenters import Params

# So many orders are drawn, those made last; the table above the picture has them all.
MOST_ORDERS: Final = 12
_MOST_TICKS: Final = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """The picture for a desk and for a phone, and the table of the same; `left_out` orders are in neither."""

    wide: Picture
    narrow: Picture
    table: Params
    left_out: int


def shown(rows: Sequence[Row], per_order: Sequence[OrderCounts], today: date) -> Shown | None:
    """Of the breaches on this page; None where there is none."""
    if not rows:
        return None
    orders = [one.order for one in per_order if one.order is not None]
    broken = {one.order_id for row in rows for one in row.ties}
    # Those that these incidents broke come first where not all can be drawn.
    drawn = sorted(orders, key=lambda one: (one.pk not in broken, -one.pk))[:MOST_ORDERS]
    spans = [_span(one, rows) for one in drawn]
    loose = tuple(_point(row) for row in rows if not row.ties)
    if loose:
        spans.append(Span(str(words.NO_ORDER), None, None, loose))
    points = [each.on for one in spans for each in one.points]
    began = [one.first for one in spans if one.first is not None and one.points]
    first, last = min([*points, *began]), max([*points, today])
    # A mark on the first day is not drawn over the name of its order.
    first -= max((last - first) // 40, timedelta(days=1))
    shapes = {each.shape for one in spans for each in one.points}
    chart = Spans(
        title=_("Orders, and the breaches on this page"),
        description="; ".join(_described(one) for one in spans),
        x_title=" ".join(_explained(rows)),
        first=first,
        last=last,
        spans=tuple(spans),
        ticks=tuple(ticks(first, last)),
        legend={shape: said for shape, said in _legend().items() if shape in shapes},
    )
    return Shown(place(chart, Size.WIDE), place(chart, Size.NARROW), _table(drawn, rows), len(orders) - len(drawn))


def _explained(rows: Sequence[Row]) -> Iterator[str]:
    yield _("Each bar is an order from when it was made until it ended or ends. Each mark is a breach.")
    if any(first != last for first, last in map(happened_on, rows)):
        yield _("One that happened between two days is marked on the last of them.")


def _legend() -> dict[Shape, str]:
    return {
        Shape.DIAMOND: _("Proved by a court"),
        Shape.DOT: _("A breach or undetected, as police decided; no court result"),
        Shape.RING: _("Decided neither by police nor by a court"),
        Shape.SQUARE: _("Not a breach, not proved or quashed"),
    }


def _shape(row: Row) -> Shape:
    court, police = row.story.standing(Standpoint.COURT), row.story.standing(Standpoint.POLICE)
    if court is not None:
        return Shape.DIAMOND if court.decision == CourtResult.PROVED else Shape.SQUARE
    if police is None:
        return Shape.RING
    return Shape.SQUARE if police.decision == PoliceDecision.NO_BREACH else Shape.DOT


def _point(row: Row) -> Point:
    return Point(happened_on(row)[1], _shape(row))


def _name(order: Order) -> str:
    return f"{order.reference} {order_words.kind_words(order.kind, is_interim=order.is_interim)}"


def _span(order: Order, rows: Sequence[Row]) -> Span:
    ended = order.last_day if order.ended_at is None else day_of(order.ended_at)
    made = day_of(order.made_at) if order.made_at else None
    theirs = tuple(_point(row) for row in rows if any(one.order_id == order.pk for one in row.ties))
    return Span(_name(order), made, ended, theirs)


def _described(one: Span) -> str:
    return _("%(order)s: breaches marked %(number)s") % {"order": one.name, "number": len(one.points)}


def _table(orders: Sequence[Order], rows: Sequence[Row]) -> Params:
    found = []
    for order in orders:
        theirs = [row for row in rows if any(one.order_id == order.pk for one in row.ties)]
        found.append([
            cells.words(_name(order)),
            cells.words(day_words(day_of(order.made_at)) if order.made_at else _("Not recorded")),
            cells.words(until_words(order)),
            cells.lines(_marked(row) for row in theirs) if theirs else cells.words(_("None on this page")),
        ])  # fmt: skip
    loose = [row for row in rows if not row.ties]
    if loose:
        found.append([
            cells.words(words.NO_ORDER), cells.words(""), cells.words(""), cells.lines(_marked(row) for row in loose),
        ])  # fmt: skip
    head: list[cells.Heading] = [_("Order"), _("Made"), _("Until"), _("Breaches marked")]
    return cells.table(_("What the picture shows"), head, found, is_hidden=True)


def _marked(row: Row) -> str:
    court = row.story.standing(Standpoint.COURT)
    said = decided_words(court) if court is not None else str(stands_as(row).words)
    return f"{row.breach.reference}, {happened_words(row)}: {said}"


def ticks(first: date, last: date) -> list[Tick]:
    """The beginnings of years, or of months where it is not much more than a year."""
    if (last - first).days > 450:
        years = range(first.year + 1, last.year + 1)
        step = max(1, -(-len(years) // _MOST_TICKS))
        return [Tick(float(date(year, 1, 1).toordinal()), str(year)) for year in years[::step]]
    months = [(first.year + (first.month + n) // 12, (first.month + n) % 12 + 1) for n in range(16)]
    within = [date(year, month, 1) for year, month in months if date(year, month, 1) <= last]
    step = max(1, -(-len(within) // _MOST_TICKS))
    return [Tick(float(one.toordinal()), f"{one:%m/%Y}") for one in within[::step]]
