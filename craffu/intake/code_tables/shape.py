"""A row of a code list to the code that it defines, or the reason why it cannot be taken in (INT-03).

Two rows say the same when title, attributes and validity are the same; that is what their digest is made of (INT-01).
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from craffu.intake.code_tables.courts import court_areas
from craffu.intake.code_tables.lists import COURT_AREAS, COURTS, LIST_NAMES, CodeList
from craffu.intake.code_tables.ranges import RANGES_LIST, codes_in
from craffu.intake.code_tables.read import RawRow, Table
from craffu.intake.code_tables.reasons import Unusable
from craffu.intake.code_tables.values import Value, day_of, text_of
from craffu.intake.rules import Reason

_CODE = re.compile(r"[!-~](?:[ -~]{0,18}[!-~])?", re.ASCII)
# What a database refuses: the character nought, here as JSON writes it, and halves of characters.
_UNSTORABLE = re.compile("\\\\u0000|[\ud800-\udfff]")


@dataclass(frozen=True)
class Code:
    """What a row says a code means. `exists_only` says no more than that the code exists."""

    list_name: str
    code: str
    title: str = ""
    attributes: Mapping[str, Value] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None
    exists_only: bool = False

    @cached_property
    def key(self) -> str:
        return f"{self.list_name}/{self.code}"

    @cached_property
    def said(self) -> str:
        """All that the row says of the code."""
        days = [day.isoformat() if day else None for day in (self.valid_from, self.valid_to)]
        return json.dumps([self.title, self.attributes, *days], sort_keys=True, ensure_ascii=False)

    @cached_property
    def content(self) -> str:
        """The digest of all that the row says of the code."""
        return hashlib.sha256(self.said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken in, and in which of its fields."""

    reason: str
    field: str = ""


type Shaped = tuple[RawRow, Code | Problem]


def shape_table(table: Table) -> list[Shaped]:
    """Every row of a file, in its order, as a code or a problem."""
    return [shaped for row in table.rows for shaped in _shape_row(row, table)]


def court_areas_of(shaped: Iterable[Shaped]) -> list[tuple[RawRow, Code]]:
    """The areas (PSA) that a list of courts implies, each at the line of its first court."""
    courts = [
        (row.line, code.code, row.entry)
        for row, code in shaped
        if isinstance(code, Code) and code.list_name == COURTS.name and row.entry.keys() >= set(COURTS.needs)
    ]
    return [(RawRow(line, entry), _listed(entry, COURT_AREAS)) for line, entry in court_areas(courts)]


def _shape_row(row: RawRow, table: Table) -> Iterator[Shaped]:
    try:
        for code in _codes(row, table):
            if not _CODE.fullmatch(code.code):
                raise Unusable("code_malformed", "code")
            if _UNSTORABLE.search(code.said):
                raise Unusable("characters_unreadable", "title")
            yield row, code
    except Unusable as unusable:
        yield row, Problem(unusable.reason, unusable.field)


def _codes(row: RawRow, table: Table) -> Iterable[Code]:
    if row.fault:
        raise Unusable(row.fault)
    if table.ranges:
        return (Code(RANGES_LIST, code, exists_only=True) for code in codes_in(row.words))
    return [_own(row.entry) if table.code_list is None else _listed(row.entry, table.code_list)]


def _listed(entry: Mapping[str, object], code_list: CodeList) -> Code:
    code = str(code_list.code(entry) or "")
    if not code:
        raise Unusable(Reason.MISSING_ID, code_list.needs[0] if code_list.needs else "")
    if not code_list.form.fullmatch(code):
        raise Unusable("code_malformed", code_list.needs[0] if code_list.needs else "")
    attributes = {name: reading(entry) for name, reading in code_list.attributes.items()}
    return Code(
        code_list.name,
        code,
        str(code_list.title(entry) or ""),
        {name: value for name, value in attributes.items() if value not in (None, "", [])},
    )


def _own(entry: Mapping[str, object]) -> Code:
    """A row of our own layout: list, code, title, valid_from, valid_to, attributes."""
    list_name, code = text_of(entry, "list"), text_of(entry, "code")
    if not code:
        raise Unusable(Reason.MISSING_ID, "code")
    if list_name not in LIST_NAMES:
        raise Unusable("list_unknown", "list")
    starts, ends = (day_of(text_of(entry, key), key) for key in ("valid_from", "valid_to"))
    if starts and ends and ends < starts:
        raise Unusable("dates_reversed", "valid_to")
    return Code(list_name, code, text_of(entry, "title"), _attributes(text_of(entry, "attributes")), starts, ends)


def _attributes(words: str) -> Mapping[str, Value]:
    try:
        attributes = json.loads(words or "{}")
    except (ValueError, RecursionError):
        attributes = None
    if not isinstance(attributes, dict):
        raise Unusable("attributes_unreadable", "attributes")
    return attributes
