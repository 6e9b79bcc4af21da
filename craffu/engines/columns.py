"""Many rows of one shape, kept by their columns: a row of Python's own takes six times the memory.

They are read a batch at a time, so that no more than one batch of them ever stands as rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import batched
from typing import Any, Final, Self, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

type Row = dict[str, Any]

_AT_ONCE: Final = 16_384
_NOTHING: Final = frozenset[str]()


def schema_of(names: Iterable[str], lists: frozenset[str], numbers: frozenset[str]) -> pa.Schema:
    """Text, lists of text, and whole numbers."""

    def kind(name: str) -> pa.DataType:
        return pa.list_(pa.string()) if name in lists else pa.int64() if name in numbers else pa.string()

    return pa.schema([(name, kind(name)) for name in names])


class Columns(Sequence[Row]):
    """Rows in order, each to be had as it was given. What is asked of all of them is asked of a column."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    @classmethod
    def of(
        cls, rows: Iterable[Mapping[str, Any]], lists: frozenset[str] = _NOTHING, numbers: frozenset[str] = _NOTHING
    ) -> Self:
        """The columns are those of the first row; which of them are lists of text or whole numbers is said, the rest are text."""
        schema: pa.Schema | None = None
        batches = []
        for some in batched(rows, _AT_ONCE):
            schema = schema or schema_of(some[0], lists, numbers)
            arrays = [pa.array([row[name] for row in some], type=schema.field(name).type) for name in schema.names]
            batches.append(pa.record_batch(arrays, schema=schema))
        return cls(pa.Table.from_batches(batches, schema=schema or pa.schema([])))

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Self: ...
    def __getitem__(self, at: int | slice) -> Row | Self:
        if isinstance(at, slice):
            first, last, step = at.indices(len(self))
            if step != 1:
                raise ValueError(f"rows are taken one after another, not each {step}")
            return type(self)(self.table.slice(first, max(0, last - first)))
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(at)
        row: Row = self.table.slice(place, 1).to_pylist()[0]
        return row

    def __iter__(self) -> Iterator[Row]:
        for some in self.table.to_batches(max_chunksize=_AT_ONCE):
            yield from some.to_pylist()

    @property
    def names(self) -> list[str]:
        return list(self.table.column_names)

    def only(self, names: Sequence[str]) -> Self:
        """The same rows with these of their columns."""
        return type(self)(self.table.select(list(names)))

    def filled(self) -> dict[str, float]:
        """The share of rows that say anything in each column."""
        return {name: round(self.said(name) / max(1, len(self)), 4) for name in self.names}

    def said(self, name: str) -> int:
        """How many rows say anything in a column."""
        return len(self) - int(self.table.column(name).null_count)

    def values(self, name: str) -> list[Any]:
        """A whole column, None where a row says nothing."""
        found: list[Any] = self.table.column(name).to_pylist()
        return found

    def in_parts(self, name: str) -> Iterator[list[Any]]:
        """A whole column, as many of its values at a time as are ever read at once, however it is kept."""
        column = self.table.column(name)
        for first in range(0, len(self), _AT_ONCE):
            yield column.slice(first, _AT_ONCE).to_pylist()

    def codes(self, name: str) -> NDArray[np.int64]:
        """A column with each of its values as a number, -1 where a row says nothing."""
        (found,) = codes_together([(self, name)])
        return found

    def beside(self, numbers: Mapping[str, NDArray[Any]]) -> Self:
        """The same rows with numbers beside them, by the names of their columns; what is not a number is nothing."""
        table = self.table
        for name, values in numbers.items():
            table = table.append_column(name, pa.array(values, from_pandas=True))
        return type(self)(table)

    def counts(self, name: str, more_than: int = 0) -> dict[Any, int]:
        """How many rows say each value of a column, those that are said by more than so many alone."""
        counted = pc.value_counts(self.table.column(name))
        values, counts = counted.field("values"), counted.field("counts")
        kept = pc.and_(pc.greater(counts, more_than), pc.is_valid(values))
        return dict(zip(values.filter(kept).to_pylist(), counts.filter(kept).to_pylist(), strict=True))

    def among(self, name: str, values: Iterable[str]) -> NDArray[np.bool_]:
        """Which rows say one of these in a column."""
        found: NDArray[np.bool_] = pc.is_in(
            self.table.column(name), value_set=pa.array(sorted(values), type=pa.string()), skip_nulls=True
        ).to_numpy()
        return found.astype(np.bool_)

    def changed(self, where: NDArray[np.bool_], names: Sequence[str], how: Callable[[Row], object]) -> Self:
        """The same rows, some of them changed in these columns by `how`, which changes the row that it is given."""
        if not where.any():
            return self
        batches, first = [], 0
        for some in self.table.to_batches():
            here = where[first : first + some.num_rows]
            first += some.num_rows
            batches.append(_changed(some, pa.array(here), names, how) if here.any() else some)
        return type(self)(pa.Table.from_batches(batches, schema=self.table.schema))

    def pairs(self, names: Sequence[str], others: Self | None = None, other_names: Sequence[str] = ()) -> int:
        """How many pairs of rows say the same in these columns: any two of these rows, or, with `other_names`, one of these and
        one of `others` (of these again where there are none) in those columns.
        """
        if not len(self) or (others is not None and not len(others)):
            return 0
        ours = _groups(self.table, names)
        if not other_names:
            count = ours.column("count")
            return _sum(pc.divide(pc.multiply(count, pc.subtract(count, 1)), 2))
        theirs = _groups((self if others is None else others).table, other_names)
        keys = [f"key_{at}" for at in range(len(names))]
        both = ours.join(theirs, keys=keys, join_type="inner", right_suffix="_theirs")
        return _sum(pc.multiply(both.column("count"), both.column("count_theirs")))


def codes_together(columns: Sequence[tuple[Columns, str]]) -> list[NDArray[np.int64]]:
    """Columns with each of their values as one number wherever it is said, -1 where a row says nothing."""
    tables = [rows.table.column(name) for rows, name in columns]
    chunks = [chunk for table in tables for chunk in table.chunks]
    encoded = pa.chunked_array(chunks, type=tables[0].type).combine_chunks().dictionary_encode()
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return np.split(codes, np.cumsum([len(table) for table in tables])[:-1])


def _changed(
    some: pa.RecordBatch, where: pa.Array, names: Sequence[str], how: Callable[[Row], object]
) -> pa.RecordBatch:
    rows = some.filter(where).to_pylist()
    for row in rows:
        how(row)
    arrays = dict(zip(some.schema.names, some.columns, strict=True))
    for name in names:
        said = pa.array([row[name] for row in rows], type=some.schema.field(name).type)
        arrays[name] = pc.replace_with_mask(arrays[name], where, said)
    return pa.record_batch(list(arrays.values()), schema=some.schema)


def _groups(table: pa.Table, names: Sequence[str]) -> pa.Table:
    """Each combination that rows say in whole, with how many say it."""
    keys = [f"key_{at}" for at in range(len(names))]
    said = pa.table([table.column(name) for name in names], names=keys).drop_null()
    return said.group_by(keys).aggregate([([], "count_all")]).rename_columns([*keys, "count"])


def _sum(counts: Any) -> int:
    return int(pc.sum(counts).as_py() or 0)
