"""What a published row says: its period, its area, its counts. What can be read in two ways is not read (INT-04, MSR-02)."""

import json

import polars as pl
import pytest

from craffu.intake.published_tables.column_json import column_sheet
from craffu.intake.published_tables.districts import district_of, force_of_district
from craffu.intake.published_tables.figure_rows import Bad, Good, shape_rows
from craffu.intake.published_tables.layouts import (
    LAYOUTS,
    POPULATION,
    SPO_STATISTICS,
    read_calendar_year,
    read_financial_quarter,
    read_financial_year,
    read_year_ending,
)
from craffu.intake.published_tables.reasons import REASONS, Unusable, sentence
from craffu.intake.published_tables.street_rows import NEEDS, shape
from craffu.intake.published_tables.street_steps import described
from craffu.intake.refused import Unfit
from craffu.intake.tables.columns import LINE
from craffu.intake.tables.read import Sheets, read_table, table_of
from craffu.published.areas import area_by_code
from craffu.published.definitions import all_series, series_of
from tests.factories.tables import csv_bytes


@pytest.mark.parametrize(
    ("read", "words", "period"),
    [
        (read_financial_year, ("2021/22",), "2021/22"),
        (read_financial_year, ("2021-22",), "2021/22"),
        (read_financial_year, (" 2021-2022 ",), "2021/22"),
        (read_financial_year, ("1999/00",), "1999/00"),
        (read_financial_quarter, ("2017/18", "1"), "2017-Q2"),
        (read_financial_quarter, ("2017/18", "Q4"), "2018-Q1"),
        (read_financial_quarter, ("2017/18", "Quarter 2"), "2017-Q3"),
        (read_calendar_year, ("2018",), "2018"),
        (read_year_ending, ("31-03-2003",), "2003-03 year ending"),
        (read_year_ending, ("31/12/2017",), "2017-12 year ending"),
        (read_year_ending, ("2017-12-31",), "2017-12 year ending"),
    ],
)
def test_a_period_is_read_in_its_usual_forms(read, words: tuple[str, ...], period: str) -> None:  # type: ignore[no-untyped-def]
    found, marks = read(*words)
    assert (found.text, marks) == (period, ())


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (read_financial_year, ("2021/23",)), (read_financial_year, ("2021",)), (read_financial_year, ("",)),
        (read_financial_quarter, ("2017/18", "5")), (read_financial_quarter, ("2017", "1")),
        (read_financial_quarter, ("2017/18", "")), (read_calendar_year, ("18",)), (read_calendar_year, ("2018/19",)),
        (read_calendar_year, ("٢٠١٨",)), (read_year_ending, ("03-2018",)), (read_year_ending, ("15-03-2018",)),
        (read_year_ending, ("12-31-2018",)),
    ],
)  # fmt: skip
def test_a_period_of_another_form_is_not_guessed(read, words: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Unusable):
        read(*words)


def test_every_layout_has_its_series_and_every_measure_it_names_is_defined() -> None:
    for layout in LAYOUTS:
        series = series_of(layout.series)
        for count in layout.counts:
            assert not count.measure or series.measure(count.measure)
            assert bool(layout.measure) != bool(count.measure)
            assert (count.period is None) == (layout.read_period is not None)
    assert {layout.series for layout in LAYOUTS} | {"street-crime"} == set(all_series())


def test_every_reason_says_what_it_means_and_what_to_do() -> None:
    for code, (means, todo) in REASONS.items():
        assert means.endswith((".", "it")) or code.startswith("found_")
        assert todo or code in ("lines_before_header", "sheets_passed_over")
    assert sentence("unheard_of") == ("unheard_of", "")


def test_columns_of_one_name_are_told_apart_by_their_order() -> None:
    header = [
        "LSOA Code",
        "LSOA Name",
        "Local authority code",
        "Local authority name",
        "",
        "Persons",
        "Persons",
        "Persons",
        "Households",
    ]
    rows = [["W01000685", "Carmarthenshire 001A", "W06000010", "Carmarthenshire", "", "1,234", "1,200", "34", "500"]]
    table = read_table(csv_bytes([header, *rows]), POPULATION.needs, found="population")
    (row,) = shape_rows(table, POPULATION)
    assert isinstance(row, Good)
    assert {figure.measure: figure.value for figure in row.figures} == {
        "residents": 1_234,
        "in_households": 1_200,
        "in_communal": 34,
        "households": 500,
    }
    assert {figure.area for figure in row.figures} == {"W01000685"}


