"""What may be shown of published figures (MSR-01, MSR-02, MSR-04, MSR-05, MSR-07)."""

from dataclasses import replace
from datetime import date

import pytest

from craffu.published.definitions import breaks
from craffu.published.periods import (
    Period,
    PeriodKind,
    calendar_year,
    financial_year,
    instant,
    month,
    quarter,
    year_ending,
)
from craffu.published.rules import (
    Answer,
    Count,
    LineKey,
    Mark,
    Why,
    breaks_between,
    change,
    comparable,
    count_of,
    difference,
    may_be_summed,
    rate,
    same_line,
    segments,
    share,
)

BREAKS = tuple(breaks().values())
KEY = LineKey("stalking-outcomes", "total", "outcome", "financial_year")
ROLLING = LineKey("recorded-crime-rolling", "Stalking and harassment", "crime", "rolling_year")


@pytest.mark.rule("MSR-04")
@pytest.mark.parametrize(
    ("part", "whole", "value"), [(55, 1190, 0.046), (316, 1190, 0.266), (742, 1190, 0.624), (5948, 99302, 0.060)]
)
def test_a_share_comes_with_its_interval(part: int, whole: int, value: float) -> None:
    answer = share(Count(part), Count(whole))
    assert answer.value == pytest.approx(value, abs=5e-4)
    assert answer.interval is not None
    assert answer.marks == ()


@pytest.mark.rule("MSR-02")
@pytest.mark.parametrize(
    ("part", "whole", "why"),
    [
        (Count(0), Count(0), Why.NO_CASES),
        (Count(1), Count(0), Why.NO_CASES),
        (Count(None, Why.BLANK), Count(3), Why.BLANK),
        (Count(3), Count(None, Why.NOT_AVAILABLE), Why.NOT_AVAILABLE),
        (Count(None, Why.NOT_SUPPLIED), Count(3), Why.NOT_SUPPLIED),
        (Count(1), Count(-16), Why.NEGATIVE),
        (Count(17), Count(16), Why.MORE_THAN_ALL),
        (Count(-1), Count(16), Why.NEGATIVE),
    ],
)
def test_a_share_that_may_not_be_shown_says_why_and_is_never_0(part: Count, whole: Count, why: Why) -> None:
    assert share(part, whole) == Answer(None, why=why)


@pytest.mark.rule("MSR-02")
def test_a_total_of_0_that_may_mean_not_supplied_has_no_share() -> None:
    assert share(Count(0), Count(0), zero_may_mean_not_supplied=True).why is Why.NONE_OR_NOT_SUPPLIED


@pytest.mark.rule("MSR-02")
def test_none_of_twenty_is_a_real_nought_to_be_read_with_care() -> None:
    answer = share(Count(0), Count(20))
    assert (answer.value, answer.marks) == (0.0, (Mark.READ_WITH_CARE,))


@pytest.mark.rule("MSR-04")
@pytest.mark.parametrize(("whole", "careful"), [(29, True), (30, False)])
def test_fewer_than_30_are_read_with_care(whole: int, careful: bool) -> None:
    assert (Mark.READ_WITH_CARE in share(Count(1), Count(whole)).marks) is careful


@pytest.mark.rule("MSR-04")
@pytest.mark.parametrize(("base", "careful"), [(1, True), (29, True), (30, False)])
def test_whatever_stands_on_fewer_than_30_is_marked(base: int, careful: bool) -> None:
    years = (KEY, financial_year(2015), Count(base)), (KEY, financial_year(2016), Count(400))
    answers = [rate(Count(1), base), difference(1, base, 40, 400), difference(40, 400, 1, base), change(*years, BREAKS)]
    assert [answer.marks for answer in answers] == [(Mark.READ_WITH_CARE,) if careful else ()] * 4


@pytest.mark.rule("MSR-02")
def test_blank_not_available_and_0_are_three_things() -> None:
    said = [count_of(0, ""), count_of(None, "blank"), count_of(None, "not_available"), count_of(None, "not_supplied")]
    assert len(set(said)) == 4


@pytest.mark.rule("MSR-02")
@pytest.mark.parametrize(("value", "missing"), [(0, Why.BLANK), (None, None)])
def test_a_count_has_a_value_or_a_reason(value: int | None, missing: Why | None) -> None:
    with pytest.raises(ValueError):
        Count(value, missing)


