"""Writes the extracts: tables in parts that intake takes, archives of messages, and what was written, counted file by file.

The same rows always give the same bytes. Archives are stored, not compressed, so that no version of a compressor matters.
"""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np

from craffu.config.generate.chance import Ints, Words
from craffu.config.generate.layouts import DOCUMENTED, Sent, sent_as
from craffu.config.generate.records import Described, plain_letters
from craffu.config.generate.tables import layout, words

# Below what intake reads as one archive (1,000 files); tables in parts as large systems send them.
MOST_BYTES = 9_000_000
MOST_FILES = 900
ROWS_AT_ONCE = 20_000
WINDOWS, WITH_MARK, PLAIN = "windows-1252", "utf-8-sig", "utf-8"
LETTER_LOST = "letter_not_in_encoding"
_FIXED_DAY = (1980, 1, 1, 0, 0, 0)

_AS_PLAIN = "craffu-plain-letters"

type Column = Words | Sequence[str]


def _plain(fault: UnicodeError) -> tuple[str, int]:
    """A letter that an encoding has not, without its accent: ŵ and ŷ in Windows-1252."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    return plain_letters(fault.object[fault.start : fault.end]), fault.end


codecs.register_error(_AS_PLAIN, _plain)


def in_windows_1252(texts: Words) -> Words:
    """The texts as a file in that encoding can hold them."""
    return words([text.encode(WINDOWS, _AS_PLAIN).decode(WINDOWS) for text in texts])


def errors_with_encoding(said: Described, encoding: str) -> Words:
    """The errors of records, with what their encoding has no letters for."""
    if encoding != WINDOWS:
        return said.errors
    lost = (in_windows_1252(said.surname) != said.surname) | (in_windows_1252(said.forenames) != said.forenames)
    joined = np.where(said.errors == "", LETTER_LOST, said.errors + (";" + LETTER_LOST))
    return np.where(lost, joined, said.errors)


@dataclass(frozen=True, slots=True)
class Written:
    """One file: its rows, and how many of them repeat an earlier row, break the layout on purpose or put an earlier one right."""

    path: str
    system: str
    table: str
    rows: int
    repeated: int
    breaks_layout: int
    corrects: int = 0


@dataclass
class Extracts:
    """The folder of one force, and what has been written to it."""

    folder: Path
    layout: str = DOCUMENTED
    files: list[Written] = field(default_factory=list)

    def encoding(self, system: str, table: str) -> str:
        """The encoding in which the layout asked for sends a table."""
        sent = sent_as(self.layout, KIND_OF[system], table)
        return sent.encoding if sent else PLAIN

    def rows(self, system: str, table: str) -> int:
        return sum(file.rows for file in self.files if (file.system, file.table) == (system, table))

    def write(
        self,
        system: str,
        table: str,
        blocks: Iterable["Block"],
        *,
        columns: Sequence[str] = (),
        encoding: str = PLAIN,
    ) -> None:
        """A table in as many files as it needs. The columns are those given, or those of intake's layout of the system."""
        part = self.open(system, table, columns, encoding)
        for block in blocks:
            part.add(block)
        part.close()

    def open(self, system: str, table: str, columns: Sequence[str] = (), encoding: str = PLAIN) -> "Part":
        """A table to which blocks are added as they come."""
        if columns:
            return Part(self, system, table, list(columns), encoding)
        sent = sent_as(self.layout, KIND_OF[system], table)
        return Part(
            self, system, table, list(layout(KIND_OF[system])[table]), sent.encoding if sent else encoding, sent
        )

    def archive(self, system: str, table: str, documents: Iterable[tuple[str, bytes]]) -> None:
        """Documents in archives of so many each, by name."""
        (self.folder / system).mkdir(parents=True, exist_ok=True)
        for number, several in enumerate(_in_parts(documents), 1):
            name = f"{system}/{table}-{number:03}.zip"
            with zipfile.ZipFile(self.folder / name, "w", zipfile.ZIP_STORED) as archive:
                for document, data in several:
                    archive.writestr(zipfile.ZipInfo(document, _FIXED_DAY), data)
            copies = sum(data == before for (_, data), (_, before) in zip(several[1:], several, strict=False))
            self.files.append(Written(name, system, table, len(several), copies, 0))


