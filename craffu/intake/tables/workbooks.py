"""XLSX and ODS to rows of text. Nothing is inflated before the table of contents was judged, and nothing calculated or run.

Cells are read as they stand, markers such as [c] beside numbers, so that a value nobody gave is never taken for another (MSR-02).
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from craffu.intake.archives import Limits, inspect
from craffu.intake.refused import Unfit
from craffu.intake.tables.csv_rows import Record
from craffu.intake.tables.parts import (
    Counts,
    Left,
    OdsCells,
    Part,
    Relations,
    SharedStrings,
    SheetNames,
    XlsxCells,
    stream,
)

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_LIMITS: Final = Limits()
_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_ODS: Final = "content.xml"
_GAVE_UP: Final = "PanicException"
_WHOLE_UP_TO: Final = 1e15  # beyond this a number in a sheet is no longer exact


@dataclass(frozen=True, slots=True)
class SheetRows:
    """One sheet by its name, with every row that holds anything."""

    name: str
    records: list[Record]


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are an archive, as every workbook read here is."""
    return data.startswith(b"PK\x03\x04")


def workbook_sheets(data: bytes) -> list[SheetRows]:
    """Every sheet of a workbook, as text. Raises Unfit for one that is damaged, unsafe or too large."""
    # Loaded for a workbook only: a web worker that never reads one does not carry its reader.
    from python_calamine import CalamineError, CalamineWorkbook

    with inspect(io.BytesIO(data), _LIMITS) as archive:
        left = _left_out(archive)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [
                SheetRows(name, list(_records(book, place, left[place] if place < len(left) else {})))
                for place, name in enumerate(book.sheet_names)
            ]
    except (CalamineError, ValueError, OverflowError, OSError) as error:
        raise Unfit("workbook_damaged") from error
    except BaseException as fault:
        # The reader's own language has no exceptions: where it gives up, Python is told by one outside Exception.
        if type(fault).__name__ == _GAVE_UP:
            raise Unfit("workbook_damaged") from fault
        raise


def _records(book: "CalamineWorkbook", place: int, left: Left) -> Iterator[Record]:
    sheet = book.get_sheet_by_index(place)
    rows_left = {row for row, _ in left}
    for line, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        texts = [_text(cell) for cell in cells]
        if line in rows_left:
            texts = [text or left.get((line, column), "") for column, text in enumerate(texts, start=1)]
        if any(texts):
            yield Record(line, tuple(texts))


def _text(cell: object) -> str:
    """A cell as somebody would have typed it: a whole number without a point, a day as year-month-day."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _WHOLE_UP_TO:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _left_out(archive: zipfile.ZipFile) -> list[Left]:
    """Pass every part by once; what the reader would leave out of each sheet, in the order of the sheets."""
    names = set(archive.namelist())
    counts = Counts()
    book, relations = SheetNames(), Relations()
    seen: dict[str, Part] = {_BOOK: book, _RELATIONS: relations}
    for name in sorted(names, key=lambda name: not name.lower().endswith("/sharedstrings.xml")):
        if not name.lower().endswith((".xml", ".rels")):
            continue
        part = seen.setdefault(name, _watcher(name, counts))
        stream(archive, name, part)
        if isinstance(part, SharedStrings):
            counts.shared = part.lengths
    ods = seen.get(_ODS)
    if isinstance(ods, OdsCells) and _BOOK not in names:
        return ods.left
    sheets = [seen.get(name) for name in _sheet_parts(book, relations)]
    return [sheet.left if isinstance(sheet, XlsxCells) else {} for sheet in sheets]


def _watcher(name: str, counts: Counts) -> Part:
    if name.lower().endswith("/sharedstrings.xml"):
        return SharedStrings()
    if name == _ODS:
        return OdsCells(counts)
    return XlsxCells(counts) if name.startswith("xl/") else Part()


def _sheet_parts(book: SheetNames, relations: Relations) -> Iterator[str]:
    """The name of each sheet's part, in order; a target is relative to the workbook unless it begins with a slash."""
    for mark in book.marks:
        yield posixpath.normpath(posixpath.join("/xl", relations.targets.get(mark, ""))).lstrip("/")
