"""What the database knows of how large its tables are, from which it chooses how to look things up.

Without it SQLite takes every index for equally good, and one that leads with the force finds the whole register; PostgreSQL
learns of a bulk load only some time after it. Answers are the same either way; only the time they take is not.
"""

from typing import Final

from django.db import connection

_SQLITE: Final = ("PRAGMA analysis_limit=1000", "PRAGMA optimize=0x10002")
_POSTGRES: Final = ("ANALYZE",)


def refresh_statistics() -> None:
    """Look again at the tables that have grown much. Takes milliseconds on SQLite, seconds on a large PostgreSQL."""
    with connection.cursor() as cursor:
        for command in _SQLITE if connection.vendor == "sqlite" else _POSTGRES:
            cursor.execute(command)
