"""The table in a file: which sheet and line hold the wanted columns, and every row under them with its line (INT-03).

A column is known by its name, however spaced or capitalised, and never by its place unless its adapter says so. Where two
sheets could be meant the file is refused: nobody is asked to guess, neither they nor we.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from craffu.intake.refused import Unfit
from craffu.intake.tables.csv_rows import COLUMNS_DIFFER, Record, csv_records, own_file
from craffu.intake.tables.text import decoded
from craffu.intake.tables.workbooks import SheetRows, is_workbook, workbook_sheets

LINES_BEFORE_HEADER: Final = "lines_before_header"
SHEETS_PASSED_OVER: Final = "sheets_passed_over"

# How far down a title or a note may push the header.
_HEADER_REACH: Final = 30


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a file; a CSV file is one without a name. `notes` say what was assumed in reading them."""

    sheets: list[SheetRows]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A header, at its line, and the rows under it. A row with a fault has cells that cannot be told apart."""

    columns: tuple[str, ...]
    rows: list[Record]
    header_line: int = 1
    sheet: str = ""
    notes: tuple[str, ...] = field(default=())
    aliases: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each column stands, by its folded name; of two with one name, the first."""
        found: dict[str, int] = {}
        for place, name in enumerate(self.columns):
            found.setdefault(_known_as(name, self.aliases), place)
        return found

    def place(self, name: str) -> int | None:
        """Where a column stands, by its own name or another that it is known by."""
        return self.places.get(column_key(name))

    def words(self, row: Record) -> str:
        """The row as a file of its own, header first and at its own line, for somebody to correct."""
        return own_file(self.columns, row.line, row.cells)


def column_key(name: str) -> str:
    """The name of a column for comparing: capitals, spaces and underscores make no difference."""
    return " ".join(name.replace("\ufeff", "").replace("_", " ").split()).casefold()


def read_sheets(data: bytes, *, encoding: str | None = None, delimiter: str | None = None) -> Sheets:
    """Everything a CSV, XLSX or ODS file holds, as text. Raises Unfit.

    `encoding` and `delimiter` are those declared for a CSV file; what is not declared is read off the file itself.
    """
    if is_workbook(data):
        return Sheets(workbook_sheets(data))
    text = decoded(data, encoding)
    return Sheets([SheetRows("", csv_records(text.text, delimiter))], text.notes)


def read_table(data: bytes, needs: Sequence[str], *, found: str, aliases: Mapping[str, str] | None = None) -> Table:
    """The one table of a file that has all the columns it needs; `found` names the kind of list in the refusal.

    `aliases` lead from other names of a column to the one it is asked for by.
    Raises Unfit: a column is missing or stands twice, or two sheets could be meant.
    """
    return table_of(read_sheets(data), needs, found=found, aliases=aliases)


def table_of(sheets: Sheets, needs: Sequence[str], *, found: str, aliases: Mapping[str, str] | None = None) -> Table:
    """As `read_table`, of sheets that were read already."""
    known = {column_key(other): column_key(name) for other, name in (aliases or {}).items()}
    wanted = {column_key(name): name for name in needs}
    headers = [(sheet, place) for sheet in sheets.sheets if (place := _header(sheet, wanted, known)) is not None]
    if not headers:
        raise Unfit("column_missing", wanted=", ".join(_missing(sheets.sheets, wanted, known)), found=found)
    if len(headers) > 1:
        raise Unfit("several_tables", found=", ".join(sheet.name for sheet, _ in headers))
    ((sheet, place),) = headers
    header = sheet.records[place]
    _check_once(header, wanted, known)
    columns = _columns(header, squared=bool(sheet.name))
    notes = [*sheets.notes]
    notes += [LINES_BEFORE_HEADER] if place else []
    notes += [SHEETS_PASSED_OVER] if len(sheets.sheets) > 1 else []
    rows = [_fitted(row, len(columns), squared=bool(sheet.name)) for row in sheet.records[place + 1 :]]
    return Table(columns, rows, header.line, sheet.name, tuple(notes), known)


def _known_as(name: str, aliases: Mapping[str, str]) -> str:
    key = column_key(name)
    return aliases.get(key, key)


def _keys(record: Record, aliases: Mapping[str, str]) -> list[str]:
    return [_known_as(cell, aliases) for cell in record.cells]


def _header(sheet: SheetRows, wanted: Mapping[str, str], aliases: Mapping[str, str]) -> int | None:
    """The place of the first record near the top that names every wanted column."""
    for place, record in enumerate(sheet.records[:_HEADER_REACH]):
        if not record.fault and wanted.keys() <= set(_keys(record, aliases)):
            return place
    return None


def _missing(sheets: Iterable[SheetRows], wanted: Mapping[str, str], aliases: Mapping[str, str]) -> Iterator[str]:
    """The columns missing from the record that has the most of them."""
    records = [set(_keys(record, aliases)) for sheet in sheets for record in sheet.records[:_HEADER_REACH]]
    best = max(records, key=lambda keys: len(keys & wanted.keys()), default=set())
    return (name for key, name in wanted.items() if key not in best)


def _check_once(header: Record, wanted: Mapping[str, str], aliases: Mapping[str, str]) -> None:
    keys = _keys(header, aliases)
    twice = [name for key, name in wanted.items() if keys.count(key) > 1]
    if twice:
        raise Unfit("column_twice", wanted=", ".join(twice))


def _columns(header: Record, *, squared: bool) -> tuple[str, ...]:
    """The names as printed. A sheet is as wide as its widest row: what has no name at its end is no column."""
    columns = [" ".join(cell.split()) for cell in header.cells]
    while squared and columns and not columns[-1]:
        columns.pop()
    return tuple(columns)


def _fitted(row: Record, width: int, *, squared: bool) -> Record:
    """A row with a cell for each column; in a sheet, blank cells beyond the columns say nothing."""
    if row.fault or len(row.cells) == width:
        return row
    if squared and not any(row.cells[width:]):
        return Record(row.line, (*row.cells[:width], *[""] * (width - len(row.cells))))
    return Record(row.line, row.cells, COLUMNS_DIFFER)
