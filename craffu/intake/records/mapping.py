"""A mapping file: what another system calls the columns and values of our layout, how it writes dates, and in which encoding.

Project decision (INT-02): a mapping is read whole before any row is, its own digest goes into the mapping version of every
value that came through it, and a wrong one is refused with one line that says what is wrong in it.
"""

import codecs
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from django.utils.translation import gettext as _

from craffu.common.refusals import Refusal
from craffu.intake.records.layout import Layout, TableLayout, layout_of
from craffu.intake.tables.read import column_key
from craffu.intake.tables.values import DayOrder

_TOP: Final = ("kind", "about", "encoding", "delimiter", "date_order")
_OF_A_TABLE: Final = ("columns", "values", "constants")
_ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "windows-1252", "iso-8859-1")
_DELIMITERS: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", ",": ",", ";": ";", "\t": "\t", "|": "|"}
_ORDERS: Final = {"day_first": DayOrder.DAY_FIRST, "month_first": DayOrder.MONTH_FIRST}
_LARGEST: Final = 200_000
_DIGEST_SHOWN: Final = 12


class MappingRefused(Refusal):
    """A mapping file that cannot be used: its message is the one line that says why."""

    def __init__(self, message: str) -> None:
        super().__init__("mapping_wrong", message)


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How one table is read: for each of our columns, theirs (several are joined), their words for our codes, and constants."""

    columns: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A layout as one system sends it. `version` is the layout's and, where there is a mapping file, its digest.

    `exact` says that every column named stands in the file: so in a mapping file, while in our own layout a column that
    is not required may be absent.
    """

    layout: Layout
    tables: Mapping[str, TableMapping]
    version: str
    about: str = ""
    encoding: str = ""
    delimiter: str = ""
    order: DayOrder = DayOrder.UNDECLARED
    exact: bool = False
    words: str = field(default="", repr=False)


@cache
def own_layout(kind: str) -> Mapped:
    """The documented layout itself: every column under its own name."""
    layout = layout_of(kind)
    tables = {
        name: TableMapping({column: (column,) for column in table.names}) for name, table in layout.tables.items()
    }
    return Mapped(layout, tables, layout.version)


def read_mapping(kind: str, data: bytes) -> Mapped:
    """A mapping file of one kind. Raises MappingRefused with one line."""
    layout = layout_of(kind)
    words, said = _parsed(data)
    meant = said.get("kind")
    if meant != kind:
        raise MappingRefused(_("This mapping is for %(meant)s, not for %(kind)s.") % {"meant": meant, "kind": kind})
    tables = {name: said[name] for name in said if name not in _TOP}
    if not tables:
        raise MappingRefused(_("This mapping maps no table of %(kind)s.") % {"kind": kind})
    return Mapped(
        layout,
        {name: _table(layout, name, table) for name, table in tables.items()},
        f"{layout.version}+{hashlib.sha256(data).hexdigest()[:_DIGEST_SHOWN]}",
        about=_text(said, "about"),
        encoding=_encoding(_text(said, "encoding")),
        delimiter=_one_of(said, "delimiter", _DELIMITERS) or "",
        order=_one_of(said, "date_order", _ORDERS) or DayOrder.UNDECLARED,
        exact=True,
        words=words,
    )


def _parsed(data: bytes) -> tuple[str, dict[str, Any]]:
    if len(data) > _LARGEST:
        raise MappingRefused(_("This mapping is far larger than any mapping. Check that it is the right file."))
    try:
        words = data.decode("utf-8-sig")
        return words, tomllib.loads(words)
    except UnicodeDecodeError:
        raise MappingRefused(_("This mapping is not UTF-8 text. Save it as UTF-8 and try again.")) from None
    except tomllib.TOMLDecodeError as error:
        raise MappingRefused(_("This mapping is not TOML: %(fault)s.") % {"fault": str(error)}) from None
    except RecursionError:
        raise MappingRefused(_("This mapping is not TOML: %(fault)s.") % {"fault": "nested too deep"}) from None


def _text(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key, "")
    if not isinstance(value, str):
        raise MappingRefused(_("%(key)s in this mapping must be text.") % {"key": key})
    return value


def _one_of[V](said: Mapping[str, Any], key: str, known: Mapping[str, V]) -> V | None:
    value = _text(said, key)
    if value and value not in known:
        allowed = ", ".join(name for name in known if name.isprintable())
        raise MappingRefused(
            _("%(key)s in this mapping is %(value)s. It can be %(allowed)s.")
            % {"key": key, "value": repr(value), "allowed": allowed}
        )
    return known.get(value)


def _encoding(name: str) -> str:
    if not name:
        return ""
    try:
        found = codecs.lookup(name).name
    except LookupError:
        found = ""
    known = {codecs.lookup(one).name: one for one in _ENCODINGS}
    if found not in known:
        raise MappingRefused(
            _("%(key)s in this mapping is %(value)s. It can be %(allowed)s.")
            % {"key": "encoding", "value": repr(name), "allowed": ", ".join(_ENCODINGS)}
        )
    return known[found]


