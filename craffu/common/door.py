"""One door for writes: register models refuse to be written unless an action is open.

`@action` opens the transaction and the door together. An action that wrote nothing to the audit stream is undone,
because DPA 2018 s.62 asks for a log of every collection, alteration, combination, disclosure and erasure (SEC-04).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import batched
from typing import Any, Final, Self

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.models.base import ModelState

from craffu.common.copying import copy_ready, copy_rows, insert_ready, insert_rows
from craffu.common.frames import Ready
from craffu.common.once import read_anew

_REMOVED_AT_ONCE: Final = 500


class WriteOutsideAction(RuntimeError):
    """A register row was written by something that is not an action."""


class ActionWithoutAudit(RuntimeError):
    """An action changed the register and left no audit row: everything it did is undone."""


class NeverChanged(RuntimeError):
    """A row of an append-only table was about to be changed or removed."""


@dataclass(slots=True)
class _OpenDoor:
    demands_audit: bool
    wrote: bool = False
    audited: bool = False


_door: ContextVar[_OpenDoor | None] = ContextVar("door", default=None)


@contextmanager
def _opened(demands_audit: bool) -> Iterator[None]:
    if _door.get() is not None:
        # What fails in an action may be refused by it, and it goes on; bookkeeping that fails undoes whatever it was for.
        with transaction.atomic(savepoint=demands_audit):
            yield
        return
    door = _OpenDoor(demands_audit)
    token = _door.set(door)
    try:
        with transaction.atomic():
            yield
            if door.demands_audit and door.wrote and not door.audited:
                raise ActionWithoutAudit("this action wrote to the register without an audit row")
    finally:
        _door.reset(token)


def action[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Make a function an action: one transaction, the door open, audit demanded.

    An action called by an action joins the outer one, so the whole is committed or nothing is.
    """

    @functools.wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        with _opened(demands_audit=True):
            return function(*args, **kwargs)

    return wrapped


def bookkeeping[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """An action on rows that say nothing about anybody, such as how far a run has come: no audit row is asked of it."""

    @functools.wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        with _opened(demands_audit=False):
            return function(*args, **kwargs)

    return wrapped


def audit_written() -> None:
    """Called by the audit package alone, when an audit row joins the open action."""
    door = _door.get()
    if door is not None:
        door.audited = True


def pass_the_door(model: type[models.Model]) -> None:
    door = _door.get()
    if door is None:
        raise WriteOutsideAction(f"{model.__name__} is written only by an action")
    door.wrote = True
    read_anew()


class SetBasedQuerySet[M: models.Model](models.QuerySet[M]):
    """A queryset that its own subclasses can let append many rows at once. It asks for no open door: they must."""

    def _append(
        self, names: Sequence[str], rows: Iterable[tuple[Any, ...]], same: Mapping[str, Any] | None = None
    ) -> None:
        """Append many rows at once, without an object for each: `executemany` on SQLite, COPY on PostgreSQL.

        A row is the values of the fields `names`, each a text, a number, a truth value or None, as the database keeps
        them; `same` are the fields that every row has in common, of any type. No row is read back.
        """
        connection = connections[self.db]
        known = {field.name: field for field in self.model._meta.concrete_fields}
        fields = [known[name] for name in (*names, *(same or {}))]
        common = [
            field.get_db_prep_save(value, connection)
            for field, value in zip(fields[len(names) :], (same or {}).values(), strict=True)
        ]
        # In an open transaction no savepoint of its own: what fails here fails the action around it.
        with transaction.atomic(using=self.db, savepoint=False), connection.wrap_database_errors:
            if connection.vendor == "postgresql":
                copy_rows(connection, self._into(fields), rows, common)
            else:
                insert_rows(connection, self._into(fields), len(names), rows, common)

    def _append_ready(
        self, rows: Ready, each: Mapping[str, Sequence[int]], same: Mapping[str, int | str | None]
    ) -> None:
        """The same for rows made ready for this database, whose columns bear the names of fields."""
        connection = connections[self.db]
        known = {field.name: field for field in self.model._meta.concrete_fields}
        into = self._into([known[name] for name in (*rows.names, *each, *rows.same, *same)])
        append = copy_ready if connection.vendor == "postgresql" else insert_ready
        with transaction.atomic(using=self.db, savepoint=False), connection.wrap_database_errors:
            append(connection, into, rows, list(each.values()), list(same.values()))

    def _into(self, fields: Iterable[models.Field[Any, Any]]) -> str:
        """The table and the columns that are filled, as a statement names them."""
        quote = connections[self.db].ops.quote_name
        return f"{quote(self.model._meta.db_table)} ({', '.join(quote(field.column or '') for field in fields)})"


class GuardedQuerySet[M: models.Model](SetBasedQuerySet[M]):
    """A queryset whose writes need the open door."""

    def create(self, **kwargs: Any) -> M:
        pass_the_door(self.model)
        return super().create(**kwargs)

    def update(self, **kwargs: Any) -> int:
        pass_the_door(self.model)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        pass_the_door(self.model)
        return super().delete()

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        pass_the_door(self.model)
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> int:
        pass_the_door(self.model)
        return super().bulk_update(objs, *args, **kwargs)

    def take_numbers(self, count: int) -> list[int]:
        """So many row numbers that no other row has or will get, for rows that point at one another before they are stored."""
        pass_the_door(self.model)
        connection, table = connections[self.db], self.model._meta.db_table
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, "id", count]
                )
                return [number for (number,) in cursor.fetchall()]
            # One writer at a time, and the numbers of rows that are gone are not given out again.
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            (last,) = cursor.fetchone() or (0,)
        return list(range(last + 1, last + 1 + count))

    def append_rows(
        self, names: Sequence[str], rows: Iterable[tuple[Any, ...]], same: Mapping[str, Any] | None = None
    ) -> None:
        """Append many rows at once; see `SetBasedQuerySet._append`."""
        pass_the_door(self.model)
        self._append(names, rows, same)

    def append_ready(
        self, rows: Ready, *, each: Mapping[str, Sequence[int]] | None = None, same: Mapping[str, int | str | None]
    ) -> None:
        """Append rows made ready, whose columns bear the names of fields: each with its own of `each`, all with `same`."""
        pass_the_door(self.model)
        self._append_ready(rows, each or {}, same)


