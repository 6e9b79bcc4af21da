"""Where the rows of each table go: people, crimes, who was involved, outcomes, detentions, releases; all else is kept whole until
its own package takes it up (INT-01, INT-02)."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.telling.actions import hear_of_records, receive_tellings
from craffu.breaches.telling.facts import Tells
from craffu.cases.actions import join_roles, receive_crimes, receive_involvements, receive_outcomes
from craffu.cases.custody.actions import receive_detentions, receive_releases
from craffu.cases.custody.facts import DetentionRow, ReleaseRow
from craffu.cases.facts import CrimeRow, InvolvementRow, OutcomeRow
from craffu.common.models import Provenance
from craffu.common.versions import CREATED, UPDATED, Decided
from craffu.intake.actions import keep_rows
from craffu.intake.records.breaches import TELLINGS, Telling
from craffu.intake.records.layout import TableLayout
from craffu.intake.records.persons import person_rows
from craffu.intake.records.shape import Good
from craffu.intake.witness_care.actions import record_rows, release
from craffu.intake.witness_care.rows import ROW_WAITS, Sent, crime_called
from craffu.orders.reconciling.actions import record_listed
from craffu.orders.reconciling.listing import LISTED_AS, ListedRow
from craffu.people.actions import receive_records
from craffu.people.queries import record_numbers
from craffu.resourcing.staff.actions import Row as StaffRow
from craffu.resourcing.staff.actions import receive_staff
from craffu.resourcing.staff.tables import SOURCE as STAFF
from craffu.resourcing.staff.tables import TABLES as OF_STAFF
from craffu.victims.received import RECEIVED

PERSONS: Final = "persons"
ROLE_WAITS: Final = "role_waits"
FIRST_FROM_ITS_SOURCE: Final = "first_from_its_source"
_quoted: Final = json.encoder.encode_basestring

type Doubts = Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one table that are stored together; `provenance` is that of the first of them."""

    by: Acting
    table: TableLayout
    good: Good
    provenance: Provenance
    now: datetime
    run: str

    @property
    def source(self) -> str:
        return self.provenance.source

    def key(self, key: str) -> str:
        """The key under which a row's record of a person is kept."""
        return f"{self.table.name}/{key}"


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of each row, the doubts about some of them by place, and since when each row that waited for these had
    waited, by the warning that said so."""

    decided: Sequence[Decided]
    doubts: Doubts = field(default_factory=dict)
    joined: Mapping[str, Sequence[datetime]] = field(default_factory=dict)


def digest_of(references: Iterable[str]) -> str:
    """One hash over the references of a batch, so that what was taken in can be proved later and names nobody now."""
    return hashlib.sha256("\n".join(sorted(references)).encode()).hexdigest()


type Store = Callable[[Batch], Stored]


def _persons(batch: Batch) -> Stored:
    decided = _records(batch)
    come = _come(batch, decided)
    joined = {
        ROLE_WAITS: join_roles(by=batch.by, source=batch.source, records=come, now=batch.now),
        ROW_WAITS: release(by=batch.by, come=come, now=batch.now),
    }
    return Stored(decided, joined=joined)


def _records(batch: Batch) -> list[Decided]:
    decided = receive_records(
        by=batch.by,
        source=batch.source,
        said=[(batch.key(key), content, said_at) for key, content, said_at in batch.good.said],
        describe=lambda places: person_rows(batch.table, batch.good.only(places)),
        provenance=batch.provenance,
        why=FIRST_FROM_ITS_SOURCE,
        now=batch.now,
    )
    hear_of_records(by=batch.by, source=batch.source, records=_come(batch, decided), now=batch.now)
    return decided


def _come(batch: Batch, decided: Sequence[Decided]) -> list[str]:
    """What the records are called that nobody had told of before."""
    return [batch.key(key) for key, one in zip(batch.good.keys, decided, strict=True) if one.outcome == CREATED]


def _or_none(values: Sequence[str]) -> list[str | None]:
    """Instants or days; None where nothing is said."""
    return [value or None for value in values]


def _crimes(batch: Batch) -> Stored:
    good, said = batch.good, batch.good.columns
    rows = list(
        map(
            CrimeRow, said["crime_ref"], good.contents, good.said_at, good.lines, said["recorded_as"],
            said["home_office_class"], said["offence_code"], said["offence_title"], _or_none(said["occurred_from"]),
            _or_none(said["occurred_to"]), said["reported_at"], _or_none(said["recorded_at"]), said["location"], said["lsoa"],
            said["station"], said["officer"], list(map(_flags, said["flags"])),
            said["risk_grade"], _or_none(said["risk_graded_at"]), [_reference(value) for value in said["ptiurn"]], said["stage"],
            said["summary"],
        )
    )  # fmt: skip
    decided = receive_crimes(by=batch.by, source=batch.source, rows=rows, provenance=batch.provenance, now=batch.now)
    come = [row.crime for row, one in zip(rows, decided, strict=True) if one.outcome == CREATED]
    joined = {
        ROLE_WAITS: join_roles(by=batch.by, source=batch.source, crimes=come, now=batch.now),
        ROW_WAITS: release(by=batch.by, come=[crime_called(crime) for crime in come], now=batch.now),
    }
    return Stored(decided, joined=joined)


@lru_cache(maxsize=1 << 10)
def _flags(said: str) -> str:
    return json.dumps(said.split(";")) if said else "[]"


def _reference(ptiurn: str) -> str:
    """A PTIURN as courts send it: without the spaces and strokes that people write between its parts."""
    return "".join(ptiurn.replace("/", " ").split()).upper()


def _involvements(batch: Batch) -> Stored:
    good, said = batch.good, batch.good.columns
    rows = list(
        map(
            InvolvementRow, good.keys, good.contents, good.said_at, good.lines, said["crime_ref"],
            _record_keys(said["person_ref"]), said["role"], said["relationship"],
        )
    )  # fmt: skip
    decided, waiting = receive_involvements(
        by=batch.by, source=batch.source, rows=rows, provenance=batch.provenance, now=batch.now
    )
    return Stored(decided, {at: (ROLE_WAITS,) for at, row in enumerate(rows) if row.key in waiting})


def _outcomes(batch: Batch) -> Stored:
    good, said = batch.good, batch.good.columns
    rows = list(
        map(
            OutcomeRow, good.keys, good.contents, good.said_at, good.lines, said["crime_ref"], said["outcome_number"],
            said["outcome_code"], said["decided_on"], _record_keys(said["person_ref"]), said["reason"],
        )
    )  # fmt: skip
    return Stored(
        receive_outcomes(by=batch.by, source=batch.source, rows=rows, provenance=batch.provenance, now=batch.now)
    )


def _detentions(batch: Batch) -> Stored:
    """Detentions; what they say of a person is a record of its own, from the same row."""
    good, said = batch.good, batch.good.columns
    _records(batch)
    people = record_numbers(batch.by, batch.source, [batch.key(key) for key in good.keys])
    rows = list(
        map(
            DetentionRow, good.keys, good.contents, good.said_at, good.lines, [people.get(batch.key(key)) for key in good.keys],
            said["crime_ref"], said["station"], said["offence_code"], said["arrested_for_breach_of"], said["arrested_at"],
            _or_none(said["released_at"]), said["disposal"], _or_none(said["bail_ends_on"]), said["bail_conditions"],
        )
    )  # fmt: skip
    return Stored(
        receive_detentions(by=batch.by, source=batch.source, rows=rows, provenance=batch.provenance, now=batch.now)
    )


def _releases(batch: Batch) -> Stored:
    """Releases from prison; what they say of a person is a record of its own, from the same row."""
    good, said = batch.good, batch.good.columns
    _records(batch)
    people = record_numbers(batch.by, batch.source, [batch.key(key) for key in batch.good.keys])
    rows = list(
        map(
            ReleaseRow, good.keys, good.contents, good.said_at, good.lines, [people.get(batch.key(key)) for key in good.keys],
            said["prison"], said["planned_on"], _or_none(said["released_on"]), _or_none(said["licence_ends_on"]),
            said["licence_conditions"],
        )
    )  # fmt: skip
    return Stored(
        receive_releases(by=batch.by, source=batch.source, rows=rows, provenance=batch.provenance, now=batch.now)
    )


def _record_keys(references: Sequence[str]) -> list[str]:
    """The keys under which the same source's records of persons are kept."""
    return [f"{PERSONS}/{reference}" if reference else "" for reference in references]


