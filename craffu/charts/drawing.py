"""From a chart as data to a picture as SVG, through Altair and vl-convert. Run as a module it draws what it reads (see `kept`).

Imported by no page: Altair and vl-convert take a second to load and would stay in each web process (B11, docs/adr/0012).
"""

import json
import sys
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import altair as alt
import vl_convert
from babel.numbers import format_decimal

from craffu.charts.finishing import finished
from craffu.charts.geometry import (
    LETTER,
    LINE_HEIGHT,
    Wanted,
    axis_steps,
    gaps,
    pieces,
    scale,
    spread,
    thinned,
    width_of,
    wrapped,
)
from craffu.charts.shapes import Chart, Drawn, LineChart, Mark, Row, RowChart, RowDrawn, Series, Size, read

type Values = dict[str, Any]

WIDTH = {Size.WIDE: 640, Size.NARROW: 345}
PLOT_HEIGHT = {Size.WIDE: 260, Size.NARROW: 230}
LABEL_WIDTH = {Size.WIDE: 180.0, Size.NARROW: 96.0}
NAME_WIDTH = {Size.WIDE: 200.0, Size.NARROW: 112.0}
INK, QUIET, GRID, BAND = "#0b0c0c", "#484949", "#d7d9db", "#f0f1f2"
# Told apart by marker and dash as much as by colour; each colour has more than 4.5:1 on white.
STYLES: tuple[tuple[str, list[float], str], ...] = (
    ("#12436d", [], "circle"),
    ("#801650", [7, 4], "square"),
    ("#0b6e69", [2, 3], "triangle-up"),
    ("#484949", [9, 3, 2, 3], "diamond"),
)
MOST_MARKERS = 24
ROW_HEIGHT = 34.0


@dataclass(slots=True)
class Paper:
    """Marks in the order in which they are painted. Neighbours of one kind and style are painted together."""

    width: float
    height: float = 0.0
    marks: list[tuple[str, Values, list[Values]]] = field(default_factory=list)

    def put(self, kind: str, rows: list[Values], **style: Any) -> None:
        """Marks of one kind and style; each row says where in pixels. A line is one mark of many rows."""
        if not rows:
            return
        if kind != "line" and self.marks and self.marks[-1][:2] == (kind, style):
            self.marks[-1][2].extend(rows)
        else:
            self.marks.append((kind, style, list(rows)))

    def layers(self) -> list[alt.Chart]:
        return [self._layer(*mark) for mark in self.marks]

    @staticmethod
    def _layer(kind: str, style: Values, rows: list[Values]) -> alt.Chart:
        places = {name: f"{name}:Q" for name in ("x", "y", "x2", "y2") if name in rows[0]}
        encoded: dict[str, Any] = {
            name: getattr(alt, name.upper())(field, **({"scale": None, "axis": None} if name in ("x", "y") else {}))
            for name, field in places.items()
        }
        if "words" in rows[0]:
            encoded["text"] = alt.Text("words:N")
        if kind == "line":
            encoded["order"] = alt.Order("x:Q")
        chart = alt.Chart(alt.InlineData(values=rows))
        layer: alt.Chart = getattr(chart, f"mark_{kind}")(**style).encode(**encoded)
        return layer

    def write(self, x: float, y: float, words: str, **style: Any) -> None:
        settings = {"color": INK, "align": "left", "baseline": "alphabetic", **style}
        self.put("text", [{"x": x, "y": y, "words": words}], lineBreak="\n", lineHeight=LINE_HEIGHT, **settings)

    def rule(self, x: float, y: float, x2: float, y2: float, color: str = GRID, **style: Any) -> None:
        self.put("rule", [{"x": x, "y": y, "x2": x2, "y2": y2}], color=color, **style)


def draw(chart: Chart, size: Size) -> str:
    """The chart as one SVG document: the same chart gives the same bytes."""
    paper = Paper(WIDTH[size])
    if isinstance(chart, LineChart):
        _draw_lines(paper, chart, size)
    else:
        _draw_rows(paper, chart, size)
    picture = (
        alt.layer(*paper.layers())
        .properties(width=paper.width, height=paper.height, padding=0, autosize="none")
        .configure(font="Arial, Liberation Sans, sans-serif", background="#ffffff")
        .configure_view(stroke=None)
        .configure_text(fontSize=LETTER)
    )
    version = alt.SCHEMA_VERSION.rsplit(".", 1)[0]
    svg = vl_convert.vegalite_to_svg(picture.to_dict(), vl_version=version, allowed_base_urls=[])
    return finished(svg, title=chart.title, description=chart.description, language=chart.language)


