"""Periods that were mistyped, and periods that are absent from an otherwise regular row of them (issue B, point 4).

Pure. The 30th of December among the last days of quarters is reported with the day that was meant; nothing is guessed where
the day that would fit is there already.
"""

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from craffu.published.cells import NOTE, WARNING

_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_TWO_YEARS: Final = re.compile(r"(\d{4})[-/](\d{2}|\d{4})", re.ASCII)
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
# How many of the days must be the last of a month before one that is not is a mistake.
MOSTLY: Final = 0.8


def misprinted_days(days: Iterable[date]) -> dict[date, date | None]:
    """Days that are not the last of their month among days that are, with the day that was meant, or None if that is there."""
    known = set(days)
    odd = {day for day in known if day != _month_end(day)}
    if not odd or len(known) - len(odd) < MOSTLY * len(known):
        return {}
    return {day: None if _month_end(day) in known else _month_end(day) for day in sorted(odd)}


def period_anomalies(printed: Sequence[str]) -> Iterator[tuple[str, str, str, dict[str, object]]]:
    """For a column of periods: check, severity, the period as printed (or, where it is absent, as it would be), and detail."""
    texts = list(dict.fromkeys(text.strip() for text in printed if text.strip()))
    days = {text: day for text in texts if (day := _day(text))}
    meant = misprinted_days(days.values())
    for text, day in days.items():
        if day in meant:
            fits = meant[day]
            yield "period_typing_error", WARNING, text, {"meant": fits.isoformat() if fits else None}
    # 2011-12 is a year of two where the column has 2012-13, and a month where it has not.
    in_years = any(_two_years(text) and (text[4] == "/" or int(text[5:7]) > 12) for text in texts)
    begins = {text: _begins(text, in_years=in_years) for text in texts if text not in days}
    for text, months in begins.items():
        if months is None and (_DAY_FIRST.fullmatch(text) or _TWO_YEARS.fullmatch(text)):
            yield "period_typing_error", WARNING, text, {"meant": None}
    ends = {meant.get(day) or day for day in days.values()}
    known = {_months(day.year, day.month) for day in ends} | {
        months for months in begins.values() if months is not None
    }
    # A word among the years, such as a row that says total, is no period.
    dated = [text for text, months in begins.items() if months is not None]
    only_years = bool(dated) and all(_YEAR.fullmatch(text) for text in dated)
    for months in _absent(sorted(known)):
        yield "period_absent", NOTE, _say(months, in_years=in_years, only_years=only_years), {}


def _absent(months: Sequence[int]) -> Iterator[int]:
    """Places left out of a row of months that otherwise has one step, which may change once, from years to quarters."""
    steps = [b - a for a, b in pairwise(months)]
    for place, step in enumerate(steps):
        beside = [steps[near] for near in (place - 1, place + 1) if 0 <= near < len(steps)]
        if len(beside) == 2 and beside[0] == beside[1] and step > beside[0] and step % beside[0] == 0:
            yield from range(months[place] + beside[0], months[place + 1], beside[0])


def _months(year: int, month: int) -> int:
    """A month as one number, so that months can be counted."""
    return year * 12 + month - 1


def _say(months: int, *, in_years: bool, only_years: bool) -> str:
    year, month = divmod(months, 12)
    if in_years:
        return f"{year}/{(year + 1) % 100:02}"
    return f"{year}" if only_years else f"{year}-{month + 1:02}"


def _begins(text: str, *, in_years: bool) -> int | None:
    """The month in which a printed period begins, or None for what is none."""
    if _YEAR.fullmatch(text):
        return _months(int(text), 1)
    if in_years or "/" in text:
        return _months(int(text[:4]), 4) if _two_years(text) else None
    found = _MONTH.fullmatch(text)
    return _months(int(found[1]), int(found[2])) if found and 1 <= int(found[2]) <= 12 else None


def _two_years(text: str) -> bool:
    """Whether a text is a year and the year after it, as 2021/22, 2021-22 and 2021-2022 are."""
    found = _TWO_YEARS.fullmatch(text)
    if not found:
        return False
    first, last = int(found[1]), int(found[2])
    return last == first + 1 if len(found[2]) == 4 else last == (first + 1) % 100


def _day(text: str) -> date | None:
    found = _DAY_FIRST.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError:
        return None


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
