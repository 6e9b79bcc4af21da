"""Django's PostgreSQL with one thing more: the statement that begins a transaction first says whom it works for.

What is said (`common/telling.py`) goes out with that statement, in one message and for that transaction alone, so it costs
no journey to the server, and no connection carries it on, not even one that a pool gives to another program in between.
Whatever comes to the database by another way says nothing, and is shown nothing.
"""

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from select import POLLIN, poll
from time import monotonic
from typing import Any, Final

from django.db.backends.postgresql import base
from psycopg.pq import ConnStatus, TransactionStatus

from craffu.common.telling import told

_IDLE: Final = TransactionStatus.IDLE
# Seconds. A device between them that forgets idle connections forgets none so soon.
_MOMENT: Final = 5.0
_NOTHING: Final[Mapping[str, str]] = {}
# Some of these stand in no transaction with anything else, and none of them shows a row.
_ALONE: Final = re.compile(r"\s*(ALTER|CLUSTER|CREATE|DROP|REINDEX|VACUUM)\b")


def _statements(settings: Mapping[str, str]) -> list[str]:
    return [f"SET LOCAL {name} = '{value}'; " for name, value in settings.items()]


def _unsaid(connection: Any) -> list[str]:
    """What this connection's transaction, or the one that begins now, was not told yet."""
    settings = told()
    if connection.pgconn.transaction_status == _IDLE:
        connection.told = _NOTHING
        return _statements(settings)
    # None where it is not known: everything is said again, and what might have been said before is taken back.
    before = connection.told
    if before == settings:
        return []
    gone = dict.fromkeys((*EVERYTHING, *(before or {})), "")
    return _statements(gone | dict(settings))


# Every name that is ever said.
EVERYTHING: Final = ("app.force", "app.account", "app.every_force")


# The stubs do not know that it is the driver's.
_Cursor: Any = base.Cursor


class Cursor(_Cursor):  # type: ignore[misc]
    def execute(self, query: Any, params: Any = None, **options: Any) -> "Cursor":
        connection = self.connection
        unsaid = _unsaid(connection)
        if not unsaid or not isinstance(query, str) or _ALONE.match(query):
            super().execute(query, params, **options)
            return self
        connection.told = None
        super().execute("".join((*unsaid, query)), params, **options)
        for _ in unsaid:
            self.nextset()
        connection.told = told()
        return self

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
        _tell_first(self.connection)
        super().executemany(query, params_seq, **options)

    def copy(self, statement: Any, params: Any = None, **options: Any) -> AbstractContextManager[Any]:
        _tell_first(self.connection)
        copying: AbstractContextManager[Any] = super().copy(statement, params, **options)
        return copying


def _tell_first(connection: Any) -> None:
    """For what cannot follow in the same message. Outside a transaction it would be forgotten before it counted."""
    if not connection.autocommit and (unsaid := _unsaid(connection)):
        connection.told = None
        with _Cursor(connection) as cursor:
            cursor.execute("".join(unsaid))
        connection.told = told()


def _is_quiet(connection: Any) -> bool:
    """Whether nothing waits to be read from a server that was asked nothing: its farewell, or the end of the line."""
    waiting = poll()
    waiting.register(connection.pgconn.socket, POLLIN)
    return connection.pgconn.status == ConnStatus.OK and not waiting.poll(0)


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "cursor_factory": Cursor}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.told = _NOTHING
        connection.found_usable = monotonic()
        return connection

    def init_connection_state(self) -> None:
        """Nothing is compiled: a statement of a page, however long PostgreSQL expects it to take, is answered sooner without."""
        super().init_connection_state()
        self.connection.execute("SET jit = off")
        if not self.get_autocommit():
            self.connection.commit()

    def is_usable(self) -> bool:
        """Whether a request can go on with this connection.

        One that was found to be usable a moment ago, and on which the server has said nothing since, was not ended: nothing is
        asked then.
        """
        raw, now = self.connection, monotonic()
        if raw is not None and not self.errors_occurred and now - raw.found_usable < _MOMENT and _is_quiet(raw):
            return True
        usable = bool(super().is_usable())
        if usable:
            raw.found_usable = now
        return usable

    def create_cursor(self, name: str | None = None) -> Any:
        if name:
            _tell_first(self.connection)
        return super().create_cursor(name)

    def chunked_cursor(self) -> Any:
        # Outside a transaction a cursor that stays open would be read in others, which nobody told anything.
        return super().chunked_cursor() if self.in_atomic_block else self.cursor()

    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)
        # What was said since then is undone with everything else.
        self.connection.told = None