def keep(batch: Batch) -> Stored:
    """Rows kept whole; what they say of a person is a record of its own, from the same row."""
    people: Mapping[str, int] = {}
    if batch.table.describes_person:
        _records(batch)
        people = record_numbers(batch.by, batch.source, [batch.key(key) for key in batch.good.keys])
    decided = keep_rows(
        by=batch.by,
        table=batch.table.name,
        said=batch.good.said,
        describe=lambda places: _kept(batch, places, people),
        provenance=batch.provenance,
        now=batch.now,
    )
    return Stored(decided)


def _kept(batch: Batch, places: Sequence[int], people: Mapping[str, int]) -> list[tuple[int, int | None, str]]:
    """The line of each row, its record of a person, and its words as JSON without the columns that say nothing."""
    good = batch.good.only(places)
    records = [people.get(batch.key(key)) for key in good.keys] if people else [None] * len(good)
    return list(zip(good.lines, records, _as_json(good.columns), strict=True))


def _as_json(columns: Mapping[str, Sequence[str]]) -> list[str]:
    """Rows as `json.dumps` writes them, put together by columns: in half the time."""
    told = [
        [f"{_quoted(name)}: {_quoted(value)}" if value else "" for value in values] for name, values in columns.items()
    ]
    return [f"{{{', '.join(filter(None, row))}}}" for row in zip(*told, strict=True)]


