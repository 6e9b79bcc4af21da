"""The one door to DuckDB: in memory, with nothing fetched and nothing read but what is asked for here."""

import functools
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from craffu.engines.columns import schema_of

# Of the machine's memory; the rest is for what holds the tables outside.
_SHARE = 0.6


def memory_limit() -> str:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{max(512, int(pages * size * _SHARE / 2**20))}MB"


def database() -> duckdb.DuckDBPyConnection:
    """A connection to a database of its own, which ends with it. It reaches no file and no network."""
    connection = duckdb.connect(
        ":memory:", config={"threads": len(os.sched_getaffinity(0)), "memory_limit": memory_limit()}
    )
    connection.execute("SET enable_external_access = false")
    # It would write among what a command prints as JSON.
    connection.execute("SET enable_progress_bar = false")
    return connection


class NotATable(ValueError):
    """A file cannot be read as a table."""


def read_table(path: Path) -> dict[str, list[str | None]]:
    """The columns of a CSV or Parquet file, every value as text. Raises NotATable."""
    connection = duckdb.connect(":memory:")
    try:
        if path.suffix.lower() in (".parquet", ".pq"):
            relation = connection.read_parquet(str(path))
        else:
            relation = connection.read_csv(str(path), all_varchar=True, header=True)
        columns = ", ".join(f'CAST("{name.replace(chr(34), chr(34) * 2)}" AS VARCHAR)' for name in relation.columns)
        names: Sequence[str] = [name.strip().removeprefix("\ufeff") for name in relation.columns]
        rows: list[tuple[Any, ...]] = relation.project(columns).fetchall()
    except duckdb.Error as fault:
        raise NotATable(str(fault).splitlines()[0]) from fault
    finally:
        connection.close()
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def arrow_table(rows: Sequence[Mapping[str, Any]], lists: frozenset[str], numbers: frozenset[str]) -> pa.Table:
    """Rows of one shape as a table: text, lists of text, and whole numbers."""
    schema = schema_of(rows[0], lists, numbers)
    return pa.table([pa.array([row[one.name] for row in rows], type=one.type) for one in schema], schema)


@functools.cache
def _kept() -> duckdb.DuckDBPyConnection:
    """One for small questions: to begin one takes longer than to answer."""
    connection = database()
    connection.execute("SET threads = 1")
    return connection


type Rows = tuple[Sequence[dict[str, Any]], frozenset[str], frozenset[str]]


def answered(question: str, tables: Mapping[str, Rows]) -> dict[str, Any]:
    """The columns that a question about some small tables is answered with. Each is its rows, and which columns are lists and
    numbers; nothing of them stays."""
    cursor = _kept().cursor()
    try:
        for name, (rows, lists, numbers) in tables.items():
            cursor.register(name, arrow_table(rows, lists, numbers))
        found: dict[str, Any] = cursor.execute(question).fetchnumpy()
        return found
    finally:
        for name in tables:
            cursor.unregister(name)
        cursor.close()
