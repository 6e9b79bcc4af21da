"""Tables as Parquet and CSV files, a column at a time, so that a million rows are quick (B9).

What a column holds is said by the same words as in a snapshot, and `text` and `real` beside them.
"""

import codecs
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

_INSTANT: Final = pa.timestamp("us", tz="UTC")
_ARROW: Final = {
    "text": pa.string(), "reference": pa.string(), "code": pa.string(), "number": pa.int64(), "real": pa.float64(),
    "yes": pa.bool_(), "day": pa.date32(), "instant": _INSTANT,
}  # fmt: skip
_HOW: Final = pacsv.WriteOptions(include_header=True, quoting_style="needed")
_BEFORE_THE_TIME: Final = len("2026-11-30")


@dataclass(frozen=True, slots=True)
class Guarded:
    """Texts that match `begins`, and not `unless`, are written into CSV behind this sign."""

    begins: str
    unless: str
    sign: str


def of_rows(columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> pa.Table:
    """A table of rows, each with a value for each column in order."""
    values: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else [()] * len(columns)
    arrays = [pa.array(one, type=_ARROW[holds]) for one, holds in zip(values, columns.values(), strict=True)]
    return pa.table(arrays, names=list(columns))


def of_snapshot(columns: Mapping[str, str], table: pa.Table) -> pa.Table:
    """A table of a snapshot with days and instants as such, which expressions count."""
    found = []
    for name, holds in columns.items():
        column = table.column(name)
        if holds == "day":
            column = pc.cast(column, pa.int32())
        found.append(pc.cast(column, _ARROW[holds]))
    return pa.table(found, names=list(columns))


def write(folder: Path, name: str, table: pa.Table, guarded: Guarded) -> list[Path]:
    """The table in two files of its name, the CSV with the mark by which a spreadsheet knows UTF-8. Raises OSError."""
    parquet, text = folder / f"{name}.parquet", folder / f"{name}.csv"
    pq.write_table(table, parquet, compression="zstd")
    write_csv(text, table, guarded)
    return [parquet, text]


def write_csv(path: Path, table: pa.Table, guarded: Guarded) -> None:
    """Raises OSError."""
    with path.open("wb") as stream:
        stream.write(codecs.BOM_UTF8)
        pacsv.write_csv(_as_text(table, guarded), stream, _HOW)


def _as_text(table: pa.Table, guarded: Guarded) -> pa.Table:
    return pa.table([_column_as_text(one, guarded) for one in table.columns], names=table.column_names)


def _column_as_text(column: pa.ChunkedArray, guarded: Guarded) -> pa.ChunkedArray:
    if pa.types.is_timestamp(column.type):
        return _like_w3c(column)
    if not pa.types.is_string(column.type):
        return column
    begins = pc.match_substring_regex(column, guarded.begins)
    if not pc.any(begins).as_py():
        return column
    is_guarded = pc.and_(begins, pc.invert(pc.match_substring_regex(column, guarded.unless)))
    return pc.if_else(is_guarded, pc.binary_join_element_wise(guarded.sign, column, ""), column)


def _like_w3c(instants: pa.ChunkedArray) -> pa.ChunkedArray:
    """As 2026-11-30T09:00:00.000000Z: put together from how they are said anyway, six times as fast as by a format."""
    said = pc.cast(pc.cast(instants, pa.timestamp("us")), pa.string())
    said = pc.utf8_replace_slice(said, start=_BEFORE_THE_TIME, stop=_BEFORE_THE_TIME + 1, replacement="T")
    return pc.binary_join_element_wise(said, pa.scalar("Z"), "")
