"""A table that a page embeds as JSON, column by column: `columns` are its headings and `data` one list for each (INT-03).

Some columns wrap each value in a list of its own. `null` is a blank cell and words such as "n/a" are words: two things.
"""

import json
from typing import Final

from craffu.intake.refused import Unfit
from craffu.intake.tables.csv_rows import Record
from craffu.intake.tables.text import decoded
from craffu.intake.tables.workbooks import SheetRows

_DEEPEST: Final = 50


def is_json(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def column_sheet(data: bytes) -> SheetRows:
    """The table as rows, each at its number below the headings. Raises Unfit for JSON that is no such table."""
    try:
        content = json.loads(decoded(data).text)
    except json.JSONDecodeError as error:
        raise Unfit("not_well_formed_json", line=error.lineno) from None
    except (ValueError, RecursionError):
        raise Unfit("not_well_formed_json", line=1) from None
    columns, lists = (content.get(name) for name in ("columns", "data")) if isinstance(content, dict) else (None, None)
    if not (isinstance(columns, list) and isinstance(lists, list) and len(columns) == len(lists)):
        raise Unfit("column_missing", wanted="columns, data", found="JSON")
    if not all(isinstance(values, list) for values in lists) or len({len(values) for values in lists}) != 1:
        raise Unfit("column_missing", wanted="data", found="JSON")
    records = [Record(1, tuple(map(_text, columns)))]
    for line, cells in enumerate(zip(*lists, strict=True), start=2):
        texts = tuple(map(_text, cells))
        if any(texts):
            records.append(Record(line, texts))
    return SheetRows("", records)


def _text(value: object) -> str:
    """A value as somebody would have typed it."""
    for _ in range(_DEEPEST):
        if not (isinstance(value, list) and len(value) == 1):
            break
        value = value[0]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