def _empty_the_log_of_writes() -> None:
    """What was overwritten still stands in SQLite's log of writes until that is put into the database."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def destroying() -> Iterator[None]:
    """What is written over or removed inside is gone for ever (SEC-09).

    SQLite overwrites what it frees, and its log of writes is emptied once the act is committed; PostgreSQL takes what is gone
    away in its own time.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        (was,) = cursor.fetchone()
        cursor.execute("PRAGMA secure_delete = ON")
        try:
            yield
        finally:
            if not was:
                cursor.execute("PRAGMA secure_delete = OFF")
            transaction.on_commit(_empty_the_log_of_writes)


def remove_rows(model: type[models.Model], numbers: Collection[int]) -> int:
    """Remove rows for ever, history too, and none that points at them: whoever calls it names those as well, or the act fails.

    Only an erasure that two people decided calls it, inside `destroying`; an architecture test knows every place.
    """
    pass_the_door(model)
    removed = 0
    for some in batched(sorted(numbers), _REMOVED_AT_ONCE):
        removed += models.QuerySet(model).filter(pk__in=some)._raw_delete(DEFAULT_DB_ALIAS)
    return removed


class AppendOnlyQuerySet[M: models.Model](GuardedQuerySet[M]):
    """A queryset that can only add."""

    def erase(self, **left: str) -> int:
        """Destroy words of these rows for ever, leaving what is given in their place (SEC-09): the one change that history takes.

        Only an erasure that two people decided calls it; an architecture test knows every place.
        """
        with destroying():
            return super().update(**left)

    def update(self, **kwargs: Any) -> int:
        raise NeverChanged(f"{self.model.__name__} rows are appended, never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise NeverChanged(f"{self.model.__name__} rows are appended, never removed")

    def bulk_update(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> int:
        raise NeverChanged(f"{self.model.__name__} rows are appended, never changed")


class Guarded(models.Model):
    """A register row: written only by an action."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **how: Any) -> Self:
        """A row as it was read; what was not asked for is read when it is.

        Django sets the columns one by one and asks of each whether it was read, which takes far longer: a page may have
        hundreds of rows. What it would also do (signals, an own `__init__`) no register row has; a test holds them to it.
        """
        row = cls.__new__(cls)
        row.__dict__.update(zip(field_names, values, strict=True))
        row._state = state = ModelState()
        state.adding, state.db = False, db
        if how.get("fetch_mode") is not None:
            state.fetch_mode = how["fetch_mode"]
        return row

    def save(self, *args: Any, **kwargs: Any) -> None:
        pass_the_door(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        pass_the_door(type(self))
        return super().delete(*args, **kwargs)


class AppendOnly(Guarded):
    """A row of history: added by an action, never changed, never removed by one.

    Erasure (SEC-09) is a later, separate act with its own authority: `erase`.
    """

    objects = AppendOnlyQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanged(f"{type(self).__name__} rows are appended, never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise NeverChanged(f"{type(self).__name__} rows are appended, never removed")
