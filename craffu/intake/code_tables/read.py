"""Bytes to the rows of a code list as they stand, or one line on why the file is none (INT-02, INT-03).

A file is known for a list by a word in its name and by the keys or columns that it has, never by one of them alone.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from craffu.intake.code_tables.lists import BANK_HOLIDAYS, CSV_LISTS, JSON_LISTS, CodeList
from craffu.intake.code_tables.ranges import RANGES_NAME
from craffu.intake.code_tables.values import Entry
from craffu.intake.opening import Document, Wanted
from craffu.intake.refused import Refused, Unfit

WANTED = Wanted(kind="json", also=("csv",), suffixes=(".json", ".csv", RANGES_NAME))

OWN_COLUMNS = ("list", "code", "title", "valid_from", "valid_to", "attributes")
_OFFENCE_EXTRACT = {"cjsCode", "offenceTitle"}
_WORD_ENDS = re.compile(r"[^a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands: its line, or its number among the entries of a JSON array, its values, and its own words.

    `fault` is why it is no row at all.
    """

    line: int
    entry: Entry
    words: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file. `code_list` is None in our own layout, where each row names its list.

    `ranges` says that each row names many codes and no meaning; `note` is why a file that was read holds nothing to take in.
    """

    rows: Iterable[RawRow]
    code_list: CodeList | None = None
    ranges: bool = False
    note: str = ""


def read_table(document: Document) -> Table | Refused:
    """The rows of one document; never raises for bad data."""
    try:
        return _read(document)
    except Unfit as unfit:
        return unfit.refused(document.name)


def _read(document: Document) -> Table:
    text = _decoded(document.data)
    file_name = re.split(r"[/\\]|: ", document.name)[-1].lower()
    words = _WORD_ENDS.split(file_name)
    if text.lstrip().startswith(("[", "{")):
        return _read_json(text, words)
    if file_name.endswith(RANGES_NAME):
        lines = enumerate(text.splitlines(), start=1)
        return Table([RawRow(line, {}, said) for line, said in lines if said.strip()], ranges=True)
    return _read_csv(text, words)


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        found = encoding.removesuffix("-sig").upper()
        raise Unfit("text_damaged", line=data[: error.start].count(b"\n") + 1, found=found) from None


def _known(words: Iterable[str], lists: Mapping[str, CodeList]) -> CodeList:
    found = next((lists[word] for word in words if word in lists), None)
    if found is None:
        raise Unfit("code_list_unknown")
    return found


def _read_json(text: str, words: Iterable[str]) -> Table:
    code_list = _known(words, JSON_LISTS)
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unfit("not_well_formed_json", line=error.lineno) from None
    except (ValueError, RecursionError):
        raise Unfit("not_well_formed_json", line=1) from None
    if code_list is BANK_HOLIDAYS:
        content = list(_holidays(content))
    if not isinstance(content, list):
        raise Unfit("code_list_unknown")
    _check_needs(code_list, {key for entry in content if isinstance(entry, dict) for key in entry})
    return Table([_json_row(number, entry) for number, entry in enumerate(content, start=1)], code_list)


def _json_row(number: int, entry: object) -> RawRow:
    if isinstance(entry, dict):
        return RawRow(number, entry)
    return RawRow(number, {}, json.dumps(entry), "row_unreadable")


def _holidays(content: object) -> Iterator[object]:
    """The days of every division, one after the other."""
    if not isinstance(content, dict):
        raise Unfit("code_list_unknown")
    for division, listed in content.items():
        events = listed.get("events") if isinstance(listed, dict) else None
        if not isinstance(events, list):
            raise Unfit("code_list_unknown")
        for event in events:
            yield {**event, "division": division} if isinstance(event, dict) else event


def _read_csv(text: str, words: Iterable[str]) -> Table:
    """The rows of a table, each with the header among its words so that it can be corrected alone."""
    (_, names), *rows = list(_lines_of(text)) or [(1, [])]
    header = [name.strip() for name in names]
    if set(header) >= _OFFENCE_EXTRACT:
        return Table((), note="not_a_code_list")
    code_list = None
    if not set(header) >= set(OWN_COLUMNS[:2]):
        code_list = _known(words, CSV_LISTS)
        _check_needs(code_list, set(header))
    return Table([_csv_row(line, header, cells) for line, cells in rows], code_list)


def _csv_row(line: int, header: list[str], cells: list[str]) -> RawRow:
    words = as_csv(header, cells)
    if len(cells) != len(header):
        return RawRow(line, {}, words, "columns_differ")
    return RawRow(line, dict(zip(header, cells, strict=True)), words)


def _lines_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of every row that is not empty, at the line where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""))
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise Unfit("not_well_formed_csv", line=line) from None


def as_csv(*rows: Iterable[str]) -> str:
    """Rows as a file of their own."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _check_needs(code_list: CodeList, has: set[str]) -> None:
    missing = [key for key in code_list.needs if key not in has]
    if missing:
        raise Unfit("column_missing", wanted=", ".join(missing), found=code_list.name)
