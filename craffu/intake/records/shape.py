"""Rows of cells to rows of the layout: every value typed, every doubt counted, and each row that cannot be used told apart.

Pure (INT-03, INT-04). A row is rejected where a value that it must have is missing or a value cannot be what its column
holds, and parked where only a person can say what a value means. Two rows say the same where every value of theirs does.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from craffu.common.versions import Said
from craffu.intake.court_results.written import value_class
from craffu.intake.records.columns import Cells, Fault, read_column
from craffu.intake.records.layout import SAID_AT, Column, TableLayout
from craffu.intake.records.recognise import Recognised
from craffu.intake.rules import Reason
from craffu.intake.tables.csv_rows import Record
from craffu.intake.tables.values import DayOrder
from craffu.people.homes.reading import Home

LONGEST_KEY: Final = 150
_PARTS_OF_KEY = "/"
_PARTS_OF_ROW = "\x1f"
IN_UTC: Final = "Z"
AHEAD: Final = "ahead_of_our_clock"
IN_THE_FUTURE: Final = "in_the_future"
ONE_OF_SEVERAL: Final = "one_of_several"
OUT_OF_ORDER: Final = "out_of_order"


class Latest(NamedTuple):
    """Up to when a row can have been changed: after the first instant that is doubtful, after the second it cannot be."""

    likely: str = "9999-12-31 23:59:59"
    possible: str = "9999-12-31 23:59:59"


ANY_TIME: Final = Latest()


class Bad(NamedTuple):
    """A row that is held back: why, in which column, and its cells as a row of the layout, for somebody to correct."""

    line: int
    cells: tuple[str, ...]
    field: str
    reason: str
    parked: bool
    shape: str


@dataclass(frozen=True)
class Good:
    """The rows that can be used, column by column, each under its source's key with the digest of all it says.

    `homes` are those that its addresses are of, row by row, where they were read already.
    """

    lines: Sequence[int] = ()
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)
    keys: Sequence[str] = ()
    contents: Sequence[str] = ()
    doubts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    homes: Sequence[Home | None] = field(default=(), repr=False)

    @cached_property
    def said(self) -> list[Said]:
        """Each row as the rule on versions reads it."""
        return list(zip(self.keys, self.contents, self.said_at, strict=True))

    @property
    def said_at(self) -> Sequence[str]:
        return self.columns[SAID_AT] if self.lines else ()

    def __len__(self) -> int:
        return len(self.lines)

    def as_sent(self, table: TableLayout) -> tuple[str, ...]:
        """The first row as a file would have it."""
        return tuple(_as_sent(column, Cells([self.columns[column.name][0]], {}))[0] for column in table.columns)

    def only(self, places: Sequence[int]) -> "Good":
        """The rows at these places."""
        if len(places) == len(self.lines):
            return self
        return Good(
            [self.lines[at] for at in places],
            {name: [values[at] for at in places] for name, values in self.columns.items()},
            [self.keys[at] for at in places],
            [self.contents[at] for at in places],
            homes=[self.homes[at] for at in places] if self.homes else (),
        )

    def part(self, first: int, last: int) -> "Good":
        """Some of the rows, in their order."""
        return Good(
            self.lines[first:last],
            {name: values[first:last] for name, values in self.columns.items()},
            self.keys[first:last],
            self.contents[first:last],
            {at - first: doubts for at, doubts in self.doubts.items() if first <= at < last},
            self.homes[first:last],
        )


class Shaped(NamedTuple):
    """A batch of rows told apart."""

    good: Good
    bad: list[Bad]

    @property
    def received(self) -> int:
        return len(self.good) + len(self.bad)


def shape(records: Sequence[Record], found: Recognised, order: DayOrder, latest: Latest = ANY_TIME) -> Shaped:
    """A batch of rows as the layout reads them. One that was changed far in the future is held back: no word that is true
    would ever be newer (INT-01).
    """
    whole = [record for record in records if not record.fault and len(record.cells) == found.width]
    bad = [_torn(record) for record in records if record.fault or len(record.cells) != found.width]
    if not whole:
        return Shaped(Good(), bad)
    sent = list(zip(*(record.cells for record in whole), strict=True))
    read = {column.name: _read(column, found, sent, len(whole), order) for column in found.table.columns}
    read[SAID_AT] = _not_ahead(read[SAID_AT], latest)
    faults = _faults(found, read)
    columns = {name: cells.values for name, cells in read.items()}
    if faults:
        rows = list(zip(*(_as_sent(column, read[column.name]) for column in found.table.columns), strict=True))
        bad += [
            _bad(found.table, record.line, rows[at], *faults[at]) for at, record in enumerate(whole) if at in faults
        ]
        keep = [at for at in range(len(whole)) if at not in faults]
        columns = {name: [values[at] for at in keep] for name, values in columns.items()}
        lines = [whole[at].line for at in keep]
        doubts = _doubts(read, {at: place for place, at in enumerate(keep)})
    else:
        lines = [record.line for record in whole]
        doubts = _doubts(read, None)
    contents = [
        hashlib.sha256(_PARTS_OF_ROW.join(row).encode()).hexdigest() for row in zip(*columns.values(), strict=True)
    ]
    return Shaped(Good(lines, columns, _keys(found, columns), contents, doubts), bad)


def _read(column: Column, found: Recognised, sent: Sequence[Sequence[str]], rows: int, order: DayOrder) -> Cells:
    if column.name in found.mapping.constants:
        return read_column(column, [found.mapping.constants[column.name]] * rows, order)
    places = found.places.get(column.name, ())
    if not places:
        return Cells([""] * rows, {})
    texts = sent[places[0]] if len(places) == 1 else _joined(column, [sent[place] for place in places])
    words = found.mapping.values.get(column.name)
    if words:
        texts = [words.get(text.strip().casefold(), text) for text in texts]
    return read_column(column, texts, order)


def _joined(column: Column, several: Sequence[Sequence[str]]) -> list[str]:
    """Several columns of theirs as one of ours: values apart where there may be many, lines of an address, else words.

    A reference needs all its parts: without one it would be another's.
    """
    if column.kind == "reference":
        return [" ".join(cells) if all(map(str.strip, cells)) else "" for cells in zip(*several, strict=True)]
    sign = ";" if column.many else ", " if column.person == "address" else " "
    return [sign.join(part for cell in cells if (part := cell.strip())) for cells in zip(*several, strict=True)]


def _not_ahead(said_at: Cells, latest: Latest) -> Cells:
    if max(said_at.values) <= latest.likely:
        return said_at
    ahead = {at: value for at, value in enumerate(said_at.values) if value > latest.likely and at not in said_at.faults}
    faults = {at: Fault(IN_THE_FUTURE) for at, value in ahead.items() if value > latest.possible}
    return Cells(said_at.values, {**said_at.faults, **faults}, {**dict.fromkeys(ahead, AHEAD), **said_at.doubts})


def _faults(found: Recognised, read: Mapping[str, Cells]) -> dict[int, tuple[str, Fault]]:
    """The first fault of each row that has one, in the order of the layout."""
    faults: dict[int, tuple[str, Fault]] = {}
    for column in found.table.columns:
        cells = read[column.name]
        if column.required and "" in cells.values:
            reason = Reason.MISSING_ID if column.name in found.table.key else "value_missing"
            for at, value in enumerate(cells.values):
                if not value:
                    faults.setdefault(at, (column.name, Fault(reason)))
        for at, fault in cells.faults.items():
            faults.setdefault(at, (column.name, fault))
    for at, name, reason in _at_odds(found.table, read):
        faults.setdefault(at, (name, Fault(reason)))
    for name in found.table.key:
        for at, value in enumerate(read[name].values):
            if len(value) > LONGEST_KEY // len(found.table.key):
                faults.setdefault(at, (name, Fault("too_long")))
    return faults


def _at_odds(table: TableLayout, read: Mapping[str, Cells]) -> Iterator[tuple[int, str, str]]:
    """The rows in which columns that are right by themselves cannot stand beside one another."""
    if table.exactly_one:
        for at, row in enumerate(zip(*(read[name].values for name in table.exactly_one), strict=True)):
            if sum(map(bool, row)) != 1:
                yield at, table.exactly_one[-1], ONE_OF_SEVERAL
    for before, after in pairwise(table.in_order):
        for at, (first, then) in enumerate(zip(read[before].values, read[after].values, strict=True)):
            if first and then and first > then:
                yield at, after, OUT_OF_ORDER


def _doubts(read: Mapping[str, Cells], kept: Mapping[int, int] | None) -> dict[int, tuple[str, ...]]:
    doubts: dict[int, tuple[str, ...]] = {}
    for cells in read.values():
        for at, doubt in cells.doubts.items():
            place = at if kept is None else kept.get(at)
            if place is not None:
                doubts[place] = (*doubts.get(place, ()), doubt)
    return doubts


def _keys(found: Recognised, columns: Mapping[str, Sequence[str]]) -> list[str]:
    parts = [columns[name] for name in found.table.key]
    if len(parts) == 1:
        return list(parts[0])
    return list(map(key_of, zip(*parts, strict=True)))


def key_of(parts: Sequence[str]) -> str:
    """A row's key from the columns that identify it to its source."""
    return parts[0] if len(parts) == 1 else _PARTS_OF_KEY.join(map(_part_of_key, parts))


def _part_of_key(part: str) -> str:
    """A part in which the sign between parts cannot be mistaken."""
    return part.replace("%", "%25").replace(_PARTS_OF_KEY, "%2F") if "%" in part or _PARTS_OF_KEY in part else part


def _as_sent(column: Column, cells: Cells) -> Sequence[str]:
    """The values of a column as a file would have them: an instant says its zone, and a cell with a fault is untouched."""
    if column.kind != "instant":
        return cells.values
    return [value if not value or at in cells.faults else f"{value}{IN_UTC}" for at, value in enumerate(cells.values)]


def _torn(record: Record) -> Bad:
    """A row whose cells cannot be told apart is kept as one cell."""
    return Bad(record.line, record.cells, "", record.fault or "columns_differ", False, "")


def _bad(table: TableLayout, line: int, cells: tuple[str, ...], name: str, fault: Fault) -> Bad:
    return Bad(line, cells, name, fault.reason, fault.parked, value_class(cells[table.names.index(name)]))
