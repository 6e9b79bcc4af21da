"""What a row that is kept whole names by a sender's key: a person, a crime, another row, an order by its number (SEC-09, INT-04).

Each is named as the kind, the table and the key of the row that it is; `order/` and its number, as it is written with or
without strokes, is an order whoever sent it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from craffu.intake.records.layout import layout_of
from craffu.intake.records.shape import key_of
from craffu.victims.received import RECEIVED

# What a column names, in whatever table it is.
NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "person_ref": ("rms", "persons"),
    "respondent_ref": ("rms", "persons"),
    "crime_ref": ("rms", "crimes"),
}
# Of two whom a row names, and of two senders, these say whose row it is only where nothing else does.
BESIDE: Final[Mapping[str, tuple[str, str]]] = {
    "protected_ref": ("rms", "persons"),
    "application_ref": ("court-orders", "applications"),
}
# By what a row belongs to another of its own kind: the column, and that row's table.
BELONGS: Final[Mapping[tuple[str, str], str]] = {
    ("court-orders", "order_ref"): "orders",
    ("order-watch", "order_ref"): "orders",
    # One period of supervision; where an event does not say which, the person's.
    ("probation", "crn"): "cases",
}
NUMBERS: Final = frozenset({"order_ref", "case_number"})


@dataclass(frozen=True, slots=True)
class Named:
    """What a row names: with any of `first` that goes it goes, and with any of `beside` where none of `first` stays."""

    first: frozenset[str]
    beside: frozenset[str] = frozenset()


def row_called(kind: str, table: str, key: str) -> str:
    return f"{kind}/{table}/{key}"


def order_called(number: str) -> str:
    """An order by a court's number or ours, in whatever way it is written."""
    return f"order/{''.join(number.replace('/', ' ').split()).upper()}"


def all_called(kind: str, table: str, key: str) -> set[str]:
    """All that rows may call a row: an order by its number too, and where only the first part of a key is said, by that."""
    called = {row_called(kind, table, key)}
    if table == "orders":
        called.add(order_called(key))
    if any(sender == kind and other == table for (sender, _column), other in BELONGS.items()):
        *first, _last = layout_of(kind).tables[table].key
        called |= {row_called(kind, table, f"{key.rpartition('/')[0]}/")} if first else set()
    return called


def named_by(kind: str, table: str, columns: Mapping[str, str]) -> Named:
    """What a row names. `columns` are those that say something."""
    first = {row_called(*of, columns[name]) for name, of in NAMES.items() if columns.get(name)}
    beside = {row_called(*of, columns[name]) for name, of in BESIDE.items() if columns.get(name)}
    beside |= {order_called(columns[name]) for name in NUMBERS if columns.get(name)}
    links = set()
    for column, other in _belongs(kind, table):
        if columns.get(column):
            key = [columns.get(name, "") for name in layout_of(kind).tables[other].key]
            links.add(row_called(kind, other, key_of([columns[column], *key[1:]])))
    # Whoever is named is whose it is, though what it hangs on is put right to be another's.
    if first:
        return Named(frozenset(first), frozenset(beside | links))
    return Named(frozenset(links), frozenset(beside))


def in_order(tables: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tables, given as kind and name, each after those to whose rows its own belong."""
    return sorted(tables, key=lambda one: (_depth(*one), one))


def _depth(kind: str, table: str) -> int:
    return max((1 + _depth(kind, other) for _column, other in _belongs(kind, table)), default=0)


def _belongs(kind: str, table: str) -> list[tuple[str, str]]:
    """By which column a row of this table belongs to a row of which other."""
    columns = layout_of(kind).tables[table].by_name
    found = [
        (column, other)
        for (sender, column), other in BELONGS.items()
        if sender == kind and other != table and column in columns
    ]
    if table in RECEIVED and kind == RECEIVED[table].source:
        found += RECEIVED[table].of.values()
    return found
