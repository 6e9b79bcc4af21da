"""Published figures made up for tests, and the published files beside the project read the plain way."""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
from django.db import connection

from craffu.access.acting import Acting
from craffu.common.models import Provenance, Regime
from craffu.published.actions import record_figures
from craffu.published.areas import find_area
from craffu.published.facts import FigureRow, Recorded, StreetRow
from craffu.published.periods import Period, calendar_year, financial_year, year_ending
from craffu.published.street_batches import StreetBatch, batch_of, put_together

NOW = datetime(2026, 1, 14, 10, 30, tzinfo=UTC)
POINT = {"longitude": pl.Float64, "latitude": pl.Float64}


def provenance(sha256: str = "a" * 64, source: str = "test") -> Provenance:
    return Provenance(source, sha256, 1, NOW, "1", "A publisher", Regime.UK_GDPR, "Open Government Licence v3.0")


def figure(
    measure: str,
    area: str,
    period: Period,
    value: int | None,
    missing: str = "",
    line: int = 2,
    flags: tuple[str, ...] = (),
    **attributes: str,
) -> FigureRow:
    """One figure of an area by any of its names."""
    found = find_area(area)
    assert found is not None, area
    printed = "" if value is None else str(value)
    return FigureRow(
        line, measure, found.kind, found.code, area, period.text, period.end, value, printed, missing, flags, attributes
    )


def record(by: Acting, series: str, rows: Iterable[FigureRow], sha256: str = "a" * 64) -> Recorded:
    return record_figures(by=by, series=series, rows=list(rows), provenance=provenance(sha256), now=NOW)


def street(line: int = 2, crime_id: str = "", **changed: object) -> StreetRow:
    """One street-level row at a place that does not exist."""
    row = StreetRow(
        line, crime_id, "2018-10", "Glan Afon Police", "Glan Afon Police", -4.5, 51.5, "On or near Test Street", "W01009999",
        "Glan Afon 001A", "Anti-social behaviour", "", False,
    )  # fmt: skip
    return row._replace(**changed)


def street_batch(*rows: StreetRow, seen: dict[str, int] | None = None) -> StreetBatch:
    columns = dict(zip(StreetRow._fields, map(list, zip(*rows, strict=True)), strict=True))
    printed = {f"printed_{name}": ["" if value is None else str(value) for value in columns[name]] for name in POINT}
    frame = put_together(pl.DataFrame({**columns, **printed}, schema_overrides=POINT))
    return batch_of(frame, {} if seen is None else seen, connection.vendor)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from enumerate(csv.DictReader(file), start=2)


def _count(cell: str) -> tuple[int | None, str]:
    if not cell:
        return None, "blank"
    return (None, "not_available") if cell == "n/a" else (int(cell), "")


def rolling_rows(data: Path) -> Iterator[FigureRow]:
    for line, row in _rows(data / "crime/rec-crime-pfa.csv"):
        day, month, year = (int(part) for part in row["12 months ending"].split("-"))
        period = year_ending(year, month)
        flags = () if date(year, month, day) == period.end else ("period_typing_error",)
        value = int(row["Rolling year total number of offences"])
        yield figure(row["Offence"], row["PFA"], period, value, line=line, flags=flags)


def outcome_rows(data: Path) -> Iterator[FigureRow]:
    for line, row in _rows(data / "crime/stalking_outcomes_by_force_2014_2022.csv"):
        period = financial_year(int(row["financial_year"][:4]))
        for measure in list(row)[2:]:
            yield figure(measure, row["force"], period, int(row[measure]), line=line)


def order_rows(data: Path) -> Iterator[FigureRow]:
    for line, row in _rows(data / "orders/bbc_sdu_spo_foi_2020_2022.csv"):
        area, *cells = list(row.values())[:6]
        columns = (("applied", 2020), ("granted", 2020), ("applied", 2021), ("granted", 2021), ("not_yet_heard", 2021))
        for (measure, year), cell in zip(columns, cells, strict=True):
            yield figure(measure, area, financial_year(year), *_count(cell), line=line)


def prosecution_rows(data: Path) -> Iterator[FigureRow]:
    for line, row in _rows(data / "courts/bbc_sdu_stalking_prosecutions_2010_2021_extract.csv"):
        for measure in ("prosecuted", "convicted"):
            yield figure(measure, row["force"], calendar_year(int(row["year"])), int(row[measure]), line=line)


def record_published(by: Acting, data: Path) -> None:
    """Everything that is published by force, as it lies beside the project."""
    record(by, "recorded-crime-rolling", rolling_rows(data))
    record(by, "stalking-outcomes", outcome_rows(data))
    record(by, "spo-statistics", order_rows(data))
    record(by, "prosecutions", prosecution_rows(data))
