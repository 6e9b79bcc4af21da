"""Rows of witness care and surveys recorded of the victim, and the work list of those that wait for what they name (INT-04)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from craffu.access.acting import Acting
from craffu.common.door import action
from craffu.common.versions import as_said
from craffu.intake.models import RowWaiting
from craffu.intake.witness_care.queries import known_of, last_sent, waiting_for
from craffu.intake.witness_care.rows import NAMED, Sent, row_called
from craffu.victims.received import RECEIVED
from craffu.victims.witness_care.actions import receive
from craffu.victims.witness_care.facts import Row


@action
def record_rows(*, by: Acting, table: str, rows: Sequence[Sent], now: datetime) -> tuple[set[str], list[datetime]]:
    """Rows that are new, in their order: recorded where all they name has come, else on the list.

    Returns the keys that wait, and since when each row had waited that was released by these. Whoever calls this logs the
    batch, in one row.
    """
    if not rows:
        return set(), []
    waits, come = _record(by, table, rows, now)
    return waits, release(by=by, come=come, now=now)


@action
def release(*, by: Acting, come: Collection[str], now: datetime) -> list[datetime]:
    """Rows that waited for any of these are recorded as they were said last, and those that waited for them in turn.

    Returns since when each had waited. Whoever calls this logs the batch by which they came.
    """
    joined: list[datetime] = []
    while come:
        released: list[str] = []
        held = waiting_for(by, come)
        for table in (name for name in RECEIVED if name in held):
            waits, more = _record(by, table, last_sent(by, table, held[table]), now, held[table])
            joined += [since for key, since in held[table].items() if key not in waits]
            released += more
        come = released
    return joined


def _record(
    by: Acting, table: str, rows: Sequence[Sent], now: datetime, since: dict[str, datetime] | None = None
) -> tuple[set[str], list[str]]:
    """Which keys wait, and what the rows that were recorded are called by others."""
    known = known_of(by, table, rows)
    ready: list[Row] = []
    waits: dict[str, str] = {}
    for sent in rows:
        found = known.ready(sent)
        if isinstance(found, Row):
            ready.append(found)
            waits.pop(sent.key, None)
        else:
            waits[sent.key] = found
    # Of a row that is on the list its last word counts, so an earlier place on it is given up.
    RowWaiting.objects.for_user(by).filter(table=table, key__one_of=frozenset(row.key for row in rows)).delete()
    receive(by=by, table=table, rows=ready, now=now)
    RowWaiting.objects.append_rows(
        ("table", "key", "waits_for", "known_from"),
        [(table, key, one, as_said((since or {}).get(key, now))) for key, one in waits.items()],
        {"force": by.force.pk},
    )
    return set(waits), [row_called(table, row.key) for row in ready] if table in NAMED else []
