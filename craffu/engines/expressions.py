"""One expression over tables, worked out by whichever engine was asked for.

Ibis writes it in the SQL of each; the tables are handed over as columns and nothing of them stays. Whoever owns a meaning writes
its expression, and no other package runs one.
"""

from collections.abc import Mapping
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from craffu.engines.choice import Engine, Kind
from craffu.engines.duck import asked
from craffu.engines.spark import frame, session

DUCKDB: Final = Engine(Kind.DUCKDB)
# As an expression names them, and as columns hold them.
_TYPES: Final = {"int64": pa.int64(), "float64": pa.float64(), "string": pa.string(), "boolean": pa.bool_()}

type Schema = Mapping[str, str]


def table_of(rows: Mapping[str, Any], schema: Schema) -> pa.Table:
    """Columns by name, lists or arrays of numbers, as a table of these types; None is nothing."""
    return pa.table({name: pa.array(rows[name], type=_TYPES[kind], from_pandas=True) for name, kind in schema.items()})


def answered(question: ir.Table, tables: Mapping[str, pa.Table], engine: Engine = DUCKDB) -> pa.Table:
    """What an expression over tables of these names comes to. Raises NotEnoughMemory, and NoSpark."""
    if engine.kind is Kind.SPARK:
        return _on_spark(question, tables, engine)
    return _as_said(asked(str(ibis.to_sql(question, dialect="duckdb")), tables), question)


def _as_said(found: pa.Table, question: ir.Table) -> pa.Table:
    """Sums of whole numbers as whole numbers: DuckDB gives them room for more, and Python would read them as decimals."""
    wide = {field.name for field in found.schema if pa.types.is_decimal(field.type)}
    columns = [
        found.column(name).cast(pa.int64()) if name in wide and kind.is_integer() else found.column(name)
        for name, kind in question.schema().items()
    ]
    return pa.table(columns, names=list(question.schema()))


def _on_spark(question: ir.Table, tables: Mapping[str, pa.Table], engine: Engine) -> pa.Table:
    spark = session(engine.address, max((table.num_rows for table in tables.values()), default=0))
    ibis.pyspark  # noqa: B018  # what it writes for Spark hangs on settings that come with this
    for name, table in tables.items():
        frame(spark, table).createOrReplaceTempView(name)
    try:
        return spark.sql(str(ibis.to_sql(question, dialect="pyspark"))).toArrow()
    finally:
        for name in tables:
            spark.catalog.dropTempView(name)
