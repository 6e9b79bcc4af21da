"""T26: its content says what a file is, never its name; one that is two things, or names a way out, is refused (INT-03)."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from craffu.intake.opening import Document, Wanted, open_all
from craffu.intake.refused import REFUSALS, Refused, Unfit
from craffu.intake.tables.read import read_sheets, read_table
from tests.factories.tables import csv_bytes, ods_bytes, raw_xlsx, xlsx_bytes, zip_bytes

pytestmark = pytest.mark.rule("INT-03")

TABLES = Wanted(kind="csv", also=("xlsx", "ods"), suffixes=(".csv", ".xlsx", ".ods"))
ROWS = [["force", "count"], ["Gwent", "1"]]
CSV, XLSX, ODS = csv_bytes(ROWS), xlsx_bytes(ROWS), ods_bytes(ROWS)
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


def opened(path: Path) -> Document | Refused:
    (only,) = open_all([path], TABLES)
    assert isinstance(only, Document | Refused)
    return only


def renamed(data: bytes, name: bytes, as_name: bytes) -> bytes:
    """An archive with one name written over by another of the same length."""
    assert len(name) == len(as_name)
    return data.replace(name, as_name)


@pytest.mark.parametrize(
    ("name", "data"), [("t.csv", CSV), ("t.xlsx", XLSX), ("t.ods", ODS), ("t", XLSX), ("T.CSV", CSV)]
)
def test_T26_a_table_is_read_by_its_content(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    document = opened(path)
    assert isinstance(document, Document)
    assert [row.cells for row in read_table(document.data, ["force"], found="test").rows] == [("Gwent", "1")]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("t.csv", XLSX, "name_unlike_kind"),
        ("t.csv", ODS, "name_unlike_kind"),
        ("t.xlsx", ODS, "name_unlike_kind"),
        ("t.ods", XLSX, "name_unlike_kind"),
        ("t.xlsx", CSV, "name_unlike_kind"),
        ("t.ods", CSV, "name_unlike_kind"),
        ("t.csv", b"%PDF-1.7\n", "wrong_kind"),
        ("t.csv", b"\x89PNG\r\n\x1a\n" + CSV, "wrong_kind"),
        ("t.csv", b"\xff\xd8\xff\xe1\x00\x18Exif\x00\x00GPS", "wrong_kind"),
        ("t.csv", b"\x7fELF\x02\x01", "wrong_kind"),
        ("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "wrong_kind"),
        ("t.csv", b"<html><script>alert(1)</script></html>", "wrong_kind"),
        ("t.csv", b"MZ\x90\x00\x03\x00\x00\x00", "binary"),
        ("t.csv", CSV + XLSX, "two_kinds"),
        ("t.csv", CSV + b"%PDF-1.7\n", "two_kinds"),
        ("t.xlsx", zip_bytes({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "wrong_kind"),
        ("t.xlsx", zip_bytes({"evil.exe": "MZ"}), "name_unlike_content"),
        ("t.csv", b"", "empty"),
    ],
)
def test_T26_a_disguise_is_refused_and_said_in_one_line(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    refused = opened(path)
    assert isinstance(refused, Refused)
    assert refused.code == code
    assert refused.code in REFUSALS
    assert "\n" not in refused.message


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda: b"GIF89a" + XLSX, "not read"),
        (lambda: XLSX + b"<html><script>alert(1)</script></html>", "archive_damaged"),
        (lambda: XLSX + ODS, "archive_damaged"),
        (lambda: raw_xlsx("", more={"xl/../../outside.xml": "<a/>"}), "archive_unsafe_name"),
        (lambda: raw_xlsx("", more={"/etc/cron.d/evil.xml": "<a/>"}), "archive_unsafe_name"),
        (lambda: raw_xlsx("", more={"C:\\evil.xml": "<a/>"}), "archive_unsafe_name"),
        (lambda: raw_xlsx("", more={"XL/Workbook.XML": "<a/>"}), "archive_unsafe_name"),
        (lambda: renamed(raw_xlsx("", more={"docProps/a.xml": "<a/>"}), b"docProps/a.xml", b"docProps\x00a.xml"), None),
    ],
    ids=[
        "picture first",
        "page after",
        "two workbooks",
        "dots",
        "absolute",
        "drive",
        "same name twice",
        "nought in a name",
    ],
)
def test_T26_a_workbook_that_is_two_things_or_names_a_way_out_is_refused(
    made: Callable[[], bytes], code: str | None
) -> None:
    data = made()
    if code == "not read":
        assert not data.startswith(b"PK")  # it is no workbook to begin with: `open_all` calls it a picture
        return
    with pytest.raises(Unfit) as refused:
        read_sheets(data)
    assert refused.value.code == (code or "archive_unsafe_name")


def test_T26_a_locked_workbook_is_refused() -> None:
    archive = bytearray(XLSX)
    at = archive.find(b"PK\x01\x02")
    archive[at + 8] |= 1
    with pytest.raises(Unfit) as refused:
        read_sheets(bytes(archive))
    assert refused.value.code == "archive_encrypted"


def test_T26_a_link_inside_a_workbook_is_refused() -> None:
    file = BytesIO(raw_xlsx(""))
    with zipfile.ZipFile(file, "a") as archive:
        link = zipfile.ZipInfo("xl/media/image1.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(Unfit) as refused:
        read_sheets(file.getvalue())
    assert refused.value.code == "archive_unsafe_name"


@pytest.mark.parametrize(
    "name",
    ["gnp.\u202efdp.csv", "re\u202eslx.csv", "a\u200bb.csv", "..%2f..%2fetc.csv", "a\nb.csv", "con.csv", "-rf.csv"],
)
def test_T26_a_name_that_deceives_is_spelt_out_and_never_followed(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(CSV)
    document = opened(path)
    assert isinstance(document, Document)
    assert not any(sign in document.name for sign in "\u202e\u200b\n")


def test_T26_a_macro_is_never_run_and_its_sheet_is_read_as_any_other() -> None:
    data = raw_xlsx(
        '<row><c t="inlineStr"><is><t>force</t></is></c></row><row><c t="str"><f>WEBSERVICE("http://localhost:1")</f>'
        "<v>Gwent</v></c></row>",
        more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0macro"},
    )
    assert [row.cells for row in read_table(data, ["force"], found="test").rows] == [("Gwent",)]


def test_T26_the_antivirus_test_file_is_text_like_any_other_and_no_table(tmp_path: Path) -> None:
    path = tmp_path / "eicar.csv"
    path.write_bytes(EICAR)
    document = opened(path)
    assert isinstance(document, Document)
    with pytest.raises(Unfit) as refused:
        read_table(document.data, ["force"], found="test")
    assert refused.value.code == "column_missing"
