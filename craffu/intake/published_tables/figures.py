"""Takes in one published table of figures: read, checked as it is, shaped, and what is new appended (INT-01, INT-03, INT-05).

A file is stored whole in one transaction, with one row in the log; what is held back waits for its publisher or a person.
"""

from collections.abc import Callable, Iterator

from craffu.common.door import action
from craffu.intake.opening import Document, Wanted
from craffu.intake.published_tables.anomalies import check_figures
from craffu.intake.published_tables.column_json import column_sheet, is_json
from craffu.intake.published_tables.figure_rows import Bad, Good, Shaped, shape_rows
from craffu.intake.published_tables.holding import Waiting, hold
from craffu.intake.published_tables.layouts import Layout
from craffu.intake.published_tables.reasons import AREA_UNKNOWN, NEWER_HELD
from craffu.intake.refused import Refused, Unfit
from craffu.intake.rules import OutcomeKind, Reason
from craffu.intake.storing import stored_or_held
from craffu.intake.tables.read import Sheets, Table, read_sheets, table_of
from craffu.intake.taking import NOT_STORABLE, RowResult, Taking
from craffu.published.actions import record_figures
from craffu.published.facts import CREATED, OLDER, UPDATED
from craffu.published.models import Missing

type TakeIn = Callable[[Taking, Document], Iterator[RowResult] | Refused]

WANTED = Wanted(kind="csv", also=("xlsx", "ods", "json"), suffixes=(".csv", ".xlsx", ".ods", ".json"))


class _Seen:
    """What the figures of a run are about, over all its files."""

    def __init__(self) -> None:
        self.areas: set[tuple[str, str]] = set()
        self.periods: set[str] = set()
        self.measures: set[str] = set()


def take_in_figures(layout: Layout) -> TakeIn:
    """How files of one layout are taken in: refused whole, or what became of each row."""

    def take_in(taking: Taking, document: Document) -> Iterator[RowResult] | Refused:
        try:
            table = _read(document, layout)
            shaped = shape_rows(table, layout)
        except Unfit as unfit:
            return unfit.refused(document.name)
        return _take_in_rows(taking, document, layout, table, shaped)

    return take_in


def _read(document: Document, layout: Layout) -> Table:
    data = document.data
    sheets = Sheets([column_sheet(data)]) if is_json(data) else read_sheets(data)
    return table_of(sheets, layout.needs, found=layout.kind, aliases=layout.aliases)


def _take_in_rows(
    taking: Taking, document: Document, layout: Layout, table: Table, shaped: list[Shaped]
) -> Iterator[RowResult]:
    rows = list(taking.tally.receiving(shaped))
    is_correction = taking.first_received_at is not None
    if not is_correction:
        taking.tally.warnings.update(table.notes)
        check_figures(taking, document, table, layout)
    _count(taking, layout, rows)

    def together() -> list[RowResult]:
        return _store(taking=taking, document=document, layout=layout, table=table, rows=rows)

    def each_alone() -> list[RowResult]:
        return [result for row in rows for result in _store_alone(taking, document, layout, table, row)]

    yield from stored_or_held(together, each_alone)


def _store_alone(taking: Taking, document: Document, layout: Layout, table: Table, row: Shaped) -> list[RowResult]:
    def store(one: Shaped) -> list[RowResult]:
        return _store(taking=taking, document=document, layout=layout, table=table, rows=[one])

    return stored_or_held(lambda: store(row), lambda: store(Bad(row.row, NOT_STORABLE)))


@action
def _store(*, taking: Taking, document: Document, layout: Layout, table: Table, rows: list[Shaped]) -> list[RowResult]:
    """Store what is new and hold back what cannot be stored."""
    taking.next_row()
    figures = [figure for row in rows if isinstance(row, Good) for figure in row.figures]
    recorded = record_figures(
        by=taking.by, series=layout.series, rows=figures, provenance=taking.provenance(document, 1), now=taking.now
    )
    outcomes = iter(recorded.outcomes)
    waiting = Waiting(taking, AREA_UNKNOWN, NOT_STORABLE)
    results = []
    for row in rows:
        if isinstance(row, Bad):
            results.append(
                hold(
                    taking, document, line=row.row.line, words=table.words(row.row), reason=row.reason,
                    column=row.column, undecided=row.undecided,
                )
            )  # fmt: skip
            continue
        results.append(_result(row, {next(outcomes) for _ in row.figures}))
        if waiting:
            waiting.close(row.row.line, table.words(row.row))
    return results


def _result(row: Good, outcomes: set[str]) -> RowResult:
    """What became of a row, from what became of its figures."""
    if UPDATED in outcomes:
        return RowResult(row.row.line, OutcomeKind.UPDATED, Reason.CHANGED, row.marks)
    if CREATED in outcomes:
        return RowResult(row.row.line, OutcomeKind.CREATED, Reason.FIRST_TIME, row.marks)
    if OLDER in outcomes:
        return RowResult(row.row.line, OutcomeKind.UNCHANGED, Reason.OLDER_VERSION, (*row.marks, NEWER_HELD))
    return RowResult(row.row.line, OutcomeKind.UNCHANGED, Reason.SAME_CONTENT, row.marks)


def _count(taking: Taking, layout: Layout, rows: list[Shaped]) -> None:
    """Control totals of what the file says, whether it is news or not. Blank, not available and 0 are counted apart."""
    seen = taking.once(_Seen)
    totals = taking.totals
    totals["rows"] += len(rows)
    for figure in (figure for row in rows if isinstance(row, Good) for figure in row.figures):
        seen.areas.add((figure.area_kind, figure.area))
        seen.periods.add(figure.period)
        seen.measures.add(figure.measure)
        name = layout.totals(figure)
        if figure.value is None:
            totals[f"{Missing(figure.missing).value}_{name}"] += 1
        else:
            totals[f"total_{name}"] += figure.value
            if figure.value <= 0:
                totals[f"{'negative' if figure.value else 'zero'}_{name}"] += 1
        totals["figures"] += 1
    totals["areas"], totals["periods"], totals["measures"] = len(seen.areas), len(seen.periods), len(seen.measures)
