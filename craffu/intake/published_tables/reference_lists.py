"""Takes in lookups as official codes: which statistical area lies in which force, and the names of places (INT-01, X10).

A list without codes of its own is known by what it says and how often it has said it, so names that repeat are all kept. An
area that no force is known for is kept without one and counted: it is never given to a neighbour.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from craffu.common.door import action
from craffu.intake.opening import Document, Wanted
from craffu.intake.published_tables.anomalies import check_table
from craffu.intake.published_tables.holding import hold
from craffu.intake.published_tables.reasons import (
    AREA_UNKNOWN,
    NAME_MISSING,
    NEWER_HELD,
    NO_FORCE_KNOWN,
    NOT_AN_AREA_CODE,
    TOO_LONG,
    TWO_VALUES,
    Unusable,
)
from craffu.intake.refused import Refused, Unfit
from craffu.intake.rules import OutcomeKind, Reason
from craffu.intake.tables.csv_rows import Record
from craffu.intake.tables.read import Table, read_table
from craffu.intake.tables.values import read_text
from craffu.intake.taking import RowResult, Taking
from craffu.published import checks
from craffu.published.actions import receive_codes
from craffu.published.areas import find_area
from craffu.published.checks import Roles
from craffu.published.facts import CREATED, OLDER, UNCHANGED, UPDATED, CodeRow
from craffu.published.queries import versions_of
from craffu.published.versions import content_of, decide, held_versions

WANTED: Final = Wanted(kind="csv", also=("xlsx", "ods"), suffixes=(".csv", ".xlsx", ".ods"))

_LONGEST: Final = 200
_OUTCOMES: Final = {
    CREATED: (OutcomeKind.CREATED, Reason.FIRST_TIME),
    UPDATED: (OutcomeKind.UPDATED, Reason.CHANGED),
    UNCHANGED: (OutcomeKind.UNCHANGED, Reason.SAME_CONTENT),
    OLDER: (OutcomeKind.UNCHANGED, Reason.OLDER_VERSION),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list: its code, or nothing where the list has none, what it is called and what else is said of it."""

    row: Record
    code: str
    title: str
    attributes: Mapping[str, str]
    marks: tuple[str, ...] = ()

    @property
    def content(self) -> str:
        return content_of(self.title, dict(self.attributes))


@dataclass(frozen=True, slots=True)
class Bad:
    row: Record
    reason: str
    column: str = ""
    undecided: bool = False


type Cell = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """One kind of list: where its codes are kept, which columns it needs, and how a row is read."""

    kind: str
    list_name: str
    needs: tuple[str, ...]
    read: Callable[[Record, Cell], Entry]
    # For our checks: a name, and the columns that say what it stands for.
    defined_by: tuple[tuple[str, tuple[str, ...]], ...] = ()
    counted_by: str = ""


def _area_entry(row: Record, cell: Cell) -> Entry:
    code, name = cell("LSOA Code"), cell("LSOA Name")
    if len(code) != 9 or not code[1:].isdigit() or not code.isascii():
        raise Unusable(NOT_AN_AREA_CODE, "LSOA Code")
    printed = cell("Police_force")
    force = find_area(printed) if printed else None
    if printed and force is None:
        raise Unusable(AREA_UNKNOWN, "Police_force", undecided=True)
    attributes = {
        "force": force.code if force else "",
        "local_authority": cell("Local authority code"),
        "local_authority_name": cell("Local authority name"),
        "msoa": cell("MSOA Code"),
        "region": cell("Region code"),
    }
    return Entry(row, code, name, attributes, () if force else (NO_FORCE_KNOWN,))


def _place_entry(row: Record, cell: Cell) -> Entry:
    name = cell("name")
    if not name:
        raise Unusable(NAME_MISSING, "name")
    return Entry(row, "", name, {"type": cell("type"), "country": cell("country")})


AREA_LOOKUP: Final = ReferenceList(
    kind="area-lookup",
    list_name="lsoa-force",
    needs=(
        "Region code", "Local authority code", "Local authority name", "MSOA Code", "LSOA Code", "LSOA Name", "Police_force",
    ),
    read=_area_entry,
    defined_by=(("LSOA Code", ("LSOA Name", "Local authority code", "Police_force")),),
    counted_by="force",
)  # fmt: skip

PLACES: Final = ReferenceList(
    kind="places", list_name="place", needs=("name", "type", "country"), read=_place_entry, counted_by="country"
)


def take_in_list(kept: ReferenceList) -> Callable[[Taking, Document], Iterator[RowResult] | Refused]:
    """How files of one kind of list are taken in: refused whole, or what became of each row."""

    def take_in(taking: Taking, document: Document) -> Iterator[RowResult] | Refused:
        try:
            table = read_table(document.data, kept.needs, found=kept.kind)
        except Unfit as unfit:
            return unfit.refused(document.name)
        return _take_in_rows(taking, document, kept, table)

    return take_in


