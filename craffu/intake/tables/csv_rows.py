"""Text to the rows of a CSV file: which sign parts the columns, and what each line holds (INT-03).

A quotation mark that is never closed would swallow the rows after it. Only the line where it stands is held back, and
reading goes on at the next; after too many of them the file is no CSV at all.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from craffu.intake.refused import Unfit

QUOTE_UNCLOSED: Final = "quote_unclosed"
COLUMNS_DIFFER: Final = "columns_differ"

_PARTED_BY: Final = (",", ";", "\t", "|")
_MOST_FAULTS: Final = 100
_LONGEST_SHOWN: Final = 10_000


@dataclass(frozen=True, slots=True)
class Record:
    """A row as it stands, at the line where it begins. `fault` is why its cells cannot be told apart."""

    line: int
    cells: tuple[str, ...]
    fault: str = ""


def csv_records(text: str, delimiter: str | None = None) -> list[Record]:
    """Every row that holds anything, the header among them. Raises Unfit where quotation marks make no sense throughout."""
    return list(each_record(text, delimiter))


def each_record(text: str, delimiter: str | None = None) -> Iterator[Record]:
    """As `csv_records`, one at a time, so that memory does not grow with the rows. `delimiter` is one that is declared."""
    lines = list(io.StringIO(text, newline=""))
    parted_by = delimiter or _delimiter(lines)
    at = faults = 0
    while at < len(lines):
        reader = csv.reader(islice(lines, at, None), delimiter=parted_by, strict=True)
        begins = at
        try:
            for cells in reader:
                if any(cells):
                    yield Record(begins + 1, tuple(cells))
                begins = at + reader.line_num
            at = len(lines)
        except csv.Error:
            faults += 1
            if faults > _MOST_FAULTS:
                raise Unfit("not_well_formed_csv", line=begins + 1) from None
            yield Record(begins + 1, (lines[begins].rstrip("\r\n")[:_LONGEST_SHOWN],), QUOTE_UNCLOSED)
            at = begins + 1


def _delimiter(lines: Iterable[str]) -> str:
    """The sign that parts the first line that is not blank into the most columns; a comma where none does."""
    first = next((line for line in lines if line.strip(" \t\r\n,;|")), "")
    return max(_PARTED_BY, key=lambda sign: len(_cells_of(first, sign)))


def _cells_of(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def as_csv(*rows: Iterable[str]) -> str:
    """Rows as a file of their own, in the words of whoever sent them. Kept encrypted and never opened in a spreadsheet."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def own_file(columns: Iterable[str], line: int, cells: Iterable[str]) -> str:
    """One row as a file of its own: the header first, and the row at its own line."""
    return as_csv(columns) + "\n" * max(line - 2, 0) + as_csv(cells)


def with_value(words: str, field: str, value: str) -> str | None:
    """`own_file` with one value put right; None where it has no such column, or several, or is not one row."""
    rows = list(_rows_of(words))
    if len(rows) != 2 or rows[0].cells.count(field) != 1 or len(rows[0].cells) != len(rows[1].cells):
        return None
    header, row = rows
    cells = list(row.cells)
    cells[header.cells.index(field)] = value
    return own_file(header.cells, row.line, cells)


def _rows_of(words: str) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(words, newline=""))
    line = 1
    for cells in reader:
        if cells:
            yield Record(line, tuple(cells))
        line = reader.line_num + 1
