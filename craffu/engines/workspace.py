"""A few tables and what is worked out of them, held by an engine until all is answered: DuckDB in this process, or Spark.

Questions are in SQL that both understand. None of the tables stays.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import pyarrow as pa

from craffu.engines.choice import Engine, Kind
from craffu.engines.columns import Columns
from craffu.engines.duck import database
from craffu.engines.spark import frame, session


class Workspace(Protocol):
    """Tables by their names."""

    def hold(self, name: str, rows: Columns) -> None:
        """Have these rows as a table."""

    def keep(self, name: str, questions: Sequence[str]) -> None:
        """Have what some questions come to, which ask for the same columns, as one table."""

    def answer(self, question: str) -> pa.Table:
        """What a question comes to."""


@contextmanager
def workspace(engine: Engine, records: int) -> Iterator[Workspace]:
    """An empty one, for about so many records. Raises NoSpark."""
    if engine.kind is Kind.DUCKDB:
        connection = database()
        try:
            yield _InDuckDB(connection)
        finally:
            connection.close()
    else:
        held = _InSpark(session(engine.address, records))
        try:
            yield held
        finally:
            held.drop()


class _InDuckDB:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def hold(self, name: str, rows: Columns) -> None:
        # Read where it stands, in as many parts as it has: a copy of so few rows would be one, for one processor.
        self._connection.register(name, rows.table)

    def keep(self, name: str, questions: Sequence[str]) -> None:
        first, *others = questions
        self._connection.sql(first).create(name)
        for question in others:
            self._connection.sql(question).insert_into(name)

    def answer(self, question: str) -> pa.Table:
        return self._connection.sql(question).to_arrow_table()


class _InSpark:
    """What is kept is worked out with the question that asks for it, in one go."""

    def __init__(self, spark: Any) -> None:
        self._spark = spark
        self._names: list[str] = []

    def hold(self, name: str, rows: Columns) -> None:
        self._named(name, frame(self._spark, rows.table))

    def keep(self, name: str, questions: Sequence[str]) -> None:
        self._named(name, self._spark.sql(" UNION ALL ".join(questions)))

    def answer(self, question: str) -> pa.Table:
        return self._spark.sql(question).toArrow()

    def _named(self, name: str, table: Any) -> None:
        table.createOrReplaceTempView(name)
        self._names.append(name)

    def drop(self) -> None:
        for name in self._names:
            self._spark.catalog.dropTempView(name)
