"""From the rows of an extract to the register, in batches: each in one transaction with one row in the log (INT-01, INT-05).

Who a record is about is nobody's guess here: each is a person of its own until it is joined to another (IDN-02). Where the
database refuses a row, the rows beside it are stored all the same.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

from craffu.audit import actions as audit
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.common.versions import CREATED, OLDER, UNCHANGED, UPDATED, as_said
from craffu.intake import events
from craffu.intake.actions import decide_held, hold_row
from craffu.intake.models import HeldDecision, HeldRow
from craffu.intake.opening import Document
from craffu.intake.records.mapping import Mapped, own_layout
from craffu.intake.records.queries import held_like, waiting_at_lines
from craffu.intake.records.recognise import COLUMNS_NOT_READ, Recognised
from craffu.intake.records.shape import Bad, Good, Latest, Shaped
from craffu.intake.records.steps import Begun, steps_of
from craffu.intake.records.storing import STORES, Batch, Stored, digest_of, keep
from craffu.intake.refused import Refused, Unfit
from craffu.intake.rules import OutcomeKind, Reason
from craffu.intake.storing import stored_or_held
from craffu.intake.tables.csv_rows import as_csv, own_file
from craffu.intake.taking import NOT_STORABLE, BatchResult, Result, RowResult, Taking
from craffu.people.queries import has_records

# How far ahead of our clock a row may say that it was changed: without a doubt, and at all.
LIKELY_AHEAD: Final = timedelta(days=1)
POSSIBLY_AHEAD: Final = timedelta(days=5 * 366)
NEWER_VERSION_HELD: Final = "newer_version_held"

_OUTCOMES: Final = {
    CREATED: (OutcomeKind.CREATED, Reason.FIRST_TIME),
    UPDATED: (OutcomeKind.UPDATED, Reason.CHANGED),
    UNCHANGED: (OutcomeKind.UNCHANGED, Reason.SAME_CONTENT),
    OLDER: (OutcomeKind.UNCHANGED, Reason.OLDER_VERSION),
}


def take_in(taking: Taking, document: Document, mapped: Mapped) -> Iterator[Result] | Refused:
    """One file: refused whole, or what became of its rows. A corrected row stands in our own layout, whatever the mapping."""
    corrected = taking.first_received_at is not None
    use = own_layout(taking.kind) if corrected else mapped
    latest = Latest(as_said(taking.started_at + LIKELY_AHEAD), as_said(taking.started_at + POSSIBLY_AHEAD))
    steps = taking.ahead.each(steps_of, document.data, use, latest, reads_homes=_is_mostly_new(taking))
    try:
        first = next(steps)
    except Unfit as unfit:
        return unfit.refused(document.name)
    return _File(taking, document).take_in(chain((first,), steps))


def _is_mostly_new(taking: Taking) -> bool:
    """Whether most of what is about to come will be new: so it was in this run, or nobody has told of anybody yet."""
    known = taking.tally.outcomes
    return known[OutcomeKind.CREATED] * 2 > known.total() if known else not has_records(taking.by, taking.kind)


@dataclass(frozen=True, slots=True)
class _File:
    """One file as it is taken in."""

    taking: Taking
    document: Document

    def take_in(self, steps: Iterable[Begun | Shaped]) -> Iterator[Result]:
        """What becomes of the rows of each table that is begun."""
        waiting = waiting_at_lines(self.taking.by, self.taking.kind, self.document.sha256)
        for step in steps:
            if isinstance(step, Begun):
                found = step.found
                self._begin(step)
                continue
            self.taking.tally.received += step.received
            self.taking.totals[found.table.name] += step.received
            if step.bad:
                yield from hold_rows(taking=self.taking, document=self.document, found=found, bad=step.bad)
            if len(step.good):
                yield from self._store(found, step.good, waiting)

    def _begin(self, table: Begun) -> None:
        for note in table.notes:
            self.taking.tally.warnings[note] += 1
        if table.found.not_read:
            self.taking.tally.warnings[COLUMNS_NOT_READ] += table.found.not_read

    def _store(self, found: Recognised, good: Good, waiting: dict[int, list[HeldRow]]) -> Iterator[Result]:
        """Store rows together; where the database refuses one, half and half, until it stands alone and is held back."""

        def together() -> list[Result] | None:
            stored: list[Result] = store_batch(
                taking=self.taking, document=self.document, found=found, good=good, waiting=waiting
            )
            return stored

        def refused() -> None:
            return None

        results = stored_or_held(together, refused)
        if results is not None:
            yield from results
        elif len(good) == 1:
            bad = [Bad(good.lines[0], good.as_sent(found.table), "", NOT_STORABLE, False, "")]
            yield from hold_rows(taking=self.taking, document=self.document, found=found, bad=bad)
        else:
            half = len(good) // 2
            yield from self._store(found, good.part(0, half), waiting)
            yield from self._store(found, good.part(half, len(good)), waiting)


@action
def store_batch(
    *, taking: Taking, document: Document, found: Recognised, good: Good, waiting: dict[int, list[HeldRow]]
) -> list[Result]:
    """Store what is new among rows of one table, with one row in the log for all of them."""
    table = found.table
    lock_until_commit("records", taking.by.force.code, taking.kind)
    taking.next_row()
    store = STORES.get((taking.kind, table.name), keep)
    done = store(
        Batch(taking.by, table, good, taking.provenance(document, good.lines[0]), taking.now, taking.run.reference)
    )
    stored = [f"{table.name}/{key}" for key, one in zip(good.keys, done.decided, strict=True) if one.number]
    if stored:
        audit.record(
            kind=events.ROWS_RECEIVED,
            actor=taking.by.actor,
            refs=[
                f"run/{taking.run.reference}",
                f"table/{taking.kind}.{table.name}",
                f"file/{document.sha256}",
                f"batch/{digest_of(stored)}",
            ],
            counts=Counter(one.outcome for one in done.decided),
            request=taking.by.request,
            now=taking.now,
        )
    for warning, joined in done.joined.items():
        if joined:
            _wait_no_longer(taking, warning, joined)
    for line in good.lines if waiting else ():
        for held in waiting.get(line, ()):
            if _is_of(held, found):
                _close(taking, held)
    return _results(good, done)


def _wait_no_longer(taking: Taking, warning: str, joined: Sequence[datetime]) -> None:
    """A run says how many of its rows wait when it ends, not how many did for a while; those of earlier runs are no part
    of that."""
    waiting = taking.tally.warnings[warning] - sum(since >= taking.started_at for since in joined)
    if waiting > 0:
        taking.tally.warnings[warning] = waiting
    else:
        del taking.tally.warnings[warning]


def _is_of(held: HeldRow, found: Recognised) -> bool:
    """Whether a row was held back from this table: another sheet, or the file read as another table, has lines as well."""
    return held.content_sha256 == _content(found, held.reason, held.raw)


def _content(found: Recognised, reason: str, words: str) -> str:
    """One hash for what a row says and why it is held back, at whatever line it stands."""
    header, _, row = words.partition("\n")
    said = "\n".join((found.table.name, reason, header, row.lstrip("\n")))
    return hashlib.sha256(said.encode()).hexdigest()


def _close(taking: Taking, held: HeldRow) -> None:
    """A row of the same file that could not be used then and was now, as with a better mapping, waits no longer."""
    if not hasattr(held, "decision") and taking.first_received_at is None:
        decide_held(
            by=taking.by, row=held, decision=HeldDecision.Decision.CORRECTED, reason="stored_later", now=taking.now
        )


def _results(good: Good, done: Stored) -> list[Result]:
    decided, doubts = done.decided, {**good.doubts, **done.doubts}
    if len(good) == 1:
        kind, reason = _OUTCOMES[decided[0].outcome]
        older = (NEWER_VERSION_HELD,) if decided[0].outcome == OLDER else ()
        return [RowResult(good.lines[0], kind, reason, (*doubts.get(0, ()), *older))]
    said = Counter(one.outcome for one in decided)
    outcomes: Counter[OutcomeKind] = Counter()
    for outcome, number in said.items():
        outcomes[_OUTCOMES[outcome][0]] += number
    warnings = Counter(doubt for several in doubts.values() for doubt in several)
    if said[OLDER]:
        warnings[NEWER_VERSION_HELD] += said[OLDER]
    return [BatchResult(outcomes, warnings)]


@action
def hold_rows(*, taking: Taking, document: Document, found: Recognised, bad: Sequence[Bad]) -> list[RowResult]:
    """Hold rows back, each once however often and at whatever line it is sent; what somebody decided stays decided."""
    taking.next_row()
    words = [_words(found, row) for row in bad]
    said = [(_content(found, row.reason, said), row.line) for row, said in zip(bad, words, strict=True)]
    known = held_like(taking.by, taking.kind, said, document.sha256)
    return [
        _hold(taking, document, row, raw, key[0], known.get(key))
        for row, raw, key in zip(bad, words, said, strict=True)
    ]


def _hold(taking: Taking, document: Document, row: Bad, words: str, content: str, before: HeldRow | None) -> RowResult:
    decision = getattr(before, "decision", None)
    if before is not None and decision is not None:
        set_aside = decision.decision == HeldDecision.Decision.SET_ASIDE
        reason = "set_aside" if set_aside else "corrected_before"
        return RowResult(row.line, OutcomeKind.UNCHANGED, reason, held=before.reference)
    held = before or hold_row(
        taking=taking,
        document=document,
        why=HeldRow.Why.PARKED if row.parked else HeldRow.Why.REJECTED,
        line=row.line,
        content_sha256=content,
        reason=row.reason,
        field=row.field,
        value_class=row.shape,
        raw=words,
    )
    if row.parked:
        # A person says what is meant by writing it into the reject file, like the value of any other row.
        taking.rejected_rows.append(held.reference)
    outcome = OutcomeKind.PARKED if row.parked else OutcomeKind.REJECTED
    return RowResult(row.line, outcome, row.reason, held=held.reference)


def _words(found: Recognised, row: Bad) -> str:
    """The row as a file of our own layout that can be corrected alone; as it stood where its cells cannot be told apart."""
    if len(row.cells) != len(found.table.columns) or row.reason == "columns_differ":
        return as_csv(row.cells)
    return own_file(found.table.names, row.line, row.cells)
