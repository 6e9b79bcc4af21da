"""A copy of the register for a dry run alone: what is done to it holds no lock that anybody waits for, and is thrown away.

ADR 11. A dry run that stored everything in one transaction and undid it would keep every page waiting that writes.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.utils.translation import gettext as _

from craffu.common.own_folders import DRY_RUNS, own_folder
from craffu.common.refusals import NotNow
from craffu.intake.actions import fill_copy
from craffu.people.search.actions import forget
from craffu.people.search.tables import NAMES, WORDS

# Losing the copy when the power fails loses nothing.
_UNSAFE_AND_QUICK = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"
# The database itself refuses to write anything but temporary tables, even if the session had lost its copies.
_TEMPORARY_ONLY = "-c default_transaction_read_only=on"
# A run only adds to the log, so it needs the log's tables and nothing that is in them.
_ONLY_ADDED_TO = "audit"


@contextmanager
def on_a_copy() -> Iterator[None]:
    """Until it ends, this thread reads and writes a copy of all that is committed; then the copy is gone.

    Raises NotNow where there is no room for one.
    """
    real = connections[DEFAULT_DB_ALIAS]
    if real.in_atomic_block:
        raise transaction.TransactionManagementError("a dry run copies what is committed: begin it in no transaction")
    make = _postgresql_copy if real.vendor == "postgresql" else _sqlite_copy
    with make(real) as copy, _in_place_of(real, copy):
        yield


@contextmanager
def _in_place_of(real: BaseDatabaseWrapper, copy: BaseDatabaseWrapper) -> Iterator[None]:
    connections[DEFAULT_DB_ALIAS] = copy
    try:
        if copy.vendor == "postgresql":
            with _or_no_copy():
                _stand_in_for_tables()
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = real
        copy.close()
        # A word that only the copy learned would otherwise be taken for one that the register knows.
        forget()


@contextmanager
def _or_no_copy() -> Iterator[None]:
    try:
        yield
    except (DatabaseError, OSError) as fault:
        raise NotNow(
            "no_copy",
            _(
                "A dry run works on a copy of the register, and none could be made. It needs as much free room as the "
                "register takes up, and on PostgreSQL the right to make temporary tables."
            ),
        ) from fault


# SQLite: a file of its own


@contextmanager
def _sqlite_copy(real: BaseDatabaseWrapper) -> Iterator[BaseDatabaseWrapper]:
    """A file beside the register's. Writers go on while it is made: the copy is of one moment."""
    with _own_folder() as folder:
        path = folder / "copy.sqlite3"
        with _or_no_copy(), real.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        copy = real.copy()
        copy.settings_dict["NAME"] = str(path)
        copy.settings_dict["OPTIONS"] = {**real.settings_dict["OPTIONS"], "init_command": _UNSAFE_AND_QUICK}
        yield copy


@contextmanager
def _own_folder() -> Iterator[Path]:
    """A folder for one dry run; where none can be made, no copy can."""
    with ExitStack() as stack:
        with _or_no_copy():
            folder = stack.enter_context(own_folder(Path(settings.CRAFFU_HOME) / DRY_RUNS))
        yield folder


# PostgreSQL: temporary tables that this session sees instead of the register's


@contextmanager
def _postgresql_copy(real: BaseDatabaseWrapper) -> Iterator[BaseDatabaseWrapper]:
    """A session of its own that can write temporary tables and nothing else."""
    copy = real.copy()
    given = real.settings_dict["OPTIONS"]
    copy.settings_dict["OPTIONS"] = {**given, "options": f"{given.get('options', '')} {_TEMPORARY_ONLY}".strip()}
    yield copy


def _stand_in_for_tables() -> None:
    """Put a temporary table before each of the register's, filled as all of them were at one moment."""
    models = [model for model in apps.get_models(include_auto_created=True) if _is_ours(model)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ WRITE")
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
        for model in models:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE {table} INCLUDING ALL)")
            if model._meta.app_label != _ONLY_ADDED_TO:
                fill_copy(model=model, schema=schema)
            cursor.execute(f"ANALYZE pg_temp.{table}")
        for name in (NAMES, WORDS):
            # The search's index is added to by whoever stores a name, and nobody searches a copy: it begins empty.
            table = connection.ops.quote_name(name)
            cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE {table} INCLUDING ALL)")
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _is_ours(model: type[Model]) -> bool:
    return model.__module__.startswith("craffu.") and model._meta.managed and not model._meta.proxy
