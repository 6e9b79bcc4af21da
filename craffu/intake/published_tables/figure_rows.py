"""A row of a published table to the figures in it, or the reason why it is held back (INT-03, INT-04, MSR-02).

Nothing is corrected: what is strange is kept as printed, with a mark. A blank, 'not available' and 0 stay three things.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from craffu.intake.published_tables.layouts import Count, Layout
from craffu.intake.published_tables.reasons import (
    AREA_MISSING,
    AREA_UNKNOWN,
    MEASURE_MISSING,
    NEGATIVE,
    NOT_AN_AREA_CODE,
    SUPPRESSED,
    TOO_LONG,
    TWO_VALUES,
    ZERO_MAY_MEAN_NOT_SUPPLIED,
    Unusable,
)
from craffu.intake.refused import Unfit
from craffu.intake.tables import values
from craffu.intake.tables.csv_rows import Record
from craffu.intake.tables.read import Table, column_key
from craffu.intake.tables.values import read_text, read_whole
from craffu.published.areas import find_area
from craffu.published.definitions import series_of
from craffu.published.facts import FigureRow
from craffu.published.models import Missing, PublishedFigure
from craffu.published.periods import Period

_AREA_CODE: Final = re.compile(r"[A-Z]\d{8}", re.ASCII)
_LONGEST: Final[Mapping[str, int]] = {
    name: getattr(PublishedFigure._meta.get_field(name), "max_length", 0)
    for name in ("measure", "area_name", "as_printed")
}
_MISSING: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    values.BLANK: (Missing.BLANK, ()),
    values.NOT_AVAILABLE: (Missing.NOT_AVAILABLE, ()),
    values.NOT_SUPPLIED: (Missing.NOT_SUPPLIED, ()),
    values.SUPPRESSED: (Missing.NOT_AVAILABLE, (SUPPRESSED,)),
}


@dataclass(frozen=True, slots=True)
class Good:
    """A row and its figures. `marks` are what is strange about them."""

    row: Record
    figures: tuple[FigureRow, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that is held back: why, in which column as printed, and whether a person must decide."""

    row: Record
    reason: str
    column: str = ""
    undecided: bool = False


type Shaped = Good | Bad


class Places:
    """Where the columns of a layout stand in one file. Raises Unfit where one of several with the same name is missing."""

    def __init__(self, table: Table, layout: Layout) -> None:
        self._table = table
        self._by_name = {name: self._place(name) for name in layout.needs}
        self._by_measure: dict[str, int] = {}
        for column, measures in layout.repeated.items():
            found = [place for place, name in enumerate(table.columns) if column_key(name) == column_key(column)]
            if len(found) != len(measures):
                raise Unfit("column_missing", wanted=f"{len(measures)} x {column}", found=layout.kind)
            self._by_measure.update(zip(measures, found, strict=True))

    def _place(self, name: str) -> int:
        place = self._table.place(name)
        if place is None:
            raise LookupError(f"the table was read without {name}")
        return place

    def cell(self, row: Record, name: str) -> str:
        return row.cells[self._by_name[name]]

    def count(self, row: Record, count: Count) -> str:
        return row.cells[self.of_count(count)]

    def of_count(self, count: Count) -> int:
        return (
            self._by_measure.get(count.measure, -1)
            if count.column not in self._by_name
            else self._by_name[count.column]
        )

    def printed(self, name: str) -> str:
        """The name of a column as the file prints it."""
        return self._table.columns[self._by_name[name]] if name in self._by_name else name


def shape_rows(table: Table, layout: Layout) -> list[Shaped]:
    """Every row of a file, in order. A figure given two values is held back in every row that gives one."""
    places = Places(table, layout)
    shaped = [_shape(row, layout, places) for row in table.rows]
    return list(_without_second_values(shaped, places.printed(layout.counts[0].column)))


