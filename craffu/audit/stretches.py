"""Read a stretch of one force's chain and name its first bad row (SEC-05).

A stretch is held against the hash stored just before it: if every stretch is whole, so is the chain. No Django here, so
that several processes can share the work.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from craffu.audit.rules import BEFORE_THE_FIRST, link, unbroken

# Rows read at once, as measured on both databases: what fits a core's cache.
CHUNK = 1000
# Events are read by the range of their numbers while that holds at most so many times the rows asked for; else by number.
SPARSE = 4

ROWS = (
    "SELECT s.hash, e.payload FROM audit_seal s LEFT JOIN audit_event e ON e.id = s.event_id "
    "WHERE s.force = {mark} AND s.position BETWEEN {mark} AND {mark} ORDER BY s.position"
)
# On PostgreSQL two plain readings cost half of what joining them does.
SEALS = "SELECT hash, event_id FROM audit_seal WHERE force = %s AND position BETWEEN %s AND %s ORDER BY position"
EVENTS = "SELECT id, payload FROM audit_event WHERE id BETWEEN %s AND %s"
EVENTS_NAMED = "SELECT id, payload FROM audit_event WHERE id = ANY(%s)"
# A payload that is no longer text of the kind it was written as reads as bytes that cannot be anybody's, or as nothing.
ROWS_DOUBTED = {
    "sqlite": ROWS.replace(
        "s.hash, e.payload",
        "s.position, s.event_id, CASE typeof(s.hash) WHEN 'text' THEN CAST(s.hash AS BLOB) END, "
        "CASE typeof(e.payload) WHEN 'text' THEN CAST(e.payload AS BLOB) END",
    ),
    "postgresql": ROWS.replace(
        "s.hash, e.payload", "s.position, s.event_id, convert_to(s.hash, 'UTF8'), convert_to(e.payload, 'UTF8')"
    ),
}
MISSING = "the row at this place is missing"
AT = {
    "sqlite": "SELECT event_id, CAST(hash AS BLOB) FROM audit_seal WHERE force = {mark} AND position = {mark}",
    "postgresql": "SELECT event_id, convert_to(hash, 'UTF8') FROM audit_seal WHERE force = {mark} AND position = {mark}",
}


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


def _as_text(raw: bytes | None) -> str | None:
    if raw is None:
        return None
    try:
        return bytes(raw).decode()
    except UnicodeDecodeError:
        return None


@dataclass(frozen=True, slots=True)
class _Reader:
    """The questions asked of one force's chain over one cursor."""

    cursor: Any
    vendor: str
    force: str

    def _ask(self, sql: str, *params: object) -> list[Any]:
        self.cursor.execute(sql.format(mark="?" if self.vendor == "sqlite" else "%s"), (self.force, *params))
        rows: list[Any] = self.cursor.fetchall()
        return rows

    def hash_before(self, position: int) -> str:
        """The hash a row is chained to. Where that hash is gone, whoever reads its place says so."""
        if position == 1:
            return BEFORE_THE_FIRST
        found = self._ask(AT[self.vendor], position - 1)
        return (_as_text(found[0][1]) or "") if found else ""

    def whole(self, first: int, last: int, previous: str) -> str | None:
        """The last hash of a chunk in which no row is missing and every row is as it was sealed; else nothing.

        As many rows as there are places, each fitting the one before it: then each is in its place.
        """
        try:
            hashes, payloads = self._joined(first, last) if self.vendor == "sqlite" else self._matched(first, last)
            if len(hashes) == last - first + 1 and unbroken(previous.encode(), payloads, hashes):
                return hashes[-1].decode()
        except (sqlite3.OperationalError, TypeError, ValueError, KeyError):
            # No rows, text that is no UTF-8 any more, a value that is no text, or a seal without its event: reading
            # row by row names it.
            return None
        return None

    def _joined(self, first: int, last: int) -> tuple[list[bytes], list[bytes]]:
        hashes, payloads = zip(*self._ask(ROWS, first, last), strict=True)
        return list(map(str.encode, hashes)), list(map(str.encode, payloads))

    def _matched(self, first: int, last: int) -> tuple[list[bytes], list[bytes]]:
        hashes, events = zip(*self._ask(SEALS, first, last), strict=True)
        lowest, highest = min(events), max(events)
        if highest - lowest < SPARSE * len(events):
            self.cursor.execute(EVENTS, (lowest, highest))
        else:
            self.cursor.execute(EVENTS_NAMED, (list(events),))
        payloads = dict(self.cursor.fetchall())
        return list(hashes), [payloads[event] for event in events]

    def first_bad(self, first: int, last: int) -> Break | None:
        """Row by row, for a chunk in which something is wrong.

        Reading starts a chunk earlier: a row that does not follow the one before it may follow an earlier one, and
        then it is the rows between that were put in.
        """
        due = start = max(1, first - CHUNK)
        seen = [self.hash_before(start)]
        for position, event, raw_hash, raw_payload in self._ask(ROWS_DOUBTED[self.vendor], start, last):
            stored, payload = _as_text(raw_hash), _as_text(raw_payload)
            if position != due:
                return Break(due, None, MISSING)
            if payload is None or stored is None:
                return Break(due, event, "its event or its hash is missing or is not text any more")
            if stored != link(seen[-1], payload):
                earlier = [link(previous, payload) for previous in seen]
                if stored in earlier:
                    put_in = start + earlier.index(stored)
                    return Break(
                        put_in,
                        self._ask(AT[self.vendor], put_in)[0][0],
                        "the row was put in between two that follow each other",
                    )
                return Break(due, event, "the row, its place or its hash was changed")
            seen.append(stored)
            due += 1
        return Break(due, None, MISSING) if due <= last else None


