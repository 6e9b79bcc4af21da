"""T23: no cell of a CSV file that we write is run by a spreadsheet, and none loses a character on the way (SEC-07).

Where LibreOffice is installed the file is opened in it. Where it is not, a file is read back by csv and through openpyxl, which
takes a cell for a formula when it begins with =; every other sign is held to the list of the signs themselves.
"""

import ast
import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

import craffu
from craffu.documents.cells import FORMULA_SIGNS, meant, safe_cell, safe_row
from craffu.engines.files import of_rows, write_csv
from craffu.intake.tables.read import read_sheets
from craffu.measures.exporting.writing import GUARDED

pytestmark = pytest.mark.rule("SEC-07")

# The plain signs, and the twins that a spreadsheet or its font takes for them.
SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−")
DANGEROUS = [
    "=1+1", "=cmd|'/C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)",
    "=HYPERLINK(\"http://localhost\")", "'=1+1", "''=1", "+31", "+44 7700 900123", "=", "-", "﹦1", "−5",
]  # fmt: skip
PLAIN = [
    "-31",
    "-5.25",
    "-1e5",
    "Gwent",
    "O'Neill",
    "'t Hooft",
    "",
    " =1",
    "1-2",
    "a=b",
    "Llŷn",
    "12,5",
    'say "no"',
    "'",
    "''",
]

# Every module that writes CSV: for somebody to open, through safe_cells; or for Craffu alone to read again.
WRITES_FOR_PEOPLE = {
    "craffu/config/commands/link_evaluate.py",
    "craffu/documents/writing.py",
    "craffu/intake/rejects.py",
}
# The same by another way, a column at a time, which a test below holds against it.
WRITES_BY_COLUMN = "craffu/engines/files.py"
WRITES_FOR_ITSELF = {
    "craffu/config/demo/morning.py": "a list of invented people, as a custody system sends it, which the demo takes in",
    "craffu/common/frames.py": "rows on their way into PostgreSQL",
    "craffu/intake/code_tables/read.py": "a held row in its sender's own words, kept encrypted and read by Craffu alone",
    "craffu/intake/tables/csv_rows.py": "a held row in its sender's own words, kept encrypted and read by Craffu alone",
}


def test_T23_the_list_of_signs_is_whole() -> None:
    assert set(SIGNS) == set(FORMULA_SIGNS)


@pytest.mark.parametrize("cell", DANGEROUS)
def test_T23_a_cell_that_could_be_run_is_written_so_that_it_is_not_and_comes_back_as_it_was(cell: str) -> None:
    written = safe_cell(cell)
    assert written == f"'{cell}"
    assert meant(written) == cell


@pytest.mark.parametrize("cell", PLAIN)
def test_T23_any_other_cell_is_written_as_it_is(cell: str) -> None:
    assert safe_cell(cell) == cell
    assert meant(cell) == cell


def is_number(cell: str) -> bool:
    try:
        return cell.startswith("-") and not cell.endswith("\n") and float(cell) <= 0
    except ValueError:
        return False


@given(st.text(st.sampled_from([*SIGNS, "'", "1", "a", " ", "é"]), max_size=6) | st.text(max_size=12))
@example("'" * 5 + "=1")
def test_T23_nothing_is_lost_whatever_a_cell_holds(cell: str) -> None:
    written = safe_cell(cell)
    assert not written.startswith(SIGNS) or is_number(written)
    assert meant(written) == cell


def written(path: Path) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(
            safe_row([cell, str(place)]) for place, cell in enumerate(CELLS)
        )
    return path


CELLS = [*DANGEROUS, *PLAIN]


def test_T23_a_whole_file_is_read_back_value_for_value(tmp_path: Path) -> None:
    with written(tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert [[meant(cell) for cell in row] for row in rows] == [[cell, str(place)] for place, cell in enumerate(CELLS)]


def test_T23_no_cell_becomes_a_formula_in_a_workbook_and_none_is_lost(tmp_path: Path) -> None:
    book = Workbook()
    with written(tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.reader(file):
            book.worksheets[0].append(row)
    saved = io.BytesIO()
    book.save(saved)
    cells = [row[0] for row in load_workbook(io.BytesIO(saved.getvalue())).worksheets[0].iter_rows()]
    assert [cell.data_type for cell in cells if cell.data_type == "f"] == []
    (sheet,) = read_sheets(saved.getvalue()).sheets
    # A workbook folds the ends of lines, which is XML's doing and not ours.
    back = {
        record.cells[1]: meant(record.cells[0]).replace("\r\n", "\n").replace("\r", "\n") for record in sheet.records
    }
    assert back == {str(place): cell.replace("\r", "\n") for place, cell in enumerate(CELLS)}


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: the two tests above stand for it"
)
def test_T23_libreoffice_finds_no_formula_and_loses_nothing(tmp_path: Path) -> None:
    source = written(tmp_path / "out.csv")
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "xlsx", "--outdir", tmp_path, source],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    cells = [row[0] for row in load_workbook(tmp_path / "out.xlsx").worksheets[0].iter_rows()]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert len(cells) == len(CELLS)


def writers() -> dict[str, bool]:
    """Every module of ours that makes a csv writer, and whether it uses safe_cells."""
    root = Path(craffu.__file__).parents[1]
    found = {}
    for path in sorted((root / "craffu").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
        names = {call.attr for call in calls if isinstance(call, ast.Attribute)}
        if {"writerow", "writerows"} & names or "write_csv" in names:
            found[path.relative_to(root).as_posix()] = "safe_row" in source or "safe_cell(" in source
    return found


def test_T23_every_module_that_writes_csv_for_people_writes_safe_cells() -> None:
    found = {path: safe for path, safe in writers().items() if not path.startswith("craffu/config/generate/")}
    assert set(found) == {*WRITES_FOR_PEOPLE, *WRITES_FOR_ITSELF, WRITES_BY_COLUMN}
    assert [path for path in WRITES_FOR_PEOPLE if not found[path]] == []


def test_T23_a_column_at_a_time_is_written_as_cell_by_cell(tmp_path: Path) -> None:
    table = of_rows(
        {"cell": "text", "place": "number"}, [(cell, place) for place, cell in enumerate([*DANGEROUS, *PLAIN])]
    )
    write_csv(tmp_path / "out.csv", table, GUARDED)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        _head, *rows = csv.reader(stream)
    assert [cell for cell, _place in rows] == [safe_cell(cell) for cell in [*DANGEROUS, *PLAIN]]
