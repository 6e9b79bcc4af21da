"""What is said beside CSV files so that a program reads them as they are meant: CSV on the Web (W3C, tabular metadata). Pure."""

from collections.abc import Sequence
from typing import Any, Final

from craffu.measures.exporting.shapes import Column, Described

# The name under which a reader looks for it beside any table of the folder.
FILE: Final = "csv-metadata.json"
_CONTEXT: Final = "http://www.w3.org/ns/csvw"


def described(title: str, says: str, tables: Sequence[Described]) -> dict[str, Any]:
    """The metadata of a group of tables, each in a CSV file of its name."""
    return {
        "@context": [_CONTEXT, {"@language": "en"}],
        "dc:title": title,
        "dc:description": says,
        "dialect": {"header": True, "encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "tables": [_table(one) for one in tables],
    }


def _table(one: Described) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(each) for each in one.columns]}
    if one.key:
        schema["primaryKey"] = list(one.key)
    if one.points_to:
        schema["foreignKeys"] = [
            {"columnReference": column, "reference": {"resource": f"{table}.csv", "columnReference": column}}
            for column, table in one.points_to.items()
        ]
    return {"url": f"{one.name}.csv", "dc:description": one.says, "tableSchema": schema}


def _column(one: Column) -> dict[str, Any]:
    return {
        "name": one.name, "titles": one.name, "dc:description": one.says, "datatype": one.type.value,
        "required": one.is_required,
    }  # fmt: skip
