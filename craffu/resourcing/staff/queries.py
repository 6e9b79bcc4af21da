"""Reads of what the system of staff says: of several rows under one key the last."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet

from craffu.access.acting import Acting
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.resourcing.models import TurnOfDuty
from craffu.resourcing.models.received import OfStaff
from craffu.resourcing.staff.tables import TABLES


def last_said[Row: OfStaff](rows: QuerySet[Row]) -> list[Row]:
    """The last row under each key of those given, in the order of their keys. One query.

    What narrows the rows must be part of their key, or an earlier word could be taken for the last.
    """
    return newest(rows.order_by("id"))


def newest[Row: OfStaff](rows: Iterable[Row]) -> list[Row]:
    """The same of rows in the order in which they came."""
    told = {row.source_key: row for row in rows}
    return [told[key] for key in sorted(told)]


def unread_staff(by: Acting, table: str, keys: Collection[str]) -> set[str]:
    """Of these keys of one table those under which nothing is recorded. One query."""
    model: Any = TABLES[table].model
    rows = model.objects.for_user(by).filter(source_key__one_of=frozenset(keys)).order_by()
    return set(keys) - set(rows.values_list("source_key", flat=True))


def last_heard(by: Acting) -> datetime | None:
    """When the system of staff was last heard of its roster. One query."""
    found: datetime | None = TurnOfDuty.objects.for_user(by).aggregate(last=Max("known_from"))["last"]
    return found
