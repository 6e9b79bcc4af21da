"""Over which days the gap is counted (MSR-03). Pure.

Whoever does not read every row reads whole years to the end of a month that do not overlap: of two spans of which one lies in the
other, or that end a day apart, the difference would tell what is hidden in each.
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from dateutil.relativedelta import relativedelta

from craffu.published.disclosure import To


class Span(StrEnum):
    """Up to the end of the last whole month: a year, the year before and the one before that; or up to today. Keys are public."""

    YEAR = "year"
    YEAR_BEFORE = "year-before"
    TWO_YEARS_BEFORE = "two-years-before"
    DAYS_365 = "365"
    DAYS_92 = "92"
    DAYS_1096 = "1096"
    DAYS_3653 = "3653"


WHOLE_YEARS: Final = (Span.YEAR, Span.YEAR_BEFORE, Span.TWO_YEARS_BEFORE)
TO_TODAY: Final = (Span.DAYS_365, Span.DAYS_92, Span.DAYS_1096, Span.DAYS_3653)


def offered(to: To) -> tuple[Span, ...]:
    """The spans that somebody may choose, the usual one first."""
    return (*TO_TODAY, *WHOLE_YEARS) if to is To.ROWS else WHOLE_YEARS


def days_of(span: Span, today: date) -> tuple[date, date]:
    """The first and the last day of a span."""
    if span in TO_TODAY:
        return today - timedelta(days=int(span) - 1), today
    # The day after the last.
    end = today.replace(day=1) - relativedelta(years=WHOLE_YEARS.index(span))
    return end - relativedelta(years=1), end - timedelta(days=1)
