"""What is sent and not waited for is done, or its error known, before whoever sent it goes on (SEC-04, ADR 129)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from craffu.access.wall.reach import working_for
from craffu.common.sending import meanwhile

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rule("SEC-04")]
ADD, LOCK = "INSERT INTO said (what) VALUES (%s)", 7405
# Nothing is done before somebody else lets go of the lock.
ADD_ONCE_LET = "DO $$ BEGIN PERFORM pg_advisory_xact_lock(7405); INSERT INTO said VALUES ('at last'); END $$"
FAILS = "DO $$ BEGIN RAISE EXCEPTION 'not today'; END $$"


@pytest.fixture(autouse=True)
def _table() -> Iterator[None]:
    asked("CREATE TEMPORARY TABLE said (what text)")
    yield
    if connection.vendor == "postgresql":
        # Whatever became of it, and the table with it.
        connection.close()
    else:
        asked("DROP TABLE said")


def asked(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else None


def said() -> list[str]:
    return [what for (what,) in asked("SELECT what FROM said")]


@contextmanager
def somebody_else() -> Iterator[Any]:
    """Another connection to the same database, as its owner."""
    params = connection.get_connection_params()
    params = {name: value for name, value in params.items() if name in {"host", "port", "user", "password", "dbname"}}
    with psycopg.connect(**params, autocommit=True) as other:
        yield other


def test_what_is_asked_meanwhile_knows_of_it() -> None:
    with meanwhile(ADD, ["a row"]):
        assert said() == ["a row"]
    assert said() == ["a row"]


def test_within_a_transaction_it_is_part_of_it() -> None:
    with transaction.atomic():
        with meanwhile(ADD, ["undone"]):
            assert said() == ["undone"]
        transaction.set_rollback(True)
    assert said() == []


def test_what_is_begun_meanwhile_begins_after_it() -> None:
    with meanwhile(ADD, ["before"]), transaction.atomic():
        asked("INSERT INTO said (what) VALUES ('undone')")
        transaction.set_rollback(True)
    assert said() == ["before"]


@pytest.mark.postgres
def test_nobody_waits_for_it_until_it_is_left() -> None:
    """Held up by somebody else, who lets it go when all that is done meanwhile is done."""
    with somebody_else() as other:
        other.execute(f"SELECT pg_advisory_lock({LOCK})")
        with meanwhile(ADD_ONCE_LET, []):
            other.execute(f"SELECT pg_advisory_unlock({LOCK})")
        assert said() == ["at last"]


@pytest.mark.postgres
def test_it_says_whom_it_works_for() -> None:
    with working_for(7405), meanwhile("INSERT INTO said SELECT current_setting('app.force')", []):
        pass
    assert said() == ["7405"]


@pytest.mark.postgres
def test_who_sent_it_has_its_error_though_nobody_else_minds() -> None:
    def meanwhile_twice() -> None:
        with meanwhile(FAILS, []):
            for _twice in range(2):
                with pytest.raises(DatabaseError, match="not today"):
                    said()

    with pytest.raises(DatabaseError, match="not today"):
        meanwhile_twice()
    # And it is over then.
    assert said() == []


@pytest.mark.postgres
def test_who_does_nothing_meanwhile_has_its_error() -> None:
    with pytest.raises(DatabaseError, match="not today"), meanwhile(FAILS, []):
        pass
    assert said() == []


@pytest.mark.postgres
def test_of_a_connection_that_was_closed_nobody_knows_that_it_was_done() -> None:
    with pytest.raises(OperationalError), meanwhile(ADD, ["perhaps"]):
        connection.close()


@pytest.mark.postgres
def test_a_server_that_goes_away_has_done_nothing_that_is_known() -> None:
    with somebody_else() as other:
        ((pid,),) = asked("SELECT pg_backend_pid()")
        other.execute(f"SELECT pg_advisory_lock({LOCK})")
        with pytest.raises(OperationalError), meanwhile(ADD_ONCE_LET, []):
            other.execute("SELECT pg_terminate_backend(%s)", [pid])


@pytest.mark.postgres
def test_a_connection_that_was_usable_a_moment_ago_is_asked_nothing() -> None:
    def last_asked() -> str:
        return str(other.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [pid]).fetchone()[0])

    with somebody_else() as other:
        ((pid,),) = asked("SELECT pg_backend_pid()")
        assert connection.is_usable()
        assert "pg_backend_pid" in last_asked()
        connection.connection.found_usable -= 3600
        assert connection.is_usable()
        assert last_asked().endswith("SELECT 1")
        # One whose errors are not known to be over is asked, however short a time ago.
        asked("SELECT 7405")
        connection.errors_occurred = True
        assert connection.is_usable()
        assert last_asked().endswith("SELECT 1")


@pytest.mark.postgres
def test_a_connection_that_the_server_ended_is_usable_no_more() -> None:
    with somebody_else() as other:
        ((pid,),) = asked("SELECT pg_backend_pid()")
        assert connection.is_usable()
        other.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
        assert not connection.is_usable()
