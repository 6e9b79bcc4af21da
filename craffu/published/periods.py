"""Which days a printed period covers, and whether two periods may be set beside each other (MSR-05, MSR-07).

A period is kept as one canonical text: `2021/22` a financial year (April to March), `2018` a calendar year, `2018-03 year
ending` a rolling year, `2017-Q3` a calendar quarter (July to September), `2018-10` a month, `2018-10-31` a day.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from babel import Locale
from babel.dates import format_date


class PeriodKind(StrEnum):
    """How long a period is and when it begins."""

    FINANCIAL_YEAR = "financial_year"
    CALENDAR_YEAR = "calendar_year"
    ROLLING_YEAR = "rolling_year"
    QUARTER = "quarter"
    MONTH = "month"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A period by its first and last day, both inside it. Periods of one kind sort by time."""

    start: date
    end: date
    kind: PeriodKind
    text: str


def financial_year(first: int) -> Period:
    """The year from 1 April of `first`: 2021 gives `2021/22`."""
    start, end = date(first, 4, 1), date(first + 1, 3, 31)
    return Period(start, end, PeriodKind.FINANCIAL_YEAR, f"{first}/{(first + 1) % 100:02}")


def calendar_year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), PeriodKind.CALENDAR_YEAR, f"{year:04}")


def year_ending(year: int, month: int) -> Period:
    """The twelve months to the end of a month. Such years overlap, so they are never added."""
    end = _month_end(year, month)
    start = end + timedelta(days=1)
    return Period(start.replace(year=start.year - 1), end, PeriodKind.ROLLING_YEAR, f"{year:04}-{month:02} year ending")


def quarter(year: int, number: int) -> Period:
    """A calendar quarter, 1 to 4: 2017 and 3 give July to September 2017."""
    if number not in range(1, 5):
        raise ValueError("a quarter is 1, 2, 3 or 4")
    start = date(year, 3 * number - 2, 1)
    return Period(start, _month_end(year, 3 * number), PeriodKind.QUARTER, f"{year:04}-Q{number}")


def financial_quarter(first: int, number: int) -> Period:
    """Quarter 1 to 4 of the financial year from April of `first`: 2017 and 4 give January to March 2018."""
    return quarter(first + 1, 1) if number == 4 else quarter(first, number + 1)


def month(year: int, number: int) -> Period:
    start = date(year, number, 1)
    return Period(start, _month_end(year, number), PeriodKind.MONTH, f"{year:04}-{number:02}")


def instant(day: date) -> Period:
    return Period(day, day, PeriodKind.INSTANT, day.isoformat())


_READERS: Final[tuple[tuple[re.Pattern[str], Callable[..., Period]], ...]] = (
    (re.compile(r"(\d{4})/(\d{2})", re.ASCII), lambda first, last: _financial(int(first), int(last))),
    (re.compile(r"(\d{4})", re.ASCII), lambda year: calendar_year(int(year))),
    (re.compile(r"(\d{4})-(\d{2}) year ending", re.ASCII), lambda year, number: year_ending(int(year), int(number))),
    (re.compile(r"(\d{4})-Q([1-4])", re.ASCII), lambda year, number: quarter(int(year), int(number))),
    (re.compile(r"(\d{4})-(\d{2})", re.ASCII), lambda year, number: month(int(year), int(number))),
    (re.compile(r"(\d{4}-\d{2}-\d{2})", re.ASCII), lambda day: instant(date.fromisoformat(day))),
)


def parse_period(text: str) -> Period:
    """The period of a canonical text. Raises ValueError for any other: nothing is guessed."""
    for pattern, read in _READERS:
        found = pattern.fullmatch(text)
        if found:
            return read(*found.groups())
    raise ValueError("a period is 2021/22, 2018, 2018-03 year ending, 2017-Q3, 2018-10 or 2018-10-31")


def _financial(first: int, last: int) -> Period:
    if (first + 1) % 100 != last:
        raise ValueError("a financial year ends in the year after it began")
    return financial_year(first)


def _month_end(year: int, number: int) -> date:
    return date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)


def overlap(a: Period, b: Period) -> bool:
    """Whether a day lies in both."""
    return a.start <= b.end and b.start <= a.end


_LOCALES: Final = {"en": Locale("en", "GB"), "cy": Locale("cy", "GB")}
_UNTIL: Final = {"en": "{} to {}", "cy": "{} i {}"}
_YEAR_ENDING: Final = {"en": "year ending {}", "cy": "blwyddyn yn diweddu {}"}


def period_words(period: Period, language: str) -> str:
    """The period as a page says it: `July to September 2017`, `blwyddyn yn diweddu Mawrth 2018`."""
    locale = _LOCALES[language]
    ends = format_date(period.end, "LLLL y", locale=locale)
    match period.kind:
        case PeriodKind.ROLLING_YEAR:
            return _YEAR_ENDING[language].format(ends)
        case PeriodKind.QUARTER:
            return _UNTIL[language].format(format_date(period.start, "LLLL", locale=locale), ends)
        case PeriodKind.MONTH:
            return ends
        case PeriodKind.INSTANT:
            return format_date(period.end, "long", locale=locale)
    return period.text