def _without_second_values(shaped: Iterable[Shaped], column: str) -> Iterator[Shaped]:
    shaped = list(shaped)
    said: dict[tuple[str, ...], tuple[int | None, str]] = {}
    torn: set[tuple[str, ...]] = set()
    for item in shaped:
        for figure in item.figures if isinstance(item, Good) else ():
            if said.setdefault(_key(figure), (figure.value, figure.missing)) != (figure.value, figure.missing):
                torn.add(_key(figure))
    for item in shaped:
        if isinstance(item, Good) and any(_key(figure) in torn for figure in item.figures):
            yield Bad(item.row, TWO_VALUES, column)
        else:
            yield item


def _key(figure: FigureRow) -> tuple[str, ...]:
    return figure.area_kind, figure.area, figure.measure, figure.period


def _shape(row: Record, layout: Layout, places: Places) -> Shaped:
    if row.fault:
        return Bad(row, row.fault)
    try:
        return _good(row, layout, places)
    except Unusable as unusable:
        column = places.printed(unusable.column) if unusable.column else ""
        return Bad(row, unusable.reason, column, unusable.undecided)


def _good(row: Record, layout: Layout, places: Places) -> Good:
    area_kind, area, area_name = _area(row, layout, places)
    period, period_marks = _period(row, layout, places)
    measure = _words(row, layout.measure, places, MEASURE_MISSING) if layout.measure else ""
    attributes = {key: _optional(row, name, places) for key, name in layout.attributes.items()}
    figures = []
    for count in layout.counts:
        value, missing, marks = _value(places.count(row, count), count)
        day = count.period or period
        if day is None:
            raise LookupError(f"the layout of {layout.kind} names no period of {count.column}")
        figures.append(
            FigureRow(
                line=row.line,
                measure=_short(count.measure or measure, "measure", layout.measure),
                area_kind=area_kind,
                area=area,
                area_name=_short(area_name, "area_name", layout.area),
                period=day.text,
                period_end=day.end,
                value=value,
                as_printed=_short(places.count(row, count).strip(), "as_printed", count.column),
                missing=missing,
                flags=(*period_marks, *marks),
                attributes=attributes,
            )
        )
    return _marked(row, figures, layout)


def _marked(row: Record, figures: list[FigureRow], layout: Layout) -> Good:
    if series_of(layout.series).zero_may_mean_not_supplied and all(figure.value == 0 for figure in figures):
        figures = [figure._replace(flags=(*figure.flags, ZERO_MAY_MEAN_NOT_SUPPLIED)) for figure in figures]
    marks = dict.fromkeys(mark for figure in figures for mark in figure.flags)
    return Good(row, tuple(figures), tuple(marks))


def _area(row: Record, layout: Layout, places: Places) -> tuple[str, str, str]:
    name = _words(row, layout.area, places, AREA_MISSING)
    if layout.area_code:
        code = _words(row, layout.area_code, places, AREA_MISSING)
        if not _AREA_CODE.fullmatch(code):
            raise Unusable(NOT_AN_AREA_CODE, layout.area_code)
        return layout.area_kind, code, name
    found = find_area(name)
    if found is None:
        raise Unusable(AREA_UNKNOWN, layout.area, undecided=True)
    return found.kind, found.code, name


def _period(row: Record, layout: Layout, places: Places) -> tuple[Period | None, tuple[str, ...]]:
    if layout.read_period is None:
        return None, ()
    try:
        return layout.read_period(*(places.cell(row, name) for name in layout.period))
    except Unusable as unusable:
        raise Unusable(unusable.reason, layout.period[0]) from None


def _value(words: str, count: Count) -> tuple[int | None, str, tuple[str, ...]]:
    read = read_whole(words)
    if read.problem:
        raise Unusable(read.problem, count.column)
    if read.value is None:
        missing, marks = _MISSING[read.missing]
        return None, missing, marks
    return read.value, Missing.GIVEN, (NEGATIVE,) if read.value < 0 else ()


def _optional(row: Record, name: str, places: Places) -> str:
    read = read_text(places.cell(row, name))
    if read.problem:
        raise Unusable(read.problem, name)
    return read.value or ""


def _words(row: Record, name: str, places: Places, missing: str) -> str:
    said = _optional(row, name, places)
    if not said:
        raise Unusable(missing, name)
    return said


def _short(words: str, field: str, column: str) -> str:
    if len(words) > _LONGEST[field]:
        raise Unusable(TOO_LONG, column)
    return words
