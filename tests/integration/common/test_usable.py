"""Whether a request can go on with a connection to PostgreSQL, without asking each time (ADR 129)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def pid() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ((found,),) = cursor.fetchall()
        return int(found)


@contextmanager
def somebody_else() -> Iterator[Any]:
    """Another connection to the same database, as its owner."""
    params = connection.get_connection_params()
    params = {name: value for name, value in params.items() if name in {"host", "port", "user", "password", "dbname"}}
    with psycopg.connect(**params, autocommit=True) as other:
        yield other


def test_one_that_was_usable_a_moment_ago_is_asked_nothing() -> None:
    def last_asked() -> str:
        return str(other.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [ours]).fetchone()[0])

    with somebody_else() as other:
        ours = pid()
        assert connection.is_usable()
        assert "pg_backend_pid" in last_asked()
        connection.connection.found_usable -= 3600
        assert connection.is_usable()
        assert last_asked().endswith("SELECT 1")
        # One whose errors are not known to be over is asked, however short a time ago.
        assert pid() == ours
        connection.errors_occurred = True
        assert connection.is_usable()
        assert last_asked().endswith("SELECT 1")


def test_one_that_the_server_ended_is_usable_no_more() -> None:
    with somebody_else() as other:
        ours = pid()
        assert connection.is_usable()
        other.execute("SELECT pg_terminate_backend(%s, 10000)", [ours])
        assert not connection.is_usable()
    connection.close()
