"""Periods that were mistyped or are absent: every form in which one is printed, and what is said of it (MSR-07)."""

from datetime import date

import pytest

from craffu.published.period_checks import misprinted_days, period_anomalies

pytestmark = pytest.mark.rule("MSR-07")

QUARTER_ENDS = [date(2017, 3, 31), date(2017, 6, 30), date(2017, 9, 30)]


def said(*printed: str) -> list[tuple[str, str]]:
    return [(check, text) for check, _, text, _ in period_anomalies(printed)]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ([], {}),
        (QUARTER_ENDS, {}),
        # Four of five is enough to call the fifth a mistake; three of four is not.
        ([*QUARTER_ENDS, date(2018, 3, 31), date(2017, 12, 30)], {date(2017, 12, 30): date(2017, 12, 31)}),
        ([*QUARTER_ENDS, date(2017, 12, 30)], {}),
        ([*QUARTER_ENDS, date(2018, 3, 31), date(2017, 6, 29)], {date(2017, 6, 29): None}),
        ([date(2024, 2, 29), date(2023, 2, 28), *QUARTER_ENDS, date(2024, 2, 28)], {date(2024, 2, 28): None}),
    ],
)
def test_a_day_that_is_not_the_last_of_its_month_is_a_mistake_among_last_days(
    days: list[date], found: dict[date, date | None]
) -> None:
    assert misprinted_days(days) == found


def test_a_mistyped_day_stands_for_the_day_that_was_meant_and_is_not_absent() -> None:
    days = ["31-03-2017", "30-06-2017", "30-09-2017", "30-12-2017", "31-03-2018"]
    assert list(period_anomalies(days)) == [
        ("period_typing_error", "warning", "30-12-2017", {"meant": "2017-12-31"}),
    ]
    there = list(period_anomalies([*days, "31-12-2017"]))
    assert there == [("period_typing_error", "warning", "30-12-2017", {"meant": None})]


@pytest.mark.parametrize("text", ["2017/19", "2018-13", "2018-00", "31-02-2018", "2017-2019", "2017/2019", "2099/01"])
def test_what_looks_like_a_period_and_is_none_is_a_typing_error(text: str) -> None:
    assert list(period_anomalies([text])) == [("period_typing_error", "warning", text, {"meant": None})]


@pytest.mark.parametrize(
    "text", ["", "  ", "England", "2018", "2018-12", "2018/19", "1999/00", "2018/2019", "31-03-2018"]
)
def test_a_period_by_itself_and_what_is_none_raise_nothing(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("printed", "absent"),
    [
        (["2010", "2011", "2013", "2014"], ["2012"]),
        (["2010", "2011", "2014", "2015"], ["2012", "2013"]),
        (["2010", "2011", "total", "2013", "2014"], ["2012"]),
        # A hole at either end has one neighbour only, and what is no multiple of the step is none.
        (["2010", "2012", "2013"], []),
        (["2010", "2011", "2013"], []),
        (["2018-01", "2018-03", "2018-06", "2018-08"], []),
        (["2018-01", "2018-03", "2018-07", "2018-09"], ["2018-05"]),
        (["2014", "2015", "2015", "2017", "2018"], ["2016"]),
        # A year of two is said by its two, across a century too, and a month by its month, December and January too.
        (["1997/98", "1998/99", "2000/01", "2001/02"], ["1999/00"]),
        (["2010-11", "2011-12", "2012-13", "2014-15", "2015-16"], ["2013/14"]),
        (["2010/2011", "2011/2012", "2013/2014", "2014/2015"], ["2012/13"]),
        (["2018-10", "2018-11", "2019-01", "2019-02"], ["2018-12"]),
        (["2018-11", "2018-12", "2019-02", "2019-03"], ["2019-01"]),
        # Months alone, of which each could be a year of two.
        (["2010-09", "2010-10", "2010-11", "2010-12"], []),
        # The last days of quarters: the month that is absent is said, not a year.
        (["31-03-2017", "30-06-2017", "31-12-2017", "31-03-2018"], ["2017-09"]),
        (["2018-03-31", "2018-06-30", "2018-12-31", "2019-03-31"], ["2018-09"]),
    ],
)
def test_a_period_absent_from_a_regular_row_is_named(printed: list[str], absent: list[str]) -> None:
    assert said(*printed) == [("period_absent", text) for text in absent]
    assert all(severity == "note" for _, severity, _, _ in period_anomalies(printed))
