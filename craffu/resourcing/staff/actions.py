"""The only write of what the system of staff says: rows of one table together, each under its sender's key (INT-01)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from craffu.access.acting import Acting
from craffu.common.door import action
from craffu.common.fields import sealed
from craffu.resourcing.staff.tables import TABLES, values_of


class Row(NamedTuple):
    """What one row says, under its sender's key."""

    key: str
    content: str
    columns: Mapping[str, str]


@action
def receive_staff(*, by: Acting, table: str, rows: Sequence[Row], now: datetime) -> None:
    """Append rows of one table in their order: of several under one key the last counts.

    Whoever calls this has seen that none of them was said before, and logs the batch in one row.
    """
    if not rows:
        return
    into = TABLES[table]
    plain = [values_of(into, row.columns) for row in rows]
    words = [
        sealed(into.model, name, [row.columns.get(column, "") for row in rows]) for name, column in into.words.items()
    ]
    into.model.objects.append_rows(
        ("source_key", "content_sha256", *into.plain, *into.words),
        [
            (row.key, row.content, *values.values(), *said)
            for row, values, *said in zip(rows, plain, *words, strict=True)
        ],
        {"force": by.force.pk, "known_from": now},
    )
