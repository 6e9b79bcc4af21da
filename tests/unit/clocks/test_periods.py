"""Statutory periods: leap days, short months, and a walker of the calendar who agrees with every answer."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.clocks.lengths import CalendarLength, calendar_length, elapsed_length
from craffu.clocks.periods import Counting, EndsBecause, period
from tests.oracles.calendar import last_day

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
LENGTHS = st.builds(CalendarLength, months=st.integers(0, 130), days=st.integers(1, 400)) | st.builds(
    CalendarLength, months=st.integers(1, 130)
)

BEGINNING, AFTER = Counting.BEGINNING_WITH, Counting.AFTER


@pytest.mark.rule("CLK-02")
@pytest.mark.parametrize(
    ("start", "length", "counting", "last", "act_by", "why"),
    [
        # days: the first is day 1, or day 0 after an event
        ("2026-11-03", "P3D", BEGINNING, "2026-11-05", "2026-11-05", EndsBecause.DAYS_COUNTED),
        ("2026-11-03", "P3D", AFTER, "2026-11-06", "2026-11-06", EndsBecause.DAYS_COUNTED),
        ("2028-02-28", "P2D", BEGINNING, "2028-02-29", "2028-02-29", EndsBecause.DAYS_COUNTED),
        ("2026-11-03", "P1D", BEGINNING, "2026-11-03", "2026-11-03", EndsBecause.DAYS_COUNTED),
        ("2026-11-02", "P2W", BEGINNING, "2026-11-15", "2026-11-15", EndsBecause.DAYS_COUNTED),
        # months and years with a corresponding day
        ("2026-03-10", "P2Y", BEGINNING, "2028-03-09", "2028-03-09", EndsBecause.DAY_BEFORE_CORRESPONDING),
        ("2026-01-01", "P1Y", BEGINNING, "2026-12-31", "2026-12-31", EndsBecause.DAY_BEFORE_CORRESPONDING),
        ("2024-02-29", "P4Y", BEGINNING, "2028-02-28", "2028-02-28", EndsBecause.DAY_BEFORE_CORRESPONDING),
        ("2024-02-29", "P1M", BEGINNING, "2024-03-28", "2024-03-28", EndsBecause.DAY_BEFORE_CORRESPONDING),
        ("2026-08-15", "P6M", AFTER, "2027-02-15", "2027-02-15", EndsBecause.CORRESPONDING_DAY),
        ("2027-08-29", "P6M", AFTER, "2028-02-29", "2028-02-29", EndsBecause.CORRESPONDING_DAY),
        # none: the month's last day protects, police act by the other reading
        ("2024-02-29", "P1Y", BEGINNING, "2025-02-28", "2025-02-27", EndsBecause.NO_CORRESPONDING_DAY),
        ("2026-08-31", "P1M", BEGINNING, "2026-09-30", "2026-09-29", EndsBecause.NO_CORRESPONDING_DAY),
        ("2026-11-30", "P3M", BEGINNING, "2027-02-28", "2027-02-27", EndsBecause.NO_CORRESPONDING_DAY),
        ("2026-08-31", "P6M", AFTER, "2027-02-28", "2027-02-28", EndsBecause.NO_CORRESPONDING_DAY),
        ("2028-02-29", "P100Y", BEGINNING, "2128-02-28", "2128-02-28", EndsBecause.DAY_BEFORE_CORRESPONDING),
        ("2000-02-29", "P100Y", BEGINNING, "2100-02-28", "2100-02-27", EndsBecause.NO_CORRESPONDING_DAY),
        # months first, then days
        ("2026-11-24", "P1M10D", BEGINNING, "2027-01-02", "2027-01-02", EndsBecause.DAYS_COUNTED),
        ("2026-01-31", "P1M1D", BEGINNING, "2026-03-01", "2026-02-28", EndsBecause.NO_CORRESPONDING_DAY),
    ],
)
def test_a_period_ends_where_the_statute_says(
    *, start: str, length: str, counting: Counting, last: str, act_by: str, why: EndsBecause
) -> None:
    answer = period(date.fromisoformat(start), calendar_length(length), counting)
    assert (str(answer.last_day), str(answer.act_by), answer.why) == (last, act_by, why)
    assert answer.mark == ("not confirmed" if why == EndsBecause.NO_CORRESPONDING_DAY else None)


@pytest.mark.rule("CLK-02")
@given(DAYS, LENGTHS, st.sampled_from(Counting))
def test_a_walker_of_the_calendar_agrees(start: date, length: CalendarLength, counting: Counting) -> None:
    answer = period(start, length, counting)
    last, corresponds = last_day(start, length.months, length.days, counts_start=counting is BEGINNING)
    assert answer.last_day == last
    assert (answer.mark is None) == corresponds


@pytest.mark.rule("CLK-02")
@given(DAYS, LENGTHS, st.sampled_from(Counting))
def test_the_earlier_reading_is_never_later_and_differs_only_where_not_confirmed(
    start: date, length: CalendarLength, counting: Counting
) -> None:
    answer = period(start, length, counting)
    assert answer.act_by <= answer.last_day
    assert answer.act_by == answer.last_day or answer.mark == "not confirmed"
    assert answer.first_day <= answer.act_by


@pytest.mark.rule("CLK-02")
@given(DAYS, st.integers(1, 500))
def test_days_beginning_with_a_day_are_that_many_days(start: date, days: int) -> None:
    answer = period(start, CalendarLength(days=days), BEGINNING)
    assert (answer.last_day - answer.first_day).days + 1 == days
    after = period(start, CalendarLength(days=days), AFTER)
    assert (after.last_day - after.first_day).days + 1 == days
    assert after.first_day == start + timedelta(days=1)


@pytest.mark.rule("CLK-01")
@given(DAYS, LENGTHS, st.sampled_from(Counting))
def test_a_period_ends_at_the_london_midnight_after_its_last_day(
    start: date, length: CalendarLength, counting: Counting
) -> None:
    answer = period(start, length, counting)
    ends = answer.ends.astimezone(ZoneInfo("Europe/London"))
    assert (ends.hour, ends.minute, ends.second) == (0, 0, 0)
    assert ends.date() == answer.last_day + timedelta(days=1)


@pytest.mark.rule("CLK-01")
def test_a_period_is_counted_from_a_day_and_not_from_an_instant() -> None:
    with pytest.raises(TypeError, match="day_of"):
        period(datetime.fromisoformat("2026-11-24T10:00Z"), CalendarLength(days=1), BEGINNING)


@pytest.mark.rule("CLK-02")
@pytest.mark.parametrize(
    ("text", "months", "days"),
    [
        ("P28D", 0, 28),
        ("P3M", 3, 0),
        ("P2Y", 24, 0),
        ("P1Y6M", 18, 0),
        ("P2W", 0, 14),
        ("P1M1W2D", 1, 9),
        ("P91D", 0, 91),
    ],
)
def test_a_calendar_length_is_read(text: str, months: int, days: int) -> None:
    assert calendar_length(text) == CalendarLength(months, days)


@pytest.mark.rule("CLK-02")
@pytest.mark.parametrize(
    "text", ["", "P", "28D", "P0D", "PT24H", "P1DT1H", "P-1D", "P1.5D", "P1D1M", "p1d", " P1D", "P1D\n"]
)
def test_what_is_no_calendar_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="length"):
        calendar_length(text)


@pytest.mark.rule("CLK-02")
def test_no_length_is_negative() -> None:
    with pytest.raises(ValueError, match="nothing negative"):
        CalendarLength(months=1, days=-1)


@pytest.mark.rule("CLK-01")
@pytest.mark.parametrize(
    ("text", "seconds"), [("PT24H", 86_400), ("PT48H", 172_800), ("PT1H30M", 5_400), ("PT60M", 3_600), ("PT5S", 5)]
)
def test_an_hour_clock_is_read(text: str, seconds: int) -> None:
    assert elapsed_length(text) == timedelta(seconds=seconds)


@pytest.mark.rule("CLK-01")
@pytest.mark.parametrize("text", ["", "PT", "P1D", "PT0H", "24H", "PT-1H", "PT1.5H", "P1DT1H"])
def test_a_day_is_no_hour_clock(text: str) -> None:
    with pytest.raises(ValueError, match=r"length|no time"):
        elapsed_length(text)


@pytest.mark.rule("CLK-02")
def test_a_length_in_one_unit_has_nothing_of_another() -> None:
    assert CalendarLength(days=28) == calendar_length("P4W") == calendar_length("P28D")
    assert CalendarLength(months=24) == calendar_length("P2Y") == calendar_length("P24M")
    assert (CalendarLength(days=28).months, CalendarLength(months=24).days) == (0, 0)


@pytest.mark.rule("CLK-02")
def test_a_way_of_counting_and_a_reason_are_known_by_words_that_stay() -> None:
    assert [*Counting] == ["beginning_with", "after"]
    assert [*EndsBecause] == ["days_counted", "day_before_corresponding", "corresponding_day", "no_corresponding_day"]
