"""Columns as the database itself writes them: of thousands of rows Django takes longer to make values than to read them."""

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, TextField
from django.db.models.functions import Cast
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


def list_of(text: str) -> tuple[Any, ...]:
    """A list that a column of JSON says."""
    return tuple(json.loads(text))
