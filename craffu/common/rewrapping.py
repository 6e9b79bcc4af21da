"""The narrow door through which how a value is kept may change, and never the value: its encryption, or its token (SEC-06).

History is appended and never changed, and a key that has to go must leave nothing behind. So a stored text of an encrypted
column may be replaced by another one of the same value, and a token by the token of the same words, each only where it
still stands as it was read (ADR 21). It takes an open door like every write.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, models, router

from craffu.common import keyring
from craffu.common.door import pass_the_door
from craffu.common.fields import EncryptedTextField


class AnotherValue(RuntimeError):
    """A stored text was about to be replaced by one of another value."""


@dataclass(frozen=True, slots=True)
class Swap:
    """One stored text of a row and the one that takes its place; None where that cannot be made any more."""

    row: Any
    stored: str
    renewed: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """How far a walk has come: the last row looked at (None at the end), texts replaced, and rows that cannot be read."""

    last: Any
    replaced: int
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class BlindIndex:
    """Tokens kept in a column, and how to make them again: rows after a row, each with what should stand there now."""

    model: type[models.Model]
    column: str
    renewed: Callable[[Any, int], Iterable[Swap]]


def protected_models() -> list[type[models.Model]]:
    """Every model with an encrypted field, found by the fields themselves: a new one joins by being declared."""
    return [model for model in apps.get_models() if not model._meta.proxy and encrypted_fields(model)]


def encrypted_fields(model: type[models.Model]) -> list[EncryptedTextField]:
    return [field for field in model._meta.local_concrete_fields if isinstance(field, EncryptedTextField)]


def rows_by_key(model: type[models.Model], keys: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many values of each encrypted column were written with each key; under "" those of a key that is not named."""
    connection = connections[router.db_for_read(model)]
    quote = connection.ops.quote_name
    found = {}
    for field in encrypted_fields(model):
        column = quote(_column(field))
        under = ", ".join(f"COUNT(*) FILTER (WHERE {_starts(column, key)})" for key in keys)
        sql = f"SELECT COUNT(*) FILTER (WHERE {column} <> ''), {under} FROM {quote(model._meta.db_table)}"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [_prefix(key) for key in keys])
            held, *counts = cursor.fetchone()
        found[field.name] = {**dict(zip(keys, counts, strict=True)), "": held - sum(counts)}
    return found


def rewrap(model: type[models.Model], after: Any, limit: int) -> Batch:
    """Write the next rows' values with the writing key, as many as `limit`; those of that key already are passed over."""
    fields, ring = encrypted_fields(model), keyring.ring()
    last, replaced, unreadable = None, 0, 0
    swaps: dict[str, list[Swap]] = {field.name: [] for field in fields}
    for row, *stored in _under_other_keys(model, fields, ring.current, after, limit):
        last = row
        for field, text in zip(fields, stored, strict=True):
            if not text or text.startswith(_prefix(ring.current)):
                continue
            try:
                swaps[field.name].append(
                    Swap(row, text, ring.encrypt(ring.decrypt(text, field.context), field.context))
                )
            except keyring.CannotDecrypt:
                unreadable += 1
    for name, of_field in swaps.items():
        replaced += swap(model, name, of_field)
    return Batch(last, replaced, unreadable)


def retoken(index: BlindIndex, after: Any, limit: int) -> Batch:
    """Make the next rows' tokens again with the writing key; those that stand as they should are left."""
    found = list(index.renewed(after, limit))
    changed = [one for one in found if one.renewed not in {None, one.stored}]
    lost = sum(one.renewed is None for one in found)
    return Batch(found[-1].row if found else None, swap(index.model, index.column, changed), lost)


def swap(model: type[models.Model], name: str, swaps: Sequence[Swap]) -> int:
    """Replace stored texts, each only where it still stands as it was read. Returns how many were replaced.

    Raises TypeError for a column that is neither encrypted nor declared in the model's `blind_indexes`, and
    `AnotherValue` where an encrypted text would say something else.
    """
    field = model._meta.get_field(name)
    if isinstance(field, EncryptedTextField):
        ring = keyring.ring()
        if any(
            ring.decrypt(one.stored, field.context) != ring.decrypt(one.renewed or "", field.context) for one in swaps
        ):
            raise AnotherValue(f"{model.__name__}.{name} would say something else")
    elif name not in getattr(model, "blind_indexes", ()):
        raise TypeError(f"{model.__name__}.{name} holds neither an encrypted value nor a token")
    if not swaps:
        return 0
    pass_the_door(model)
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    table, column, key = quote(model._meta.db_table), quote(_column(field)), quote(_column(model._meta.pk))
    sql = f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(one.renewed, one.row, one.stored) for one in swaps])
        return int(cursor.rowcount)


def _under_other_keys(
    model: type[models.Model], fields: Sequence[EncryptedTextField], key: str, after: Any, limit: int
) -> Iterator[tuple[Any, ...]]:
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    number = quote(_column(model._meta.pk))
    columns = [quote(_column(field)) for field in fields]
    other = " OR ".join(f"({column} <> '' AND NOT {_starts(column, key)})" for column in columns)
    further = "" if after is None else f"{number} > %s AND "
    sql = (
        f"SELECT {number}, {', '.join(columns)} FROM {quote(model._meta.db_table)} "  # noqa: S608
        f"WHERE {further}({other}) ORDER BY {number} LIMIT %s"
    )
    told = [*([] if after is None else [after]), *(_prefix(key) for _ in columns), limit]
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        yield from cursor.fetchall()


def _column(field: Any) -> str:
    return str(field.column)


def _prefix(key: str) -> str:
    return f"{key}:"


def _starts(column: str, key: str) -> str:
    return f"substr({column}, 1, {len(_prefix(key))}) = %s"
