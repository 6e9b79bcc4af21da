"""What a table that leaves is made of: its columns, their types and meanings, its keys (X21). Pure.

`LAYOUT` is raised with any change of what a column is called, holds or means, and stands in every export.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

LAYOUT: Final = 2
# Of all and not of one value of a split; of the year to the snapshot, and of the year before.
ALL: Final = "all"
NOW: Final = "now"
BEFORE: Final = "before"


class Type(StrEnum):
    """What a column holds, as CSV on the Web calls it."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "double"
    BOOLEAN = "boolean"
    DATE = "date"
    INSTANT = "dateTime"


@dataclass(frozen=True, slots=True)
class Column:
    """`is_required` is never empty; `says` is what it means, in a sentence."""

    name: str
    type: Type
    says: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """A table's name, what one row of it is, its columns, its key, and the tables that its columns point to by their keys."""

    name: str
    says: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    points_to: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filled:
    """A table with its rows, each a value for each column in order."""

    of: Described
    rows: Sequence[tuple[Any, ...]]


def text(name: str, says: str) -> Column:
    return Column(name, Type.STRING, says, is_required=True)


def maybe(name: str, kind: Type, says: str) -> Column:
    return Column(name, kind, says)


def part_key(code: str, part: str) -> str:
    return f"{code}.{part}"
