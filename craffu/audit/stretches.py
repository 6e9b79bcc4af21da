"""Read a stretch of one force's chain and name its first bad row (SEC-05).

A stretch is held against the hash stored just before it: if every stretch is whole, so is the chain. No Django here, so
that several processes can share the work.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from craffu.audit.rules import BEFORE_THE_FIRST, link, unbroken

# Rows read at once, as measured on both databases: what fits a core's cache.
CHUNK = 1000
MARK = {"sqlite": "?", "postgresql": "%s"}

ROWS = (
    "SELECT s.position, s.hash, e.payload FROM audit_seal s LEFT JOIN audit_event e ON e.id = s.event_id "
    "WHERE s.force = {mark} AND s.position BETWEEN {mark} AND {mark} ORDER BY s.position"
)
# A payload that is no longer text of the kind it was written as reads as bytes that cannot be anybody's, or as nothing.
ROWS_DOUBTED = {
    "sqlite": ROWS.replace(
        "s.hash, e.payload",
        "s.event_id, CASE typeof(s.hash) WHEN 'text' THEN CAST(s.hash AS BLOB) END, "
        "CASE typeof(e.payload) WHEN 'text' THEN CAST(e.payload AS BLOB) END",
    ),
    "postgresql": ROWS.replace(
        "s.hash, e.payload", "s.event_id, convert_to(s.hash, 'UTF8'), convert_to(e.payload, 'UTF8')"
    ),
}
BEFORE = "SELECT hash FROM audit_seal WHERE force = {mark} AND position = {mark}"


@dataclass(frozen=True, slots=True)
class Database:
    """Where the log is, in words another process can use."""

    vendor: str
    connect: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rows of a force's chain from one position to another, both included."""

    force: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Break:
    """The first row that is not as it was sealed. `event` is its row number in the log, if it still has one."""

    position: int
    event: int | None
    why: str


def _text(raw: bytes | None) -> str | None:
    if raw is None:
        return None
    try:
        return bytes(raw).decode()
    except UnicodeDecodeError:
        return None


def _first_bad(rows: list[tuple[Any, int | None, Any, Any]], previous: str, first: int, last: int) -> Break | None:
    """Row by row, for a chunk in which something is known to be wrong."""
    due = first
    for position, event, raw_hash, raw_payload in rows:
        stored, payload = _text(raw_hash), _text(raw_payload)
        if position != due:
            return Break(due, None, "the row at this place is missing")
        if payload is None:
            return Break(due, event, "its event is missing or is not text any more")
        if stored != link(previous, payload):
            return Break(due, event, "the row, its place or its hash was changed")
        previous = stored
        due += 1
    return Break(due, None, "the row at this place is missing") if due <= last else None


def check_stretch(
    cursor: Any, vendor: str, stretch: Stretch, progress: Callable[[int], None] | None = None
) -> Break | None:
    """The first bad row of a stretch, or nothing. `cursor` comes from `fast_cursor`."""
    mark = MARK[vendor]
    if vendor == "postgresql":
        cursor.format = psycopg.pq.Format.BINARY
    previous = BEFORE_THE_FIRST
    if stretch.first > 1:
        cursor.execute(BEFORE.format(mark=mark), (stretch.force, stretch.first - 1))
        row = cursor.fetchone()
        # Where the row before is missing, the stretch before says so.
        previous = str(row[0]) if row else ""
    for first in range(stretch.first, stretch.last + 1, CHUNK):
        last = min(first + CHUNK - 1, stretch.last)
        bounds = (stretch.force, first, last)
        if (end := _whole_chunk(cursor, ROWS.format(mark=mark), bounds, previous)) is None:
            cursor.execute(ROWS_DOUBTED[vendor].format(mark=mark), bounds)
            return _first_bad(cursor.fetchall(), previous, first, last)
        previous = end
        if progress:
            progress(last - first + 1)
    return None


def _whole_chunk(cursor: Any, sql: str, bounds: tuple[str, int, int], previous: str) -> str | None:
    """The last hash of a chunk in which every row is in its place and as it was sealed; else nothing."""
    try:
        cursor.execute(sql, bounds)
        rows = cursor.fetchall()
        if not rows:
            return None
        positions, hashes, payloads = zip(*rows, strict=True)
        _, first, last = bounds
        if positions == tuple(range(first, last + 1)) and unbroken(previous, payloads, hashes):
            return str(hashes[-1])
    except (sqlite3.OperationalError, TypeError):
        # Text that is no UTF-8 any more, or a value that is no text: the row by row reading names it.
        return None
    return None


def fast_cursor(vendor: str, connection: Any) -> Any:
    """A driver's own cursor: on PostgreSQL one whose answers are not turned into text and back."""
    return connection.cursor() if vendor == "sqlite" else psycopg.Cursor(connection)


@contextmanager
def _reading(database: Database) -> Iterator[Any]:
    if database.vendor == "sqlite":
        with closing(sqlite3.connect(**database.connect)) as connection:
            connection.execute("PRAGMA query_only = ON")
            yield fast_cursor(database.vendor, connection)
    else:
        with psycopg.connect(**database.connect, autocommit=True) as connection:
            yield fast_cursor(database.vendor, connection)


def check_apart(database: Database, stretch: Stretch) -> Break | None:
    """Check a stretch over a connection of one's own: what a helping process runs."""
    with _reading(database) as cursor:
        return check_stretch(cursor, database.vendor, stretch)
