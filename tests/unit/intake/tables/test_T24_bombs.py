"""T24: a workbook that would swell is refused before it does, in little time and memory (INT-03; ASVS 5.2.3)."""

import os
import random
import resource
import subprocess
import sys
import textwrap
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from craffu.intake.opening import Wanted, open_all
from craffu.intake.refused import Refused, Unfit
from craffu.intake.tables.parts import MOST_CELLS
from craffu.intake.tables.read import read_sheets
from tests.factories.tables import CONTENT_TYPES, raw_ods, raw_xlsx, zip_bytes

pytestmark = pytest.mark.rule("INT-03")

PROJECT = Path(__file__).parents[4]
WORKBOOKS = Wanted(kind="csv", also=("xlsx", "ods"), suffixes=(".csv", ".xlsx", ".ods"))
MOST_SECONDS, MOST_BYTES = 0.1, 50_000_000
NUMBER_CELL = '<c r="{}"><v>1</v></c>'
CHANCE = random.Random(24)  # noqa: S311  # what cannot be packed small, not a secret


def swollen(megabytes: int, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook of well under a megabyte whose sheet inflates to so many."""
    row = b"<row>" + b"<c><v>11111111</v></c>" * 40 + b"</row>"
    return zip_bytes(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "xl/workbook.xml": "<workbook/>",
            name: row * (megabytes * 1_000_000 // len(row)),
        }
    )


def many_parts(count: int) -> bytes:
    return zip_bytes(
        {"xl/workbook.xml": "<a/>", **{f"xl/media/{number}": "" for number in range(count)}}, zipfile.ZIP_STORED
    )


def inside_another() -> bytes:
    return zip_bytes({"xl/workbook.xml": "<a/>", "xl/embeddings/inner.xlsx": raw_xlsx("")})


def code_of(data: bytes) -> str:
    with pytest.raises(Unfit) as refused:
        read_sheets(data)
    return refused.value.code


def damaged_inside(data: bytes) -> bytes:
    """The same with a part that cannot be inflated: its first block says it is stored, and its length is none."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        part = next(one for one in archive.infolist() if one.filename.endswith(("sheet1.xml", "content.xml")))
    begins = part.header_offset + 30 + len(part.filename)
    return data[:begins] + b"\x00\xff\xff\xff\xff" + data[begins + 5 :]


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda: swollen(148), "archive_ratio"),
        (lambda: swollen(148, "content.xml"), "archive_ratio"),
        (lambda: many_parts(1_001), "archive_too_many"),
        (lambda: many_parts(60_000), "archive_too_many"),
        (inside_another, "archive_nested"),
        (lambda: raw_xlsx("")[:-30], "archive_damaged"),
        (lambda: b"PK\x03\x04" + CHANCE.randbytes(5_000), "archive_damaged"),
        (lambda: damaged_inside(raw_xlsx("")), "archive_damaged"),
        (lambda: damaged_inside(raw_ods("")), "archive_damaged"),
    ],
    ids=[
        "148 MB sheet",
        "148 MB content",
        "1,001 parts",
        "60,000 parts",
        "nested",
        "cut short",
        "noise",
        "damaged XLSX",
        "damaged ODS",
    ],
)
def test_T24_a_bomb_is_refused_before_it_is_inflated_and_quickly(made: Callable[[], bytes], code: str) -> None:
    data = made()
    started = time.process_time()
    assert code_of(data) == code
    assert time.process_time() - started < MOST_SECONDS


@pytest.mark.parametrize("megabytes", [148, 250])
def test_T24_refusing_a_bomb_takes_little_memory(tmp_path: Path, megabytes: int) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(swollen(megabytes))
    assert path.stat().st_size < 1_000_000
    script = textwrap.dedent(
        """
        import resource, sys
        from craffu.intake.refused import Unfit
        from craffu.intake.tables.read import read_sheets
        data = open(sys.argv[1], "rb").read()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            read_sheets(data)
        except Unfit as unfit:
            print(unfit.code, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
        """
    )
    env = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", script, path], cwd=PROJECT, env=env, capture_output=True, text=True, check=True
    )
    code, grown = done.stdout.split()
    assert code in ("archive_ratio", "archive_too_large")
    assert int(grown) < MOST_BYTES


