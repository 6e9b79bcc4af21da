"""Errors that a published table shows by itself: repeated columns, parts above their whole, sums that do not add, headings
contradicted by arithmetic, zeros that mean 'not supplied', impossible rates, mistyped periods, two things under one name.

Issue B, point 4; MSR-01, MSR-02. Pure: a table of text comes in, anomalies go out, and nothing is corrected. What a column is
comes from the definition of its series (`roles_of`); no check knows a column of one file.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, permutations
from typing import Final

from craffu.published.areas import COUNTRY, find_area
from craffu.published.cells import ERROR, NOTE, WARNING, Anomaly, number_of
from craffu.published.definitions import Series
from craffu.published.facts import FoundRow
from craffu.published.period_checks import period_anomalies

# Fewer rows or values than these agree by chance.
ROWS_TO_JUDGE: Final = 5
VALUES_TO_JUDGE: Final = 4
# A share of cells that must be numbers before a column counts as one of numbers.
MOSTLY: Final = 0.5
# Below this many expected cases, none at all is nothing strange.
EXPECTED_TO_DOUBT_NONE: Final = 7


@dataclass(frozen=True, slots=True)
class Relation:
    """A column that is a whole, and the columns that are its parts; `exact` where they make it up entirely."""

    whole: str
    parts: tuple[str, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Ratio:
    """A published rate, where there is one, and the columns of its two counts."""

    numerator: str
    denominator: str
    rate: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """A published column worked out from two others: what is later less what is earlier; `relative`, as a share of it."""

    column: str
    later: str
    earlier: str
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """What the columns of a table are. A column that is not named here is one of numbers if most of its cells are."""

    area: str = ""
    period: str = ""
    # Other columns that say what a row is about, such as the offence.
    labels: tuple[str, ...] = ()
    wholes: tuple[Relation, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    derived: tuple[Derived, ...] = ()
    # Wholes where 0 can mean that nothing was supplied.
    zero_suspect: tuple[str, ...] = ()
    # A name, and the columns that say what it stands for.
    defined_by: tuple[tuple[str, tuple[str, ...]], ...] = ()
    # What a column of numbers means, where its heading says a measure and a period.
    meaning: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed: the header is line 1, and every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    # The line of each row, where lines were left out.
    lines: Sequence[int] = ()

    def line(self, place: int) -> int:
        return self.lines[place] if self.lines else place + 2


def roles_of(
    series: Series,
    columns: Iterable[str],
    meaning: Mapping[str, tuple[str, str]],
    *,
    area: str = "",
    period: str = "",
    labels: Iterable[str] = (),
    derived: Iterable[Derived] = (),
    defined_by: Iterable[tuple[str, tuple[str, ...]]] = (),
) -> Roles:
    """The roles of a file's columns by the definition of its series. `meaning` gives each column's measure and period."""
    present = set(columns)
    column_of = {(measure, when): column for column, (measure, when) in meaning.items() if column in present}
    periods = dict.fromkeys(when for _, when in column_of)
    wholes = [
        Relation(column_of[one.whole, when], tuple(column_of[part, when] for part in one.parts), one.exact)
        for one in series.wholes
        for when in periods
        if all((measure, when) in column_of for measure in (one.whole, *one.parts))
    ]
    ratios = [
        Ratio(column_of[one.numerator, when], column_of[one.denominator, when], one.rate if one.rate in present else "")
        for one in series.rates
        for when in periods
        if {(one.numerator, when), (one.denominator, when)} <= column_of.keys()
    ]
    suspect = [relation.whole for relation in wholes] if series.zero_may_mean_not_supplied else []
    return Roles(
        area,
        period,
        tuple(labels),
        tuple(wholes),
        tuple(ratios),
        tuple(derived),
        tuple(suspect),
        tuple(defined_by),
        meaning,
    )


def find_errors(table: Table, roles: Roles) -> list[Anomaly]:
    """Everything the checks find in a table, in the order of the checks and then of the lines."""
    view = _View(table, roles)
    found: list[Anomaly] = []
    for check in _CHECKS:
        found += check(view)
    return found


class _View:
    """The table by columns, its numbers read once."""

    def __init__(self, table: Table, roles: Roles) -> None:
        self.table, self.roles = table, roles
        self.place = {name: place for place, name in enumerate(table.columns)}
        self.text = {name: [row[place] for row in table.rows] for name, place in self.place.items()}
        labels = {roles.area, roles.period, *roles.labels}
        read = {name: [number_of(cell) for cell in cells] for name, cells in self.text.items() if name not in labels}
        self.numbers = {
            name: cells
            for name, cells in read.items()
            if sum(cell is not None for cell in cells) > MOSTLY * sum(bool(cell.strip()) for cell in self.text[name])
        }
        self.is_total = [self._total(self.area(place)) for place in range(len(table.rows))]

    @staticmethod
    def _total(name: str) -> bool:
        area = find_area(name)
        return area is not None and area.kind == COUNTRY

    def area(self, place: int) -> str:
        return self.text[self.roles.area][place] if self.roles.area in self.text else ""

    def period(self, place: int) -> str:
        return self.text[self.roles.period][place] if self.roles.period in self.text else ""

    def labels(self, place: int) -> tuple[str, ...]:
        return tuple(self.text[name][place] for name in self.roles.labels if name in self.text)

    def anomaly(
        self, check: str, severity: str, columns: Iterable[str], place: int | None, **detail: object
    ) -> Anomaly:
        """An anomaly on a row, or on whole columns where `place` is None."""
        if place is None:
            return Anomaly(check, severity, tuple(columns), None, detail=detail)
        return Anomaly(
            check, severity, tuple(columns), self.table.line(place), self.area(place), self.period(place), detail
        )

    def together(self, *columns: str) -> Iterator[tuple[int, tuple[Decimal, ...]]]:
        """The places where all of some columns are numbers, with those numbers."""
        if not all(column in self.numbers for column in columns):
            return
        for place, cells in enumerate(zip(*(self.numbers[column] for column in columns), strict=True)):
            if None not in cells:
                yield place, cells


def _repeated_columns(view: _View) -> Iterator[Anomaly]:
    for a, b in combinations(view.numbers, 2):
        # A printed total may be the sum of other rows, and says nothing about what a column holds.
        pairs = [cells for place, cells in view.together(a, b) if not view.is_total[place]]
        if len(pairs) < ROWS_TO_JUDGE or len({first for first, _ in pairs}) < VALUES_TO_JUDGE:
            continue
        if all(first == second for first, second in pairs):
            yield view.anomaly("column_repeats", ERROR, (b, a), None, rows=len(pairs))
        elif all(first == -second for first, second in pairs):
            yield view.anomaly("column_repeats_negated", ERROR, (b, a), None, rows=len(pairs))


def _parts_and_wholes(view: _View) -> Iterator[Anomaly]:
    for relation in view.roles.wholes:
        for place, (whole, *parts) in view.together(relation.whole, *relation.parts):
            said = {relation.whole: whole, **dict(zip(relation.parts, parts, strict=True))}
            columns = (relation.whole, *relation.parts)
            if any(part > whole for part in parts):
                yield view.anomaly("part_exceeds_whole", ERROR, columns, place, **_plain(said))
            elif sum(parts) > whole:
                yield view.anomaly("parts_exceed_whole", WARNING, columns, place, **_plain(said))
            elif relation.exact and sum(parts) != whole:
                yield view.anomaly("total_does_not_add", ERROR, columns, place, **_plain(said))


def _total_rows(view: _View) -> Iterator[Anomaly]:
    relative = {one.column for one in view.roles.derived if one.relative} | {one.rate for one in view.roles.ratios}
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for place in range(len(view.table.rows)):
        groups[view.period(place), view.labels(place)].append(place)
    for places in groups.values():
        totals = [place for place in places if view.is_total[place]]
        others = [place for place in places if not view.is_total[place]]
        if len(totals) != 1 or len(others) < 2:
            continue
        for column, cells in view.numbers.items():
            printed = cells[totals[0]]
            known = [value for place in others if (value := cells[place]) is not None]
            if column in relative or printed is None or not known or printed == sum(known):
                continue
            left_out = len(others) - len(known)
            # What is missing may be the rest, as long as there is a rest.
            severity = NOTE if left_out and printed > sum(known) else ERROR
            yield view.anomaly(
                "total_does_not_add", severity, (column,), totals[0], printed=_say(printed),
                sum_of_rows=_say(sum(known)), rows_without_figure=left_out,
            )  # fmt: skip


def _sums_of_others(view: _View) -> Iterator[Anomaly]:
    """A column that is the sum of two others in every row, though nothing says it should be: independent counts are not."""
    worked_out = {one.column for one in view.roles.derived} | {one.rate for one in view.roles.ratios}
    stated = [(relation.whole, set(relation.parts)) for relation in view.roles.wholes]
    counts = [column for column in view.numbers if column not in worked_out]
    for whole, first, second in permutations(counts, 3):
        if counts.index(first) > counts.index(second):
            continue
        if any(whole == column and {first, second} <= parts for column, parts in stated):
            continue
        rows = list(view.together(whole, first, second))
        if len(rows) < ROWS_TO_JUDGE or not all(a == b + c for _, (a, b, c) in rows):
            continue
        if min(len({cells[1] for _, cells in rows}), len({cells[2] for _, cells in rows})) < VALUES_TO_JUDGE:
            continue
        yield view.anomaly(
            "heading_contradicted", ERROR, (whole, first, second), None, rows=len(rows),
            **_as_if_blank_were_nought(view, whole, first, second),
        )  # fmt: skip


def _as_if_blank_were_nought(view: _View, whole: str, first: str, second: str) -> dict[str, object]:
    """Of the rows where one of the two is blank, how many add up if the blank is read as 0."""
    blank = [
        (a, b if b is not None else c)
        for a, b, c in zip(view.numbers[whole], view.numbers[first], view.numbers[second], strict=True)
        if a is not None and (b is None) != (c is None)
    ]
    return {"rows_with_a_blank": len(blank), "of_them_as_if_blank_were_0": sum(a == b for a, b in blank)}


def _suspect_zeros(view: _View) -> Iterator[Anomaly]:
    for column in view.roles.zero_suspect:
        if column not in view.numbers:
            continue
        lines: dict[Hashable, list[int]] = defaultdict(list)
        for place in range(len(view.table.rows)):
            lines[view.area(place), view.labels(place)].append(place)
        for places in lines.values():
            values = [(place, view.numbers[column][place]) for place in places]
            for step, (place, value) in enumerate(values):
                if value != 0:
                    continue
                beside = [values[near][1] for near in (step - 1, step + 1) if 0 <= near < len(values)]
                expected = min((near for near in beside if near is not None), default=Decimal(0))
                doubtful = len(beside) == 2 and expected >= EXPECTED_TO_DOUBT_NONE
                yield view.anomaly(
                    "zero_not_supplied" if doubtful else "zero_or_not_supplied", WARNING if doubtful else NOTE,
                    (column,), place, beside=[_say(near) for near in beside if near is not None],
                )  # fmt: skip


def _rates(view: _View) -> Iterator[Anomaly]:
    for ratio in view.roles.ratios:
        printed = view.text.get(ratio.rate, [])
        for place, (numerator, denominator) in view.together(ratio.numerator, ratio.denominator):
            said = _plain({ratio.numerator: numerator, ratio.denominator: denominator})
            rate = number_of(printed[place]) if printed else None
            columns = (ratio.numerator, ratio.denominator, *([ratio.rate] if ratio.rate else []))
            if denominator == 0:
                if rate is not None:
                    yield view.anomaly("rate_on_nothing", ERROR, columns, place, printed=printed[place], **said)
                continue
            if numerator > denominator:
                yield view.anomaly("rate_over_100", WARNING, columns, place, **said)
            if rate is not None and abs(rate - 100 * numerator / denominator) > Decimal("0.51"):
                yield view.anomaly("rate_contradicted", ERROR, columns, place, printed=printed[place], **said)
    for column, cells in view.text.items():
        if column in view.numbers:
            for place, cell in enumerate(cells):
                value = view.numbers[column][place]
                if cell.strip().endswith("%") and value is not None and value > 100:
                    yield view.anomaly("rate_over_100", WARNING, (column,), place, printed=cell)


def _derived_columns(view: _View) -> Iterator[Anomaly]:
    for one in view.roles.derived:
        if not {one.column, one.later, one.earlier} <= view.place.keys():
            continue
        read = {name: [number_of(cell) for cell in view.text[name]] for name in (one.column, one.later, one.earlier)}
        for place, (printed, later, earlier) in enumerate(zip(*read.values(), strict=True)):
            if printed is None:
                continue
            columns = (one.column, one.later, one.earlier)
            if later is None or earlier is None:
                yield view.anomaly("worked_out_from_nothing", ERROR, columns, place, printed=_say(printed))
            elif not _follows(one, printed, later, earlier):
                yield view.anomaly(
                    "worked_out_wrongly", WARNING, columns, place, printed=_say(printed), later=_say(later),
                    earlier=_say(earlier),
                )  # fmt: skip


def _follows(one: Derived, printed: Decimal, later: Decimal, earlier: Decimal) -> bool:
    if not one.relative:
        return printed == later - earlier
    if earlier == 0:
        return False
    share = (later - earlier) / earlier
    # A printed share has two decimals, rounded or cut off, as a fraction or in per cent.
    return min(abs(printed - share), abs(printed / 100 - share)) <= Decimal("0.0101")


def _two_under_one_name(view: _View) -> Iterator[Anomaly]:
    for name, defining in view.roles.defined_by:
        if not {name, *defining} <= view.place.keys():
            continue
        meant: dict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
        for place, label in enumerate(view.text[name]):
            meant[label].setdefault(tuple(view.text[column][place] for column in defining), place)
        for label, meanings in meant.items():
            if label and len(meanings) > 1:
                yield view.anomaly(
                    "two_definitions", ERROR, (name, *defining), list(meanings.values())[1], name=label,
                    meanings=[list(meaning) for meaning in meanings],
                )  # fmt: skip
    first: dict[Hashable, int] = {}
    if not view.roles.area and not view.roles.period:
        return
    for place in range(len(view.table.rows)):
        key = (view.area(place), view.period(place), view.labels(place))
        before = first.setdefault(key, place)
        torn = [column for column, cells in view.numbers.items() if cells[place] != cells[before]]
        if torn:
            yield view.anomaly("two_values", ERROR, torn, place, line_before=view.table.line(before))


def _periods(view: _View) -> Iterator[Anomaly]:
    if view.roles.period not in view.text:
        return
    for check, severity, printed, detail in period_anomalies(view.text[view.roles.period]):
        places = [place for place, cell in enumerate(view.text[view.roles.period]) if cell.strip() == printed]
        line = view.table.line(places[0]) if places else None
        yield Anomaly(check, severity, (view.roles.period,), line, "", printed, {**detail, "rows": len(places)})


def _negative_counts(view: _View) -> Iterator[Anomaly]:
    worked_out = {one.column for one in view.roles.derived}
    for column, cells in view.numbers.items():
        if column in worked_out:
            continue
        for place, value in enumerate(cells):
            if value is not None and value < 0:
                labels = view.labels(place)
                yield view.anomaly("negative_count", NOTE, (column,), place, value=_say(value), labels=list(labels))


_CHECKS: Final[tuple[Callable[[_View], Iterator[Anomaly]], ...]] = (
    _repeated_columns,
    _parts_and_wholes,
    _total_rows,
    _sums_of_others,
    _suspect_zeros,
    _rates,
    _derived_columns,
    _two_under_one_name,
    _periods,
    _negative_counts,
)


def _plain(said: Mapping[str, Decimal]) -> dict[str, object]:
    # Pairs, because a database may keep the names of an object in an order of its own.
    return {"said": [[name, _say(value)] for name, value in said.items()]}


def _say(value: Decimal | int | None) -> int | str | None:
    """A number as JSON keeps it without loss."""
    if value is None or value == int(value):
        return None if value is None else int(value)
    return str(value)


def placed(anomaly: Anomaly, roles: Roles, read_period: Callable[[str], str]) -> FoundRow:
    """The anomaly as it is kept: its area by code, its measure by key, its period in the canonical text.

    `read_period` turns a printed period into the canonical text, and an unreadable one into nothing.
    """
    area = find_area(anomaly.area)
    measure, period = roles.meaning.get(anomaly.columns[0], ("", "")) if anomaly.columns else ("", "")
    return FoundRow(
        check_code=anomaly.check,
        severity=anomaly.severity,
        measure=measure,
        area_kind=area.kind if area else "",
        area=area.code if area else "",
        area_name=anomaly.area,
        period=period or (read_period(anomaly.period) if anomaly.period else ""),
        detail={"columns": list(anomaly.columns), "line": anomaly.line, "period": anomaly.period, **anomaly.detail},
    )


def two_definitions(named: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Names that stand for more than one definition, each as name and definition key: 10,199 and 6,555 under one title."""
    meant: dict[str, list[str]] = defaultdict(list)
    for name, definition in named:
        folded = " ".join(name.casefold().split())
        if definition not in meant[folded]:
            meant[folded].append(definition)
    return {name: keys for name, keys in meant.items() if len(keys) > 1}