def _court_orders(batch: Batch) -> Stored:
    """Kept whole like the others; what a line says of its order is held against the register (ORD-19)."""
    stored = keep(batch)
    said, records = (
        batch.good.columns,
        record_numbers(batch.by, batch.source, [batch.key(key) for key in batch.good.keys]),
    )
    columns = [said[name] for name in LISTED_AS]
    rows = [
        ListedRow._make((*values, records.get(batch.key(key))))
        for key, one, values in zip(batch.good.keys, stored.decided, zip(*columns, strict=True), strict=True)
        if one.outcome in (CREATED, UPDATED)
    ]
    record_listed(by=batch.by, rows=rows, run=batch.run, now=batch.now)
    return stored


def _of_victims(batch: Batch) -> Stored:
    """Kept whole like the others, and recorded of the victim as well: at once where all it names has come, else then."""
    stored = keep(batch)
    rows = [(at, Sent(*said)) for at, said in _new(batch, stored)]
    waiting, joined = record_rows(by=batch.by, table=batch.table.name, rows=[row for _, row in rows], now=batch.now)
    doubts = {at: (ROW_WAITS,) for at, row in rows if row.key in waiting}
    return Stored(stored.decided, doubts, {ROW_WAITS: joined})


def _of_staff(batch: Batch) -> Stored:
    """Kept whole like the others, and recorded of the force's staff as well."""
    stored = keep(batch)
    rows = [StaffRow(*said) for _, said in _new(batch, stored)]
    receive_staff(by=batch.by, table=batch.table.name, rows=rows, now=batch.now)
    return stored


def _new(batch: Batch, stored: Stored) -> Iterator[tuple[int, tuple[str, str, dict[str, str]]]]:
    """The rows that say something new and newest, each with its place: its key, the digest of all it says, and its columns."""
    good, names = batch.good, tuple(batch.good.columns)
    rows = zip(good.keys, good.contents, zip(*good.columns.values(), strict=True), stored.decided, strict=True)
    for at, (key, content, values, one) in enumerate(rows):
        if one.outcome in (CREATED, UPDATED):
            yield at, (key, content, dict(zip(names, values, strict=True)))


def _telling(tells: Tells, rows_of: Telling, batch: Batch) -> Stored:
    """Kept whole like the others; what may tell of a breach is told to the ledger as well (BRC-06)."""
    stored = keep(batch)
    receive_tellings(
        by=batch.by, source=batch.source, tells=tells, rows=rows_of(batch.good, stored.decided),
        provenance=batch.provenance, now=batch.now,
    )  # fmt: skip
    return stored


STORES: Final[Mapping[tuple[str, str], Store]] = {
    ("rms", PERSONS): _persons,
    ("rms", "crimes"): _crimes,
    ("rms", "involvements"): _involvements,
    ("rms", "outcomes"): _outcomes,
    ("custody", "detentions"): _detentions,
    ("custody", "releases"): _releases,
    ("court-orders", "orders"): _court_orders,
    **{table: partial(_telling, *how) for table, how in TELLINGS.items()},
    **{(one.source, table): _of_victims for table, one in RECEIVED.items()},
    **{(STAFF, table): _of_staff for table in OF_STAFF},
}
