"""Many rows appended at once: one statement of SQLite run for each, or PostgreSQL's COPY as text, put together by columns.

PostgreSQL refuses COPY into a table with row-level security: there the columns are handed over as arrays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import batched
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from craffu.common.frames import Ready

_ROWS_AT_ONCE: Final = 5_000
_SPECIAL: Final = re.compile(r"[\\\t\n\r]")
_ESCAPED: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_NULL: Final = "\\N"
_NUMBERS: Final = frozenset({int, float, bool})

type Written = Callable[[Any], str | None]


def insert_rows(
    connection: BaseDatabaseWrapper, into: str, width: int, rows: Iterable[tuple[Any, ...]], same: Sequence[Any]
) -> None:
    """On SQLite. What every row has in common stands in the statement, so that it is not handed over with each."""
    literals = [_literal(value) for value in same]
    handed = tuple(value for value, literal in zip(same, literals, strict=True) if literal is None)
    values = ", ".join([*("?" * width), *(literal or "?" for literal in literals)])
    rows = (row + handed for row in rows) if handed else rows
    # The driver itself: Django's own executemany keeps a second copy of every row meanwhile.
    connection.connection.executemany(f"INSERT INTO {into} VALUES ({values})", rows)  # noqa: S608


def _literal(value: Any) -> str | None:
    """The value as SQLite itself quotes it (its function `quote`); None where that might not be the value to the last bit."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, str) and "\0" not in value:
        return "'" + value.replace("'", "''") + "'"
    return None


def copy_rows(connection: BaseDatabaseWrapper, into: str, rows: Iterable[tuple[Any, ...]], same: Sequence[Any]) -> None:
    """On PostgreSQL, where alone its driver is loaded."""
    driver = import_module("psycopg.adapt")
    adapt = driver.Transformer.from_context(connection.connection)

    def written(value: Any) -> str | None:
        dumped = adapt.get_dumper(value, driver.PyFormat.TEXT).dump(value)
        return None if dumped is None else bytes(dumped).decode()

    with connection.cursor() as cursor:
        is_behind_the_wall, types = _described(cursor, into)
        if is_behind_the_wall:
            _insert_arrays(cursor, into, rows, same, written, types)
            return
        with cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for block in copy_text(rows, same, written):
                copy.write(block)


def _described(cursor: CursorWrapper, into: str) -> tuple[bool, dict[str, str]]:
    """Whether a table refuses COPY, and the type of each of its columns. One query."""
    cursor.execute(TYPES, [into.partition(" ")[0]])
    rows = cursor.fetchall()
    return any(is_behind_the_wall for *_, is_behind_the_wall in rows), {f'"{name}"': kind for name, kind, _ in rows}


TYPES: Final = (
    "SELECT a.attname, format_type(a.atttypid, a.atttypmod), row_security_active(a.attrelid) FROM pg_attribute a"
    " WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped"
)


def _insert_arrays(
    cursor: CursorWrapper,
    into: str,
    rows: Iterable[tuple[Any, ...]],
    same: Sequence[Any],
    written: Written,
    types: Mapping[str, str],
) -> None:
    """Each column of a batch as one array, and what all rows have in common once."""
    columns = into.partition(" ")[2].strip("()").split(", ")
    each = columns[: len(columns) - len(same)]
    arrays = ", ".join(f"%s::{types[column].partition('(')[0]}[]" for column in each)
    named = ", ".join(f"c{place}" for place in range(len(each)))
    selected = ", ".join([named, *(f"%s::{types[column]}" for column in columns[len(each) :])])
    sql = f"INSERT INTO {into} SELECT {selected} FROM unnest({arrays}) AS given({named})"  # noqa: S608
    common = [_said(value, written) for value in same]
    for batch in batched(rows, _ROWS_AT_ONCE):
        cursor.execute(sql, [*common, *(array_text(column, written) for column in zip(*batch, strict=True))])


def _said(value: Any, written: Written) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) else written(value)


_SPECIAL_IN_ARRAY: Final = re.compile(r'[\\"]')
_ESCAPED_IN_ARRAY: Final = str.maketrans({"\\": "\\\\", '"': '\\"'})


def array_text(values: Sequence[Any], written: Written) -> str:
    """A column as PostgreSQL writes an array; `written` as for `copy_text`."""
    kinds = set(map(type, values))
    if kinds <= _NUMBERS:
        return f"{{{','.join(map(str, values))}}}"
    if kinds == {str}:
        if _SPECIAL_IN_ARRAY.search("".join(values)):
            values = [text.translate(_ESCAPED_IN_ARRAY) for text in values]
        return '{"' + '","'.join(values) + '"}'
    return f"{{{','.join(_element(_said(value, written)) for value in values)}}}"


def _element(text: str | None) -> str:
    return "NULL" if text is None else f'"{text.translate(_ESCAPED_IN_ARRAY)}"'


def insert_ready(
    connection: BaseDatabaseWrapper, into: str, rows: Ready, each: Sequence[Sequence[int]], same: Sequence[Any]
) -> None:
    """On SQLite: rows made ready, each with its own of `each`."""
    columns = (*rows.columns, *each)
    insert_rows(connection, into, len(columns), zip(*columns, strict=True), [*rows.same.values(), *same])


def copy_ready(
    connection: BaseDatabaseWrapper, into: str, rows: Ready, each: Sequence[Sequence[int]], same: Sequence[Any]
) -> None:
    """On PostgreSQL: the same, into a table without row-level security."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        copy.write(ended(rows.lines, each, same))


def ended(lines: bytes, each: Sequence[Sequence[int]], same: Sequence[int | str | None]) -> bytes:
    """Lines of COPY, each followed by its own of `each` and by what is the same for all."""
    if each:
        numbers = zip(*each, strict=True)
        lines = b"".join(
            b"%b\t%b\n" % (line, "\t".join(map(str, own)).encode())
            for line, own in zip(lines.splitlines(), numbers, strict=True)
        )
    end = "".join(f"\t{_value(value, lambda _: None)}" for value in same)
    return lines.replace(b"\n", f"{end}\n".encode()) if end else lines


def copy_text(rows: Iterable[tuple[Any, ...]], same: Sequence[Any], written: Written) -> Iterator[str]:
    """Blocks of lines, each row's values followed by those that every row has in common.

    `written` is how the driver writes a value that is neither a text, a number, a truth value nor None.
    """
    end = "".join(f"\t{_value(value, written)}" for value in same) + "\n"
    for batch in batched(rows, _ROWS_AT_ONCE):
        columns = [_column(column, written) for column in zip(*batch, strict=True)]
        yield end.join(map("\t".join, zip(*columns, strict=True))) + end


def _column(values: Sequence[Any], written: Written) -> Sequence[str]:
    kinds = set(map(type, values))
    if kinds == {str}:
        # Looked for once in all of them: hardly any text has one.
        return [text.translate(_ESCAPED) for text in values] if _SPECIAL.search("".join(values)) else values
    if kinds <= _NUMBERS:
        return list(map(str, values))
    if kinds <= _NUMBERS | {type(None)}:
        return [_NULL if value is None else str(value) for value in values]
    return [_value(value, written) for value in values]


def _value(value: Any, written: Written) -> str:
    if value is None:
        return _NULL
    if isinstance(value, str):
        return value.translate(_ESCAPED)
    if isinstance(value, int | float):
        return str(value)
    text = written(value)
    return _NULL if text is None else text.translate(_ESCAPED)
