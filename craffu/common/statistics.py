"""What the database knows of how large its tables are, from which it chooses how to look things up.

Without it SQLite takes every index for equally good, and one that leads with the force finds the whole register; PostgreSQL
learns of a bulk load only some time after it. Answers are the same either way; only the time they take is not.
"""

from typing import Final

from django.db import connection
from django.db.backends.utils import CursorWrapper

_SQLITE: Final = ("PRAGMA analysis_limit=1000", "PRAGMA optimize=0x10002")
# Tables of which a fifth or more is new: the others are known well enough, and a look at all of them takes as long as many rows.
_CHANGED: Final = """
DECLARE
    changed regclass;
BEGIN
    FOR changed IN SELECT relid FROM pg_stat_user_tables WHERE n_mod_since_analyze * 5 > n_live_tup + 500 LOOP
        EXECUTE 'ANALYZE ' || changed;
    END LOOP;
END
"""
# What this session itself has changed is counted when it next has nothing else to do, unless it is told to count it now.
_POSTGRES: Final = ("SELECT pg_stat_force_next_flush()", f"DO $analyze${_CHANGED}$analyze$")
# PostgreSQL lets the owner of a table alone look: whoever may call this has it done.
_FOR_OTHERS: Final = "craffu_refresh_statistics()"


def refresh_statistics() -> None:
    """Look again at the tables that have grown much. Takes milliseconds on SQLite, some seconds on PostgreSQL, none on either
    where nothing is new."""
    with connection.cursor() as cursor:
        for command in _SQLITE if connection.vendor == "sqlite" else _of_postgres(cursor):
            cursor.execute(command)


def _of_postgres(cursor: CursorWrapper) -> tuple[str, ...]:
    cursor.execute("SELECT to_regprocedure(%s) IS NOT NULL", [_FOR_OTHERS])
    (is_let,) = cursor.fetchone()
    return (*_POSTGRES[:1], f"SELECT {_FOR_OTHERS}") if is_let and _POSTGRES else _POSTGRES


def let_others_refresh(role: str) -> None:
    """Let a database role that owns no table have statistics refreshed. Run by the owner of the tables, on PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {_FOR_OTHERS} RETURNS void LANGUAGE plpgsql SECURITY DEFINER "
            f"SET search_path = {schema}, pg_temp AS $analyze${_CHANGED}$analyze$"
        )
        cursor.execute(f"REVOKE ALL ON FUNCTION {_FOR_OTHERS} FROM PUBLIC")
        cursor.execute(f"GRANT EXECUTE ON FUNCTION {_FOR_OTHERS} TO {connection.ops.quote_name(role)}")
