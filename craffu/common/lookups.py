"""Conditions as a database answers them quickest.

`one_of` and `few_of` ask whether a column is one of many values, handed over as one parameter instead of thousands: SQLite allows
a statement only so many, and building them takes longer than the answer. `is_empty` asks whether a list says nothing, `is_some`
whether a number is more than none. `ExistsOfEach` asks of each row whether others belong to it.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Exists,
    ForeignKey,
    JSONField,
    Lookup,
    PositiveSmallIntegerField,
)
from django.db.models.sql.compiler import SQLCompiler


def as_one(values: Iterable[Any], connection: Any) -> Any:
    """Many values as the one parameter that a database is handed."""
    if connection.vendor != "postgresql":
        return json.dumps(list(values))
    values = list(values)
    # The driver would look at each number for how long it is; PostgreSQL reads them as the column that they are held to.
    return f"{{{','.join(map(str, values))}}}" if all(type(one) is int for one in values) else values


@BigIntegerField.register_lookup
@CharField.register_lookup
@ForeignKey.register_lookup
class OneOf(Lookup):
    """`field__one_of={...}`; the values are texts, or row numbers, as the database keeps them.

    Hand over a set: Django looks into a list or tuple for expressions, value by value.
    """

    lookup_name = "one_of"
    prepare_rhs = False

    def as_sqlite(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} IN (SELECT value FROM json_each(%s))", [*params, as_one(self.rhs, connection)]  # noqa: S608

    def as_postgresql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*params, as_one(self.rhs, connection)]


@ForeignKey.register_lookup
class FewOf(OneOf):
    """The same, of a column by which few rows of a long table are meant: SQLite, which looks at a thousand rows to plan by, would
    take any index that begins with the force, and read them all.
    """

    lookup_name = "few_of"

    def as_sqlite(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        said, params = super().as_sqlite(compiler, connection)
        return f"likelihood({said}, 0.0001)", params


class _SaidInTheStatement(Lookup):
    """A condition without a parameter: of an index of those rows alone a database knows only where it reads their condition."""

    prepare_rhs = False
    # What holds, and what does not.
    compared = ("", "")

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} {self.compared[0] if self.rhs else self.compared[1]}", tuple(params)


@JSONField.register_lookup
class IsEmpty(_SaidInTheStatement):
    """`field__is_empty=True`: a list without anything in it."""

    lookup_name = "is_empty"
    compared = ("= '[]'", "<> '[]'")


@PositiveSmallIntegerField.register_lookup
class IsSome(_SaidInTheStatement):
    """`field__is_some=True`: a number that is more than none."""

    lookup_name = "is_some"
    compared = ("> 0", "<= 0")


class ExistsOfEach(Exists):
    """The same as `Exists`, where another condition beside it mostly answers before it is asked.

    PostgreSQL, which takes it for asked of every row, would find all that belong to any row before it looks at the first.
    """

    def as_postgresql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        # What may leave rows out is never turned round.
        return self.as_sql(compiler, connection, template="EXISTS(%(subquery)s OFFSET 0)")
