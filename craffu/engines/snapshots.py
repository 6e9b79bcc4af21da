"""Snapshots of the register as files that are never changed: written beside the one before, put in its place at once, read whole.

A snapshot is a folder of Parquet tables with a list of them. Its digest is of what its tables say, so that one register gives one
digest whichever database it is in. A file that no longer is what the list says is not read. Nobody but this account reads them.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from craffu.engines.memory import check_tables_fit

_FORMAT: Final = 1
_LIST: Final = "snapshot.json"
_CURRENT: Final = "current"
_AT_ONCE: Final = 16_384
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_INSTANT: Final = pa.timestamp("us", tz="UTC")
# By what a column holds: how it is kept in the file.
_KEPT: Final = {
    "reference": pa.string(), "code": pa.string(), "number": pa.int64(), "yes": pa.bool_(), "day": pa.date32(),
    "instant": _INSTANT,
}  # fmt: skip
# By what a column holds: what an expression calls it. Days and instants are counted, so that every engine compares them alike.
TYPES: Final = {
    "reference": "string", "code": "string", "number": "int64", "yes": "boolean", "day": "int64", "instant": "int64",
}  # fmt: skip

type Columns = Mapping[str, str]


class NoSnapshot(ValueError):
    """There is no snapshot, or it cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One snapshot: the instant as of which the register was read, how many rows each table has, and the digest of its file."""

    folder: Path
    name: str
    digest: str
    at: datetime
    numbers: Mapping[str, int]
    sums: Mapping[str, str]

    def tables(self, names: Iterable[str]) -> dict[str, pa.Table]:
        """These tables as expressions read them.

        Raises NoSnapshot where one is missing or was changed, and NotEnoughMemory, before any is read, where there is no room.
        """
        wanted = list(names)
        check_tables_fit(sum(self._size(name) for name in wanted), f"snapshot {self.name}")
        return {name: self._table(name) for name in wanted}

    def _path(self, name: str) -> Path:
        path = self.folder / f"{name}.parquet"
        if name not in self.sums or not path.is_file():
            raise NoSnapshot(f"snapshot {self.name} has no table {name}: run `craffu snapshot build`")
        return path

    def _size(self, name: str) -> int:
        """How many bytes the table takes as columns, by what its first rows do."""
        number = self.numbers.get(name, 0)
        if number < _AT_ONCE:
            return 0
        with self._path(name).open("rb") as stream:
            try:
                first = next(pq.ParquetFile(stream).iter_batches(batch_size=_AT_ONCE))
            except (pa.ArrowException, OSError, StopIteration):
                # It is not what was written, which is said as it is read.
                return 0
        return int(first.nbytes / max(1, first.num_rows) * number)

    def _table(self, name: str) -> pa.Table:
        path = self._path(name)
        with path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != self.sums[name]:
                raise NoSnapshot(
                    f"{path} was changed after it was written: nothing is read from it. Run `craffu snapshot build`"
                )
            stream.seek(0)
            return _counted(pq.read_table(stream))


def _counted(table: pa.Table) -> pa.Table:
    columns = []
    for column in table.columns:
        if pa.types.is_date32(column.type):
            columns.append(pc.cast(pc.cast(column, pa.int32()), pa.int64()))
        elif pa.types.is_timestamp(column.type):
            columns.append(pc.cast(column, pa.int64()))
        else:
            columns.append(column)
    return pa.table(columns, names=table.column_names)


def build(folder: Path, tables: Iterable[tuple[str, Columns, Iterable[Mapping[str, Any]]]], at: datetime) -> Snapshot:
    """Writes a snapshot of these tables, each with what its columns hold, and puts it in the place of the one before.

    Whoever reads the one before goes on reading it. Where the writing fails the one before stays.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".building-", dir=folder))
    try:
        written = {name: (columns, *_write(work / f"{name}.parquet", columns, rows)) for name, columns, rows in tables}
        digest = _digest(written)
        name = f"{at.astimezone(UTC).strftime(_STAMP)}-{digest[:12]}"
        listed = {
            "format": _FORMAT, "snapshot": name, "digest": digest, "at": at.astimezone(UTC).isoformat(),
            "tables": {
                table: {"columns": dict(columns), "rows": rows, "sha256": total}
                for table, (columns, rows, total) in sorted(written.items())
            },
        }  # fmt: skip
        _keep(work / _LIST, json.dumps(listed, indent=1, sort_keys=True).encode())
        target = folder / name
        if not target.exists():
            work.rename(target)
        _put_in_place(folder, name)
        return _read(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write(path: Path, columns: Columns, rows: Iterable[Mapping[str, Any]]) -> tuple[int, str]:
    schema = pa.schema([(name, _KEPT[holds]) for name, holds in columns.items()])
    batches = list(_batches(schema, rows))
    table = pa.Table.from_batches(batches, schema=schema)
    # In an order of its own: a database gives rows in the order in which it holds them.
    table = table.take(pc.sort_indices(table, sort_keys=[(name, "ascending") for name in schema.names]))
    with tempfile.SpooledTemporaryFile(max_size=2**26) as kept:
        pq.write_table(table.combine_chunks(), kept, compression="zstd", write_statistics=True, store_schema=False)
        kept.seek(0)
        content = kept.read()
    _keep(path, content)
    return table.num_rows, hashlib.sha256(content).hexdigest()


def _batches(schema: pa.Schema, rows: Iterable[Mapping[str, Any]]) -> Iterator[pa.RecordBatch]:
    for some in batched(rows, _AT_ONCE):
        arrays = [pa.array([row[one.name] for row in some], type=one.type) for one in schema]
        yield pa.record_batch(arrays, schema=schema)


def _digest(written: Mapping[str, tuple[Columns, int, str]]) -> str:
    said = {name: [dict(columns), total] for name, (columns, _rows, total) in written.items()}
    return hashlib.sha256(json.dumps([_FORMAT, said], sort_keys=True).encode()).hexdigest()


def _keep(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    path.chmod(0o400)


def _put_in_place(folder: Path, name: str) -> None:
    """A name that stands for one snapshot or for the next, and never for neither."""
    new = folder / f".{_CURRENT}-{os.getpid()}"
    new.unlink(missing_ok=True)
    new.symlink_to(name)
    new.replace(folder / _CURRENT)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def current(folder: Path) -> Snapshot:
    """The snapshot that stands. Raises NoSnapshot where none was built."""
    found = folder / _CURRENT
    if not found.exists():
        raise NoSnapshot("no snapshot was built yet: run `craffu snapshot build`")
    return _read(found.resolve())


def every(folder: Path) -> Sequence[Snapshot]:
    """Every snapshot that is kept, the newest first."""
    found = [_read(path.parent) for path in folder.glob(f"[0-9]*/{_LIST}")] if folder.is_dir() else []
    return sorted(found, key=lambda one: (one.at, one.name), reverse=True)


def _read(folder: Path) -> Snapshot:
    try:
        listed = json.loads((folder / _LIST).read_text(encoding="utf-8"))
        tables = listed["tables"]
        if listed["format"] != _FORMAT:
            raise NoSnapshot(f"snapshot {folder.name} was written by another release: run `craffu snapshot build`")
        return Snapshot(
            folder, listed["snapshot"], listed["digest"], datetime.fromisoformat(listed["at"]),
            {name: one["rows"] for name, one in tables.items()}, {name: one["sha256"] for name, one in tables.items()},
        )  # fmt: skip
    except NoSnapshot:
        raise
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise NoSnapshot(f"the list of snapshot {folder.name} cannot be read: run `craffu snapshot build`") from fault
