"""Registers as releases made them: the parts of a backup as that release packed them, of invented people, with their key ring.

A sealed file cannot be kept small, so that its parts are kept packed and sealed again where a test asks: by the code of today,
under the ring of that day. The lists of codes, which `craffu migrate` loads, are left out. DEVELOPING.md says how one is made.
"""

import io
import json
import lzma
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from craffu.common.keyring import KeyRing
from craffu.config.backups.sealed import Sealing

FOLDER = Path(__file__).parent / "integration" / "config" / "releases"


def parts_of(release: str) -> bytes:
    return lzma.decompress((FOLDER / f"{release}.parts").read_bytes())


def ring_of(release: str) -> Path:
    return FOLDER / f"{release}_keyring.json"


def put_out(release: str, into: Path) -> dict[str, Path]:
    """The files that a backup of this release holds, by name."""
    with tarfile.open(fileobj=io.BytesIO(parts_of(release))) as tar:
        tar.extractall(into, filter="data")
        return {name: into / name for name in tar.getnames()}


def manifest_of(release: str) -> dict[str, Any]:
    with tarfile.open(fileobj=io.BytesIO(parts_of(release))) as tar:
        first = tar.extractfile("manifest.json")
        assert first is not None
        said: dict[str, Any] = json.loads(first.read())
    return said


def sealed(release: str, ring: KeyRing, target: Path) -> Path:
    """A backup as it would have been sealed then."""
    said = manifest_of(release)
    about = {name: said[name] for name in ("craffu", "database", "made_at")}
    with target.open("wb") as file, Sealing(file, ring, about) as sealing:
        sealing.write(parts_of(release))
    return target


# How what a SQLite file holds is told to PostgreSQL, by the type of the column there; anything else is told as it is written.
_TOLD: Final[dict[str, Callable[[Any], Any]]] = {"boolean": bool, "bytea": bytes}


def pour(database: Path, url: str) -> dict[str, int]:
    """Put the rows of a SQLite file into a PostgreSQL database with the same tables, and how many of each there are now.

    What the lists of codes hold there stays: a release's backup is kept without them.
    """
    counts = {}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as old, psycopg.connect(url) as new:
        # Neither triggers nor references are asked: all of it was so in the register that it comes from.
        new.execute("SET session_replication_role = replica")
        new.execute("SET TimeZone = 'UTC'")
        # An index of the search is a kind of table of its own, and made anew.
        kept = {row[1] for row in old.execute("PRAGMA table_list") if row[2] == "table"}
        for table, types in _tables(new).items():
            names = [row[1] for row in old.execute(f"PRAGMA table_info('{table}')") if row[1] in types]
            if table not in kept:
                continue
            rows = old.execute(f"SELECT {', '.join(map(_quoted, names))} FROM {_quoted(table)}").fetchall()  # noqa: S608
            if not rows:
                continue
            guards = _guards(new, table)
            for guard in guards:
                new.execute(SQL("ALTER TABLE {} DISABLE TRIGGER {}").format(Identifier(table), Identifier(guard)))
            new.execute(SQL("DELETE FROM {}").format(Identifier(table)))
            put = SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({})").format(
                Identifier(table),
                SQL(", ").join(map(Identifier, names)),
                SQL(", ").join(SQL("%s::" + types[name]) for name in names),  # type: ignore[arg-type]
            )
            told = [_TOLD.get(types[name], _as_written) for name in names]
            with new.cursor() as cursor:
                cursor.executemany(
                    put,
                    [
                        [None if cell is None else tell(cell) for tell, cell in zip(told, row, strict=True)]
                        for row in rows
                    ],
                )
            for guard in guards:
                new.execute(SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}").format(Identifier(table), Identifier(guard)))
            if "id" in names and types["id"] in ("bigint", "integer"):
                new.execute(
                    SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))").format(
                        Literal(table), Identifier(table)
                    )
                )
            counts[table] = len(rows)
    return counts


def _tables(new: "psycopg.Connection[Any]") -> dict[str, dict[str, str]]:
    """The columns that are written, with their types, of each table but the one that says which migrations were taken."""
    found: dict[str, dict[str, str]] = {}
    asked = (
        "SELECT table_name, column_name, data_type FROM information_schema.columns JOIN pg_tables ON tablename = table_name"
        " WHERE table_schema = 'public' AND schemaname = 'public' AND is_generated = 'NEVER'"
        " AND table_name <> 'django_migrations'"
    )
    for table, column, kind in new.execute(asked).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def _guards(new: "psycopg.Connection[Any]", table: str) -> list[str]:
    """The triggers of a table that are asked whatever a connection says."""
    asked = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled = 'A'"
    return [name for (name,) in new.execute(asked, [table]).fetchall()]


def _quoted(name: str) -> str:
    return f'"{name}"'


def _as_written(cell: Any) -> str:
    return str(cell)
