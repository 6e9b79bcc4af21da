"""XLSX and ODS as they come: cells as text, markers beside numbers, and nothing calculated, guessed or left out in silence."""

from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from craffu.intake.refused import Unfit
from craffu.intake.tables import workbooks
from craffu.intake.tables.csv_rows import COLUMNS_DIFFER
from craffu.intake.tables.read import SHEETS_PASSED_OVER, read_sheets, read_table
from tests.factories.tables import ods_bytes, raw_ods, raw_xlsx, saved, xlsx_bytes

pytestmark = pytest.mark.rule("INT-03")

NEEDS = ("force", "count")
WRITERS = pytest.mark.parametrize("written", [xlsx_bytes, ods_bytes], ids=["xlsx", "ods"])


@WRITERS
def test_numbers_markers_days_and_codes_are_read_as_they_stand(written) -> None:  # type: ignore[no-untyped-def]
    data = written(
        [
            ["force", "count", "code", "day"],
            ["Ynys Môn", 1234, "007", date(2018, 3, 31)],
            ["London, City of", "[c]", "8L", datetime(2018, 3, 31, 9, 5)],  # noqa: DTZ001  # a workbook knows no zones
            ["Gwent", -31, "4.9", None],
            ["Powys", 0.5, "", ""],
        ]
    )
    table = read_table(data, NEEDS, found="test")
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, ("Ynys Môn", "1234", "007", "2018-03-31")),
        (3, ("London, City of", "[c]", "8L", "2018-03-31 09:05:00")),
        (4, ("Gwent", "-31", "4.9", "")),
        (5, ("Powys", "0.5", "", "")),
    ]


@WRITERS
def test_the_sheet_with_the_columns_is_found_and_the_others_are_passed_over(written) -> None:  # type: ignore[no-untyped-def]
    rows = [["Table 2: offences"], [], ["force", "count"], ["Gwent", 1]]
    table = read_table(written(rows, more={"Notes": [["About"], ["Nothing"]]}), NEEDS, found="test")
    assert (table.sheet, table.header_line, [row.line for row in table.rows]) == ("Data", 3, [4])
    assert SHEETS_PASSED_OVER in table.notes


@WRITERS
def test_two_sheets_that_could_be_meant_are_refused(written) -> None:  # type: ignore[no-untyped-def]
    rows = [["force", "count"], ["Gwent", 1]]
    with pytest.raises(Unfit) as refused:
        read_table(written(rows, more={"Second": rows}), NEEDS, found="test")
    assert (refused.value.code, dict(refused.value.values)) == ("several_tables", {"found": "Second, Data"})


@WRITERS
def test_blank_cells_beyond_the_columns_say_nothing_and_others_do(written) -> None:  # type: ignore[no-untyped-def]
    data = written([["force", "count"], ["Gwent", 1, "", ""], ["Powys"], ["Dyfed", 2, "", "note"]])
    table = read_table(data, NEEDS, found="test")
    assert [(row.cells, row.fault) for row in table.rows] == [
        (("Gwent", "1"), ""),
        (("Powys", ""), ""),
        (("Dyfed", "2", "", "note"), COLUMNS_DIFFER),
    ]


@pytest.mark.rule("MSR-02")
def test_an_error_or_a_formula_nobody_calculated_is_no_blank() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["force", "count"])
    page.append(["Gwent", "#N/A"])
    page.append(["Powys", "=1+1"])
    page.append([time(9, 30), True])
    table = read_table(saved(book), NEEDS, found="test")
    assert [row.cells for row in table.rows] == [("Gwent", "#N/A"), ("Powys", "=1+1"), ("09:30:00", "TRUE")]


@pytest.mark.rule("MSR-02")
def test_an_error_in_an_opendocument_sheet_is_no_blank() -> None:
    cell = '<table:table-cell office:value-type="string" {}><text:p>{}</text:p></table:table-cell>'
    rows = [("force", "count"), ("Gwent", "#N/A")]
    error = 'calcext:value-type="error" office:string-value=""'
    lines = [
        f"<table:table-row>{''.join(cell.format(error if value == '#N/A' else '', value) for value in row)}</table:table-row>"
        for row in rows
    ]
    table = read_table(
        raw_ods('<table:table-row table:number-rows-repeated="3"/>' + "".join(lines)), NEEDS, found="test"
    )
    assert [(row.line, row.cells) for row in table.rows] == [(5, ("Gwent", "#N/A"))]


def test_a_calculated_formula_is_read_as_the_value_it_had_and_never_calculated() -> None:
    sheet = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>force</t></is></c><c r="B1" t="inlineStr"><is><t>count</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>CONCAT("Gw","ent")</f><v>Gwent</v></c><c r="B2"><f>1+1</f><v>41</v></c></row>'
    )
    (row,) = read_table(raw_xlsx(sheet), NEEDS, found="test").rows
    assert row.cells == ("Gwent", "41")


@WRITERS
def test_an_empty_workbook_is_read_as_empty_sheets(written) -> None:  # type: ignore[no-untyped-def]
    assert [sheet.records for sheet in read_sheets(written([])).sheets] == [[]]


def test_a_reader_that_gives_up_refuses_the_workbook_and_a_stop_is_still_a_stop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class PanicException(BaseException):
        """What a reader written in Rust raises when it meets what it never expected."""

    for fault, raised in ((PanicException("index out of bounds"), Unfit), (KeyboardInterrupt(), KeyboardInterrupt)):

        def give_up(*_: object, fault: BaseException = fault) -> None:
            raise fault

        monkeypatch.setattr(workbooks, "_records", give_up)
        with pytest.raises(raised) as met:
            read_sheets(xlsx_bytes([["force"]]))
        assert getattr(met.value, "code", "workbook_damaged") == "workbook_damaged"