def check_stretch(
    cursor: Any, vendor: str, stretch: Stretch, progress: Callable[[int], None] | None = None
) -> Break | None:
    """The first bad row of a stretch, or nothing. `cursor` comes from `fast_cursor`."""
    reader = _Reader(cursor, vendor, stretch.force)
    previous = reader.hash_before(stretch.first)
    for first in range(stretch.first, stretch.last + 1, CHUNK):
        last = min(first + CHUNK - 1, stretch.last)
        end = reader.whole(first, last, previous)
        if end is None and (found := reader.first_bad(first, last)):
            return found
        previous = end or reader.hash_before(last + 1)
        if progress:
            progress(last - first + 1)
    return None


def fast_cursor(vendor: str, connection: Any) -> Any:
    """A driver's own cursor: on PostgreSQL one that gives text as the bytes that were sent, which are what is hashed."""
    if vendor == "sqlite":
        return connection.cursor()
    # Imported where it is needed: the driver costs every command on SQLite 40 ms (B11).
    import psycopg
    from psycopg.types.string import ByteaBinaryLoader

    cursor = psycopg.Cursor(connection)
    cursor.format = psycopg.pq.Format.BINARY
    for kind in ("text", "varchar"):
        cursor.adapters.register_loader(kind, ByteaBinaryLoader)
    return cursor


@contextmanager
def reading(database: Database) -> Iterator[Any]:
    """The log, to be read over a connection of one's own."""
    if database.vendor == "sqlite":
        with closing(sqlite3.connect(**database.connect)) as connection:
            connection.execute("PRAGMA query_only = ON")
            yield fast_cursor(database.vendor, connection)
    else:
        import psycopg

        with psycopg.connect(**database.connect, autocommit=True) as connection:
            yield fast_cursor(database.vendor, connection)


def check_apart(database: Database, stretch: Stretch) -> Break | None:
    """Check a stretch over a connection of one's own: what a helping process runs."""
    with reading(database) as cursor:
        return check_stretch(cursor, database.vendor, stretch)
