"""Takes in a month of street-level crime: read by columns, stored in batches, each with one row in the log (INT-01, B8).

Rows without Crime ID are known by what they say and how often the file has said it, so rows that repeat all stay and the same
month again adds nothing; a Crime ID that returns with other words is an update.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import batched
from typing import Final

from craffu.common.door import action
from craffu.common.frames import pl
from craffu.intake.opening import Document
from craffu.intake.published_tables import MAPPING_VERSION
from craffu.intake.published_tables.anomalies import check_table
from craffu.intake.published_tables.holding import Waiting, hold
from craffu.intake.published_tables.reasons import AREA_UNKNOWN, DISTRICT_WITHOUT_FORCE, NEWER_HELD, OUTSIDE_FORCE
from craffu.intake.published_tables.street_rows import (
    COLUMN,
    CONTENT,
    CRIME_ID,
    CRIME_TYPE,
    FALLS_WITHIN,
    LOCATION,
    LSOA_CODE,
    LSOA_NAME,
    MONTH,
    NEEDS,
    NO_FORCE,
    OUTCOME,
    OUTSIDE,
    REASON,
    REPORTED_BY,
    Shaped,
    X,
    Y,
    shape,
)
from craffu.intake.published_tables.street_totals import street_totals
from craffu.intake.refused import Refused, Unfit
from craffu.intake.rules import OutcomeKind, Reason
from craffu.intake.storing import stored_or_held
from craffu.intake.tables.columns import LINE, Columns, read_columns
from craffu.intake.tables.csv_rows import Record, own_file
from craffu.intake.taking import NOT_STORABLE, BatchResult, Result, RowResult, Taking
from craffu.published import checks
from craffu.published.actions import finish_file, record_street_crimes
from craffu.published.checks import Roles
from craffu.published.facts import CREATED, OLDER, UNCHANGED, UPDATED
from craffu.published.models import StreetCrime
from craffu.published.queries import taken_file

KIND: Final = "street-crime"
BATCH: Final = 50_000

SERIES: Final = "street-crime"
_HELD_AT_ONCE: Final = 500
# What a street-level row's parts are called where they are kept.
_FIELDS: Final = {
    CRIME_ID: "crime_id", MONTH: "month", REPORTED_BY: "reported_by", FALLS_WITHIN: "falls_within", X: "longitude",
    Y: "latitude", LOCATION: "location", LSOA_CODE: "lsoa_code", LSOA_NAME: "lsoa_name", CRIME_TYPE: "crime_type",
    OUTCOME: "last_outcome", OUTSIDE: "outside", CONTENT: "content", LINE: "line",
}  # fmt: skip
_MARK: Final = "mark:"
_OUTCOMES: Final = {
    CREATED: (OutcomeKind.CREATED, Reason.FIRST_TIME),
    UPDATED: (OutcomeKind.UPDATED, Reason.CHANGED),
    UNCHANGED: (OutcomeKind.UNCHANGED, Reason.SAME_CONTENT),
    OLDER: (OutcomeKind.UNCHANGED, Reason.OLDER_VERSION),
}


class _Files:
    """How many files a run has read. The areas of one can be counted, those of several would be counted twice."""

    def __init__(self) -> None:
        self.number = 0


def take_in(taking: Taking, document: Document) -> Iterator[Result] | Refused:
    """One file: refused whole, or what became of its rows. The same bytes again are known without being read."""
    is_correction = taking.first_received_at is not None
    before = None if is_correction else taken_file(KIND, document.sha256, MAPPING_VERSION)
    if before is not None:
        return iter([_known(taking, before.row_count, before.totals)])
    try:
        columns = read_columns(document.data, NEEDS, found=KIND)
    except Unfit as unfit:
        return unfit.refused(document.name)
    return _take_in_columns(taking, document, columns, is_correction=is_correction)


def _known(taking: Taking, rows: int, totals: Mapping[str, int]) -> BatchResult:
    """Every row of a file that was read to its end before: nothing in it can be news."""
    for name, number in totals.items():
        if name.startswith(_MARK):
            taking.tally.warnings[name.removeprefix(_MARK)] += number
    _add(taking, {name: number for name, number in totals.items() if not name.startswith(_MARK)})
    taking.tally.received += rows
    return BatchResult(Counter({OutcomeKind.UNCHANGED: rows}))


def _take_in_columns(taking: Taking, document: Document, columns: Columns, *, is_correction: bool) -> Iterator[Result]:
    shaped = shape(columns.frame, has_controls=columns.has_controls)
    rows = columns.frame.height + len(columns.faulty)
    taking.tally.received += rows
    totals = street_totals(columns.frame, shaped, rows)
    marks = Counter({OUTSIDE_FORCE: totals["outside"], DISTRICT_WITHOUT_FORCE: int(shaped.good[NO_FORCE].sum())})
    marks.update(columns.notes)
    taking.tally.warnings.update(+marks)
    _add(taking, totals)
    if not is_correction:
        _check(taking, document, columns.frame)
    whole = not is_correction
    for result in _stored(taking, document, columns, shaped, is_correction=is_correction):
        whole = whole and isinstance(result, BatchResult)
        yield result
    if whole:
        finish_file(
            kind=KIND,
            file_sha256=document.sha256,
            mapping_version=MAPPING_VERSION,
            row_count=rows,
            totals={**totals, **{f"{_MARK}{mark}": number for mark, number in (+marks).items()}},
            now=taking.now,
        )


def _stored(
    taking: Taking, document: Document, columns: Columns, shaped: Shaped, *, is_correction: bool
) -> Iterator[Result]:
    """What becomes of the rows: those stored together are told of together, those held back each alone."""
    seen = _held_already(shaped.good) if is_correction else {}
    for batch in _in_order_of_keys(shaped.good):
        if is_correction:
            yield from _store(taking=taking, document=document, batch=batch, seen=seen, alone=True)
        else:
            yield from _store_batch(taking, document, batch, seen)
    yield from _hold_bad(taking, document, columns, shaped.bad)


def _in_order_of_keys(good: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The rows of a file in batches, as the index has their keys: each batch writes its own part of it and no part twice.

    Keys are drawn at random, and so any few thousand of them lie all over it. Rows that say the same keep their order.
    """
    key = pl.when(pl.col(CRIME_ID) == "").then(CONTENT).otherwise(CRIME_ID).alias("key")
    order = good.select(key, LINE).with_row_index().sort("key", LINE)["index"]
    for start in range(0, good.height, BATCH):
        yield good[order.slice(start, BATCH)]


