"""A line is of one definition: 10,199 and 6,555 cannot come to stand on one (MSR-01, MSR-05, MSR-07)."""

from dataclasses import replace
from datetime import date

import pytest

from craffu.published.areas import find_area
from craffu.published.definitions import Words, breaks, series_of
from craffu.published.lines import Definition, Line, MixedLine, Point
from craffu.published.periods import Period, calendar_year, financial_year, instant
from craffu.published.populations import residents_of
from craffu.published.rules import Count, LineKey, Why

FORCE = find_area("Dyfed-Powys")
KEY = LineKey("stalking-outcomes", "stalking_outcomes_total", "outcome", "financial_year")


def definition(key: LineKey = KEY) -> Definition:
    words = Words("English", "Cymraeg")
    gaps = series_of("stalking-outcomes").gaps
    return Definition(key, words, words, words, words, words, words, "OGL", "OGL", tuple(breaks().values()), gaps)


def point(period: Period, value: int | None = 1, key: LineKey = KEY) -> Point:
    return Point(key, period, Count(value) if value is not None else Count(None, Why.BLANK))


def line(*points: Point, of: Definition | None = None) -> Line:
    assert FORCE
    return Line(of or definition(), FORCE, points)


@pytest.mark.rule("MSR-05")
@pytest.mark.rule("MSR-07")
@pytest.mark.parametrize(
    ("field", "value"),
    [("series", "hand-6555"), ("measure", "charged_summonsed"), ("unit", "crime"), ("period_kind", "calendar_year")],
)
def test_a_figure_of_another_definition_cannot_join_a_line(field: str, value: str) -> None:
    stranger = replace(KEY, **{field: value})
    with pytest.raises(MixedLine):
        line(point(financial_year(2020)), point(financial_year(2021), key=stranger))
    with pytest.raises(MixedLine):
        line(point(financial_year(2020)), of=definition(stranger))


def test_a_line_has_one_figure_for_each_period_in_the_order_of_time() -> None:
    with pytest.raises(MixedLine):
        line(point(financial_year(2020)), point(financial_year(2020)))
    with pytest.raises(MixedLine):
        line(point(financial_year(2021)), point(financial_year(2020)))


@pytest.mark.rule("MSR-07")
def test_a_line_shows_its_breaks_and_is_not_drawn_through_them() -> None:
    years = line(*(point(financial_year(year)) for year in (2016, 2018, 2019, 2020, 2021)))
    assert [one.key for one in years.breaks_shown] == ["counting_rules_april_2020"]
    assert years.segments == [[0], [1, 2], [3, 4]]
    assert years.change(2, 3).why is Why.SERIES_BREAK
    assert years.change_on_year_before(3).why is Why.SERIES_BREAK
    assert years.change_on_year_before(4).value == 0
    assert years.change_on_year_before(1).why is Why.NEVER_PUBLISHED


@pytest.mark.rule("MSR-07")
@pytest.mark.parametrize(
    ("periods", "shown"),
    [
        ((financial_year(2019), financial_year(2020)), True),
        # From the day of the change on, all is of one kind; up to its eve too.
        ((financial_year(2020), financial_year(2021)), False),
        ((financial_year(2018), financial_year(2019)), False),
        ((instant(date(2020, 3, 31)), instant(date(2020, 4, 1))), True),
    ],
)
def test_a_break_is_shown_where_a_line_crosses_it(periods: tuple[Period, ...], shown: bool) -> None:
    crossed = line(*(point(period) for period in periods)).breaks_shown
    assert [one.key for one in crossed] == (["counting_rules_april_2020"] if shown else [])


def test_a_figure_claims_no_sum_and_no_line_of_a_file_that_it_was_not_given() -> None:
    plain = point(calendar_year(2018))
    assert (plain.forces, plain.line) == (0, 0)


@pytest.mark.rule("MSR-07")
def test_a_line_of_a_series_that_forbids_it_has_no_change() -> None:
    forbidden = replace(definition(), never=frozenset({"change"}))
    years = line(point(financial_year(2014)), point(financial_year(2015)), of=forbidden)
    assert years.change(0, 1).why is Why.FORBIDDEN
    assert years.change_on_year_before(1).why is Why.FORBIDDEN
    # Though there is no year before, what is said is that it may not be worked out at all.
    assert years.change_on_year_before(0).why is Why.FORBIDDEN


def test_an_empty_line_has_no_breaks() -> None:
    assert line().breaks_shown == []


@pytest.mark.rule("MSR-04")
def test_a_figure_has_a_rate_only_on_a_base() -> None:
    assert point(calendar_year(2018)).rate is None
    based = replace(point(financial_year(2017), 2226), residents=residents_of("force", "63"))
    assert based.rate is not None
    assert based.rate.value == pytest.approx(4.3214, abs=5e-5)
    unknown = replace(point(financial_year(2017), 2226), residents=residents_of("force", "12"))
    assert unknown.rate is not None
    assert unknown.rate.why is Why.NO_BASE
