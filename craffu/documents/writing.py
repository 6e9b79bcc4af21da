"""Writes a bundle as a workbook, as CSV or as JSON: one writer, so that no file leaves without its marking (SEC-07, T23).

Everything is written in memory: what is in a file about people never lies on a disk in the clear. A caller keeps it small.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from craffu.documents.bundles import Bundle, Cell, Form, Table
from craffu.documents.cells import safe_cell, safe_row

# What XML cannot hold, and so no workbook.
_NOT_IN_A_WORKBOOK = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_SHEETS_NAME = re.compile(r"[\[\]:*?/\\']")
LONGEST_SHEETS_NAME = 31
LONGEST_CELL = 32_767
# Beyond so many figures a spreadsheet rounds a whole number.
MOST_FIGURES = 15
WIDEST, NARROWEST = 60, 10


class CellTooLong(ValueError):
    """A cell that a workbook would cut off: nothing is written rather than a part of it."""


def written(bundle: Bundle, form: Form) -> io.BytesIO:
    """The file, from its beginning. Raises CellTooLong."""
    file = io.BytesIO()
    WRITERS[form](bundle, file)
    file.seek(0)
    return file


def _write_csv(bundle: Bundle, file: io.BytesIO) -> None:
    # With the mark that tells a spreadsheet that it is UTF-8: it would spell every Welsh circumflex wrong.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerows(safe_row(line) for line in _lines(bundle))
    text.detach()


def _lines(bundle: Bundle) -> Iterator[list[str]]:
    marked = [[bundle.marking]] if bundle.marking else []
    yield from marked
    yield [bundle.title]
    yield from ([name, value] for name, value in bundle.about)
    for table in bundle.tables:
        yield from ([], [table.title], list(table.columns))
        for row in table.rows:
            yield ["" if cell is None else str(cell) for cell in row]
    yield from marked


def _write_json(bundle: Bundle, file: io.BytesIO) -> None:
    said = {
        "marking": bundle.marking,
        "title": bundle.title,
        "about": dict(bundle.about),
        "tables": [
            {"title": table.title, "columns": table.columns, "rows": [list(row) for row in table.rows]}
            for table in bundle.tables
        ],
    }
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    json.dump(said, text, ensure_ascii=False, indent=1)
    text.detach()


def _write_xlsx(bundle: Bundle, file: io.BytesIO) -> None:
    # It is loaded where a workbook is written, and not by every page.
    from xlsxwriter import Workbook

    book = Workbook(file, {"in_memory": True})
    bold = book.add_format({"bold": True})
    names: set[str] = set()
    about = Table(bundle.title, (), bundle.about)
    for table in (about, *bundle.tables):
        sheet = book.add_worksheet(_sheets_name(table.title, names))
        _mark(sheet, bundle.marking)
        _fill(sheet, bundle.marking, table, bold)
    book.close()


def _mark(sheet: Any, marking: str) -> None:
    """On every printed page, top and bottom. An ampersand would begin a command there."""
    if marking:
        words = marking.replace("&", "&&")
        sheet.set_header(f"&C{words}")
        sheet.set_footer(f"&C{words}&R&P")


def _fill(sheet: Any, marking: str, table: Table, bold: Any) -> None:
    at = 0
    head = [*([marking] if marking else []), table.title]
    for words in head:
        sheet.write_string(at, 0, _text(words), bold)
        at += 1
    for column, words in enumerate(table.columns):
        sheet.write_string(at, column, _text(words), bold)
        sheet.set_column(column, column, min(WIDEST, max(NARROWEST, len(words) + 2)))
    if table.columns:
        at += 1
        sheet.freeze_panes(at, 0)
    else:
        sheet.set_column(0, 1, WIDEST // 2)
    for row in table.rows:
        for column, cell in enumerate(row):
            _put(sheet, at, column, cell)
        at += 1
    if marking:
        sheet.write_string(at, 0, _text(marking), bold)


def _put(sheet: Any, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, (int, float)) and len(str(cell)) <= MOST_FIGURES:
        sheet.write_number(row, column, cell)
    elif cell is not None:
        sheet.write_string(row, column, _text(str(cell)))


def _text(words: str) -> str:
    """A text that is never a formula, neither here nor in the CSV that somebody saves from it."""
    said = safe_cell(_NOT_IN_A_WORKBOOK.sub("\N{REPLACEMENT CHARACTER}", words))
    if len(said) > LONGEST_CELL:
        raise CellTooLong(f"a cell of {len(said)} characters is more than a workbook holds: choose CSV or JSON")
    return said


def _sheets_name(title: str, taken: set[str]) -> str:
    """A name that a workbook allows, and that no other sheet of it has."""
    plain = _NOT_IN_A_SHEETS_NAME.sub(" ", title).strip() or "1"
    name, number = plain[:LONGEST_SHEETS_NAME], 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: LONGEST_SHEETS_NAME - len(str(number)) - 1]} {number}"
    taken.add(name.casefold())
    return name


WRITERS: Mapping[Form, Callable[[Bundle, io.BytesIO], None]] = {
    Form.XLSX: _write_xlsx,
    Form.CSV: _write_csv,
    Form.JSON: _write_json,
}
