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
_LIKE_W3C: Final = "%Y-%m-%dT%H:%M:%SZ"


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
    with text.open("wb") as stream:
        stream.write(codecs.BOM_UTF8)
        pacsv.write_csv(_as_text(table, guarded), stream, _HOW)
    return [parquet, text]


def _as_text(table: pa.Table, guarded: Guarded) -> pa.Table:
    return pa.table([_column_as_text(one, guarded) for one in table.columns], names=table.column_names)


def _column_as_text(column: pa.ChunkedArray, guarded: Guarded) -> pa.ChunkedArray:
    if pa.types.is_timestamp(column.type):
        return pc.strftime(column, format=_LIKE_W3C)
    if not pa.types.is_string(column.type):
        return column
    begins = pc.match_substring_regex(column, guarded.begins)
    if not pc.any(begins).as_py():
        return column
    is_guarded = pc.and_(begins, pc.invert(pc.match_substring_regex(column, guarded.unless)))
    return pc.if_else(is_guarded, pc.binary_join_element_wise(guarded.sign, column, ""), column)
