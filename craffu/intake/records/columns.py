"""A column of cells to the values it holds, each in one written form, and what is wrong with the others (INT-03, INT-04).

Pure. A whole column is read at once, because an extract has millions of cells. A day is `2024-01-31`, an instant is
`2024-01-31 09:30:00` in UTC, a yes is `yes`; an empty cell is empty. London's wall clock is read as such (CLK-01).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from craffu.clocks.london import GivenBy, day_of, reading_of
from craffu.common.versions import as_said
from craffu.intake.records.layout import Column
from craffu.intake.records.references import usable
from craffu.intake.tables.values import (
    DayOrder,
    read_day,
    read_instant,
    read_number,
    read_partial_day,
    read_text,
    read_whole,
    read_yes_no,
)

LONGEST_REFERENCE: Final = 40
LONGEST_TEXT: Final = 200
LONGEST_WORDS: Final = 10_000
# What is narrower where it is stored; everything else has room for any text of ordinary length.
_LONGEST: Final[Mapping[str, int]] = {
    "title": 40, "respondent_title": 40, "ethnicity": 20, "pnc_id": 60, "respondent_pnc_id": 60, "cro_number": 60, "asn": 60,
    "home_office_class": 20, "offence_code": 20, "lsoa": 20, "station": 80, "officer": 80, "ptiurn": 40, "relationship": 40,
    "outcome_code": 10, "order_kind": 40, "programme": 60, "aliases": 2_000,
}  # fmt: skip
_LARGEST_WHOLE: Final = 2_147_483_647
# Below this a date is what a system writes for none, such as 0001-01-01; above the other nobody living was born.
_FIRST_YEAR: Final = "1850"
_LAST_BIRTH: Final = "2100"
_NO_SUCH_YEAR: Final = "year_not_meant"

_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]((?:[01]\d|2[0-3]):[0-5]\d)(?:(:[0-5]\d))?(Z)?", re.ASCII)
_WINDOW = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
_MANY = ";"


class Fault(NamedTuple):
    """Why a cell holds no value. `parked` says that a person must decide; otherwise the sender must correct it."""

    reason: str
    parked: bool = False


class Cells(NamedTuple):
    """A column read: its values, with what was sent where there is a fault, the faults and the doubts by row."""

    values: list[str]
    faults: Mapping[int, Fault]
    doubts: Mapping[int, str] = {}


def read_column(column: Column, texts: Sequence[str], order: DayOrder) -> Cells:
    """The values of one column."""
    if column.kind == "code":
        return _several_codes(column, texts) if column.many else _codes(column, texts)
    if column.kind == "instant":
        return _instants(texts, order)
    if column.kind == "reference":
        return _references(column, texts)
    if (of_day := _DAYS.get(column.kind)) is not None:
        return _each(texts, lambda text: of_day(text, order))
    if (reader := _READERS.get(column.kind)) is not None:
        return _each(texts, reader)
    return _texts(column, texts)


def longest(column: Column) -> int:
    """How many characters a text of this column may have."""
    if column.kind == "reference":
        return LONGEST_REFERENCE
    return _LONGEST.get(column.name, LONGEST_WORDS if column.protected else LONGEST_TEXT)


def _texts(column: Column, texts: Sequence[str]) -> Cells:
    values = [text.strip() for text in texts]
    if column.many:
        values = [_parted(value) if _MANY in value else value for value in values]
    most, names = longest(column), column.person == "aliases"
    # Most columns have nothing wrong in any cell, and that is seen at one look.
    if not names and len(max(values, key=len, default="")) <= most and "".join(values).isprintable():
        return Cells(values, {})
    faults: dict[int, Fault] = {}
    for at, value in enumerate(values):
        if len(value) > most or (names and any(len(name) > LONGEST_TEXT for name in value.split(_MANY))):
            faults[at] = Fault("too_long")
        elif not value.isprintable() and (problem := read_text(value).problem):
            faults[at] = Fault(problem)
    return Cells(values, faults)


def _references(column: Column, texts: Sequence[str]) -> Cells:
    values, problems = usable([text.strip() for text in texts])
    faults = {at: Fault(problem) for at, problem in problems.items()}
    if len(max(values, key=len, default="")) > (most := longest(column)):
        faults |= {at: Fault("too_long") for at, value in enumerate(values) if len(value) > most}
    return Cells(values, faults)


def _parted(value: str) -> str:
    """Several values in one cell, without the empty ones."""
    return _MANY.join(part for piece in value.split(_MANY) if (part := piece.strip()))


def _codes(column: Column, texts: Sequence[str]) -> Cells:
    exact = {"": "", **{code: code for code in column.values}}
    found = [exact.get(text) for text in texts]
    if None not in found:
        return Cells([value for value in found if value is not None], {})
    known = {"": "", **{code.casefold(): code for code in column.values}}
    values, faults = [], {}
    for at, text in enumerate(texts):
        value = known.get(text.strip().casefold())
        if value is None:
            faults[at] = Fault("code_not_in_list")
            value = text.strip()
        values.append(value)
    return Cells(values, faults)


def _several_codes(column: Column, texts: Sequence[str]) -> Cells:
    """Several codes in one cell, each of which stands in the list."""
    known = {code.casefold(): code for code in column.values}
    values, faults = [], {}
    for at, text in enumerate(texts):
        parts = _parted(text).split(_MANY) if text else []
        found = [known.get(part.casefold(), "") for part in parts if part]
        if "" in found:
            faults[at] = Fault("code_not_in_list")
        values.append(text.strip() if at in faults else _MANY.join(found))
    return Cells(values, faults)


type Reading = tuple[str, Fault | None]


def _each(texts: Sequence[str], reader: Callable[[str], Reading]) -> Cells:
    values, faults = [], {}
    for at, text in enumerate(texts):
        if not text:
            values.append("")
            continue
        value, fault = reader(text)
        if fault is not None:
            faults[at] = fault
        values.append(value)
    return Cells(values, faults)


def _fault(problem: str, undecided: str) -> Fault | None:
    if undecided:
        return Fault(undecided, parked=True)
    return Fault(problem) if problem else None


def _is_iso_day(text: str) -> bool:
    """The usual form of a day, and a day that there is and that can be meant."""
    try:
        return len(text) == 10 and _FIRST_YEAR <= text < _LAST_BIRTH and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@lru_cache(maxsize=1 << 16)
def _day(text: str, order: DayOrder) -> Reading:
    if _is_iso_day(text):
        return text, None
    found = read_day(text, order)
    if (fault := _fault(found.problem, found.undecided)) is not None:
        return text.strip(), fault
    value = found.value.isoformat() if found.value else ""
    return (text.strip(), Fault(_NO_SUCH_YEAR)) if value and value < _FIRST_YEAR else (value, None)


@lru_cache(maxsize=1 << 16)
def _partial_day(text: str, order: DayOrder) -> Reading:
    if _is_iso_day(text):
        return text, None
    found = read_partial_day(text, order)
    value = found.value or ""
    if (fault := _fault(found.problem, found.undecided)) is not None:
        return text.strip(), fault
    if value.startswith("--"):
        return value, Fault("year_missing")
    return (text.strip(), Fault(_NO_SUCH_YEAR)) if value and not _FIRST_YEAR <= value < _LAST_BIRTH else (value, None)


@lru_cache(maxsize=1 << 12)
def _whole(text: str) -> Reading:
    found = read_whole(text)
    if found.problem:
        return text.strip(), Fault(found.problem)
    if found.value is not None and not 0 <= found.value <= _LARGEST_WHOLE:
        return text.strip(), Fault("number_out_of_range")
    return "" if found.value is None else str(found.value), None


@lru_cache(maxsize=1 << 12)
def _number(text: str) -> Reading:
    found = read_number(text)
    if found.problem:
        return text.strip(), Fault(found.problem)
    return "" if found.value is None else f"{found.value:g}", None


@lru_cache(maxsize=1 << 8)
def _yes_no(text: str) -> Reading:
    found = read_yes_no(text)
    if found.problem:
        return text.strip(), Fault(found.problem)
    return "" if found.value is None else ("yes" if found.value else "no"), None


@lru_cache(maxsize=1 << 12)
def _hours(text: str) -> Reading:
    """Windows of the clock, such as `09:00-17:30`; several are parted as values are."""
    windows = _parted(text)
    is_read = all(_WINDOW.fullmatch(window) for window in windows.split(_MANY)) if windows else True
    return (windows, None) if is_read else (text.strip(), Fault("hours_unreadable"))


_DAYS: Final[Mapping[str, Callable[[str, DayOrder], Reading]]] = {"date": _day, "partial_date": _partial_day}
_READERS: Final[Mapping[str, Callable[[str], Reading]]] = {
    "integer": _whole,
    "number": _number,
    "yes_no": _yes_no,
    "hours": _hours,
}

# Whether London's clocks stand at GMT all day, at summer time all day, or change on it.
_WINTER, _SUMMER, _CHANGES = range(3)
_HOUR_BEFORE: Final = {f"{hour:02}": f"{hour - 1:02}" for hour in range(1, 24)}


@lru_cache(maxsize=1 << 14)
def _clocks_on(day: str) -> int | None:
    """How London's clocks stand on a day; None where there is no such day."""
    try:
        starts = date.fromisoformat(day)
        offsets = {
            reading_of(datetime(starts.year, starts.month, starts.day, hour), given_by=GivenBy.INTAKE).utc  # noqa: DTZ001
            for hour in (0, 23)
        }
    except (ValueError, OverflowError):
        return None
    hours = {at.hour for at in offsets if at is not None}
    return {frozenset({0, 23}): _WINTER, frozenset({23, 22}): _SUMMER}.get(frozenset(hours), _CHANGES)


