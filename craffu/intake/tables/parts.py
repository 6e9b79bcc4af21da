"""The parts of a workbook as they stream by: how large a sheet they would make, and what the reader would leave out (INT-03).

A small file can ask for a sheet of millions of cells, or repeat one long text in all of them, so they are counted before
anything is built. A document type or an entity in any part is refused. An error such as #N/A, and a formula that nobody has
calculated, are kept as text: the reader would show a blank, and a blank is something else.
"""

import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from craffu.intake.refused import Unfit

MOST_CELLS: Final = 5_000_000
MOST_CHARACTERS: Final = 200_000_000

_CHUNK: Final = 1 << 16
_MOST_DEEP: Final = 200
_DIGITS: Final = 11
# What the parser reads by itself; it asks Python about any other encoding, of one byte for each character.
_ENCODINGS: Final = frozenset({"UTF-8", "UTF-16", "US-ASCII", "ISO-8859-1"})
_BYTES: Final = bytes(range(256))
_UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    OSError,
    struct.error,
    zlib.error,
)

type Left = dict[tuple[int, int], str]
"""What the reader leaves out of a sheet, by row and column counted from 1."""


@dataclass(slots=True)
class Counts:
    """How much a workbook would hold once it is built, over all its sheets."""

    shared: list[int] = field(default_factory=list)
    cells: int = 0
    characters: int = 0

    def add(self, cells: int, characters: int) -> None:
        self.cells += cells
        self.characters += characters
        self.check(0)

    def check(self, cells: int) -> None:
        """Refuse a sheet that has grown this large already."""
        if self.cells + cells > MOST_CELLS or self.characters > MOST_CHARACTERS:
            raise Unfit("workbook_too_large", limit=f"{MOST_CELLS:,}")


class Part:
    """A part whose content is of no account, as long as it is plain and not nested beyond reason."""

    def __init__(self) -> None:
        self.depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _MOST_DEEP:
            raise Unfit("workbook_damaged")

    def end(self, name: str) -> None:
        self.depth -= 1

    def text(self, words: str) -> None:
        """Words that stand in the part."""


def stream(archive: zipfile.ZipFile, name: str, seen: Part) -> None:
    """Pass one part by, a little at a time; whoever watches may raise Unfit at any point of it."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise Unfit("document_type_declared", line=max(parser.CurrentLineNumber, 1))

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and not _is_known(encoding):
            raise Unfit("workbook_damaged")

    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = seen.start
    parser.EndElementHandler = seen.end
    parser.CharacterDataHandler = seen.text
    try:
        with archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unfit("workbook_damaged") from error
    except _UNREADABLE as error:
        raise Unfit("archive_damaged") from error


def _is_known(encoding: str) -> bool:
    """Whether a part that says it is written so can be read: a damaged name would end the parser with a fault of Python's own."""
    try:
        return encoding.upper() in _ENCODINGS or len(_BYTES.decode(encoding, "replace")) == len(_BYTES)
    except (LookupError, ValueError):
        return False


class SharedStrings(Part):
    """How long each text is that the cells of a workbook name by its number."""

    def __init__(self) -> None:
        super().__init__()
        self.lengths: list[int] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name.endswith(" si"):
            self.lengths.append(0)

    def text(self, words: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(words)


class SheetNames(Part):
    """The sheets of an XLSX workbook in order, each by the mark that leads to its part."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name.endswith(" sheet"):
            self.marks.append(_named(attributes, "id") or "")


class Relations(Part):
    """Which part each mark leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name.endswith(" Relationship"):
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class XlsxCells(Part):
    """How many cells a sheet spans from its first row and column to its last, and how much text they name."""

    def __init__(self, counts: Counts) -> None:
        super().__init__()
        self.counts = counts
        self.left: Left = {}
        self.row = self.column = self.rows = self.columns = 0
        self.kind = self.value = self.formula = self.inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        element = name.rpartition(" ")[2]
        if element == "c":
            self._place(attributes.get("r", ""))
            self.kind = attributes.get("t", "")
            self.value = self.formula = ""
        elif element == "row":
            self.row = _number(attributes.get("r"), self.row + 1)
            self.column = 0
        self.inside = element

    def _place(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        column = 0
        for letter in letters[:4].upper():
            column = column * 26 + ord(letter) - 64
        self.column = column if letters else self.column + 1
        self.row = _number(reference[len(letters) :], self.row)
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        self.counts.check(self.rows * self.columns)

    def text(self, words: str) -> None:
        if self.inside == "v":
            self.value += words[:_DIGITS]
        elif self.inside == "f":
            self.formula += words

    def end(self, name: str) -> None:
        super().end(name)
        element = name.rpartition(" ")[2]
        self.inside = ""
        if element == "c":
            self._close_cell()
        elif element == "worksheet":
            self.counts.add(self.rows * self.columns, 0)

    def _close_cell(self) -> None:
        if self.kind == "s":
            place = _number(self.value, -1)
            if 0 <= place < len(self.counts.shared):
                self.counts.add(0, self.counts.shared[place])
        elif self.kind == "e":
            self.left[self.row, self.column] = self.value
        elif self.formula and not self.value:
            self.left[self.row, self.column] = f"={self.formula}"


class OdsCells(Part):
    """The same of OpenDocument sheets, where one cell or row may stand for any number of equal ones."""

    def __init__(self, counts: Counts) -> None:
        super().__init__()
        self.counts = counts
        self.left: list[Left] = []
        self.rows = self.columns = self.empty_rows = 0
        self.column = self.until = self.characters = 0
        self.times = self.row_times = 1
        self.is_error = self.in_cell = False
        self.words = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        element = name.rpartition(" ")[2]
        if element in ("table-cell", "covered-table-cell"):
            self.times = _number(_named(attributes, "number-columns-repeated"), 1)
            self.column += self.times
            self.in_cell, self.words = True, ""
            kinds = [value for key, value in attributes.items() if key.endswith(" value-type")]
            self.is_error = "error" in kinds
            if kinds:
                self.until = self.column
        elif element == "table-row":
            self.row_times = _number(_named(attributes, "number-rows-repeated"), 1)
            self.column = self.until = self.characters = 0
        elif element == "table":
            self.rows = self.columns = self.empty_rows = 0
            self.left.append({})

    def text(self, words: str) -> None:
        if self.in_cell:
            self.words += words

    def end(self, name: str) -> None:
        super().end(name)
        element = name.rpartition(" ")[2]
        if element in ("table-cell", "covered-table-cell"):
            self._close_cell()
        elif element == "table-row":
            self._close_row()
        elif element == "table":
            self.counts.add(self.rows * self.columns, 0)

    def _close_cell(self) -> None:
        self.in_cell = False
        if self.words:
            self.until = self.column
            self.characters += len(self.words) * self.times
        if self.is_error and self.left:
            self.left[-1][self.rows + self.empty_rows + 1, self.column] = self.words

    def _close_row(self) -> None:
        if not self.until:
            self.empty_rows += self.row_times
            return
        self.rows += self.empty_rows + self.row_times
        self.empty_rows = 0
        self.columns = max(self.columns, self.until)
        self.counts.add(0, self.characters * self.row_times)
        self.counts.check(self.rows * self.columns)


def _named(attributes: dict[str, str], name: str) -> str | None:
    """An attribute by its name, whatever namespace it stands in."""
    return next((value for key, value in attributes.items() if key.rpartition(" ")[2] == name), None)


def _number(digits: str | None, otherwise: int) -> int:
    return int(digits) if digits and digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS else otherwise
