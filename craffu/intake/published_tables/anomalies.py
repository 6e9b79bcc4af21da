"""Runs our own checks over a published file as it is, and keeps what they find beside the figures (issue B, point 4).

An anomaly changes no figure and holds none back. Each is counted as a warning of the run, by the check that made it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from craffu.intake.opening import Document
from craffu.intake.published_tables.layouts import Layout
from craffu.intake.published_tables.reasons import Unusable
from craffu.intake.tables.read import Table, column_key
from craffu.intake.taking import Taking
from craffu.published import checks
from craffu.published.actions import record_found
from craffu.published.checks import Roles, find_errors, placed, roles_of
from craffu.published.definitions import series_of
from craffu.published.facts import FoundRow

# What a database refuses: the character nought, and halves of characters. A row with one is held back anyway.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LONGEST_NAME = 120


def check_figures(taking: Taking, document: Document, table: Table, layout: Layout) -> None:
    """Check a table of figures by the definition of its series."""
    names = _distinct(table.columns)
    printed = {name: _printed(table, names, name) for name in layout.needs}
    columns = {**printed, **_repeated(table, names, layout)}
    period = printed[layout.period[0]] if layout.period else ""
    series = series_of(layout.series)
    meaning = {
        columns.get(count.measure, "") or columns[count.column]: (
            count.measure,
            count.period.text if count.period else "",
        )
        for count in layout.counts
        if count.measure
    }
    labels = [printed[name] for name in (layout.measure, *layout.period[1:], layout.attributes.get("code", "")) if name]
    named = {column_key(name): name for name in names}
    roles = roles_of(
        series,
        names,
        meaning,
        area=printed[layout.area],
        period=period,
        labels=labels,
        derived=[
            checks.Derived(
                named.get(column_key(one.column), one.column), printed[one.later], printed[one.earlier], one.relative
            )
            for one in layout.derived
        ],
        defined_by=[(printed[name], tuple(printed[other] for other in others)) for name, others in layout.defined_by],
    )
    wanted = range(len(names))
    if not layout.check_all_columns:
        used = {*columns.values()}
        wanted = [place for place in wanted if names[place] in used]  # type: ignore[assignment]
    whole = [row for row in table.rows if not row.fault and not any(map(_UNSTORABLE.search, row.cells))]
    checked = checks.Table(
        tuple(names[place] for place in wanted),
        [tuple(row.cells[place] for place in wanted) for row in whole],
        [row.line for row in whole],
    )

    def canonical(words: str) -> str:
        return _canonical(layout, words)

    check_table(taking, document, layout.series, checked, roles, canonical)


def check_table(
    taking: Taking,
    document: Document,
    series: str,
    table: checks.Table,
    roles: Roles,
    canonical: Callable[[str], str],
) -> None:
    """Check any table, and keep and count what is found."""
    found = find_errors(table, roles)
    if found:
        record_found(
            by=taking.by,
            series=series,
            anomalies=[_kept(placed(anomaly, roles, canonical)) for anomaly in found],
            file_sha256=document.sha256,
            now=taking.now,
        )
    taking.tally.warnings.update(Counter(f"found_{anomaly.check}" for anomaly in found))


def _kept(found: FoundRow) -> FoundRow:
    """The anomaly with a name that fits where it is kept; the whole of it is in the file."""
    return replace(found, area_name=found.area_name[:_LONGEST_NAME])


def _canonical(layout: Layout, words: str) -> str:
    """A printed period in the canonical text; nothing where it cannot be read, or is read from several columns."""
    if layout.read_period is None or len(layout.period) != 1:
        return ""
    try:
        return layout.read_period(words)[0].text
    except Unusable:
        return ""


def _distinct(columns: Iterable[str]) -> list[str]:
    """The names of the columns, with a number where one stands again."""
    seen: Counter[str] = Counter()
    names = []
    for name in columns:
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _printed(table: Table, names: list[str], name: str) -> str:
    place = table.place(name)
    return names[place] if place is not None else ""


def _repeated(table: Table, names: list[str], layout: Layout) -> dict[str, str]:
    """The columns that share one name, each by what it counts."""
    found: dict[str, str] = {}
    for column, measures in layout.repeated.items():
        places = [place for place, name in enumerate(table.columns) if column_key(name) == column_key(column)]
        found.update(zip(measures, (names[place] for place in places), strict=True))
    return found
