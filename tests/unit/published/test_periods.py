"""Printed periods: which days they cover and their one canonical text (MSR-05)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.published.periods import (
    Period,
    PeriodKind,
    calendar_year,
    financial_quarter,
    financial_year,
    instant,
    month,
    overlap,
    parse_period,
    period_words,
    quarter,
    year_ending,
)

YEARS = st.integers(1900, 2100)
PERIODS = st.one_of(
    YEARS.map(financial_year),
    YEARS.map(calendar_year),
    st.builds(year_ending, YEARS, st.integers(1, 12)),
    st.builds(quarter, YEARS, st.integers(1, 4)),
    st.builds(month, YEARS, st.integers(1, 12)),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(instant),
)


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("2021/22", PeriodKind.FINANCIAL_YEAR, date(2021, 4, 1), date(2022, 3, 31)),
        ("1999/00", PeriodKind.FINANCIAL_YEAR, date(1999, 4, 1), date(2000, 3, 31)),
        ("2018", PeriodKind.CALENDAR_YEAR, date(2018, 1, 1), date(2018, 12, 31)),
        ("2018-03 year ending", PeriodKind.ROLLING_YEAR, date(2017, 4, 1), date(2018, 3, 31)),
        ("2017-12 year ending", PeriodKind.ROLLING_YEAR, date(2017, 1, 1), date(2017, 12, 31)),
        ("2016-02 year ending", PeriodKind.ROLLING_YEAR, date(2015, 3, 1), date(2016, 2, 29)),
        ("2017-Q3", PeriodKind.QUARTER, date(2017, 7, 1), date(2017, 9, 30)),
        ("2018-10", PeriodKind.MONTH, date(2018, 10, 1), date(2018, 10, 31)),
        ("2018-10-31", PeriodKind.INSTANT, date(2018, 10, 31), date(2018, 10, 31)),
    ],
)
def test_a_canonical_text_is_read(text: str, kind: PeriodKind, start: date, end: date) -> None:
    assert parse_period(text) == Period(start, end, kind, text)


@given(PERIODS)
def test_every_period_is_read_back_from_its_text(period: Period) -> None:
    assert parse_period(period.text) == period


@pytest.mark.parametrize(
    "text", ["", "2021/23", "2021-22 ", "21/22", "2018-13", "2017-Q5", "30-12-2017", "March 2018", "٢٠١٨"]
)
def test_any_other_text_is_no_period(text: str) -> None:
    with pytest.raises(ValueError):
        parse_period(text)


@pytest.mark.parametrize(("number", "text"), [(1, "2017-Q2"), (2, "2017-Q3"), (3, "2017-Q4"), (4, "2018-Q1")])
def test_the_fourth_financial_quarter_lies_in_the_next_year(number: int, text: str) -> None:
    assert financial_quarter(2017, number).text == text
    assert overlap(financial_quarter(2017, number), financial_year(2017))


def test_there_is_no_fifth_quarter() -> None:
    with pytest.raises(ValueError):
        quarter(2017, 5)


@pytest.mark.parametrize(
    ("text", "english", "welsh"),
    [
        ("2021/22", "2021/22", "2021/22"),
        ("2018-03 year ending", "year ending March 2018", "blwyddyn yn diweddu Mawrth 2018"),
        ("2017-Q3", "July to September 2017", "Gorffennaf i Medi 2017"),
        ("2018-10", "October 2018", "Hydref 2018"),
        ("2011-03-27", "27 March 2011", "27 Mawrth 2011"),
    ],
)
def test_a_period_is_said_in_both_languages(text: str, english: str, welsh: str) -> None:
    period = parse_period(text)
    assert (period_words(period, "en"), period_words(period, "cy")) == (english, welsh)


@pytest.mark.rule("MSR-05")
@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [
        (financial_year(2020), financial_year(2021), False),
        (financial_year(2020), calendar_year(2020), True),
        (year_ending(2018, 3), year_ending(2018, 6), True),
        (year_ending(2018, 3), year_ending(2019, 3), False),
        # One day is enough, the first or the last.
        (instant(date(2020, 4, 1)), financial_year(2020), True),
        (instant(date(2021, 3, 31)), financial_year(2020), True),
        (instant(date(2021, 4, 1)), financial_year(2020), False),
    ],
)
def test_periods_overlap_where_they_share_a_day(a: Period, b: Period, shared: bool) -> None:
    assert overlap(a, b) is overlap(b, a) is shared


def test_the_kinds_of_period_are_kept_under_words_that_stay() -> None:
    assert [*PeriodKind] == ["financial_year", "calendar_year", "rolling_year", "quarter", "month", "instant"]
