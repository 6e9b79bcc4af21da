"""One cell to one value: numbers, days, instants and markers, each read only where it can mean one thing (INT-04, MSR-02).

A blank, 'not available' and 0 are three different answers. 03/04/2020 could be March or April: unless the layout declares
which, a person decides. A year of two digits is never completed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from types import MappingProxyType
from typing import Final

BLANK: Final = "blank"
NOT_AVAILABLE: Final = "not_available"
NOT_SUPPLIED: Final = "not_supplied"
SUPPRESSED: Final = "suppressed"

# Whole cells, folded, that publishers of statistics write instead of a value. A lone dash is not here: to some it means 0.
MARKERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "": BLANK,
        "n/a": NOT_AVAILABLE,
        "na": NOT_AVAILABLE,
        "#n/a": NOT_AVAILABLE,
        "not available": NOT_AVAILABLE,
        "ddim ar gael": NOT_AVAILABLE,
        "..": NOT_AVAILABLE,
        "[x]": NOT_AVAILABLE,
        "[z]": NOT_AVAILABLE,
        "not supplied": NOT_SUPPLIED,
        "not provided": NOT_SUPPLIED,
        "[c]": SUPPRESSED,
    }
)


class DayOrder(StrEnum):
    """Which number of 03/04/2020 is the month, where a layout says so."""

    UNDECLARED = "undeclared"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class Read[T]:
    """What a cell says: a value; or why there is none; or what is wrong with it; or what only a person can decide."""

    value: T | None = None
    missing: str = ""
    problem: str = ""
    undecided: str = ""


_WHOLE = re.compile(r"[-−]?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})", re.ASCII)
_DECIMAL = re.compile(r"[-−]?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})?(?:\.\d{1,20})?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([^\W\d_]{3,9})\.?[ -](\d{4})")
_TWO_DIGITS = re.compile(r"\d{1,2}([/. -])(?:\d{1,2}|[^\W\d_]{3,9})\1\d{2}")
_TIME = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d{0,3})?)?(?: ?([ap])\.?m\.?)?(?: ?(Z|[+-]\d{2}:?\d{2}))?",
    re.ASCII | re.IGNORECASE,
)
_PARTIAL = (
    re.compile(r"\d{4}", re.ASCII),
    re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII),
    re.compile(r"--(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", re.ASCII),
)
_MONTHS: Final = (
    ("january", "jan", "ionawr", "ion"), ("february", "feb", "chwefror", "chwef"), ("march", "mar", "mawrth"),
    ("april", "apr", "ebrill", "ebr"), ("may", "mai"), ("june", "jun", "mehefin", "meh"),
    ("july", "jul", "gorffennaf", "gorff"), ("august", "aug", "awst"), ("september", "sept", "sep", "medi"),
    ("october", "oct", "hydref", "hyd"), ("november", "nov", "tachwedd", "tach"), ("december", "dec", "rhagfyr", "rhag"),
)  # fmt: skip
_MONTH_OF: Final = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_YES: Final = frozenset({"yes", "y", "true", "1", "oes", "ydy", "ie"})
_NO: Final = frozenset({"no", "n", "false", "0", "nac oes", "nac ydy", "na"})


def read_text(words: str) -> Read[str]:
    """Words without surrounding space; a control character or half a character is a problem."""
    said = words.strip()
    if not said:
        return Read(missing=BLANK)
    if not said.isprintable() and re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff￾￿]", said):
        return Read(problem="characters_unreadable")
    return Read(said)


def read_whole(words: str) -> Read[int]:
    """A whole number, with or without thousands separators and a minus; or the marker that stands instead of one."""
    said = words.strip()
    if (marker := MARKERS.get(said.casefold())) is not None:
        return Read(missing=marker)
    if not _WHOLE.fullmatch(said):
        return Read(problem="not_a_whole_number")
    return Read(int(said.replace(",", "").replace("−", "-")))


def read_number(words: str) -> Read[float]:
    """A number with or without a point; or the marker that stands instead of one."""
    said = words.strip()
    if (marker := MARKERS.get(said.casefold())) is not None:
        return Read(missing=marker)
    if not (_DECIMAL.fullmatch(said) and said.strip("-−")):
        return Read(problem="not_a_number")
    return Read(float(said.replace(",", "").replace("−", "-")))


def read_yes_no(words: str) -> Read[bool]:
    """Yes or no, in English or Welsh, or as true, false, 1 and 0."""
    said = words.strip().casefold()
    if not said:
        return Read(missing=BLANK)
    if said in _YES or said in _NO:
        return Read(said in _YES)
    return Read(problem="not_yes_or_no")


def read_day(words: str, order: DayOrder = DayOrder.UNDECLARED) -> Read[date]:
    """A calendar day. A time beside it is read past, and must be one."""
    found = read_instant(words, order)
    if found.value is None:
        return Read(None, found.missing, found.problem, found.undecided)
    return Read(found.value.date())


def read_partial_day(words: str, order: DayOrder = DayOrder.UNDECLARED) -> Read[str]:
    """A day as year-month-day, or the part of it that is known: `1960`, `1960-06`, `--06-01`."""
    said = words.strip()
    if any(form.fullmatch(said) for form in _PARTIAL):
        return Read(said)
    found = read_day(said, order)
    return Read(found.value.isoformat() if found.value else None, found.missing, found.problem, found.undecided)


def read_instant(words: str, order: DayOrder = DayOrder.UNDECLARED) -> Read[datetime]:
    """A day with its time, midnight where none is given. It names a zone only where the cell does."""
    said = " ".join(words.split())
    if not said:
        return Read(missing=BLANK)
    day, clock = _parted(said)
    at = _time_of(clock) if clock else time()
    if at is None:
        return Read(problem="time_unreadable")
    found = _day_of(day, order)
    if found.value is None:
        return Read(None, found.missing, found.problem, found.undecided)
    return Read(datetime.combine(found.value, at, at.tzinfo))


def _parted(said: str) -> tuple[str, str]:
    """The day and the time, of which the second may be missing."""
    if len(said) > 10 and said[10] in "Tt" and _ISO.fullmatch(said[:10]):
        return said[:10], said[11:]
    place = said.find(":")
    if place < 0:
        return said, ""
    day, _, hour = said[:place].rpartition(" ")
    return day, hour + said[place:]


def _time_of(clock: str) -> time | None:
    found = _TIME.fullmatch(clock)
    if found is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.group(1, 2, 3))
    half, zone = (found.group(5) or "").lower(), found.group(6)
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute, second, int((found.group(4) or "").ljust(6, "0")), tzinfo=_zone_of(zone))
    except ValueError:
        return None


def _zone_of(zone: str | None) -> timezone | None:
    if not zone:
        return None
    if zone in "Zz":
        return timezone(timedelta())
    away = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return timezone(-away if zone[0] == "-" else away)


def _day_of(said: str, order: DayOrder) -> Read[date]:
    if found := _ISO.fullmatch(said):
        year, month, day = map(int, found.groups())
        return _real_day(year, month, day)
    if found := _NAMED.fullmatch(said):
        month = _MONTH_OF.get(found.group(2).casefold(), 0)
        return _real_day(int(found.group(3)), month, int(found.group(1)))
    if found := _NUMBERS.fullmatch(said):
        return _numbers(int(found.group(1)), int(found.group(3)), int(found.group(4)), order)
    return Read(problem="year_of_two_digits" if _TWO_DIGITS.fullmatch(said) else "date_unreadable")


def _numbers(first: int, second: int, year: int, order: DayOrder) -> Read[date]:
    """First and second are day and month, in the order declared, or in the only order that makes a day."""
    if order is DayOrder.DAY_FIRST:
        return _real_day(year, second, first)
    if order is DayOrder.MONTH_FIRST:
        return _real_day(year, first, second)
    readings = {
        read.value
        for read in (_real_day(year, second, first), _real_day(year, first, second))
        if read.value is not None
    }
    if len(readings) > 1:
        return Read(undecided="date_ambiguous")
    return Read(readings.pop()) if readings else Read(problem="no_such_day")


def _real_day(year: int, month: int, day: int) -> Read[date]:
    try:
        return Read(date(year, month, day))
    except ValueError:
        return Read(problem="no_such_day")
