"""The bytes of an extract to its tables: which rows are the header, which table it is, and the rows under it (INT-03).

A workbook may hold several tables, one on each sheet; a sheet that fits none is passed over and said so, unless none fits.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final, NoReturn

from craffu.intake.records.mapping import Mapped
from craffu.intake.records.recognise import Recognised, fits_any, recognise
from craffu.intake.refused import Unfit
from craffu.intake.tables.csv_rows import Record, each_record
from craffu.intake.tables.read import LINES_BEFORE_HEADER, SHEETS_PASSED_OVER
from craffu.intake.tables.text import decoded
from craffu.intake.tables.workbooks import SheetRows, is_workbook, workbook_sheets

# How far down a title or a note may push the header.
_HEADER_REACH: Final = 30
REST_UNREADABLE: Final = "rest_unreadable"


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table of a file: which it is, the rows under its header, and what was assumed in reading them."""

    found: Recognised
    rows: Iterator[Record]
    notes: tuple[str, ...] = ()


def read_tables(data: bytes, mapped: Mapped) -> list[ReadTable]:
    """Every table of a file, its rows read as they are asked for. Raises Unfit where the file holds none of the layout's."""
    if not is_workbook(data):
        text = decoded(data, mapped.encoding or None)
        return [_csv_table(each_record(text.text, mapped.delimiter or None), mapped, text.notes)]
    sheets = workbook_sheets(data)
    headers = [(sheet, place) for sheet in sheets if (place := _header(sheet.records, mapped)) is not None]
    if not headers:
        _refuse((sheet.records for sheet in sheets), mapped)
    passed_over = (SHEETS_PASSED_OVER,) if len(headers) < len(sheets) else ()
    return [_sheet(sheet, place, mapped, passed_over if at == 0 else ()) for at, (sheet, place) in enumerate(headers)]


def _csv_table(records: Iterator[Record], mapped: Mapped, notes: tuple[str, ...]) -> ReadTable:
    first = list(islice(records, _HEADER_REACH))
    place = _header(first, mapped)
    if place is None:
        _refuse([first], mapped)
    found = recognise(first[place].cells, mapped)
    before = (LINES_BEFORE_HEADER,) if place else ()
    return ReadTable(found, _to_the_end(chain(first[place + 1 :], records)), (*notes, *before))


def _to_the_end(records: Iterator[Record]) -> Iterator[Record]:
    """The rows; where the rest of a file turns out to be no CSV, a last row says so and those before it stay."""
    line = 1
    try:
        for record in records:
            line = record.line
            yield record
    except Unfit as unfit:
        yield Record(unfit.line or line, (), REST_UNREADABLE)


def _header(records: Sequence[Record], mapped: Mapped) -> int | None:
    """The place of the first row near the top that has every column some table needs."""
    for place, record in enumerate(records[:_HEADER_REACH]):
        if not record.fault and fits_any(record.cells, mapped):
            return place
    return None


def _refuse(tables: Iterable[Sequence[Record]], mapped: Mapped) -> NoReturn:
    """Say what is missing from the first row of the first table that holds anything."""
    recognise(next((records[0].cells for records in tables if records), ()), mapped)
    raise Unfit("table_unknown", wanted=", ".join(mapped.tables), found=mapped.layout.kind)


def _sheet(sheet: SheetRows, place: int, mapped: Mapped, notes: tuple[str, ...]) -> ReadTable:
    cells = sheet.records[place].cells
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    found = recognise(cells, mapped)
    before = (LINES_BEFORE_HEADER,) if place else ()
    return ReadTable(found, (_fitted(row, found.width) for row in sheet.records[place + 1 :]), (*notes, *before))


def _fitted(row: Record, width: int) -> Record:
    """A row of a sheet with a cell for each column; blank cells beyond the columns say nothing."""
    if len(row.cells) == width or any(row.cells[width:]):
        return row
    return Record(row.line, (*row.cells[:width], *[""] * (width - len(row.cells))))