@lru_cache(maxsize=1 << 14)
def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _instants(texts: Sequence[str], order: DayOrder) -> Cells:
    values, faults, doubts = [], {}, {}
    for at, text in enumerate(texts):
        if not text:
            values.append("")
            continue
        value = _plain_instant(text)
        if value is None:
            value, fault, doubt = _instant(text, order)
            if fault is not None:
                faults[at] = fault
            elif doubt:
                doubts[at] = doubt
        values.append(value)
    return Cells(values, faults, doubts)


def _plain_instant(text: str) -> str | None:
    """The usual form on a day on which no clock changes, read without more; None for everything else."""
    found = _INSTANT.fullmatch(text)
    if found is None:
        return None
    day, clock, second, zulu = found.groups()
    stands = _clocks_on(day) if day >= _FIRST_YEAR else None
    if stands is None or (stands == _CHANGES and not zulu):
        return None
    if stands == _SUMMER and not zulu:
        if (hour := clock[:2]) == "00":
            day, clock = _day_before(day), f"23{clock[2:]}"
        else:
            clock = _HOUR_BEFORE[hour] + clock[2:]
    return f"{day} {clock}{second or ':00'}"


def _instant(text: str, order: DayOrder) -> tuple[str, Fault | None, str]:
    found = read_instant(text, order)
    if (fault := _fault(found.problem, found.undecided)) is not None:
        return text.strip(), fault, ""
    if found.value is None:
        return "", None, ""
    try:
        reading = reading_of(found.value, given_by=GivenBy.INTAKE)
    except OverflowError:
        return text.strip(), Fault("no_such_day"), ""
    if reading.utc is None:
        return text.strip(), Fault(reading.error or "time_unreadable"), ""
    if reading.utc.year < int(_FIRST_YEAR):
        return text.strip(), Fault(_NO_SUCH_YEAR), ""
    return as_said(reading.utc), None, reading.flag or ""


def london_day(instant: str) -> str:
    """The London day of an instant as written here."""
    day, clock = instant[:10], instant[11:13]
    stands = _clocks_on(day)
    if stands == _WINTER or clock < "22":
        return day
    return day_of(datetime.fromisoformat(instant).replace(tzinfo=UTC)).isoformat()