@pytest.mark.rule("MSR-02")
@pytest.mark.parametrize(("value", "why"), [(0.0, Why.NO_CASES), (None, None)])
def test_an_answer_has_a_value_or_a_reason(value: float | None, why: Why | None) -> None:
    with pytest.raises(ValueError):
        Answer(value, why=why)


@pytest.mark.rule("MSR-04")
def test_a_rate_stands_on_its_base_with_the_exact_interval() -> None:
    answer = rate(Count(2226), 515_114)
    assert answer.value == pytest.approx(4.3214, abs=5e-5)
    assert answer.interval == pytest.approx((4.1437, 4.5047), abs=5e-5)


@pytest.mark.rule("MSR-02")
@pytest.mark.parametrize(
    ("count", "base", "why"),
    [
        (Count(0), 0, Why.NO_CASES),
        (Count(5), None, Why.NO_BASE),
        (Count(-31), 515_114, Why.NEGATIVE),
        (Count(None, Why.BLANK), 515_114, Why.BLANK),
        (Count(None, Why.NOT_AVAILABLE), 515_114, Why.NOT_AVAILABLE),
        (Count(5), -1, Why.NO_CASES),
    ],
)
def test_a_rate_that_may_not_be_shown_says_why(count: Count, base: int | None, why: Why) -> None:
    assert rate(count, base) == Answer(None, why=why)


@pytest.mark.rule("MSR-04")
def test_a_difference_of_shares_has_newcombes_interval() -> None:
    answer = difference(56, 70, 48, 80)
    assert answer.value == pytest.approx(0.2)
    assert answer.interval == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert difference(0, 0, 1, 2).why is difference(1, 2, 0, 0).why is Why.NO_CASES
    assert difference(1, 1, 1, 2).value == pytest.approx(0.5)
    assert difference(1, 2, 1, 1).value == pytest.approx(-0.5)


@pytest.mark.rule("MSR-04")
def test_a_change_has_the_interval_of_the_ratio() -> None:
    answer = change((KEY, financial_year(2015), Count(6752)), (KEY, financial_year(2016), Count(10199)), BREAKS)
    assert answer.value == pytest.approx(0.5105, abs=5e-5)
    assert answer.interval == pytest.approx((0.4648, 0.5577), abs=5e-5)


@pytest.mark.rule("MSR-07")
def test_there_is_no_change_across_april_2020() -> None:
    answer = change((KEY, financial_year(2019), Count(259)), (KEY, financial_year(2020), Count(950)), BREAKS)
    assert answer == Answer(None, why=Why.SERIES_BREAK, breaks=("counting_rules_april_2020",))


@pytest.mark.rule("MSR-07")
@pytest.mark.parametrize(
    ("a", "b", "keys"),
    [
        (financial_year(2018), financial_year(2019), []),
        (financial_year(2020), financial_year(2021), []),
        (financial_year(2022), financial_year(2023), ["principal_crime_only_april_2023"]),
        (financial_year(2019), financial_year(2023), ["counting_rules_april_2020", "principal_crime_only_april_2023"]),
        # A calendar year that a change falls into is like neither side.
        (calendar_year(2020), calendar_year(2021), ["counting_rules_april_2020"]),
        (calendar_year(2019), calendar_year(2020), ["counting_rules_april_2020"]),
        (year_ending(2020, 3), year_ending(2019, 3), []),
        # The day of the change is the first of what comes after.
        (instant(date(2020, 3, 30)), instant(date(2020, 3, 31)), []),
        (instant(date(2020, 3, 31)), instant(date(2020, 4, 1)), ["counting_rules_april_2020"]),
        (instant(date(2020, 4, 1)), instant(date(2020, 4, 2)), []),
    ],
)
def test_a_change_of_counting_rules_stands_between_periods(a: Period, b: Period, keys: list[str]) -> None:
    assert [one.key for one in breaks_between(a, b, BREAKS)] == keys
    assert [one.key for one in breaks_between(b, a, BREAKS)] == keys


@pytest.mark.rule("MSR-02")
@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (Count(None, Why.NOT_AVAILABLE), Count(2), Why.NOT_AVAILABLE),
        (Count(2), Count(None, Why.NOT_SUPPLIED), Why.NOT_SUPPLIED),
        (Count(-1), Count(2), Why.NEGATIVE),
        (Count(2), Count(-1), Why.NEGATIVE),
        (Count(0), Count(0), Why.NO_CASES_BEFORE),
    ],
)
def test_a_change_that_may_not_be_shown_says_why(before: Count, after: Count, why: Why) -> None:
    answer = change((KEY, financial_year(2015), before), (KEY, financial_year(2016), after), BREAKS)
    assert answer == Answer(None, why=why)


