"""Tables held by columns. Polars as `pl` is loaded where one is first read: a web worker that never reads one does not carry
it (B11).

Modules that use it postpone their annotations, which would load it otherwise.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from io import BytesIO
from itertools import compress
from typing import TYPE_CHECKING, Any, Final

__all__ = ["Coded", "Ready", "copy_lines", "made_ready", "pl"]

if TYPE_CHECKING:
    import polars as pl
else:

    class _Polars:
        def __getattr__(self, name: str) -> Any:
            return getattr(import_module("polars"), name)

    pl = _Polars()


class Coded:
    """A column of which the same values come again and again: each once, and which of them stands in each row."""

    def __init__(self, made: list[Any], places: array[int]) -> None:
        self.made = made
        self.places = places

    def __iter__(self) -> Iterator[Any]:
        return map(self.made.__getitem__, self.places)

    def __getitem__(self, part: slice) -> Coded:
        return Coded(self.made, self.places[part])


type Column = list[Any] | Coded


@dataclass(frozen=True, slots=True)
class Ready:
    """Rows as one kind of database takes many of them: `lines` of PostgreSQL's COPY, or `columns` of Python's values for SQLite.

    Made of a frame by `made_ready`, which needs no database. `names` are those of the columns; `same` is what every row says.
    """

    names: tuple[str, ...]
    lines: bytes = field(default=b"", repr=False)
    columns: Sequence[Column] = field(default=(), repr=False)
    same: dict[str, Any] = field(default_factory=dict, repr=False)

    def only(self, wanted: Sequence[bool]) -> Ready:
        """The rows at whose place there is a yes."""
        lines = b"".join(compress(self.lines.splitlines(keepends=True), wanted))
        return Ready(self.names, lines, [list(compress(column, wanted)) for column in self.columns], self.same)

    def part(self, which: slice) -> Ready:
        """Some of the rows, in their order."""
        lines = b"".join(self.lines.splitlines(keepends=True)[which])
        return Ready(self.names, lines, [column[which] for column in self.columns], self.same)


def made_ready(frame: pl.DataFrame, vendor: str) -> Ready:
    """At least one row, for the database of this vendor."""
    if vendor == "postgresql":
        return Ready(tuple(frame.columns), copy_lines(frame))
    _, *others = frame.columns
    once = {name: frame[name][0] for name in others if _says_one_thing(frame[name])}
    frame = frame.drop(once)
    return Ready(tuple(frame.columns), columns=list(map(_coded, frame.get_columns())), same=once)


def _says_one_thing(column: pl.Series) -> bool:
    said = column[0]
    return said is not None and bool(said == column[-1] and (column == said).all(ignore_nulls=False))


# So many rows tell whether the texts of a column come again and again.
_LOOKED_AT: Final = 1_000


def _coded(column: pl.Series) -> Column:
    first = column.head(_LOOKED_AT)
    if column.dtype != pl.String or column.null_count() or first.n_unique() * 4 > first.len():
        return column.to_list()
    texts = column.unique()
    places = column.cast(pl.Enum(texts)).to_physical().cast(pl.UInt32)
    return Coded(texts.to_list(), array("I", places.to_numpy().tobytes()))


def copy_lines(frame: pl.DataFrame) -> bytes:
    """The rows as PostgreSQL's COPY reads them: a tab between values, backslash N for None, and what a text has of these
    written so that it is text."""
    lines = _lines(frame)
    if _says_only_what_is_meant(lines, frame):
        return lines
    escaped = pl.col(pl.String)
    for special, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        escaped = escaped.str.replace_all(special, written, literal=True)
    return _lines(frame.with_columns(escaped))


def _lines(frame: pl.DataFrame) -> bytes:
    file = BytesIO()
    frame.write_csv(file, include_header=False, separator="\t", quote_style="never", null_value="\\N")
    return file.getvalue()


def _says_only_what_is_meant(lines: bytes, frame: pl.DataFrame) -> bool:
    """Whether no text holds a character that means something to COPY: counted in all lines at once, as hardly any does."""
    nulls = sum(frame.null_count().row(0))
    return (
        lines.count(b"\n") == frame.height
        and lines.count(b"\t") == frame.height * (frame.width - 1)
        and lines.count(b"\\") == nulls
        and b"\r" not in lines
    )
