"""T25: no part of a workbook may declare a document type or an entity, and none opens another file (INT-03; ASVS 1.5.1)."""

import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from craffu.intake.refused import Unfit
from craffu.intake.tables.read import read_sheets
from tests.factories.tables import MAIN, raw_ods, raw_xlsx

pytestmark = pytest.mark.rule("INT-03")

PROJECT = Path(__file__).parents[4]
LAUGHS = (
    '<!DOCTYPE worksheet [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + step)} "{f"&{chr(97 + step)};" * 10}">' for step in range(9))
    + "]>"
)
QUADRATIC = f'<!DOCTYPE worksheet [<!ENTITY a "{"".join(f"{number:x}" for number in range(12_000))}">]>'
EXTERNAL = '<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
REMOTE = '<!DOCTYPE worksheet SYSTEM "http://localhost:1/evil.dtd">'
PARAMETER = '<!DOCTYPE worksheet [<!ENTITY % a SYSTEM "file:///etc/hostname"> %a;]>'
ATTACKS = {"laughs": LAUGHS, "quadratic": QUADRATIC, "external": EXTERNAL, "remote": REMOTE, "parameter": PARAMETER}

SHEET = "<row><c t='inlineStr'><is><t>&j;</t></is></c></row>"
PARTS = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "[Content_Types].xml",
    "docProps/core.xml",
)


def in_part(part: str, prolog: str, encoding: str = "utf-8") -> bytes:
    body = f'{prolog}<worksheet xmlns="{MAIN}"><sheetData>{SHEET if "ENTITY" in prolog else ""}</sheetData></worksheet>'
    return raw_xlsx("", more={part: body.encode(encoding)})


def code_of(data: bytes) -> str:
    with pytest.raises(Unfit) as refused:
        read_sheets(data)
    return refused.value.code


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
@pytest.mark.parametrize("part", PARTS)
def test_T25_an_entity_in_any_part_of_an_xlsx_is_refused(part: str, attack: str) -> None:
    assert code_of(in_part(part, attack)) == "document_type_declared"


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_T25_an_entity_in_an_ods_is_refused(attack: str) -> None:
    assert code_of(raw_ods("", prolog=attack)) == "document_type_declared"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_T25_an_entity_is_refused_in_whatever_encoding_it_is_written(encoding: str) -> None:
    assert code_of(in_part("xl/worksheets/sheet1.xml", LAUGHS, encoding)) == "document_type_declared"


@pytest.mark.parametrize("encoding", ["U-TF-8", "rot13", "idna", "undefined", "gb2312", "utf-7"])
@pytest.mark.parametrize("part", ["content.xml", "xl/worksheets/sheet1.xml"])
def test_T25_a_part_in_an_encoding_that_nobody_reads_is_refused(part: str, encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    made = raw_ods("", prolog=declared) if part == "content.xml" else in_part(part, declared)
    assert code_of(made) == "workbook_damaged"


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "us-ascii", "windows-1252"])
def test_T25_one_that_is_read_is_let_by(encoding: str) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>Gwent</text:p></table:table-cell>'
    row = f"<table:table-row>{cell}</table:table-row>"
    (sheet,) = read_sheets(raw_ods(row, prolog=f'<?xml version="1.0" encoding="{encoding}"?>')).sheets
    assert [record.cells for record in sheet.records] == [("Gwent",)]


@pytest.mark.parametrize(
    "made",
    [lambda: raw_xlsx("<row><c>"), lambda: raw_ods("<table:table-row>"), lambda: raw_xlsx("<d>" * 300 + "</d>" * 300)],
    ids=["cut short", "cut short, ods", "too deep"],
)
def test_T25_a_part_that_is_not_well_formed_or_nested_beyond_reason_is_refused(made: Callable[[], bytes]) -> None:
    assert code_of(made()) == "workbook_damaged"


@pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is not installed; the parser's own refusal is tested above"
)
def test_T25_reading_an_attack_opens_no_file_and_no_connection(tmp_path: Path) -> None:
    path = tmp_path / "attack.xlsx"
    path.write_bytes(in_part("xl/worksheets/sheet1.xml", EXTERNAL))
    script = textwrap.dedent(
        """
        import sys
        from craffu.intake.refused import Unfit
        from craffu.intake.tables.read import read_sheets
        data = open(sys.argv[1], "rb").read()
        try:
            open("/tells/where/reading/begins")
        except OSError:
            pass
        try:
            read_sheets(data)
        except Unfit:
            pass
        """
    )
    trace = tmp_path / "trace"
    subprocess.run(
        ["strace", "-f", "-e", "trace=openat,open,connect,socket", "-o", trace, sys.executable, "-c", script, path],
        cwd=PROJECT, check=True, capture_output=True,
    )  # fmt: skip
    after = trace.read_text().partition("/tells/where/reading/begins")[2]
    assert after
    assert "/etc/hostname" not in after
    assert "connect(" not in after