def _number(value: float, sign: str, language: str) -> str:
    return format_decimal(value, locale=language) + sign


def _draw_lines(paper: Paper, chart: LineChart, size: Size) -> None:
    shown = [mark for series in chart.series for mark in series.marks if mark.value is not None]
    heights = [value for mark in shown for value in (mark.value, mark.low, mark.high) if value is not None] or [0.0]
    steps = axis_steps(min(heights), max(heights))
    step_words = [_number(step, chart.sign, chart.language) for step in steps]
    labels = [_label(series, size) if series.name else [] for series in chart.series]
    left = max(width_of(words, is_bold=False) for words in step_words) + 12
    label_room = max((width_of(line) for lines in labels for line in lines), default=0.0)
    right = paper.width - (label_room + 26 if label_room else 12)
    title = wrapped(chart.y_title, paper.width)
    notes = [wrapped(one.words, paper.width * 0.6) for one in chart.breaks]
    top = len(title) * LINE_HEIGHT + sum(len(lines) * LINE_HEIGHT + 4 for lines in notes) + 12
    bottom = top + max(PLOT_HEIGHT[size], sum(map(_height_of, labels)) - LINE_HEIGHT)
    x_words = wrapped(chart.x_title, paper.width - left)
    paper.height = round(bottom + 30 + len(x_words) * LINE_HEIGHT + 6)
    places = [tick.at for tick in chart.ticks] + [mark.at for series in chart.series for mark in series.marks]
    margin = (max(places) - min(places)) * 0.03 if places else 0.0
    x = scale((min(places, default=0.0) - margin, max(places, default=1.0) + margin), (left + 6, right))
    y = scale((steps[0], steps[-1]), (bottom, top))

    paper.write(0, LETTER, "\n".join(title), fontWeight="bold")
    _draw_axes(paper, chart, x, y, (left, right, top, bottom), list(zip(steps, step_words, strict=True)))
    paper.write(left, bottom + 30 + LETTER, "\n".join(x_words), color=QUIET)
    _draw_breaks(paper, chart, x, notes, len(title) * LINE_HEIGHT + 10, bottom)
    cuts = [one.at for one in chart.breaks]
    for number, series in enumerate(chart.series):
        _draw_series(paper, series, cuts, x, y, STYLES[number % len(STYLES)])
    _draw_labels(paper, chart, labels, x, y, (right, top, bottom))


def _label(series: Series, size: Size) -> list[str]:
    return wrapped(series.name, LABEL_WIDTH[size])


def _height_of(label: list[str]) -> float:
    return len(label) * LINE_HEIGHT + 6 if label else 0.0


def _draw_axes(
    paper: Paper,
    chart: LineChart,
    x: Any,
    y: Any,
    box: tuple[float, float, float, float],
    steps: list[tuple[float, str]],
) -> None:
    left, right, top, bottom = box
    missing = gaps([series.marks for series in chart.series])
    ordered = sorted({x(tick.at) for tick in chart.ticks})
    apart = min((after - before for before, after in pairwise(ordered)), default=40.0)
    half = min(apart * 0.42, 22.0)
    for at in missing:
        paper.put("rect", [{"x": x(at) - half, "x2": x(at) + half, "y": top, "y2": bottom}], color=BAND)
    for step, _words in steps:
        paper.rule(left, y(step), right, y(step), INK if step == 0 else GRID)
    for step, words in steps:
        paper.write(left - 6, y(step), words, align="right", baseline="middle")
    for at in missing if half * 2 >= LETTER and chart.gap_words else ():
        paper.write(x(at), bottom - 8, chart.gap_words, angle=270, baseline="middle", color=QUIET)
    widths = [width_of(tick.words, is_bold=False) for tick in chart.ticks]
    shown = thinned([x(tick.at) for tick in chart.ticks], widths)
    for number, tick in enumerate(chart.ticks):
        paper.rule(x(tick.at), bottom, x(tick.at), bottom + (6 if number in shown else 3), INK)
    for tick in (chart.ticks[number] for number in shown):
        paper.write(x(tick.at), bottom + 8 + LETTER, tick.words, align="center")


