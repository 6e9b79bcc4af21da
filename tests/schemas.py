"""What a database is made of, as lines that two databases may be compared by: tables, columns, constraints, indexes, triggers.

The order of columns is left out: nothing asks for it, and on SQLite it tells in how many steps a table was made.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import psycopg

from tests.installation import Installation

_ON_POSTGRES = (
    """SELECT 'relation', c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, pg_get_viewdef(c.oid) FROM pg_class c""",
    """SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
              a.attgenerated, a.attstattarget, a.attcollation::regcollation, pg_get_expr(d.adbin, d.adrelid)
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum""",
    """SELECT 'constraint', c.relname, o.conname, o.convalidated, o.condeferrable, o.condeferred, pg_get_constraintdef(o.oid)
       FROM pg_class c JOIN pg_constraint o ON o.conrelid = c.oid""",
    """SELECT 'index', c.relname, i.indisvalid, pg_get_indexdef(i.indexrelid)
       FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid""",
    """SELECT 'trigger', c.relname, t.tgname, t.tgenabled, pg_get_triggerdef(t.oid)
       FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal""",
    """SELECT 'policy', c.relname, p.polname, p.polcmd, pg_get_expr(p.polqual, p.polrelid),
              pg_get_expr(p.polwithcheck, p.polrelid)
       FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid""",
)
_FUNCTIONS = """SELECT 'function', p.proname, pg_get_functiondef(p.oid) FROM pg_proc p
                WHERE p.pronamespace = 'public'::regnamespace"""
_OURS = " WHERE c.relnamespace = 'public'::regnamespace"
# A constraint that is not null is a column's, which says so itself, and numbered by the column.
_NAMED = " AND o.contype <> 'n'"


def described(installation: Installation) -> set[str]:
    """The lines of an installation's database; never none."""
    lines = set(
        _of_sqlite(installation) if installation.database_url.startswith("sqlite") else _of_postgres(installation)
    )
    assert lines
    return lines


def _of_sqlite(installation: Installation) -> Iterator[str]:
    with closing(sqlite3.connect(installation.home / "craffu.sqlite3")) as database:
        for kind, name, sql in database.execute("SELECT type, name, sql FROM sqlite_master"):
            yield f"{kind} {name}"
            if kind == "table":
                yield from (f"{name}: {part}" for part in parts_of(sql))
            else:
                yield f"{name}: {sql}"


def parts_of(sql: str) -> list[str]:
    """What a statement that makes a table says: each column, each constraint, and what comes before and after them."""
    first, last = sql.index("("), sql.rindex(")")
    parts, depth, quoted = [""], 0, False
    for letter in sql[first + 1 : last]:
        quoted ^= letter == "'"
        depth += 0 if quoted else (letter == "(") - (letter == ")")
        if letter == "," and not depth and not quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return [sql[:first].strip(), *(part.strip() for part in parts), sql[last + 1 :].strip()]


def _of_postgres(installation: Installation) -> Iterator[str]:
    with psycopg.connect(installation.database_url) as database:
        for asked in _ON_POSTGRES:
            named = _NAMED if "pg_constraint" in asked else ""
            yield from map(str, database.execute(asked + _OURS + named))  # type: ignore[call-overload]
        yield from map(str, database.execute(_FUNCTIONS))
