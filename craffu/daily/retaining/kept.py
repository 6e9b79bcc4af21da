"""Which rows that are kept in their own words go with somebody who is erased, and which places among those that wait (SEC-09).

A row goes that tells of them, that was recorded of them, or that names what goes by a sender's key. Whose it is its last version
says: where that goes the row goes whole, lest what was put right stands again; where it stays, versions before it go that were
of whoever goes (ADR 131).
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from django.db import models

from craffu.access.acting import Acting
from craffu.cases.models import CaseVersion
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.intake.models import KeptRow, RowWaiting
from craffu.intake.records.naming import Named, all_called, in_order, named_by, order_called, row_called
from craffu.intake.witness_care.rows import POLICE
from craffu.orders.models import Order
from craffu.people.models import SourceRecord
from craffu.victims.received import RECEIVED

type Tells = Callable[[str], bool]

_AT_ONCE: Final = 500
_CRIMES: Final = "crimes"


@dataclass(slots=True)
class _Gone:
    """What goes: called as rows name it; rows of victims by table, key and digest; and, of what is found, rows and places."""

    called: set[str]
    recorded: set[tuple[str, str, str]]
    rows: set[int] = field(default_factory=set)
    whole: set[tuple[str, str]] = field(default_factory=set)


def kept_rows(by: Acting, found: Mapping[Any, Collection[int]], tells: Tells) -> dict[type[models.Model], set[int]]:
    """The rows, and the places among those that wait. Every row that is of nobody by a key of the database is read once."""
    gone = _Gone(_called(by, found), _recorded(by, found))
    rows = KeptRow.objects.for_user(by).filter(record=None)
    for kind, table in in_order(rows.order_by().values_list("kind", "table").distinct()):
        for key, versions in _versions(rows.filter(kind=kind, table=table)):
            _decide(by, gone, (kind, table, key), versions, tells)
    waiting = RowWaiting.objects.for_user(by).order_by().values_list("pk", "table", "key")
    return {KeptRow: gone.rows, RowWaiting: {pk for pk, table, key in waiting if (table, key) in gone.whole}}


@dataclass(frozen=True, slots=True)
class _Version:
    row: int
    content: str
    words: str


def _versions(rows: Any) -> Iterator[tuple[str, list[_Version]]]:
    """Every row of a table with its versions, the one that was said last at the end."""
    told = rows.order_by("key", "number").values_list(
        "key", "said_at", "received_at", "number", "pk", "content_sha256", "words"
    )
    for key, several in groupby(told.iterator(_AT_ONCE), key=lambda one: one[0]):
        yield key, [_Version(*one[4:]) for one in sorted(several, key=lambda one: one[1:4])]


def _decide(by: Acting, gone: _Gone, of: tuple[str, str, str], versions: list[_Version], tells: Tells) -> None:
    kind, table, key = of
    going = {one.row for one in versions if _goes(by, gone, of, one, tells)}
    if versions[-1].row in going:
        going = {one.row for one in versions}
        gone.called |= all_called(kind, table, key)
        gone.whole.add((table, key))
    gone.rows |= going


def _goes(by: Acting, gone: _Gone, of: tuple[str, str, str], version: _Version, tells: Tells) -> bool:
    kind, table, key = of
    if (table, key, version.content) in gone.recorded or tells(version.words):
        return True
    named = named_by(kind, table, json.loads(version.words))
    if named.first & gone.called:
        return True
    return bool(named.beside & gone.called) and not _stays(by, named)


def _stays(by: Acting, named: Named) -> bool:
    """Whether anything that a row names first is in the register; what of it goes was looked for before."""
    for one in named.first:
        kind, table, key = one.split("/", 2)
        if (kind, table) == (POLICE, _CRIMES):
            there = CaseVersion.objects.for_user(by).filter(crime=key).exists()
        else:
            records = SourceRecord.objects.for_user(by).filter(source=kind, source_key=f"{table}/{key}")
            there = records.exists() or KeptRow.objects.for_user(by).filter(kind=kind, table=table, key=key).exists()
        if there:
            return True
    return False


def _called(by: Acting, found: Mapping[Any, Collection[int]]) -> set[str]:
    """What goes by the database's own keys, as a row names it."""
    called = {row_called(POLICE, _CRIMES, one) for one in _of(by, CaseVersion, found).values_list("crime", flat=True)}
    for source, key in _of(by, SourceRecord, found).values_list("source", "source_key"):
        table, _, row = key.partition("/")
        called |= all_called(source, table, row)
    for of in _of(by, Order, found).values_list("reference", "court_case_no"):
        called |= {order_called(number) for number in of if number}
    return called


def _recorded(by: Acting, found: Mapping[Any, Collection[int]]) -> set[tuple[str, str, str]]:
    """What was recorded of victims and goes, as the row that said it: its table, its key and its digest."""
    gone: set[tuple[str, str, str]] = set()
    for table, into in RECEIVED.items():
        rows = _of(by, into.model, found).filter(source=into.source).exclude(source_key="")
        gone |= {(table, key, content) for key, content in rows.values_list("source_key", "content_sha256")}
    return gone


def _of(by: Acting, model: Any, found: Mapping[Any, Collection[int]]) -> Any:
    return model.objects.for_user(by).filter(pk__in=sorted(found.get(model, ()))).order_by()
