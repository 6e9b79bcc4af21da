"""Tables held by columns. Polars as `pl` is loaded where one is first read: a web worker that never reads one does not carry
it (B11).

Modules that use it postpone their annotations, which would load it otherwise.
"""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

__all__ = ["copy_lines", "pl", "values"]

if TYPE_CHECKING:
    import polars as pl
else:

    class _Polars:
        def __getattr__(self, name: str) -> Any:
            return getattr(import_module("polars"), name)

    pl = _Polars()


# So many rows tell whether the texts of a column come again and again.
_LOOKED_AT: Final = 1_000


def values(column: pl.Series) -> list[Any]:
    """The values of a column as Python's own; a text that stands in many rows is made once and not for each of them."""
    first = column.head(_LOOKED_AT)
    if column.dtype != pl.String or column.null_count() or first.n_unique() * 4 > first.len():
        return column.to_list()
    texts = column.unique()
    made = texts.to_list()
    return [made[place] for place in column.cast(pl.Enum(texts)).to_physical().to_list()]


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
