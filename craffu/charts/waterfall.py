"""Steps from one figure to another, each beginning where the last ended: where every bar, line and word of its picture stands.

A page writes the picture itself, of plain shapes (`components/waterfall.html`). So a picture about somebody leaves nothing on a
disk, its words are escaped with the page's own, and it loads none of what other charts need.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice, pairwise
from typing import Final

from craffu.charts.geometry import LETTER, LINE_HEIGHT, axis_steps, scale, thinned, width_of, wrapped
from craffu.charts.shapes import Size

WIDTH: Final = {Size.WIDE: 640.0, Size.NARROW: 320.0}
NAME_WIDTH: Final = {Size.WIDE: 220.0, Size.NARROW: 110.0}
_INK, _QUIET, _GRID = "#0b0c0c", "#484949", "#d7d9db"
_UP, _DOWN, _HOLLOW = "#12436d", "#801650", "#ffffff"
_ROW, _HALF = 34.0, 9.0


@dataclass(frozen=True, slots=True)
class Step:
    """A part by its name; from where to where, and what it says. A total begins at nought."""

    name: str
    words: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The steps with what they are about, in the reader's language."""

    title: str
    description: str
    x_title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Words:
    x: float
    y: float
    words: str
    anchor: str = "start"
    fill: str = _INK
    weight: str = "normal"


@dataclass(frozen=True, slots=True)
class Line:
    x: float
    y: float
    x2: float
    y2: float
    stroke: str


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    fill: str
    stroke: str
    height: float = 2 * _HALF


@dataclass(slots=True)
class Picture:
    """Shapes in the order in which they are painted: lines, bars, words."""

    size: Size
    title: str
    description: str
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    def write(self, x: float, y: float, lines: Sequence[str], anchor: str = "start", **style: str) -> None:
        self.words += [
            Words(round(x, 2), round(y + place * LINE_HEIGHT, 2), words, anchor, **style)
            for place, words in enumerate(lines)
        ]


def place(chart: Waterfall, size: Size) -> Picture:
    """The picture: what adds is filled and what takes away is hollow, so that colour alone says nothing."""
    names = [wrapped(one.name, NAME_WIDTH[size]) for one in chart.steps]
    left = max((width_of(line, is_bold=False) for lines in names for line in lines), default=0.0) + 12
    right = WIDTH[size] - max((width_of(one.words) for one in chart.steps), default=0.0) - 12
    ends = [end for one in chart.steps for end in (one.before, one.after)]
    marks = axis_steps(min(ends, default=0.0), max(ends, default=0.0), 5 if size is Size.WIDE else 3)
    x = scale((marks[0], marks[-1]), (left, max(right, left + 60)))
    tall = [max(_ROW, len(lines) * LINE_HEIGHT + 10) for lines in names]
    bottom = 8 + sum(tall)
    below = wrapped(chart.x_title, WIDTH[size])
    picture = Picture(size, chart.title, chart.description, WIDTH[size], round(bottom + 30 + len(below) * LINE_HEIGHT))
    _place_axis(picture, marks, x, bottom)
    picture.write(0, bottom + 28 + LETTER, below, fill=_QUIET)
    ends_of = accumulate(tall, initial=8.0)
    middles = [round(end - height / 2, 2) for end, height in zip(islice(ends_of, 1, None), tall, strict=True)]
    for one, (above, under) in zip(chart.steps, pairwise(middles), strict=False):
        picture.lines.append(Line(x(one.after), above + _HALF, x(one.after), under - _HALF, _QUIET))
    for one, lines, middle in zip(chart.steps, names, middles, strict=True):
        first = middle - (len(lines) - 1) * LINE_HEIGHT / 2 + LETTER / 3
        picture.write(left - 8, first, lines, "end")
        _place_bar(picture, one, x, middle)
    return picture


def _place_axis(picture: Picture, marks: Sequence[float], x: Callable[[float], float], bottom: float) -> None:
    words = [f"{mark:+g}".replace("-", "−") if mark else "0" for mark in marks]
    picture.lines += [Line(x(mark), 4.0, x(mark), bottom, _GRID if mark else _INK) for mark in marks]
    for at in thinned([x(mark) for mark in marks], [width_of(one, is_bold=False) for one in words]):
        picture.write(x(marks[at]), bottom + 6 + LETTER, [words[at]], "middle")


def _place_bar(picture: Picture, one: Step, x: Callable[[float], float], middle: float) -> None:
    adds = one.after >= one.before
    color = _UP if adds else _DOWN
    low, high = sorted((x(one.before), x(one.after)))
    width = round(max(high - low, 1.0), 2)
    picture.bars.append(Bar(low, middle - _HALF, width, color if adds else _HOLLOW, color))
    picture.write(high + 7, middle + LETTER / 3, [one.words], weight="bold")
