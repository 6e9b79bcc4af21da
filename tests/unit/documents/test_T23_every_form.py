"""T23: whatever a bundle holds, no form of it is run by a spreadsheet or loses a value, and the marking stands first and last."""

import csv
import io
import json
import zipfile

import pytest
from openpyxl import load_workbook

from craffu.documents.bundles import CONTENT_TYPES, Bundle, Cell, Form, Table
from craffu.documents.cells import meant
from craffu.documents.writing import LONGEST_CELL, WRITERS, CellTooLong, written
from tests.unit.documents.test_T23_formula_cells import DANGEROUS, PLAIN

pytestmark = pytest.mark.rule("SEC-07")

MARKING = "OFFICIAL-SENSITIVE"
ROWS: list[list[Cell]] = [[cell, number, None, number / 4] for number, cell in enumerate([*DANGEROUS, *PLAIN])]
BUNDLE = Bundle(
    MARKING,
    "People",
    (("Controller", "=Chief Constable"), ("For", "court, +44")),
    (
        Table("People: [all]", ("Name", "Number", "=Empty", "Share"), ROWS),
        Table("people/ all?", ("Case",), [["C-10001"]]),
    ),
)


def lines_of(text: str) -> list[list[str]]:
    return [[meant(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]


def test_T23_a_csv_says_its_marking_first_and_last_and_gives_every_value_back() -> None:
    text = written(BUNDLE, Form.CSV).read().decode("utf-8-sig")
    lines = lines_of(text)
    assert lines[0] == lines[-1] == [MARKING]
    assert ["Controller", "=Chief Constable"] in lines
    start = lines.index(["Name", "Number", "=Empty", "Share"]) + 1
    assert lines[start : start + len(ROWS)] == [["" if cell is None else str(cell) for cell in row] for row in ROWS]
    raw = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert [cell for cell in raw if cell.startswith(("=", "+", "@", "＝"))] == []


def test_T23_a_workbook_holds_no_formula_its_numbers_are_numbers_and_every_page_is_marked() -> None:
    file = written(BUNDLE, Form.XLSX)
    book = load_workbook(file)
    assert book.sheetnames == ["People", "People   all", "people  all"]
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    for sheet in book:
        assert (sheet.cell(1, 1).value, sheet.cell(sheet.max_row, 1).value) == (MARKING, MARKING)
        assert (sheet.oddHeader.center.text, sheet.oddFooter.center.text) == (MARKING, MARKING)
    rows = list(book["People   all"].iter_rows(min_row=4, max_row=3 + len(ROWS), values_only=True))
    folded = [[cell.replace("\r\n", "\n") if isinstance(cell, str) else cell for cell in row] for row in ROWS]
    back = [[meant((name or "").replace("_x000D_", "\r")), *others] for name, *others in rows]
    assert [[str(row[0]).replace("\r", "\n"), *row[1:]] for row in back] == [
        [str(row[0]).replace("\r", "\n"), *row[1:]] for row in folded
    ]
    with zipfile.ZipFile(file) as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]


def test_T23_json_gives_every_value_as_it_is() -> None:
    said = json.loads(written(BUNDLE, Form.JSON).read())
    assert said["marking"] == MARKING
    assert said["about"] == dict(BUNDLE.about)
    assert said["tables"][0]["rows"] == ROWS


def test_every_form_is_written_and_a_bundle_without_a_marking_says_none() -> None:
    assert set(WRITERS) == set(CONTENT_TYPES) == set(Form)
    assert Form.CSV.content_type == "text/csv; charset=utf-8"
    bare = Bundle("", "Figures", (), (Table("Figures", ("Year",), [[2025]]),))
    assert lines_of(written(bare, Form.CSV).read().decode("utf-8-sig"))[0] == ["Figures"]
    sheet = load_workbook(written(bare, Form.XLSX))["Figures 2"]
    assert (sheet.cell(1, 1).value, sheet.oddHeader.center.text) == ("Figures", None)


def test_what_a_workbook_cannot_hold_is_replaced_or_refused_and_never_cut_off() -> None:
    odd = Bundle("", "A", (), (Table("", ("x",), [["a\x00b"], [10**18]]),))
    sheet = load_workbook(written(odd, Form.XLSX))["1"]
    assert [sheet.cell(row, 1).value for row in (3, 4)] == ["a\N{REPLACEMENT CHARACTER}b", str(10**18)]
    with pytest.raises(CellTooLong, match="choose CSV or JSON"):
        written(Bundle("", "A", (), (Table("B", ("x",), [["x" * (LONGEST_CELL + 1)]]),)), Form.XLSX)
