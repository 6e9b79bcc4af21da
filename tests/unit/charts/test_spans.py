"""Where bars, marks and words of spans of time stand: in the picture, in order of time, told apart by shape."""

from datetime import date

import pytest

from craffu.charts.shapes import Size, Tick
from craffu.charts.spans import Point, Shape, Span, Spans, place

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
TICKS = (Tick(float(date(2026, 7, 1).toordinal()), "07/2026"),)


def chart(*spans: Span, legend: dict[Shape, str] | None = None) -> Spans:
    return Spans("Orders", "One order", "Time", FIRST, LAST, spans, TICKS, legend or {})


@pytest.mark.parametrize("size", list(Size))
def test_everything_stands_within_the_picture(size: Size) -> None:
    points = tuple(Point(day, shape) for day, shape in zip((FIRST, date(2026, 5, 1), LAST), Shape, strict=False))
    drawn = place(
        chart(
            Span("O-10001 Stalking protection order (full)", date(2025, 3, 1), date(2027, 3, 1), points),
            Span("No order that we hold", None, None, (Point(date(2026, 2, 1), Shape.SQUARE),)),
            legend={Shape.DIAMOND: "Proved by a court", Shape.RING: "Nobody has decided"},
        ),
        size,
    )

    assert all(one.x >= 0 and one.x + one.width <= drawn.width for one in drawn.bars)
    assert all(0 <= one.x <= drawn.width and 0 <= one.y <= drawn.height for one in drawn.marks)
    assert all(0 <= one.y <= drawn.height for one in drawn.words)
    assert len(drawn.bars) == 1
    assert len(drawn.marks) == 4 + 2


def test_marks_stand_in_order_of_time_on_the_bar_of_their_order() -> None:
    points = (Point(date(2026, 3, 1), Shape.DOT), Point(date(2026, 9, 1), Shape.DIAMOND))
    drawn = place(chart(Span("O-10001", FIRST, None, points)), Size.WIDE)
    [bar] = drawn.bars
    one, other = drawn.marks

    assert bar.x < one.x < other.x < bar.x + bar.width
    assert one.y == other.y == bar.y + bar.height / 2


def test_shapes_differ_in_form_and_not_in_colour_alone() -> None:
    points = tuple(Point(date(2026, 3, 1), shape) for shape in Shape)
    drawn = place(chart(Span("O-10001", FIRST, LAST, points)), Size.WIDE)
    told = {one.shape: (bool(one.points), one.points, one.fill) for one in drawn.marks}

    assert len(set(told.values())) == len(Shape)
    assert told[Shape.DOT][2] != told[Shape.RING][2]


def test_an_order_outside_the_time_shown_has_no_bar() -> None:
    drawn = place(chart(Span("O-10001", date(2020, 1, 1), date(2021, 1, 1))), Size.WIDE)

    assert drawn.bars == []
    assert any("O-10001" in one.words for one in drawn.words)


def test_a_long_name_is_broken_into_lines() -> None:
    long = "O-10001 Domestic abuse protection order made on conviction"
    narrow = place(chart(Span(long, FIRST, LAST)), Size.NARROW)

    assert sum(one.anchor == "end" for one in narrow.words) > 1
    assert " ".join(one.words for one in narrow.words if one.anchor == "end") == long