@pytest.mark.rule("MSR-04")
def test_a_change_to_nought_is_a_figure_without_an_interval() -> None:
    answer = change((KEY, financial_year(2015), Count(40)), (KEY, financial_year(2016), Count(0)), BREAKS)
    assert answer == Answer(-1.0)


@pytest.mark.rule("MSR-02")
def test_there_is_no_change_from_nought() -> None:
    answer = change((KEY, financial_year(2015), Count(0)), (KEY, financial_year(2016), Count(2)), BREAKS)
    assert answer.why is Why.NO_CASES_BEFORE


@pytest.mark.rule("MSR-05")
def test_rolling_years_that_overlap_are_not_compared() -> None:
    def to(end: int) -> tuple[LineKey, Period, Count]:
        return ROLLING, year_ending(2018, end), Count(2226)

    assert change(to(3), to(6), BREAKS).why is Why.OVERLAPPING_PERIODS
    before = (ROLLING, year_ending(2017, 12), Count(2013))
    assert change(before, (ROLLING, year_ending(2018, 12), Count(2720)), BREAKS).value == pytest.approx(
        0.3512, abs=5e-5
    )


@pytest.mark.rule("MSR-07")
def test_what_a_series_forbids_is_not_worked_out() -> None:
    years = ((KEY, financial_year(2015), Count(1)), (KEY, financial_year(2016), Count(2)))
    assert change(*years, BREAKS, forbidden=True).why is Why.FORBIDDEN


@pytest.mark.rule("MSR-05")
@pytest.mark.rule("MSR-07")
@pytest.mark.parametrize(
    ("other", "why"),
    [
        (KEY, None),
        (replace(KEY, series="hand-2"), Why.DIFFERENT_DEFINITIONS),
        (replace(KEY, measure="charged"), Why.DIFFERENT_DEFINITIONS),
        (replace(KEY, unit="crime"), Why.DIFFERENT_UNITS),
        (replace(KEY, period_kind="calendar_year"), Why.DIFFERENT_PERIODS),
    ],
)
def test_only_one_definition_unit_and_kind_of_period_stand_on_a_line(other: LineKey, why: Why | None) -> None:
    assert same_line([KEY, other]) is why
    answer = comparable((KEY, financial_year(2015)), (other, financial_year(2016)), BREAKS)
    assert (answer.why if answer else None) is why


@pytest.mark.rule("MSR-05")
@pytest.mark.parametrize(
    ("kind", "never", "may"),
    [
        (PeriodKind.ROLLING_YEAR, [], False),
        (PeriodKind.INSTANT, [], False),
        (PeriodKind.QUARTER, [], True),
        (PeriodKind.QUARTER, ["periods"], False),
    ],
)
def test_rolling_years_are_never_added(kind: PeriodKind, never: list[str], may: bool) -> None:
    assert may_be_summed(kind, never) is may


@pytest.mark.rule("MSR-07")
def test_a_line_stops_at_a_gap_at_a_missing_figure_and_at_a_break() -> None:
    years = [financial_year(year) for year in (2014, 2015, 2016, 2018, 2019, 2020, 2021)]
    points = [(year, year.text != "2014/15") for year in years]
    assert segments(points, BREAKS, [financial_year(2017)]) == [[1, 2], [3, 4], [5, 6]]


@pytest.mark.rule("MSR-07")
def test_a_line_without_cuts_is_one_stretch() -> None:
    points = [(quarter(2017, number), True) for number in (1, 2, 3, 4)]
    assert segments(points, BREAKS, []) == [[0, 1, 2, 3]]
    assert segments([(month(2018, 1), False)], BREAKS, []) == []


@pytest.mark.rule("MSR-02")
def test_why_there_is_no_figure_is_kept_under_words_that_stay() -> None:
    assert [*Why] == [
        "blank", "not_available", "not_supplied", "never_published", "none_or_not_supplied", "no_cases", "no_cases_before",
        "more_than_all", "negative", "no_base", "base_says_nothing", "forbidden", "series_break", "overlapping_periods",
        "different_definitions", "different_units", "different_periods",
    ]  # fmt: skip
    assert [*Mark] == ["read_with_care"]
