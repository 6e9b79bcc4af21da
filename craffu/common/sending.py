"""A statement that a database carries out while something else is done, where it can (ADR 129).

It gives nothing back. PostgreSQL is sent it and goes on by itself (`common/postgresql`); SQLite carries it out as it is sent.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection


class Sent(str):
    """The words of such a statement, by which a connection knows that nobody waits yet."""

    __slots__ = ()


@contextmanager
def meanwhile(statement: str, params: Sequence[Any]) -> Iterator[None]:
    """Whoever comes out has it carried out, and committed unless a transaction was begun before; or the database's error.

    What is asked of the database within waits for it, and has its error too.
    """
    with connection.cursor() as cursor:
        cursor.execute(Sent(statement), params)
    sent_by = connection.connection
    try:
        yield
    finally:
        if connection.vendor == "postgresql":
            connection.settle(sent_by)  # type: ignore[attr-defined]
