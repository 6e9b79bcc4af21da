"""Decides how a row of the plainest source is read: an id, a day, perhaps a person and a source time (INT-03, INT-04).

The question 'int.run' of a rule case file is asked in such rows; they go through the same rules as every other source.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from craffu.clocks.london import GivenBy, reading_of
from craffu.intake.rules import FIRST_ROW_LINE, HeldVersion, Row, is_given

UNDECIDED_PERSON: Final = "?"


class PlainReason(StrEnum):
    """What can be wrong with a plain row, or in doubt."""

    MISSING_DATE = "missing_date"
    BAD_DATE = "bad_date"
    BAD_TIME = "bad_time"
    PERSON_UNDECIDED = "person_undecided"


def plain_rows(records: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    """Shape the plainest source, an id, a day, perhaps a person and a source time per row, from line 2 on."""
    return (plain_row(line, record) for line, record in enumerate(records, start=FIRST_ROW_LINE))


def plain_held(records: Mapping[str, Mapping[str, Any]] | None) -> dict[str, HeldVersion]:
    """The versions held of the plainest source, by identifier."""
    rows = {key: plain_row(0, record) for key, record in (records or {}).items()}
    return {key: HeldVersion(row.content, row.source_time) for key, row in rows.items()}


def plain_row(line: int, record: Mapping[str, Any]) -> Row:
    """Shape one row of the plainest source.

    Its id and its day (ISO) are needed; a person '?' is undecided, and none at all is a record about nobody known. A
    source time in London's wall clock is read as from an extract: the first of two readings, with a warning.
    """
    key = str(record["id"]).strip() if is_given(record.get("id")) else None
    made_at, time_problem, warnings = _source_time(record.get("source_time"))
    return Row(
        line=line,
        key=key,
        content=json.dumps({name: record[name] for name in record if name != "source_time"}, sort_keys=True),
        source_time=made_at,
        problem=_day_problem(record.get("on")) or time_problem,
        undecided=PlainReason.PERSON_UNDECIDED if record.get("person") == UNDECIDED_PERSON else None,
        warnings=warnings,
    )


def _day_problem(value: object) -> str | None:
    if not is_given(value):
        return PlainReason.MISSING_DATE
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return PlainReason.BAD_DATE
    return None


def _source_time(value: object) -> tuple[datetime | None, str | None, tuple[str, ...]]:
    if not is_given(value):
        return None, None, ()
    try:
        reading = reading_of(datetime.fromisoformat(str(value)), given_by=GivenBy.INTAKE)
    except ValueError:
        return None, PlainReason.BAD_TIME, ()
    return reading.utc, reading.error, (reading.flag,) if reading.flag else ()