def _take_in_rows(taking: Taking, document: Document, kept: ReferenceList, table: Table) -> Iterator[RowResult]:
    entries = list(taking.tally.receiving(_entries(table, kept)))
    is_correction = taking.first_received_at is not None
    if not is_correction:
        taking.tally.warnings.update(table.notes)
        _check(taking, document, kept, table)
    taking.totals["rows"] += len(entries)
    for entry in entries:
        if isinstance(entry, Entry) and kept.counted_by:
            taking.totals[f"{kept.counted_by}_{entry.attributes[kept.counted_by] or 'none'}"] += 1
    yield from _store(taking=taking, document=document, kept=kept, table=table, entries=entries)


def _check(taking: Taking, document: Document, kept: ReferenceList, table: Table) -> None:
    places = [place for name in kept.needs if (place := table.place(name)) is not None]
    whole = [row for row in table.rows if not row.fault]
    rows = [tuple(row.cells[place] for place in places) for row in whole]
    checked = checks.Table(kept.needs, rows, [row.line for row in whole])
    check_table(taking, document, kept.kind, checked, Roles(labels=kept.needs, defined_by=kept.defined_by), str)


def _entries(table: Table, kept: ReferenceList) -> Iterator[Entry | Bad]:
    """Every row, in order; a code with two meanings is held back in every row that has it."""
    shaped = [_entry(row, table, kept) for row in table.rows]
    said: dict[str, str] = {}
    coded = [entry for entry in shaped if isinstance(entry, Entry) and entry.code]
    torn = {entry.code for entry in coded if said.setdefault(entry.code, entry.content) != entry.content}
    times: Counter[str] = Counter()
    for entry in shaped:
        if isinstance(entry, Bad):
            yield entry
        elif entry.code in torn:
            yield Bad(entry.row, TWO_VALUES, kept.needs[0])
        else:
            yield _coded(entry, times)


def _coded(entry: Entry, times: Counter[str]) -> Entry:
    """The entry with a code: its own, or what it says with its ordinal among entries that say the same."""
    if entry.code:
        return entry
    said = hashlib.sha256(entry.content.encode()).hexdigest()[:14]
    times[said] += 1
    return Entry(entry.row, f"{said}-{times[said]}", entry.title, entry.attributes, entry.marks)


def _entry(row: Record, table: Table, kept: ReferenceList) -> Entry | Bad:
    def cell(name: str) -> str:
        place = table.place(name)
        read = read_text(row.cells[place]) if place is not None else read_text("")
        if read.problem or len(read.value or "") > _LONGEST:
            raise Unusable(read.problem or TOO_LONG, name)
        return read.value or ""

    if row.fault:
        return Bad(row, row.fault)
    try:
        return kept.read(row, cell)
    except Unusable as unusable:
        place = table.place(unusable.column)
        column = table.columns[place] if place is not None else ""
        return Bad(row, unusable.reason, column, unusable.undecided)


@action
def _store(
    *, taking: Taking, document: Document, kept: ReferenceList, table: Table, entries: list[Entry | Bad]
) -> list[RowResult]:
    """Append what is new and hold back what cannot be stored, all of a file together."""
    taking.next_row()
    good = [entry for entry in entries if isinstance(entry, Entry)]
    versions = versions_of([kept.list_name])
    held = held_versions((code, number, content) for _, code, number, content, _ in versions)
    decided = iter(decide([(entry.code, entry.content) for entry in good], held))
    new: list[CodeRow] = []
    results: list[RowResult] = []
    for entry in entries:
        if isinstance(entry, Bad):
            words = table.words(entry.row)
            results.append(
                hold(
                    taking, document, line=entry.row.line, words=words, reason=entry.reason, column=entry.column,
                    undecided=entry.undecided,
                )
            )  # fmt: skip
            continue
        outcome, number = next(decided)
        if outcome in (CREATED, UPDATED):
            new.append(_version(entry, number))
        marks = (*entry.marks, NEWER_HELD) if outcome == OLDER else entry.marks
        results.append(RowResult(entry.row.line, *_OUTCOMES[outcome], marks))
    if new:
        provenance = taking.provenance(document, new[0].line)
        receive_codes(by=taking.by, list_name=kept.list_name, rows=new, provenance=provenance, now=taking.now)
    return results


def _version(entry: Entry, number: int) -> CodeRow:
    attributes = {name: value for name, value in entry.attributes.items() if value}
    return CodeRow(entry.row.line, entry.code, number, entry.title, attributes, None, None, entry.content)
