"""Takes in a month of street-level crime: read by columns, stored in batches, each with one row in the log (INT-01, B8).

Rows without Crime ID are known by what they say and how often the file has said it, so rows that repeat all stay and the same
month again adds nothing; a Crime ID that returns with other words is an update.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Final, cast

from django.db import connection

from craffu.common.door import action
from craffu.intake.opening import Document
from craffu.intake.published_tables import MAPPING_VERSION
from craffu.intake.published_tables.anomalies import check_table
from craffu.intake.published_tables.holding import Waiting, hold
from craffu.intake.published_tables.reasons import AREA_UNKNOWN, NEWER_HELD
from craffu.intake.published_tables.street_rows import FALLS_WITHIN, MONTH, NEEDS
from craffu.intake.published_tables.street_steps import (
    KIND,
    Begun,
    Cells,
    Ended,
    LeftOut,
    contents_of,
    steps_of,
)
from craffu.intake.refused import Refused, Unfit
from craffu.intake.rules import OutcomeKind, Reason
from craffu.intake.storing import stored_or_held
from craffu.intake.tables.csv_rows import own_file
from craffu.intake.taking import NOT_STORABLE, BatchResult, Result, RowResult, Taking
from craffu.published import checks
from craffu.published.actions import finish_file, record_street_crimes
from craffu.published.checks import Roles
from craffu.published.facts import CREATED, OLDER, UNCHANGED, UPDATED
from craffu.published.models import StreetCrime
from craffu.published.queries import taken_file
from craffu.published.street_batches import StreetBatch

BATCH: Final = 50_000

SERIES: Final = "street-crime"
_HELD_AT_ONCE: Final = 500
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
        seen = _held_already(document.data) if is_correction else {}
        steps = taking.ahead.each(steps_of, document.data, BATCH, connection.vendor, seen)
        begun = cast("Begun", next(steps))
    except Unfit as unfit:
        return unfit.refused(document.name)
    return _File(taking, document, Cells(document.data), is_correction).take_in(begun, steps)


def _known(taking: Taking, rows: int, totals: Mapping[str, int]) -> BatchResult:
    """Every row of a file that was read to its end before: nothing in it can be news."""
    for name, number in totals.items():
        if name.startswith(_MARK):
            taking.tally.warnings[name.removeprefix(_MARK)] += number
    _add(taking, {name: number for name, number in totals.items() if not name.startswith(_MARK)})
    taking.tally.received += rows
    return BatchResult(Counter({OutcomeKind.UNCHANGED: rows}))


def _held_already(data: bytes) -> dict[str, int]:
    """How often what a corrected row says is held: the row is one more of them, where it has no Crime ID of its own."""
    return {
        content: StreetCrime.objects.filter(key__startswith=f"{content}-", number=1).count()
        for content in contents_of(data)
    }


@dataclass(frozen=True, slots=True)
class _File:
    """One file as it is taken in."""

    taking: Taking
    document: Document
    cells: Cells
    is_correction: bool

    def take_in(self, begun: Begun, steps: Iterator[Begun | StreetBatch | Ended]) -> Iterator[Result]:
        """What becomes of its rows: those stored together are told of together, those held back each alone."""
        self.taking.tally.received += begun.rows
        if not self.is_correction:
            self._check(begun)
        whole = not self.is_correction
        for step in steps:
            for result in self._results(step):
                whole = whole and isinstance(result, BatchResult)
                yield result
            if isinstance(step, Ended) and whole:
                self._finish(begun.rows, step)

    def _results(self, step: Begun | StreetBatch | Ended) -> Iterator[Result]:
        if isinstance(step, StreetBatch):
            yield from self._store_batch(step)
        elif isinstance(step, Ended):
            self.taking.tally.warnings.update(step.marks)
            _add(self.taking, step.totals)
            for rows in batched(step.left_out, _HELD_AT_ONCE):
                yield from _hold(taking=self.taking, document=self.document, rows=rows)

    def _check(self, begun: Begun) -> None:
        """Of all that our checks look at, a street-level file has periods alone, the same in row after row."""
        months = [(month, within) for _, month, within in begun.months]
        table = checks.Table((MONTH, FALLS_WITHIN), months, [line for line, _, _ in begun.months])
        roles = Roles(area=FALLS_WITHIN, period=MONTH)
        check_table(self.taking, self.document, SERIES, table, roles, lambda month: month)

    def _store_batch(self, batch: StreetBatch) -> list[Result]:
        """Store a batch together; where the database refuses a row, half and half, until it stands alone and is held back."""
        if self.is_correction:
            return self._store(batch, alone=True)

        def in_halves() -> list[Result]:
            half = len(batch.lines) // 2
            if not half:
                return self._hold_alone(batch.lines[0])
            halves = slice(0, half), slice(half, None)
            return [result for which in halves for result in self._store_batch(batch.part(which))]

        return stored_or_held(lambda: self._store(batch), in_halves)

    def _hold_alone(self, line: int) -> list[Result]:
        left_out = LeftOut(line, NOT_STORABLE, "", self.cells.at([line])[line])
        return _hold(taking=self.taking, document=self.document, rows=[left_out])

    def _store(self, batch: StreetBatch, *, alone: bool = False) -> list[Result]:
        return _store(taking=self.taking, document=self.document, batch=batch, cells=self.cells, alone=alone)

    def _finish(self, rows: int, ended: Ended) -> None:
        finish_file(
            kind=KIND,
            file_sha256=self.document.sha256,
            mapping_version=MAPPING_VERSION,
            row_count=rows,
            totals={**ended.totals, **{f"{_MARK}{mark}": number for mark, number in ended.marks.items()}},
            now=self.taking.now,
        )


@action
def _store(*, taking: Taking, document: Document, batch: StreetBatch, cells: Cells, alone: bool) -> list[Result]:
    """Store rows in one transaction; told of together, or each alone."""
    taking.next_row()
    recorded = record_street_crimes(
        by=taking.by, batch=batch, provenance=taking.provenance(document, 1), now=taking.now
    )
    waiting = Waiting(taking, AREA_UNKNOWN, NOT_STORABLE)
    lines = waiting.at(batch.lines) if waiting else set()
    for line, sent in cells.at(lines).items() if lines else ():
        waiting.close(line, own_file(NEEDS, line, sent))
    if alone:
        return [
            RowResult(line, *_OUTCOMES[outcome]) for line, outcome in zip(batch.lines, recorded.outcomes, strict=True)
        ]
    outcomes: Counter[OutcomeKind] = Counter()
    said = Counter(recorded.outcomes)
    for outcome, number in said.items():
        outcomes[_OUTCOMES[outcome][0]] += number
    return [BatchResult(outcomes, Counter({NEWER_HELD: said[OLDER]} if said[OLDER] else {}))]


@action
def _hold(*, taking: Taking, document: Document, rows: Sequence[LeftOut]) -> list[Result]:
    taking.next_row()
    return [
        hold(
            taking,
            document,
            line=row.line,
            words=own_file(NEEDS, row.line, row.cells),
            reason=row.reason,
            column=row.column,
            undecided=row.reason == AREA_UNKNOWN,
        )
        for row in rows
    ]


def _add(taking: Taking, totals: Mapping[str, int]) -> None:
    """Add a file's totals to those of the run."""
    files = taking.once(_Files)
    files.number += 1
    taking.totals.update(totals)
    if files.number > 1:
        del taking.totals["areas"]