def test_an_area_code_that_is_none_is_held_back() -> None:
    header = [
        "LSOA Code",
        "LSOA Name",
        "Local authority code",
        "Local authority name",
        "Persons",
        "Persons",
        "Persons",
        "Households",
    ]
    table = read_table(csv_bytes([header, ["W1", "A", "B", "C", 1, 1, 0, 1]]), POPULATION.needs, found="population")
    (row,) = shape_rows(table, POPULATION)
    assert isinstance(row, Bad)
    assert (row.reason, row.column) == ("not_an_area_code", "LSOA Code")


EMBEDDED = {
    "source": "made up",
    "columns": list(SPO_STATISTICS.needs),
    "data": [
        ["Gwent", None, "total"],
        [[1], ["n/a"], [2]],
        [1, None, 1.0],
        [[0], None, 0],
        [[None], None, [5]],
        [3, None, 3],
    ],
}


@pytest.mark.rule("MSR-02")
def test_a_table_embedded_column_by_column_keeps_blank_not_available_and_nought_apart() -> None:
    sheet = column_sheet(json.dumps(EMBEDDED).encode())
    table = table_of(Sheets([sheet]), SPO_STATISTICS.needs, found="spo-statistics")
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, ("Gwent", "1", "1", "0", "", "3")),
        (3, ("", "n/a", "", "", "", "")),
        (4, ("total", "2", "1", "0", "5", "3")),
    ]
    good, bad, _ = shape_rows(table, SPO_STATISTICS)
    assert isinstance(good, Good)
    assert [(figure.value, figure.missing) for figure in good.figures] == [
        (1, ""),
        (1, ""),
        (0, ""),
        (None, "blank"),
        (3, ""),
    ]
    assert isinstance(bad, Bad)
    assert bad.reason == "area_missing"


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    "data",
    [
        b"{", b"[]", b'{"columns": []}', b'{"columns": ["a"], "data": [[1], [2]]}',
        b'{"columns": ["a", "b"], "data": [[1], [2, 3]]}',
        b'{"columns": ["a"], "data": [1]}', b'{"columns": 1, "data": 2}', b"[" * 100_000, b'"\xff"',
    ],
)  # fmt: skip
def test_json_that_is_no_such_table_is_refused(data: bytes) -> None:
    with pytest.raises(Unfit):
        column_sheet(data)


def test_every_district_lies_in_a_force_that_is_known_and_all_22_of_wales_are_there() -> None:
    districts = force_of_district()
    assert all(area_by_code("force", code) for code in districts.values())
    assert sum(code in ("60", "61", "62", "63") for code in districts.values()) == 22
    assert {name for name, code in districts.items() if code == "63"} == {
        "Carmarthenshire",
        "Ceredigion",
        "Pembrokeshire",
        "Powys",
    }
    assert "Harrogate" not in districts  # one of the 53 that are given to no neighbour
    assert (district_of("Kingston upon Hull 001A"), district_of("Powys 012B"), district_of("")) == (
        "Kingston upon Hull",
        "Powys",
        "",
    )


def test_every_row_of_a_street_file_is_either_good_or_bad_with_a_reason() -> None:
    usual = [
        "",
        "2018-10",
        "Gwent Police",
        "Gwent Police",
        "-3.1",
        "51.5",
        "A",
        "W01000001",
        "Newport 001A",
        "Other",
        "",
    ]
    rows = [usual]
    for place in range(len(usual)):
        for value in ("", "x\x1by", "9" * 200, "2018-13", "181", "-91", "1.", "é"):
            rows.append([*usual[:place], value, *usual[place + 1 :]])
    frame = pl.DataFrame(
        [(line, *cells) for line, cells in enumerate(rows, start=2)],
        schema={LINE: pl.UInt32, **dict.fromkeys(NEEDS, pl.String)},
        orient="row",
    )
    shaped = shape(frame)
    assert sorted([*shaped.good[LINE], *shaped.bad[LINE]]) == list(range(2, len(rows) + 2))
    assert shaped.bad["reason"].null_count() == shaped.bad["column"].null_count() == 0
    assert set(shaped.bad["reason"]) <= set(REASONS)
    longitudes = [value for value in described(shaped.good)["longitude"] if value is not None]
    assert all(-180 <= value <= 180 for value in longitudes)
