"""What rows of witness care and of surveys name and whether it has come; the rows that wait, and what they said last (INT-04)."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from craffu.access.acting import Acting
from craffu.cases.models import CaseReference
from craffu.cases.queries import called
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.intake.models import KeptRow, RowWaiting
from craffu.intake.witness_care.rows import POLICE, Sent, crime_called, person_called, row_called
from craffu.people.queries import record_numbers
from craffu.victims.received import RECEIVED
from craffu.victims.witness_care.facts import Row
from craffu.victims.witness_care.queries import rows_called


@dataclass(frozen=True, slots=True)
class Known:
    """What has come of all that the rows of one table name."""

    table: str
    records: Mapping[str, int]
    cases: Mapping[str, int]
    rows: Mapping[str, Mapping[str, tuple[int, int]]]

    def ready(self, sent: Sent) -> Row | str:
        """The row as it is recorded, or what the first that has not come is called."""
        layout, said = RECEIVED[self.table], sent.columns
        record: int | None = None
        case: int | None = None
        of: dict[str, int | None] = {}
        if layout.names_person:
            record = self.records.get(person_called(said["person_ref"]))
            if record is None:
                return person_called(said["person_ref"])
        if layout.names_case:
            case = self.cases.get(said["crime_ref"])
            if case is None:
                return crime_called(said["crime_ref"])
        for name, (column, table) in layout.of.items():
            if not (reference := said.get(column, "")):
                of[name] = None
                continue
            found = self.rows[table].get(reference)
            if found is None:
                return row_called(table, reference)
            of[name] = found[0]
            record = found[1] if record is None else record
        if record is None:
            raise ValueError(f"a row of {self.table} names nobody")
        return Row(sent.key, sent.content, record, case, of, said)


def known_of(by: Acting, table: str, rows: Sequence[Sent]) -> Known:
    """Which of the persons, crimes and rows that these rows name have come. One query for each sort that they name."""
    layout = RECEIVED[table]

    def named(column: str) -> set[str]:
        return {row.columns[column] for row in rows if row.columns.get(column)}

    return Known(
        table,
        record_numbers(by, POLICE, {person_called(one) for one in named("person_ref")}) if layout.names_person else {},
        called(by, CaseReference.Kind.CRIME, named("crime_ref")) if layout.names_case else {},
        {of: rows_called(by, of, named(column)) for column, of in layout.of.values()},
    )


def waiting_for(by: Acting, come: Collection[str]) -> dict[str, dict[str, datetime]]:
    """The rows that wait for any of these: by table, each key with since when. One query."""
    rows = RowWaiting.objects.for_user(by).filter(waits_for__one_of=frozenset(come)).order_by("id")
    found: dict[str, dict[str, datetime]] = {}
    for table, key, since in rows.values_list("table", "key", "known_from"):
        found.setdefault(table, {})[key] = since
    return found


def unread_keys(by: Acting, table: str, keys: Collection[str]) -> set[str]:
    """Of these keys those under which nothing is recorded of anybody and nothing waits. Two queries."""
    waits = RowWaiting.objects.for_user(by).filter(table=table, key__one_of=frozenset(keys)).order_by()
    return set(keys) - set(rows_called(by, table, keys)) - set(waits.values_list("key", flat=True))


def last_sent(by: Acting, table: str, keys: Collection[str]) -> list[Sent]:
    """What was said last under each of these keys. One query."""
    kept = KeptRow.objects.for_user(by).filter(kind=RECEIVED[table].source, table=table, key__one_of=frozenset(keys))
    newest = {row.key: row for row in kept.order_by("said_at", "received_at", "number")}
    return [Sent(row.key, row.content_sha256, json.loads(row.words)) for row in newest.values()]
