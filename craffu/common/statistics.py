"""What the database knows of how large its tables are, from which it chooses how to look things up.

Without it SQLite takes every index for equally good, and one that leads with the force finds the whole register; PostgreSQL
learns of a bulk load only some time after it. Answers are the same either way; only the time they take is not.
"""

from typing import Final

from django.db import connection
from django.db.backends.utils import CursorWrapper

_SQLITE: Final = ("PRAGMA analysis_limit=1000", "PRAGMA optimize=0x10002")
_POSTGRES: Final = ("ANALYZE",)
# PostgreSQL lets the owner of a table alone look: whoever may call this has it done.
_FOR_OTHERS: Final = "craffu_refresh_statistics()"


def refresh_statistics() -> None:
    """Look again at the tables that have grown much. Takes milliseconds on SQLite, seconds on a large PostgreSQL."""
    with connection.cursor() as cursor:
        for command in _SQLITE if connection.vendor == "sqlite" else _of_postgres(cursor):
            cursor.execute(command)


def _of_postgres(cursor: CursorWrapper) -> tuple[str, ...]:
    cursor.execute("SELECT to_regprocedure(%s) IS NOT NULL", [_FOR_OTHERS])
    (is_let,) = cursor.fetchone()
    return (f"SELECT {_FOR_OTHERS}",) if is_let and _POSTGRES else _POSTGRES


def let_others_refresh(role: str) -> None:
    """Let a database role that owns no table have statistics refreshed. Run by the owner of the tables, on PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {_FOR_OTHERS} RETURNS void LANGUAGE sql SECURITY DEFINER "
            f"SET search_path = {schema}, pg_temp AS 'ANALYZE'"
        )
        cursor.execute(f"REVOKE ALL ON FUNCTION {_FOR_OTHERS} FROM PUBLIC")
        cursor.execute(f"GRANT EXECUTE ON FUNCTION {_FOR_OTHERS} TO {connection.ops.quote_name(role)}")