# The layout of each folder.
KIND_OF = {
    "police": "rms", "court-orders": "court-orders", "probation": "probation", "custody": "custody", "surveys": "surveys",
    "staff": "staff", "witness-care": "witness-care", "order-watch": "order-watch",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a table, column by column; a column that is not named is empty."""

    columns: Mapping[str, Column]
    breaks_layout: int = 0
    repeated: int = 0
    corrects: int = 0

    @property
    def rows(self) -> int:
        return len(next(iter(self.columns.values())))


class Part:
    """The files of one table while they are written."""

    def __init__(
        self, into: Extracts, system: str, table: str, columns: list[str], encoding: str, sent: Sent | None = None
    ) -> None:
        self.into, self.system, self.table, self.columns, self.encoding = into, system, table, columns, encoding
        self.sent = sent
        self.number = self.size = self.rows = self.broken = self.repeated = self.corrects = 0
        self.stream: BinaryIO | None = None
        (into.folder / system).mkdir(parents=True, exist_ok=True)
        self._open()

    @property
    def path(self) -> str:
        if not self.in_parts:
            return f"{self.system}/{self.table}.csv"
        return f"{self.system}/{self.table}-{self.number:03}.csv"

    @property
    def in_parts(self) -> bool:
        """What intake reads row by row is cut; what is true or published is one file."""
        return self.system in KIND_OF

    def add(self, block: Block) -> None:
        unknown = set(block.columns) - set(self.columns)
        if unknown:
            raise ValueError(f"{self.system} {self.table} has no column {', '.join(sorted(unknown))}")
        if not block.rows:
            return
        text = io.StringIO()
        empty = [""] * block.rows
        ours = {name: block.columns.get(name, empty) for name in self.columns}
        listed = self.sent.rows(ours) if self.sent else list(ours.values())
        csv.writer(text, delimiter=self._delimiter, lineterminator="\r\n").writerows(zip(*listed, strict=True))
        data = text.getvalue().encode(self._codec, _AS_PLAIN)
        if self.in_parts and self.rows and self.size + len(data) > MOST_BYTES:
            self.close()
            self._open()
        self._stream.write(data)
        self.size += len(data)
        self.rows += block.rows
        self.broken += block.breaks_layout
        self.repeated += block.repeated
        self.corrects += block.corrects

    def close(self) -> None:
        self._stream.close()
        written = Written(self.path, self.system, self.table, self.rows, self.repeated, self.broken, self.corrects)
        self.into.files.append(written)

    @property
    def _delimiter(self) -> str:
        return self.sent.delimiter if self.sent else ","

    @property
    def _codec(self) -> str:
        return PLAIN if self.encoding == WITH_MARK else self.encoding

    @property
    def _stream(self) -> BinaryIO:
        if self.stream is None:
            raise ValueError("no file is open")
        return self.stream

    def _open(self) -> None:
        self.number += 1
        self.rows = self.broken = self.repeated = self.corrects = 0
        self.stream = (self.into.folder / self.path).open("wb")
        named = self.sent.columns if self.sent else self.columns
        header = (self._delimiter.join(named) + "\r\n").encode(self.encoding)
        self.stream.write(header)
        self.size = len(header)


def _in_parts(documents: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    held: list[tuple[str, bytes]] = []
    for document in documents:
        held.append(document)
        if len(held) == MOST_FILES:
            yield held
            held = []
    if held:
        yield held


def blocks_of(count: int) -> Iterator[slice]:
    """The rows of a table, some at a time."""
    for start in range(0, count, ROWS_AT_ONCE):
        yield slice(start, min(start + ROWS_AT_ONCE, count))


def numbers(values: Ints) -> list[str]:
    return [str(value) for value in values.tolist()]
