"""Spans of time below each other with what happened on them: where every bar, mark and word of the picture stands.

A page writes the picture itself, of plain shapes (`components/spans.html`), as it does that of `waterfall`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import accumulate, islice

from craffu.charts.geometry import LETTER, LINE_HEIGHT, scale, thinned, width_of, wrapped
from craffu.charts.shapes import Size, Tick
from craffu.charts.waterfall import NAME_WIDTH, WIDTH, Bar, Line, Words

_INK, _QUIET, _GRID, _SPAN, _HOLLOW = "#0b0c0c", "#484949", "#d7d9db", "#bbd4ea", "#ffffff"
_ROW, _HALF, _MARK = 40.0, 7.0, 6.0


class Shape(StrEnum):
    """How a mark is drawn: shapes tell them apart, not colours."""

    DIAMOND = "diamond"
    DOT = "dot"
    RING = "ring"
    SQUARE = "square"


@dataclass(frozen=True, slots=True)
class Point:
    on: date
    shape: Shape


@dataclass(frozen=True, slots=True)
class Span:
    """One row: from when to when, both days within; no `first` is a row of marks alone. `last` None goes on past the picture."""

    name: str
    first: date | None
    last: date | None
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Spans:
    """All rows with what they are about, in the reader's language; `legend` says what each shape means, of those that occur."""

    title: str
    description: str
    x_title: str
    first: date
    last: date
    spans: tuple[Span, ...]
    ticks: tuple[Tick, ...]
    legend: Mapping[Shape, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark where it stands, as the points of a shape with straight sides; a dot or a ring has only its middle."""

    x: float
    y: float
    shape: Shape
    points: str = ""
    fill: str = _INK


@dataclass(slots=True)
class Picture:
    """Shapes in the order in which they are painted: lines, bars, marks, words."""

    size: Size
    title: str
    description: str
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    marks: list[Placed] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    def write(self, x: float, y: float, lines: Sequence[str], anchor: str = "start", fill: str = _INK) -> None:
        for place, words in enumerate(lines):
            self.words.append(Words(round(x, 2), round(y + place * LINE_HEIGHT, 2), words, anchor, fill))


def place(chart: Spans, size: Size) -> Picture:
    """The picture for a desk or a phone."""
    names = [wrapped(one.name, NAME_WIDTH[size]) for one in chart.spans]
    left = max((width_of(line, is_bold=False) for lines in names for line in lines), default=0.0) + 20
    ends = (chart.first.toordinal(), max(chart.last.toordinal(), chart.first.toordinal() + 1))
    x = scale((float(ends[0]), float(ends[1])), (left, WIDTH[size] - 12))
    tall = [max(_ROW, len(lines) * LINE_HEIGHT + 12) for lines in names]
    bottom = 8 + sum(tall)
    legend = [(shape, wrapped(words, WIDTH[size] - 24)) for shape, words in chart.legend.items()]
    below = wrapped(chart.x_title, WIDTH[size])
    height = bottom + 30 + (len(below) + sum(len(lines) for _, lines in legend)) * LINE_HEIGHT + 4 * len(legend) + 8
    picture = Picture(size, chart.title, chart.description, WIDTH[size], round(height))
    _place_axis(picture, chart.ticks, x, left, bottom)
    ends_of = accumulate(tall, initial=8.0)
    middles = [round(end - height / 2, 2) for end, height in zip(islice(ends_of, 1, None), tall, strict=True)]
    for one, lines, middle in zip(chart.spans, names, middles, strict=True):
        picture.write(left - 12, middle - (len(lines) - 1) * LINE_HEIGHT / 2 + LETTER / 3, lines, "end")
        _place_span(picture, chart, one, x, middle)
    at = bottom + 28 + LETTER
    picture.write(0, at, below, fill=_QUIET)
    at += len(below) * LINE_HEIGHT + 4
    for shape, lines in legend:
        picture.marks.append(_placed(8, round(at - LETTER / 3, 2), shape))
        picture.write(24, at, lines)
        at += len(lines) * LINE_HEIGHT + 4
    return picture


def _place_axis(
    picture: Picture, ticks: Sequence[Tick], x: Callable[[float], float], left: float, bottom: float
) -> None:
    picture.lines += [Line(x(one.at), 4.0, x(one.at), bottom, _GRID) for one in ticks]
    picture.lines.append(Line(left, bottom, picture.width - 12, bottom, _INK))
    shown = thinned([x(one.at) for one in ticks], [width_of(one.words, is_bold=False) for one in ticks])
    for at in shown:
        picture.write(x(ticks[at].at), bottom + 6 + LETTER, [ticks[at].words], "middle")


def _place_span(picture: Picture, chart: Spans, one: Span, x: Callable[[float], float], middle: float) -> None:
    if one.first is not None:
        first, last = max(one.first, chart.first), min(one.last or chart.last, chart.last)
        if first <= chart.last and last >= chart.first:
            low, high = x(first.toordinal()), x(last.toordinal())
            width = round(max(high - low, 2.0), 2)
            picture.bars.append(Bar(low, middle - _HALF, width, _SPAN, _QUIET, 2 * _HALF))
    picture.marks += [_placed(x(each.on.toordinal()), middle, each.shape) for each in one.points]


def _placed(x: float, y: float, shape: Shape) -> Placed:
    r = _MARK
    corners = {
        Shape.DIAMOND: ((x, y - r - 2), (x + r + 2, y), (x, y + r + 2), (x - r - 2, y)),
        Shape.SQUARE: ((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)),
    }
    points = " ".join(f"{round(one, 2):g},{round(other, 2):g}" for one, other in corners.get(shape, ()))
    return Placed(x, y, shape, points, _HOLLOW if shape in {Shape.RING, Shape.SQUARE} else _INK)
