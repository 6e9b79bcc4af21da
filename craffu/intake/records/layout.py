"""What an extract of each kind holds: its tables, their columns and what identifies a row, read from `craffu/intake/layouts`.

Project decision: a kind of extract is data, not code. A layout that contradicts itself is refused when it is read.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, Final

KINDS: Final = ("rms", "court-orders", "probation", "custody", "surveys", "staff", "witness-care", "order-watch")
COLUMN_KINDS: Final = frozenset(
    {"reference", "text", "code", "date", "partial_date", "instant", "integer", "number", "yes_no", "hours"}
)
PERSON_PARTS: Final = frozenset(
    {
        "title", "given_names", "family_name", "aliases", "born_on", "sex", "pnc", "cro", "asn", "address", "postcode",
        "phone", "email",
    }
)  # fmt: skip
# When the source last changed the row: without it nobody could tell which of two versions is the newer (INT-01).
SAID_AT: Final = "updated_at"


class BadLayout(ValueError):
    """A layout of the product contradicts itself."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `person` is its part in a description of a person; `many` says that its values are parted by `;`."""

    name: str
    kind: str
    required: bool = False
    values: tuple[str, ...] = ()
    person: str = ""
    protected: bool = False
    many: bool = False


@dataclass(frozen=True)
class TableLayout:
    """One table. `key` are the columns that identify a row to its source.

    Of the columns `exactly_one` one is filled in every row, and none of `in_order` is earlier than the one before it.
    """

    name: str
    about: str
    about_cy: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    exactly_one: tuple[str, ...] = ()
    in_order: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @cached_property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)

    @cached_property
    def describes_person(self) -> bool:
        return any(column.person for column in self.columns)

    def part(self, person: str) -> str:
        """The column that gives this part of a person, or nothing."""
        return next((column.name for column in self.columns if column.person == person), "")


@dataclass(frozen=True)
class Layout:
    """One kind of extract. A change of what it holds is a new `version`."""

    kind: str
    version: str
    tables: Mapping[str, TableLayout]


@cache
def layout_of(kind: str) -> Layout:
    """The layout of one kind of extract."""
    text = resources.files("craffu.intake").joinpath("layouts", f"{kind}.toml").read_text(encoding="utf-8")
    layout = read_layout(text)
    if layout.kind != kind:
        raise BadLayout(f"the layout {kind} says that it is {layout.kind}")
    return layout


def read_layout(text: str) -> Layout:
    """A layout from its TOML. Raises BadLayout."""
    said = tomllib.loads(text)
    kind, version = said.pop("kind"), said.pop("version")
    return Layout(kind, version, {name: _table(name, table) for name, table in said.items()})


def _table(name: str, said: Mapping[str, Any]) -> TableLayout:
    columns = tuple(_column(name, column, about) for column, about in said["columns"].items())
    between = {rule: tuple(said.get(rule, ())) for rule in ("exactly_one", "in_order")}
    table = TableLayout(name, said["about"], said["about_cy"], tuple(said["key"]), columns, **between)
    if unknown := {*table.exactly_one, *table.in_order} - set(table.names):
        raise BadLayout(f"{name} has no column {', '.join(sorted(unknown))}")
    for column in (*table.key, SAID_AT):
        if column not in table.by_name or not table.by_name[column].required:
            raise BadLayout(f"{name}.{column} identifies or dates a row and must be a required column")
    parts = [column.person for column in columns if column.person]
    if len(parts) != len(set(parts)):
        raise BadLayout(f"{name} gives a part of a person twice")
    return table


def _column(table: str, name: str, about: Mapping[str, Any]) -> Column:
    unknown = set(about) - set(Column.__slots__) - {"name"}
    column = Column(name, **{**about, "values": tuple(about.get("values", ()))} if not unknown else {"kind": ""})
    if unknown or column.kind not in COLUMN_KINDS:
        raise BadLayout(f"{table}.{name} has a kind or a property that is not known")
    if column.person and column.person not in PERSON_PARTS:
        raise BadLayout(f"{table}.{name} is no part of a person")
    if (column.kind == "code") != bool(column.values):
        raise BadLayout(f"{table}.{name}: a code has a closed list, and nothing else has one")
    return column
