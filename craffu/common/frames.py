"""Tables held by columns. Polars as `pl` is loaded where one is first read: a web worker that never reads one does not carry
it (B11).

Modules that use it postpone their annotations, which would load it otherwise.
"""

from __future__ import annotations

from abc import abstractmethod
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from io import BytesIO
from itertools import chain, compress
from typing import TYPE_CHECKING, Any, Final, overload

__all__ = ["JOINT", "Column", "Ready", "Texts", "TextsInLines", "copy_lines", "made_ready", "packed", "pl"]

if TYPE_CHECKING:
    import polars as pl
else:

    class _Polars:
        def __getattr__(self, name: str) -> Any:
            return getattr(import_module("polars"), name)

    pl = _Polars()


class _Lazy(Sequence[str]):
    """Texts that are taken apart where one is first asked for."""

    _each: list[str] | None = None

    @property
    def each(self) -> list[str]:
        if self._each is None:
            self._each = self._taken_apart()
        return self._each

    @abstractmethod
    def _taken_apart(self) -> list[str]: ...

    def __len__(self) -> int:
        return len(self.each)

    def __iter__(self) -> Iterator[str]:
        return iter(self.each)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        return self.each[at]


class Texts(_Lazy):
    """A column of texts as one, which another process is told in a tenth of the time. None of them holds JOINT."""

    def __init__(self, joined: bytes) -> None:
        self._joined = joined

    def __reduce__(self) -> tuple[type[Texts], tuple[bytes]]:
        return Texts, (self._joined,)

    def _taken_apart(self) -> list[str]:
        return self._joined.decode().split(JOINT)


class TextsInLines(_Lazy):
    """A column of plain texts that stand in COPY's lines already, and need not be told again."""

    def __init__(self, lines: bytes, place: int) -> None:
        self._lines, self._place = lines, place

    def __reduce__(self) -> tuple[type[TextsInLines], tuple[bytes, int]]:
        return TextsInLines, (self._lines, self._place)

    def _taken_apart(self) -> list[str]:
        return [line.split(b"\t", self._place + 1)[self._place].decode() for line in self._lines.splitlines()]


# A control character that no text of a register holds.
JOINT: Final = "\x1f"

type Column = Sequence[Any]


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


def made_ready(
    frame: pl.DataFrame, vendor: str, joined: Mapping[str, Sequence[str]] | None = None, *, plain: bool = False
) -> Ready:
    """At least one row, for the database of this vendor.

    On PostgreSQL a column of texts may stand for several, put together with JOINT: `joined` says which, by its name. `plain`
    where it is known that no text holds a control character, but for JOINT, or a backslash: nobody looks for them then.
    """
    if vendor == "postgresql":
        names = [(joined or {}).get(name, (name,)) for name in frame.columns]
        return Ready(
            tuple(chain.from_iterable(names)), copy_lines(frame, sum(map(len, names)) - len(names), plain=plain)
        )
    _, *others = frame.columns
    once = {name: frame[name][0] for name in others if _says_one_thing(frame[name])}
    frame = frame.drop(once)
    return Ready(tuple(frame.columns), columns=[packed(one, plain=plain) for one in frame.get_columns()], same=once)


def _says_one_thing(column: pl.Series) -> bool:
    said = column[0]
    return said is not None and bool(said == column[-1] and (column == said).all(ignore_nulls=False))


def packed(column: pl.Series, *, plain: bool = False) -> Column:
    """The values of a column, at least one, as they are soonest told to another process. `plain` as for `made_ready`."""
    if column.dtype == pl.String and not column.null_count():
        joined = column.str.join(JOINT)[0].encode()
        if plain or _count(joined, JOINT.encode()) == len(column) - 1:
            return Texts(joined)
    if column.dtype == pl.UInt32 and not column.null_count():
        return array("I", column.to_numpy().tobytes())
    return column.to_list()


def _count(said: bytes, byte: bytes) -> int:
    """How often a byte stands in others: many times faster than they count it themselves where it stands close together."""
    # Loaded here, as Polars is (B11).
    np = import_module("numpy")
    return int(np.count_nonzero(np.frombuffer(said, np.uint8) == byte[0]))


def copy_lines(frame: pl.DataFrame, joints: int = 0, *, plain: bool = False) -> bytes:
    """The rows as PostgreSQL's COPY reads them: a tab between values, backslash N for None, and what a text has of these
    written so that it is text. In every row JOINT stands so many times, between two values. Raises ValueError if it does not.
    `plain` as for `made_ready`.
    """
    width = frame.width + joints
    lines = _lines(frame, joined=joints > 0)
    if plain or _says_only_what_is_meant(lines, frame, width):
        return lines
    escaped = pl.col(pl.String)
    for special, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        escaped = escaped.str.replace_all(special, written, literal=True)
    lines = _lines(frame.with_columns(escaped), joined=joints > 0)
    if _count(lines, b"\t") != frame.height * (width - 1):
        raise ValueError("a text holds what stands between texts")
    return lines


def _lines(frame: pl.DataFrame, *, joined: bool) -> bytes:
    file = BytesIO()
    frame.write_csv(file, include_header=False, separator="\t", quote_style="never", null_value="\\N")
    return file.getvalue().replace(JOINT.encode(), b"\t") if joined else file.getvalue()


def _says_only_what_is_meant(lines: bytes, frame: pl.DataFrame, width: int) -> bool:
    """Whether no text holds a character that means something to COPY: counted in all lines at once, as hardly any does."""
    nulls = sum(frame.null_count().row(0))
    return (
        _count(lines, b"\n") == frame.height
        and _count(lines, b"\t") == frame.height * (width - 1)
        and lines.count(b"\\") == nulls
        and b"\r" not in lines
    )