def _held_already(good: pl.DataFrame) -> dict[str, int]:
    """How often what a corrected row says is held: the row is one more of them, where it has no Crime ID of its own."""
    contents = good.filter(pl.col(CRIME_ID) == "")[CONTENT].unique()
    return {
        content: StreetCrime.objects.filter(key__startswith=f"{content}-", number=1).count() for content in contents
    }


def _fields(batch: pl.DataFrame) -> pl.DataFrame:
    """The rows as they are kept."""
    return batch.select(pl.col(name).alias(field) for name, field in _FIELDS.items())


def _store_batch(taking: Taking, document: Document, batch: pl.DataFrame, seen: dict[str, int]) -> list[Result]:
    """Store a batch together; where the database refuses a row of it, each alone, so that only that row is held back."""
    before = dict(seen)

    def together() -> list[Result]:
        return _store(taking=taking, document=document, batch=batch, seen=seen)

    def each_alone() -> list[Result]:
        seen.clear()
        seen.update(before)
        return [result for row in batch.iter_slices(1) for result in _store_alone(taking, document, row, seen)]

    return stored_or_held(together, each_alone)


def _store_alone(taking: Taking, document: Document, row: pl.DataFrame, seen: dict[str, int]) -> list[Result]:
    def hold_it() -> list[Result]:
        refused = row.with_columns(pl.lit(NOT_STORABLE).alias(REASON), pl.lit("").alias(COLUMN))
        return _hold(taking=taking, document=document, bad=refused)

    return stored_or_held(lambda: _store(taking=taking, document=document, batch=row, seen=seen), hold_it)


@action
def _store(
    *, taking: Taking, document: Document, batch: pl.DataFrame, seen: dict[str, int], alone: bool = False
) -> list[Result]:
    """Store rows in one transaction; told of together, or each alone."""
    taking.next_row()
    recorded = record_street_crimes(
        by=taking.by, rows=_fields(batch), provenance=taking.provenance(document, 1), seen=seen, now=taking.now
    )
    waiting = Waiting(taking, AREA_UNKNOWN, NOT_STORABLE)
    if waiting:
        for line, *cells in batch.select(LINE, *NEEDS).iter_rows():
            waiting.close(line, own_file(NEEDS, line, cells))
    if alone:
        return [
            RowResult(line, *_OUTCOMES[outcome])
            for line, outcome in zip(batch[LINE].to_list(), recorded.outcomes, strict=True)
        ]
    outcomes: Counter[OutcomeKind] = Counter()
    said = Counter(recorded.outcomes)
    for outcome, number in said.items():
        outcomes[_OUTCOMES[outcome][0]] += number
    return [BatchResult(outcomes, Counter({NEWER_HELD: said[OLDER]} if said[OLDER] else {}))]


def _hold_bad(taking: Taking, document: Document, columns: Columns, bad: pl.DataFrame) -> Iterator[Result]:
    for batch in bad.iter_slices(_HELD_AT_ONCE):
        yield from _hold(taking=taking, document=document, bad=batch)
    for rows in batched(columns.faulty, _HELD_AT_ONCE):
        yield from _hold_faulty(taking=taking, document=document, rows=rows)


@action
def _hold(*, taking: Taking, document: Document, bad: pl.DataFrame) -> list[Result]:
    taking.next_row()
    return [
        hold(
            taking,
            document,
            line=line,
            words=own_file(NEEDS, line, cells),
            reason=reason,
            column=column,
            undecided=reason == AREA_UNKNOWN,
        )
        for line, reason, column, *cells in bad.select(LINE, REASON, COLUMN, *NEEDS).iter_rows()
    ]


@action
def _hold_faulty(*, taking: Taking, document: Document, rows: Sequence[Record]) -> list[RowResult]:
    taking.next_row()
    return [
        hold(
            taking,
            document,
            line=row.line,
            words=own_file(NEEDS, row.line, row.cells),
            reason=row.fault,
            column="",
            undecided=False,
        )
        for row in rows
    ]


def _check(taking: Taking, document: Document, frame: pl.DataFrame) -> None:
    """Of all that our checks look at, a street-level file has periods alone, the same in row after row."""
    lines = frame.select(LINE, MONTH, FALLS_WITHIN).unique([MONTH, FALLS_WITHIN], keep="first", maintain_order=True)
    lines = lines.filter(pl.col(MONTH).str.contains(r"^\d{4}-\d{2}$"))
    table = checks.Table((MONTH, FALLS_WITHIN), lines.select(MONTH, FALLS_WITHIN).rows(), lines[LINE].to_list())
    roles = Roles(area=FALLS_WITHIN, period=MONTH)
    check_table(taking, document, SERIES, table, roles, lambda month: month)


def _add(taking: Taking, totals: Mapping[str, int]) -> None:
    """Add a file's totals to those of the run."""
    files = taking.once(_Files)
    files.number += 1
    taking.totals.update(totals)
    if files.number > 1:
        del taking.totals["areas"]