def _draw_breaks(paper: Paper, chart: LineChart, x: Any, notes: list[list[str]], top: float, bottom: float) -> None:
    for one, lines in zip(chart.breaks, notes, strict=True):
        at, is_late = x(one.at), x(one.at) > paper.width / 2
        paper.rule(at, top, at, bottom, QUIET, strokeDash=[3, 3], strokeWidth=1.5)
        side: Values = {"align": "right"} if is_late else {"align": "left"}
        paper.write(at + (-5 if is_late else 5), top + LETTER - 2, "\n".join(lines), color=QUIET, **side)
        top += len(lines) * LINE_HEIGHT + 4


def _draw_series(
    paper: Paper, series: Series, cuts: list[float], x: Any, y: Any, style: tuple[str, list[float], str]
) -> None:
    color, dash, shape = style
    if series.drawn is Drawn.LIMIT:
        color, dash = QUIET, [2, 3]
    stretches = pieces(series.marks, cuts)
    for mark in (mark for stretch in stretches for mark in stretch if mark.low is not None and mark.high is not None):
        paper.rule(x(mark.at), y(mark.low), x(mark.at), y(mark.high), color, strokeWidth=1.5)
    if series.drawn is not Drawn.DOTS:
        width = 1.0 if series.drawn is Drawn.LIMIT else 2.5
        for stretch in stretches:
            if len(stretch) > 1:
                rows = [{"x": x(mark.at), "y": y(mark.value)} for mark in stretch]
                paper.put("line", rows, color=color, strokeDash=dash, strokeWidth=width)
    if series.drawn is Drawn.LIMIT:
        return
    drawn = [mark for stretch in stretches for mark in stretch]
    for mark in drawn:
        is_alone = any(stretch == [mark] for stretch in stretches)
        if len(drawn) <= MOST_MARKERS or mark.is_small or mark is drawn[-1] or is_alone:
            _draw_marker(paper, x(mark.at), y(mark.value), color, shape, is_small=mark.is_small)


def _draw_marker(paper: Paper, x: float, y: float, color: str, shape: str, *, is_small: bool) -> None:
    """A filled marker; a hollow one stands on few."""
    fill = "#ffffff" if is_small else color
    paper.put(
        "point",
        [{"x": x, "y": y}],
        shape=shape,
        size=70,
        filled=True,
        opacity=1,
        fill=fill,
        stroke=color,
        strokeWidth=2,
    )


def _draw_labels(
    paper: Paper, chart: LineChart, labels: list[list[str]], x: Any, y: Any, box: tuple[float, float, float]
) -> None:
    """Each name beside the last figure of its series, with a fine line to it where it had to move."""
    right, top, bottom = box
    named: list[tuple[int, Mark]] = []
    for number, series in enumerate(chart.series):
        given = [mark for mark in series.marks if mark.value is not None]
        if series.name and given:
            named.append((number, max(given, key=lambda mark: mark.at)))
    wanted = [Wanted(y(mark.value), _height_of(labels[number])) for number, mark in named]
    for (number, mark), middle in zip(named, spread(wanted, top - 8, bottom + LINE_HEIGHT), strict=True):
        is_limit = chart.series[number].drawn is Drawn.LIMIT
        color = QUIET if is_limit else STYLES[number % len(STYLES)][0]
        if x(mark.at) < right - 20 or abs(y(mark.value) - middle) > 4:
            paper.rule(x(mark.at) + 6, y(mark.value), right + 10, middle, color, strokeWidth=0.8)
        first = middle - (len(labels[number]) - 1) * LINE_HEIGHT / 2
        paper.write(
            right + 14, first, "\n".join(labels[number]), color=color, baseline="middle",
            fontWeight="normal" if is_limit else "bold",
        )  # fmt: skip


