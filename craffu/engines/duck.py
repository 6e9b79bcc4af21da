"""The one door to DuckDB: in memory, with nothing fetched and nothing read but what is asked for here."""

import functools
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from craffu.engines.columns import Columns, schema_of
from craffu.engines.memory import NotEnoughMemory, memory_limit

# It would write among what a command prints as JSON.
_NO_PROGRESS = "SET enable_progress_bar = false"


@contextmanager
def within_memory() -> Iterator[None]:
    """Raises NotEnoughMemory for whatever is raised in it because there was no room left, and says what to do."""
    try:
        yield
    except Exception as fault:
        if not _ran_out(fault):
            raise
        raise NotEnoughMemory(
            f"this needs more than the {memory_limit()} of memory that it may take here:"
            " use a machine with more, or Spark (CRAFFU_ENGINE)"
        ) from fault


def _ran_out(fault: BaseException | None) -> bool:
    return fault is not None and (isinstance(fault, duckdb.OutOfMemoryException) or _ran_out(fault.__cause__))


def database(threads: int = 0) -> duckdb.DuckDBPyConnection:
    """A connection to a database of its own, which ends with it. It reaches no file and no network, and takes every
    processor it may unless told how many.

    Left alone it would put what does not fit into memory on the disk, names in clear, beside wherever it was begun.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": threads or len(os.sched_getaffinity(0)),
        "memory_limit": memory_limit(),
        "temp_directory": "",
    }
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute("SET enable_external_access = false")
    connection.execute(_NO_PROGRESS)
    return connection


@functools.cache
def _kept(_process: int, threads: int = 0) -> duckdb.DuckDBPyConnection:
    """One for all questions of a process: to begin one takes longer than most are answered in. A process that another began has
    none of its threads.
    """
    return database(threads)


@within_memory()
def asked(question: str, tables: Mapping[str, pa.Table]) -> pa.Table:
    """What a question in DuckDB's own words comes to over tables of these names. None stays. Raises NotEnoughMemory."""
    cursor = _kept(os.getpid()).cursor()
    try:
        for name, table in tables.items():
            cursor.register(name, table)
        return cursor.sql(question).to_arrow_table()
    finally:
        for name in tables:
            cursor.unregister(name)
        cursor.close()


class NotATable(ValueError):
    """A file cannot be read as a table."""


def read_table(path: Path) -> Columns:
    """A CSV or Parquet file, every value as text. Raises NotATable."""
    connection = duckdb.connect(":memory:", config={"temp_directory": ""})
    is_parquet = path.suffix.lower() in (".parquet", ".pq")
    try:
        connection.execute(_NO_PROGRESS)
        if is_parquet:
            relation = connection.read_parquet(str(path))
        else:
            # Left to guess it would take a longer row further down for the header.
            relation = connection.read_csv(str(path), all_varchar=True, header=True, skiprows=0)
        columns = ", ".join(f'CAST("{name.replace(chr(34), chr(34) * 2)}" AS VARCHAR)' for name in relation.columns)
        names = [name.strip().removeprefix("\ufeff") for name in relation.columns]
        table = relation.project(columns).to_arrow_table()
    except duckdb.Error as fault:
        said = str(fault).splitlines()[0] if is_parquet or _is_utf8(path) else "it is not written in UTF-8"
        raise NotATable(said) from fault
    finally:
        connection.close()
    return Columns(table.rename_columns(names))


def _is_utf8(path: Path) -> bool:
    """Whether its text is; of a file that cannot be read at all the engine says why."""
    try:
        with path.open(encoding="utf-8") as file:
            return all(True for _ in file)
    except UnicodeDecodeError:
        return False
    except OSError:
        return True


def arrow_table(rows: Sequence[Mapping[str, Any]], lists: frozenset[str], numbers: frozenset[str]) -> pa.Table:
    """Rows of one shape as a table: text, lists of text, and whole numbers."""
    schema = schema_of(rows[0], lists, numbers)
    return pa.table([pa.array([row[one.name] for row in rows], type=one.type) for one in schema], schema)


def side_by_side(table: pa.Table, pairs: Sequence[tuple[int, int]]) -> pa.Table:
    """For each pair of places both of its rows, their columns with `_l` and `_r` behind their names. To have them joined by a
    question takes longer than most questions about them.
    """
    both = {
        side: table.take(pa.array(places, pa.int64())) for side, places in zip("lr", zip(*pairs, strict=True), strict=True)
    }  # fmt: skip
    return pa.table({f"{name}_{side}": one.column(name) for side, one in both.items() for name in one.column_names})


def answered(question: str, tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """The columns that a question about some small tables of these names is answered with. None stays."""
    # A question this small is answered sooner by one.
    cursor = _kept(os.getpid(), threads=1).cursor()
    try:
        for name, table in tables.items():
            cursor.register(name, table)
        found: dict[str, Any] = cursor.execute(question).fetchnumpy()
        return found
    finally:
        for name in tables:
            cursor.unregister(name)
        cursor.close()
