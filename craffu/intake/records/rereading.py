"""Rows that an earlier release kept whole, read again by the reader through which new ones of their table come (INT-01, BRC-06).

What probation, contacts and prisons told before there was a ledger of breaches lay unread until it was sent again, and so did
what surveys and systems of staff said. What was read is not read twice: run again, nothing changes.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.breaches.telling.actions import receive_tellings
from craffu.breaches.telling.queries import tellings_known
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.common.models import Provenance, Regime
from craffu.common.versions import CREATED, Decided
from craffu.intake import events
from craffu.intake.models import KeptRow
from craffu.intake.permissions import check_can_take_in
from craffu.intake.records.breaches import TELLINGS
from craffu.intake.records.layout import layout_of
from craffu.intake.records.shape import Good
from craffu.intake.records.storing import STORES, Batch, digest_of
from craffu.intake.witness_care.actions import record_rows
from craffu.intake.witness_care.queries import last_sent, unread_keys
from craffu.resourcing.staff.actions import Row as StaffRow
from craffu.resourcing.staff.actions import receive_staff
from craffu.resourcing.staff.queries import unread_staff
from craffu.resourcing.staff.tables import SOURCE as STAFF
from craffu.resourcing.staff.tables import TABLES as STAFF_TABLES

RELEASES: Final = ("custody", "releases")
OF_SURVEYS: Final = (("surveys", "invitations"), ("surveys", "answers"))
OF_STAFF: Final = tuple((STAFF, table) for table in STAFF_TABLES)
# Each was kept by a release that did not read it.
ONCE_KEPT: Final = (*TELLINGS, RELEASES, *OF_SURVEYS, *OF_STAFF)
_AT_ONCE: Final = 10_000


@dataclass(frozen=True, slots=True)
class Reread:
    """How many kept rows of a kind were looked at, and of how many the register knows now what it did not."""

    rows: int = 0
    told: int = 0


def read_kept_again(*, by: Acting, kind: str, now: datetime | None = None) -> Reread:
    """Read again what was kept of a kind, batch after batch. Raises NotPermitted."""
    check_can_take_in(by)
    by, at, rows, told = by.joining(), now or clock.now(), 0, 0
    for table in [name for of, name in ONCE_KEPT if of == kind]:
        for some in _batches(by, kind, table):
            rows += len(some)
            told += take_up(by=by, kind=kind, table=table, kept=some, now=at)
    return Reread(rows, told)


@action
def take_up(*, by: Acting, kind: str, table: str, kept: Sequence[KeptRow], now: datetime) -> int:
    """Hand kept rows of one table and one file to their reader, with one row in the log for those that it had not read."""
    lock_until_commit("records", by.force.code, kind)
    layout, first = layout_of(kind).tables[table], kept[0]
    said = [json.loads(one.words) for one in kept]
    good = Good(
        [one.line for one in kept],
        {column.name: [words.get(column.name, "") for words in said] for column in layout.columns},
        [one.key for one in kept],
        [one.content_sha256 for one in kept],
    )
    came = Provenance(
        first.source, first.file_sha256, first.line, first.received_at, first.mapping_version, first.controller,
        Regime(first.regime), first.sharing_basis,
    )  # fmt: skip
    if (kind, table) == RELEASES:
        decided = STORES[RELEASES](Batch(by, layout, good, came, now, "")).decided
        read = [key for key, one in zip(good.keys, decided, strict=True) if one.number]
    elif (kind, table) in OF_SURVEYS:
        read = _survey_rows(by, table, kept, now)
    elif (kind, table) in OF_STAFF:
        read = _staff_rows(by, table, kept, now)
    else:
        tells, rows_of = TELLINGS[kind, table]
        known = tellings_known(by, first.source, tells, good.keys)
        rows = rows_of(good, [Decided(CREATED, one.number) for one in kept])
        new = [row for row in rows if (row.key, row.number) not in known]
        number = receive_tellings(by=by, source=first.source, tells=tells, rows=new, provenance=came, now=now)
        read = [row.key for row in new if not row.is_withdrawn] if number else []
    if read:
        audit.record(
            kind=events.ROWS_RECEIVED,
            actor=by.actor,
            refs=[
                f"table/{kind}.{table}",
                f"file/{first.file_sha256}",
                f"batch/{digest_of(f'{table}/{key}' for key in read)}",
            ],
            counts={"read_again": len(read)},
            request=by.request,
            now=now,
        )
    return len(read)


def _survey_rows(by: Acting, table: str, kept: Sequence[KeptRow], now: datetime) -> list[str]:
    """The keys that were not recorded of anybody and waited for nothing: as each was said last."""
    unread = unread_keys(by, table, {one.key for one in kept})
    record_rows(by=by, table=table, rows=last_sent(by, table, unread), now=now)
    return sorted(unread)


def _staff_rows(by: Acting, table: str, kept: Sequence[KeptRow], now: datetime) -> list[str]:
    """The keys under which nothing is recorded: as each was said last, whichever batch that lies in."""
    unread = unread_staff(by, table, {one.key for one in kept})
    rows = KeptRow.objects.for_user(by).filter(kind=STAFF, table=table, key__one_of=frozenset(unread))
    last = {one.key: one for one in rows.order_by("said_at", "received_at", "number")}
    receive_staff(
        by=by,
        table=table,
        rows=[StaffRow(one.key, one.content_sha256, json.loads(one.words)) for one in last.values()],
        now=now,
    )
    return sorted(unread)


def _batches(by: Acting, kind: str, table: str) -> Iterator[list[KeptRow]]:
    """The kept rows of a table in the order kept, those of one file together, so many at once."""
    last = 0
    while True:
        rows = KeptRow.objects.for_user(by).filter(kind=kind, table=table, pk__gt=last).order_by("pk")
        some = list(rows[:_AT_ONCE])
        if not some:
            return
        last = some[-1].pk
        for _came, several in groupby(some, key=lambda one: (one.source, one.file_sha256, one.received_at)):
            yield list(several)
