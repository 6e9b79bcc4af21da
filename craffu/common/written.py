"""Columns as the database itself writes them: of thousands of rows Django takes longer to make values than to read them."""

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, StringAgg, TextField, Value
from django.db.models.functions import Cast, Concat
from django.db.models.sql.compiler import SQLCompiler


def written(column: str) -> Cast:
    """What stands in a column, as text."""
    return Cast(column, TextField())


class WrittenInstant(Func):
    """An instant as text that `datetime.fromisoformat` reads. SQLite writes it in UTC and does not say so."""

    arity = 1
    template = "CAST(%(expressions)s AS text)"
    output_field = TextField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="%(expressions)s || '+00:00'", **context)


# Of what is brought together: between the instants of a row, and between rows.
_WITHIN, _BETWEEN = " , ", " ; "


def written_instants(*columns: str) -> StringAgg:
    """Some instants of each of a group of rows, as one text for all of them (see `instants_of`). None of them may be missing."""
    said = [part for column in columns for part in (Value(_WITHIN), WrittenInstant(column))][1:]
    return StringAgg(Concat(*said, output_field=TextField()), Value(_BETWEEN))


def instants_of(text: str) -> list[tuple[str, ...]]:
    """What `written_instants` brought together: of each row its instants, in no order."""
    return [tuple(row.split(_WITHIN)) for row in text.split(_BETWEEN)]


def list_of(text: str) -> tuple[Any, ...]:
    """A list that a column of JSON says."""
    return tuple(json.loads(text))
