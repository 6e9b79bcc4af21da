"""A database as one file while others go on writing, and an empty one filled from it, by the engines' own tools (T39, B12)."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.sql import SQL, Identifier

from craffu.access.wall.reach import EVERY_FORCE
from craffu.config.cli import NotCarriedOut

_DUMP, _RESTORE = "pg_dump", "pg_restore"
# Everything of every force: only the tables' owner may say so (ADR 20).
_REACHES_ALL: Final = f"-c {EVERY_FORCE}=on"
# Indexes are made, and rows held against those they name, in memory rather than by way of the disk.
_ROOM: Final = "-c maintenance_work_mem=256MB"

type Counts = dict[str, int]


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def copy_into(target: Path) -> Counts:
    """The database as it stands at one instant, in a file of its own, and how many rows each table has there.

    Raises NotCarriedOut where it cannot be copied or the tool is not there.
    """
    return _copy_sqlite(target) if is_sqlite() else _copy_postgresql(target)


def hold_whole(copy: Path) -> None:
    """Raises NotCarriedOut where a copy is damaged; pg_dump, which reads each row as what it is, has said so itself.

    The indexes that VACUUM wrote were made of its tables then, and one that is unique could not have been of rows that are not:
    holding each entry against its row again, which the long check does beyond the quick one, would take as long as all the rest.
    """
    if not is_sqlite():
        return
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as there:
            found = there.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as fault:
        found = str(fault)
    if found != "ok":
        raise NotCarriedOut(f"the copy of the database is damaged ({found}): check the disk")


def fill_from(source: Path) -> Counts:
    """Fill the empty database from such a file, and how many rows each table has now. Raises NotCarriedOut."""
    return _fill_sqlite(source) if is_sqlite() else _fill_postgresql(source)


def is_empty() -> bool:
    """Whether there is no database yet, or one without a table."""
    if is_sqlite():
        path = _sqlite_path()
        return not path.exists() or path.stat().st_size == 0
    with psycopg.connect(**_address()) as there:
        return _postgresql_tables(there) == []


def _sqlite_path() -> Path:
    return Path(str(settings.DATABASES["default"]["NAME"]))


def _copy_sqlite(target: Path) -> Counts:
    try:
        with closing(sqlite3.connect(f"file:{_sqlite_path()}?mode=ro", uri=True)) as there:
            there.execute("VACUUM INTO ?", [str(target)])
        target.chmod(0o600)
        return _sqlite_counts(target)
    except sqlite3.Error as fault:
        raise NotCarriedOut(f"the database cannot be copied ({fault}): is there room for a second one?") from fault


def _sqlite_counts(path: Path) -> Counts:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as there:
        # An index of the search is its own kind of table, and kept in others.
        names = there.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        )
        quote = connection.ops.quote_name
        return {
            name: there.execute(f"SELECT count(*) FROM {quote(name)}").fetchone()[0]  # noqa: S608
            for (name,) in names.fetchall()
        }


def _fill_sqlite(source: Path) -> Counts:
    counts, target = _sqlite_counts(source), _sqlite_path()
    target.parent.mkdir(parents=True, exist_ok=True)
    source.chmod(0o600)
    for beside in ("-wal", "-shm"):
        Path(f"{target}{beside}").unlink(missing_ok=True)
    try:
        shutil.move(source, target)
        with target.open("rb") as file:
            os.fsync(file.fileno())
    except OSError:
        # A part of one would be taken for a database that is there already.
        target.unlink(missing_ok=True)
        raise
    return counts


def _copy_postgresql(target: Path) -> Counts:
    with psycopg.connect(**_address(), options=_REACHES_ALL) as there:
        there.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        there.read_only = True
        # What is counted and what is copied are of one instant, and nobody waits for it.
        snapshot = _one(there, SQL("SELECT pg_export_snapshot()"))
        counts = _postgresql_counts(there)
        _tool(
            _DUMP, "--format=custom", "--compress=1", "--enable-row-security", "--no-owner", f"--snapshot={snapshot}",
            f"--file={target}",
        )  # fmt: skip
    target.chmod(0o600)
    return counts


def _fill_postgresql(source: Path) -> Counts:
    _tool(
        _RESTORE, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
        f"--dbname={_address()['dbname']}", str(source),
    )  # fmt: skip
    with psycopg.connect(**_address(), options=_REACHES_ALL) as there:
        there.execute("ANALYZE")
        return _postgresql_counts(there)


def _postgresql_tables(there: "psycopg.Connection[Any]") -> list[str]:
    rows = there.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
    return [name for (name,) in rows.fetchall()]


def _postgresql_counts(there: "psycopg.Connection[Any]") -> Counts:
    return {
        name: int(_one(there, SQL("SELECT count(*) FROM {}").format(Identifier(name))))
        for name in _postgresql_tables(there)
    }


def _one(there: "psycopg.Connection[Any]", statement: Any) -> Any:
    row = there.execute(statement).fetchone()
    if row is None:
        raise NotCarriedOut("the database did not answer: check that it is running")
    return row[0]


def _address() -> dict[str, Any]:
    """Where the database is, as the driver and the tools are told."""
    said = settings.DATABASES["default"]
    named = {"host": said["HOST"], "port": said["PORT"], "user": said["USER"], "password": said["PASSWORD"]}
    return {"dbname": said["NAME"], **{key: value for key, value in named.items() if value}}


def _tool(name: str, *arguments: str) -> None:
    path = shutil.which(name)
    if path is None:
        raise NotCarriedOut(f"{name} is not there: install PostgreSQL's own programs of the server's version")
    said = _address()
    env: Mapping[str, str] = {
        **os.environ,
        "PGDATABASE": str(said["dbname"]),
        "PGOPTIONS": f"{_REACHES_ALL} {_ROOM}",
        # Where nobody can see it, which they can on a command line.
        **{f"PG{key.upper()}": str(said[key]) for key in ("host", "port", "user", "password") if key in said},
    }
    done = subprocess.run(  # noqa: S603  # PostgreSQL's own program
        [path, *arguments], env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        told = (done.stderr or done.stdout).strip().splitlines()
        raise NotCarriedOut(f"{name} ended with {done.returncode}: {told[0] if told else 'it said nothing'}")
