"""Made-up tables as files: CSV in any encoding, XLSX and ODS as real programs write them, and workbooks put together by hand."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

type Rows = Iterable[Sequence[object]]

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def csv_bytes(
    rows: Rows,
    encoding: str = "utf-8",
    delimiter: str = ",",
    lineterminator: str = "\n",
    quoting: int = csv.QUOTE_MINIMAL,
) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=lineterminator, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode(encoding)


def xlsx_bytes(rows: Rows, *, sheet: str = "Data", more: Mapping[str, Rows] | None = None) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, content in {**(more or {}), sheet: rows}.items():
        page = book.create_sheet(name)
        for row in content:
            page.append(list(row))
    return saved(book)


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods_bytes(rows: Rows, *, sheet: str = "Data", more: Mapping[str, Rows] | None = None) -> bytes:
    document = OpenDocumentSpreadsheet()
    for name, content in {**(more or {}), sheet: rows}.items():
        table = Table(name=name)
        for row in content:
            line = TableRow()
            for value in row:
                line.addElement(ods_cell(value))
            table.addElement(line)
        document.spreadsheet.addElement(table)
    return saved(document)


def ods_cell(value: object, **more: object) -> Any:
    if value is None or value == "":
        return TableCell(**more)
    if isinstance(value, bool | str):
        kind: dict[str, object] = {"valuetype": "string"}
    elif isinstance(value, date | datetime):
        kind = {"valuetype": "date", "datevalue": value.isoformat()}
    else:
        kind = {"valuetype": "float", "value": str(value)}
    cell = TableCell(**kind, **more)
    cell.addElement(P(text=str(value)))
    return cell


def zip_bytes(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def raw_xlsx(sheet: str | bytes, *, shared: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A workbook whose only sheet is put together by hand: `sheet` is what stands between <sheetData> and its end."""
    inner = sheet if isinstance(sheet, str) else sheet.decode()
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Data" sheetId="1" r:id="s1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="s1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="s2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{inner}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
        **(more or {}),
    }
    return zip_bytes(parts)


def raw_ods(table: str, *, prolog: str = "") -> bytes:
    """An OpenDocument sheet put together by hand: `table` is what stands between <table:table> and its end."""
    content = (
        f'{prolog}<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Data">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return file.getvalue()