def _table(layout: Layout, name: str, said: object) -> TableMapping:
    table = layout.tables.get(name)
    if table is None:
        raise MappingRefused(
            _("This mapping names %(name)s, which is no table of %(kind)s (%(tables)s).")
            % {"name": name, "kind": layout.kind, "tables": ", ".join(layout.tables)}
        )
    if not isinstance(said, dict):
        raise MappingRefused(_("%(key)s in this mapping must be a table.") % {"key": name})
    for key in said:
        if key not in _OF_A_TABLE:
            raise MappingRefused(
                _("%(key)s in this mapping is not known. A table has %(allowed)s.")
                % {"key": f"{name}.{key}", "allowed": ", ".join(_OF_A_TABLE)}
            )
    columns = {column: _theirs(name, column, theirs) for column, theirs in _entries(table, said, "columns")}
    constants = {column: _constant(table, column, value) for column, value in _entries(table, said, "constants")}
    values = {column: _words_for(table, column, words) for column, words in _entries(table, said, "values")}
    _check_complete(table, columns, constants, values)
    return TableMapping(columns, values, constants)


def _entries(table: TableLayout, said: Mapping[str, Any], part: str) -> Iterator[tuple[str, Any]]:
    entries = said.get(part, {})
    if not isinstance(entries, dict):
        raise MappingRefused(_("%(key)s in this mapping must be a table.") % {"key": f"{table.name}.{part}"})
    for column, value in entries.items():
        if column not in table.by_name:
            raise MappingRefused(
                _("This mapping names %(column)s, which is no column of %(table)s.")
                % {"column": column, "table": table.name}
            )
        yield column, value


def _theirs(table: str, column: str, theirs: object) -> tuple[str, ...]:
    names = [theirs] if isinstance(theirs, str) else theirs
    if not (isinstance(names, list) and names and all(isinstance(name, str) and column_key(name) for name in names)):
        raise MappingRefused(
            _("%(column)s in this mapping must name one column of the file, or a list of them.")
            % {"column": f"{table}.columns.{column}"}
        )
    return tuple(names)


def _constant(table: TableLayout, column: str, value: object) -> str:
    if not isinstance(value, str):
        raise MappingRefused(_("%(key)s in this mapping must be text.") % {"key": f"{table.name}.constants.{column}"})
    _check_told_apart(table, column, value)
    _check_code(table, column, value)
    return value


def _words_for(table: TableLayout, column: str, words: object) -> Mapping[str, str]:
    if not (isinstance(words, dict) and all(isinstance(ours, str) for ours in words.values())):
        raise MappingRefused(_("%(key)s in this mapping must be text.") % {"key": f"{table.name}.values.{column}"})
    found: dict[str, str] = {}
    for theirs, ours in words.items():
        _check_told_apart(table, column, ours)
        _check_code(table, column, ours)
        if found.setdefault(theirs.strip().casefold(), ours) != ours:
            raise MappingRefused(
                _("This mapping gives %(word)s two meanings in %(column)s. Capitals make no difference.")
                % {"word": repr(theirs), "column": f"{table.name}.{column}"}
            )
    return found


def _check_told_apart(table: TableLayout, column: str, value: str) -> None:
    """One reference for many rows would make one record of them all, and one person of many."""
    if value and column in table.key and table.by_name[column].kind == "reference":
        raise MappingRefused(
            _("This mapping gives several rows one %(column)s, which tells them apart. Name the column that holds it.")
            % {"column": f"{table.name}.{column}"}
        )


def _check_code(table: TableLayout, column: str, value: str) -> None:
    allowed = table.by_name[column].values
    if value and allowed and value not in allowed:
        raise MappingRefused(
            _("This mapping gives %(column)s the value %(value)s. It can be %(allowed)s.")
            % {"column": f"{table.name}.{column}", "value": repr(value), "allowed": ", ".join(allowed)}
        )


def _check_complete(
    table: TableLayout,
    columns: Mapping[str, tuple[str, ...]],
    constants: Mapping[str, str],
    values: Mapping[str, Mapping[str, str]],
) -> None:
    for column in table.required:
        if column not in columns and not constants.get(column):
            raise MappingRefused(
                _("This mapping gives no column for %(column)s, which every row must have.")
                % {"column": f"{table.name}.{column}"}
            )
    for column in constants:
        if column in columns:
            raise MappingRefused(
                _("This mapping gives %(column)s both a column and a constant. Keep one of them.")
                % {"column": f"{table.name}.{column}"}
            )
    for column in values:
        if column not in columns:
            raise MappingRefused(
                _("This mapping gives words for %(column)s and no column to read them from.")
                % {"column": f"{table.name}.{column}"}
            )


@dataclass(frozen=True, slots=True)
class MappingLine:
    """One line of a mapping as the page of a run shows it."""

    table: str
    column: str
    kind: str
    required: bool
    theirs: str
    values: tuple[tuple[str, str], ...] = ()
    constant: str = ""


def mapping_lines(mapped: Mapped) -> list[MappingLine]:
    """The whole mapping as a table: for each column of ours that is read, what it is called in the file."""
    return [
        MappingLine(
            table=name,
            column=column.name,
            kind=column.kind,
            required=column.required,
            theirs=" + ".join(table.columns.get(column.name, ())),
            values=tuple(table.values.get(column.name, {}).items()),
            constant=table.constants.get(column.name, ""),
        )
        for name, table in mapped.tables.items()
        for column in mapped.layout.tables[name].columns
        if column.name in table.columns or column.name in table.constants
    ]
