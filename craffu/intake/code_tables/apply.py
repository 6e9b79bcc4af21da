"""From the rows of a code list to the versions kept of each code: what is new is appended, in a few transactions (INT-01).

A meaning that was held before is as old as its first arrival, so an earlier copy of a list, or the product's own, never
takes a code back. A file is decided whole and stored in batches; after a kill, taking it in again stores the rest.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import batched

from craffu.common.door import action
from craffu.intake.actions import close_if_stored, hold_row
from craffu.intake.code_tables.read import RawRow, read_table
from craffu.intake.code_tables.shape import Code, Problem, Shaped, court_areas_of, shape_table
from craffu.intake.models import HeldDecision, HeldRow
from craffu.intake.opening import Document
from craffu.intake.queries import held_before, waiting_for
from craffu.intake.refused import Refused
from craffu.intake.rules import HeldVersion, Outcome, OutcomeKind, Place, Reason, Row, decide_rows
from craffu.intake.storing import stored_or_held
from craffu.intake.taking import NOT_STORABLE, RowResult, Taking
from craffu.published.actions import receive_codes
from craffu.published.facts import CodeRow
from craffu.published.queries import versions_of

BATCH = 5_000

_STORED = (OutcomeKind.CREATED, OutcomeKind.UPDATED)


@dataclass(frozen=True, slots=True)
class _Held:
    """What is held of the lists of one file: the newest version of each code, its number, and when each was first said."""

    newest: dict[str, HeldVersion]
    numbers: dict[str, int]
    places: dict[tuple[str, str], Place]


@dataclass(frozen=True, slots=True)
class _Decided:
    """A row, the code or problem in it, and what becomes of it."""

    row: RawRow
    code: Code | Problem
    outcome: Outcome


def take_in(taking: Taking, document: Document) -> Iterator[RowResult] | Refused:
    """One file: refused whole, or what became of each code in it."""
    table = read_table(document)
    if isinstance(table, Refused):
        return table
    if table.note:
        taking.tally.warnings[table.note] += 1
    return _take_in_rows(taking, document, shape_table(table))


def _take_in_rows(taking: Taking, document: Document, shaped: list[Shaped]) -> Iterator[RowResult]:
    areas = court_areas_of(shaped)
    codes = [code for _, code in (*shaped, *areas) if isinstance(code, Code)]
    held = _held({code.list_name for code in codes})
    for code in codes:
        taking.totals[code.list_name] += 1
    for batch in batched(taking.tally.receiving(_decide(shaped, held)), BATCH):
        yield from _store_batch(taking, document, batch, held.numbers)
    if areas:
        # The areas are said by the rows of the courts, which have been counted: they are no rows of their own.
        _store_batch(taking, document, tuple(_decide(areas, held)), held.numbers)


def _store_batch(
    taking: Taking, document: Document, decided: tuple[_Decided, ...], numbers: dict[str, int]
) -> list[RowResult]:
    """Store a batch together; where the database refuses a row of it, each alone, so that only that row is held back."""

    def together() -> list[RowResult]:
        return _store(taking=taking, document=document, decided=decided, numbers=numbers)

    def each_alone() -> list[RowResult]:
        return [result for item in decided for result in _store_alone(taking, document, item, numbers)]

    return stored_or_held(together, each_alone)


def _store_alone(taking: Taking, document: Document, item: _Decided, numbers: dict[str, int]) -> list[RowResult]:
    def store(one: _Decided) -> list[RowResult]:
        return _store(taking=taking, document=document, decided=(one,), numbers=numbers)

    return stored_or_held(lambda: store(item), lambda: store(replace(item, code=Problem(NOT_STORABLE))))


def _held(list_names: Iterable[str]) -> _Held:
    held = _Held({}, {}, {})
    for list_name, code, number, content, received_at in versions_of(list_names):
        key, place = f"{list_name}/{code}", (received_at, number)
        held.places.setdefault((key, content), place)
        before = held.newest.get(key)
        earlier = before.earlier | {before.content} if before else frozenset()
        held.newest[key] = HeldVersion(content, None, place, earlier)
        held.numbers[key] = number
    return held


def _decide(shaped: Iterable[Shaped] | Iterable[tuple[RawRow, Code]], held: _Held) -> list[_Decided]:
    pairs = list(_without_second_meanings(shaped))
    rows = (_row(raw, code, held) for raw, code in pairs)
    return [
        _Decided(raw, code, outcome)
        for (raw, code), (_, outcome) in zip(pairs, decide_rows(rows, held.newest), strict=True)
    ]


def _without_second_meanings(shaped: Iterable[Shaped] | Iterable[tuple[RawRow, Code]]) -> Iterator[Shaped]:
    """A code that stands twice in a file with two meanings is no version after a version: nobody knows which holds."""
    said: dict[str, str] = {}
    for raw, code in shaped:
        if isinstance(code, Code) and said.setdefault(code.key, code.content) != code.content:
            yield raw, Problem("two_meanings", "code")
        else:
            yield raw, code


def _row(raw: RawRow, code: Code | Problem, held: _Held) -> Row:
    """The row as the rule of intake reads it. A meaning never held before has no place: it is news."""
    if isinstance(code, Problem):
        missing = code.reason == Reason.MISSING_ID
        return Row(raw.line, None if missing else "-", "", problem=None if missing else code.reason)
    newest = held.newest.get(code.key)
    content = newest.content if newest and code.exists_only else code.content
    return Row(raw.line, code.key, content, place=held.places.get((code.key, content)))


@action
def _store(
    *, taking: Taking, document: Document, decided: Iterable[_Decided], numbers: dict[str, int]
) -> list[RowResult]:
    """Store a batch: new versions of each list together, and the rows held back. `numbers` moves on with what is stored."""
    taking.next_row()
    results: list[RowResult] = []
    versions: dict[str, list[CodeRow]] = defaultdict(list)
    given: dict[str, int] = {}
    unstored = waiting_for(taking.by, taking.kind, NOT_STORABLE)
    for item in decided:
        if isinstance(item.code, Problem):
            results.append(_hold(taking, document, item.row, item.code))
            continue
        if item.outcome.kind in _STORED:
            key = item.code.key
            given[key] = given.get(key, numbers.get(key, 0)) + 1
            versions[item.code.list_name].append(_version(item.row, item.code, given[key]))
        if unstored:
            close_if_stored(taking=taking, content_sha256=_held_content(item.row, NOT_STORABLE), line=item.row.line)
        results.append(_result(item.row, item.outcome))
    for list_name, new in versions.items():
        provenance = taking.provenance(document, new[0].line)
        receive_codes(by=taking.by, list_name=list_name, rows=new, provenance=provenance, now=taking.now)
    numbers.update(given)
    return results


def _version(row: RawRow, code: Code, number: int) -> CodeRow:
    return CodeRow(
        row.line, code.code, number, code.title, code.attributes, code.valid_from, code.valid_to, code.content
    )


def _result(row: RawRow, outcome: Outcome) -> RowResult:
    newer_stays = outcome.reason == Reason.OLDER_VERSION
    return RowResult(row.line, outcome.kind, outcome.reason, ("newer_version_held",) if newer_stays else ())


def _words(row: RawRow) -> str:
    return row.words or json.dumps(row.entry, ensure_ascii=True, default=str)


def _held_content(row: RawRow, reason: str) -> str:
    """By what a row held back for a reason is known when it is sent again."""
    return hashlib.sha256(f"{reason}\n{_words(row)}".encode()).hexdigest()


def _hold(taking: Taking, document: Document, row: RawRow, problem: Problem) -> RowResult:
    """Hold the row back once, however often it is sent; what somebody decided about it stays decided."""
    content = _held_content(row, problem.reason)
    before = held_before(taking.by, taking.kind, content, row.line)
    decision = getattr(before, "decision", None)
    if before is not None and decision is not None:
        set_aside = decision.decision == HeldDecision.Decision.SET_ASIDE
        reason = "set_aside" if set_aside else "corrected_before"
        return RowResult(row.line, OutcomeKind.UNCHANGED, reason, held=before.reference)
    held = before or hold_row(
        taking=taking,
        document=document,
        why=HeldRow.Why.REJECTED,
        line=row.line,
        content_sha256=content,
        reason=problem.reason,
        field=problem.field,
        value_class="",
        raw=_words(row),
    )
    return RowResult(row.line, OutcomeKind.REJECTED, problem.reason, held=held.reference)