def _draw_rows(paper: Paper, chart: RowChart, size: Size) -> None:
    names = [wrapped(row.name, NAME_WIDTH[size]) for row in chart.rows]
    left = max((width_of(line) for lines in names for line in lines), default=0.0) + 10
    words_room = max((width_of(row.words) for row in chart.rows if row.value is not None), default=0.0)
    right = max(paper.width - words_room - 14, left + 60)
    given = [value for row in chart.rows for value in (row.value, row.low, row.high) if value is not None]
    steps = axis_steps(min([*given, 0.0]), max([*given, chart.reference or 0.0, 0.0]), 5 if size is Size.WIDE else 3)
    x = scale((steps[0], steps[-1]), (left, right))
    reference = wrapped(chart.reference_words, paper.width * 0.6) if chart.reference is not None else []
    top = len(reference) * LINE_HEIGHT + 8
    tall = [max(ROW_HEIGHT, len(lines) * LINE_HEIGHT + 10) for lines in names]
    bottom = top + sum(tall)
    title = wrapped(chart.x_title, paper.width - left)
    paper.height = round(bottom + 30 + len(title) * LINE_HEIGHT + 6)

    step_words = [_number(step, chart.sign, chart.language) for step in steps]
    shown = thinned([x(step) for step in steps], [width_of(words, is_bold=False) for words in step_words])
    for step in steps:
        paper.rule(x(step), top, x(step), bottom, INK if step == 0 else GRID)
    for number in shown:
        paper.write(x(steps[number]), bottom + 8 + LETTER, step_words[number], align="center")
    paper.write(left, bottom + 30 + LETTER, "\n".join(title), color=QUIET)
    if chart.reference is not None:
        _draw_reference(paper, x(chart.reference), reference, bottom)
    middle = top
    for row, lines, height in zip(chart.rows, names, tall, strict=True):
        middle += height / 2
        first = middle - (len(lines) - 1) * LINE_HEIGHT / 2
        paper.write(left - 10, first, "\n".join(lines), align="right", baseline="middle")
        _draw_row(paper, row, chart.drawn, x, round(middle, 2))
        middle += height / 2


def _draw_reference(paper: Paper, at: float, lines: list[str], bottom: float) -> None:
    is_late = at > paper.width / 2
    paper.rule(at, 0, at, bottom, QUIET, strokeDash=[3, 3], strokeWidth=1.5)
    side: Values = {"align": "right"} if is_late else {"align": "left"}
    paper.write(at + (-5 if is_late else 5), LETTER - 1, "\n".join(lines), color=QUIET, **side)


def _draw_row(paper: Paper, row: Row, drawn: RowDrawn, x: Any, y: float) -> None:
    if row.value is None:
        paper.write(x(0.0) + 6, y, row.words, color=QUIET, baseline="middle", fontStyle="italic")
        return
    color, _dash, shape = STYLES[0]
    end = x(row.value)
    if drawn is RowDrawn.BARS:
        fill = "#ffffff" if row.is_small else color
        ends: Values = {"x": min(x(0.0), end), "x2": max(x(0.0), end), "y": y - 9, "y2": y + 9}
        paper.put("rect", [ends], fill=fill, stroke=color, strokeWidth=2)
    if row.low is not None and row.high is not None:
        _draw_whisker(paper, x(row.low), x(row.high), y, is_on_bar=drawn is RowDrawn.BARS)
        end = max(end, x(row.high))
    if drawn is RowDrawn.DOTS:
        _draw_marker(paper, x(row.value), y, color, shape, is_small=row.is_small)
    paper.write(end + 9, y, row.words, baseline="middle", fontWeight="bold")


def _draw_whisker(paper: Paper, low: float, high: float, y: float, *, is_on_bar: bool) -> None:
    """An interval with its ends, on a pale ground where a bar lies under it."""
    lines: list[Values] = [
        {"x": low, "x2": high, "y": y, "y2": y},
        {"x": low, "x2": low, "y": y - 5, "y2": y + 5},
        {"x": high, "x2": high, "y": y - 5, "y2": y + 5},
    ]
    if is_on_bar:
        paper.put("rule", lines, color="#ffffff", strokeWidth=5)
    paper.put("rule", lines, color=INK, strokeWidth=2)


def main() -> None:
    """Draw each chart of standard input, one JSON `[chart, size]` a line, as one JSON string a line."""
    for line in sys.stdin:
        chart, size = json.loads(line)
        print(json.dumps(draw(read(chart), Size(size)), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
