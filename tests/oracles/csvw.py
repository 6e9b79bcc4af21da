"""CSV read by its metadata alone, as W3C's tabular data model says, and every promise of the metadata held against it.

No validator of CSV on the Web is among the locked libraries: this one shares nothing with what wrote the files.
"""

import csv
import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema

_DATATYPES = {
    "string": (r"(?s).*", str),
    "integer": (r"[-+]?[0-9]+", int),
    "double": (r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?|[-+]?INF|NaN", float),
    "boolean": (r"true|false|1|0", lambda said: said in ("true", "1")),
    "date": (r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}", date.fromisoformat),
    "dateTime": (r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?",
                 datetime.fromisoformat),
}  # fmt: skip
_NAMES = {"type": "string", "pattern": "^[A-Za-z0-9_.-]+$"}
_REFERENCE = {"anyOf": [_NAMES, {"type": "array", "items": _NAMES, "minItems": 1}]}
# The properties of the W3C's vocabulary for a table group, a table, a schema, a column, a foreign key and a dialect.
VOCABULARY = {
    "type": "object",
    "required": ["@context", "tables"],
    "additionalProperties": False,
    "patternProperties": {"^dc:": {"type": "string"}},
    "properties": {
        "@context": {
            "type": "array",
            "prefixItems": [{"const": "http://www.w3.org/ns/csvw"}, {"type": "object", "required": ["@language"]}],
            "minItems": 2,
        },
        "dialect": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "header": {"type": "boolean"}, "encoding": {"type": "string"}, "delimiter": {"type": "string"},
                "quoteChar": {"type": "string"}, "doubleQuote": {"type": "boolean"},
            },
        },
        "tables": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["url", "tableSchema"],
                "additionalProperties": False,
                "patternProperties": {"^dc:": {"type": "string"}},
                "properties": {
                    "url": {"type": "string"},
                    "tableSchema": {
                        "type": "object",
                        "required": ["columns"],
                        "additionalProperties": False,
                        "properties": {
                            "columns": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": "object",
                                    "required": ["name", "titles", "datatype"],
                                    "additionalProperties": False,
                                    "patternProperties": {"^dc:": {"type": "string", "minLength": 1}},
                                    "properties": {
                                        "name": _NAMES, "titles": {"type": "string"}, "datatype": {"enum": list(_DATATYPES)},
                                        "required": {"type": "boolean"},
                                    },
                                },
                            },
                            "primaryKey": _REFERENCE,
                            "foreignKeys": {
                                "type": "array",
                                "items": {
                                    "type": "object",
                                    "required": ["columnReference", "reference"],
                                    "additionalProperties": False,
                                    "properties": {
                                        "columnReference": _REFERENCE,
                                        "reference": {
                                            "type": "object",
                                            "required": ["resource", "columnReference"],
                                            "additionalProperties": False,
                                            "properties": {"resource": {"type": "string"}, "columnReference": _REFERENCE},
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip


def read(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Every table as its metadata says it is. An assertion fails where a file is not what is said of it."""
    said = json.loads((folder / "csv-metadata.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(VOCABULARY).validate(said)
    tables = {one["url"]: _rows(folder / one["url"], one["tableSchema"]) for one in said["tables"]}
    for one in said["tables"]:
        schema, rows = one["tableSchema"], tables[one["url"]]
        if keys := schema.get("primaryKey"):
            seen = [tuple(row[key] for key in keys) for row in rows]
            assert len(set(seen)) == len(seen), one["url"]
        for foreign in schema.get("foreignKeys", []):
            target = foreign["reference"]
            there = {row[target["columnReference"]] for row in tables[target["resource"]]}
            assert {row[foreign["columnReference"]] for row in rows} <= there, (one["url"], foreign)
    return {url.removesuffix(".csv"): rows for url, rows in tables.items()}


def _rows(path: Path, schema: dict[str, Any]) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))
    columns = schema["columns"]
    assert lines[0] == [one["titles"] for one in columns]
    return [{one["name"]: _cell(cell, one) for one, cell in zip(columns, line, strict=True)} for line in lines[1:]]


def _cell(said: str, column: dict[str, Any]) -> Any:
    if not said:
        assert not column.get("required"), column["name"]
        return None
    pattern, meant = _DATATYPES[column["datatype"]]
    assert re.fullmatch(pattern, said), (column["name"], said)
    return meant(said)