def test_T24_the_same_is_said_of_a_bomb_that_is_handed_in(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(many_parts(2_000))
    (opened,) = open_all([path], WORKBOOKS)
    # It is a workbook by its table of contents, and is judged where it is read.
    assert not isinstance(opened, Refused)
    assert code_of(opened.data) == "archive_too_many"


@pytest.mark.parametrize(
    "data",
    [
        raw_xlsx(
            f'<row r="1">{NUMBER_CELL.format("A1")}</row><row r="1048576">{NUMBER_CELL.format("XFD1048576")}</row>'
        ),
        raw_xlsx(
            f"<row>{''.join(f'<c><v>{CHANCE.random()}</v></c>' for _ in range(16_000))}</row>"
            + "".join(f"<row><c><v>{CHANCE.random()}</v></c></row>" for _ in range(400))
        ),
        raw_ods(
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000" '
            'office:value-type="float" office:value="1"/></table:table-row>'
        ),
        raw_ods(
            '<table:table-row table:number-rows-repeated="1000000"/><table:table-row><table:table-cell '
            'table:number-columns-repeated="1000"/><table:table-cell office:value-type="float" office:value="1"/>'
            "</table:table-row>"
        ),
    ],
    ids=["two far corners", "one wide row", "a repeated row", "far from the corner"],
)
def test_T24_a_small_sheet_that_spans_millions_of_cells_is_refused_before_it_is_built(data: bytes) -> None:
    assert len(data) < 200_000
    started = time.process_time()
    assert code_of(data) == "workbook_too_large"
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "data",
    [
        raw_xlsx(
            "".join(
                f'<row r="{CHANCE.randrange(9_000)}"><c t="s" r="A{CHANCE.randrange(9_000)}"><v>0</v></c></row>'
                for _ in range(8_000)
            ),
            shared=f"<si><t>{CHANCE.randbytes(20_000).hex()}</t></si>",
        ),
        raw_ods(
            '<table:table-row table:number-rows-repeated="400"><table:table-cell table:number-columns-repeated="1000" '
            f'office:value-type="string"><text:p xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            f"{CHANCE.randbytes(500).hex()}</text:p></table:table-cell></table:table-row>"
        ),
    ],
    ids=["a shared text", "a repeated text"],
)
def test_T24_one_long_text_in_very_many_cells_is_refused_before_it_is_copied(data: bytes) -> None:
    assert code_of(data) == "workbook_too_large"


def test_T24_a_sheet_formatted_to_its_end_and_filled_at_its_start_is_read() -> None:
    sheet_cells = '<table:table-cell office:value-type="float" office:value="1"/>'
    cells = f'{sheet_cells}<table:table-cell table:number-columns-repeated="16383"/>'
    data = raw_ods(
        f"<table:table-row>{cells}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row>"
    )
    assert [record.cells for record in read_sheets(data).sheets[0].records] == [("1",)]


@pytest.mark.slow
def test_T24_an_honest_sheet_near_the_limit_is_read_within_bounds() -> None:
    rows, columns = 20_000, 25
    assert rows * columns < MOST_CELLS
    file = BytesIO()
    sheet = "".join(
        f"<row>{''.join(f'<c><v>{row * columns + column}</v></c>' for column in range(columns))}</row>"
        for row in range(rows)
    )
    file.write(raw_xlsx(sheet))
    started, held = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (found,) = read_sheets(file.getvalue()).sheets
    assert (len(found.records), found.records[-1].cells[-1]) == (rows, str(rows * columns - 1))
    assert time.process_time() - started < 15
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) * 1024 < 1_000_000_000
