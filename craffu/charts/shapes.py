"""What a chart shows, as data: figures along an axis with their gaps and breaks, or rows of figures side by side.

No figure is None and is drawn as a gap, never as nought (MSR-02); a line is cut at a break (MSR-07); an interval is a whisker and
a figure on few is marked (MSR-04). Words come from whoever asks for the chart, in the reader's language.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Size(StrEnum):
    """For a desk or for a phone: two drawings, because letters that shrink with the picture could not be read."""

    WIDE = "wide"
    NARROW = "narrow"


class Drawn(StrEnum):
    """How the figures of one name are drawn."""

    LINE = "line"
    DOTS = "dots"
    LIMIT = "limit"


class RowDrawn(StrEnum):
    """How each row's figure is drawn."""

    BARS = "bars"
    DOTS = "dots"


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure at a place along the axis; no `value` is no figure. `low` to `high` is its interval.

    A line never reaches back from a mark that `is_cut`, whatever stands before it.
    """

    at: float
    value: float | None
    low: float | None = None
    high: float | None = None
    is_small: bool = False
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one definition, with the name that stands at their end. At most four lines on one chart."""

    name: str
    marks: tuple[Mark, ...]
    drawn: Drawn = Drawn.LINE


@dataclass(frozen=True, slots=True)
class Break:
    """Figures before `at` are not comparable with those from it on; `words` say why."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A place along the axis that has a name."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Figures along an axis. `title` is a sentence that says the finding; `gap_words` stand where nobody has a figure."""

    title: str
    description: str
    x_title: str
    y_title: str
    series: tuple[Series, ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[Break, ...] = ()
    gap_words: str = ""
    sign: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside its name; `words` say it, or say why there is none."""

    name: str
    words: str
    value: float | None
    low: float | None = None
    high: float | None = None
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class RowChart:
    """Figures side by side in the order given, which is never one of rank. `reference` is a value to hold them against."""

    title: str
    description: str
    x_title: str
    rows: tuple[Row, ...]
    drawn: RowDrawn = RowDrawn.BARS
    reference: float | None = None
    reference_words: str = ""
    sign: str = ""
    language: str = "en"


type Chart = LineChart | RowChart


def written(chart: Chart) -> str:
    """A chart as one line of JSON, the same for the same chart."""
    return json.dumps({"kind": type(chart).__name__, **asdict(chart)}, ensure_ascii=False, sort_keys=True)


def read(text: str) -> Chart:
    """The chart that `written` wrote."""
    given = json.loads(text)
    kind = given.pop("kind")
    if kind == LineChart.__name__:
        return _line_chart(given)
    rows = tuple(Row(**row) for row in given.pop("rows"))
    return RowChart(**{**given, "rows": rows, "drawn": RowDrawn(given["drawn"])})


def _line_chart(given: Mapping[str, Any]) -> LineChart:
    series = tuple(
        Series(one["name"], tuple(Mark(**mark) for mark in one["marks"]), Drawn(one["drawn"]))
        for one in given["series"]
    )
    ticks = tuple(Tick(**tick) for tick in given["ticks"])
    breaks = tuple(Break(**one) for one in given["breaks"])
    return LineChart(**{**given, "series": series, "ticks": ticks, "breaks": breaks})
