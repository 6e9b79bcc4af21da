"""Working days: what is left out, where the table ends, and that two countings agree."""

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.clocks.bank_holidays import proclaimed
from craffu.clocks.plain import working_days
from craffu.clocks.working_days import is_working_day, working_days_after

# A second opinion on bank holidays, filled before the first question.
KEPT = holidays.country_holidays("GB", subdiv="ENG", years=range(2019, 2029))

pytestmark = [pytest.mark.rule("CLK-11"), pytest.mark.rule("CLK-10")]


@pytest.mark.parametrize(
    ("event", "days", "due_day", "left_out"),
    [
        ("2026-11-09", 1, "2026-11-10", 0),
        ("2026-11-13", 1, "2026-11-16", 2),
        ("2026-11-14", 1, "2026-11-16", 1),
        ("2026-11-15", 1, "2026-11-16", 0),
        ("2026-12-24", 1, "2026-12-29", 4),
        ("2026-12-24", 5, "2027-01-05", 7),
        ("2027-03-25", 1, "2027-03-30", 4),
        ("2022-09-16", 1, "2022-09-20", 3),
    ],
)
def test_weekends_and_bank_holidays_are_left_out(event: str, days: int, due_day: str, left_out: int) -> None:
    answer = working_days_after(date.fromisoformat(event), days)
    assert answer.due_day.isoformat() == due_day
    assert len(answer.skipped) == left_out
    assert list(answer.skipped) == sorted(answer.skipped)
    assert not answer.provisional


def test_a_day_is_there_to_its_end_in_london() -> None:
    assert working_days_after(date(2027, 3, 25), 1).ends == datetime(2027, 3, 30, 23, tzinfo=UTC)
    assert working_days_after(date(2026, 11, 13), 1).ends == datetime(2026, 11, 17, tzinfo=UTC)


def test_past_the_table_the_answer_is_provisional() -> None:
    last = proclaimed().known_to
    assert not working_days_after(last - timedelta(days=14), 1).provisional
    assert working_days_after(last, 1).provisional


@pytest.mark.parametrize("days", [0, -1])
def test_no_working_day_is_no_period(days: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        working_days_after(date(2026, 11, 9), days)


def test_an_instant_is_no_day() -> None:
    with pytest.raises(TypeError, match="day_of"):
        working_days_after(datetime(2026, 11, 9, tzinfo=UTC), 1)


def test_the_event_is_given_as_a_day_or_as_an_instant() -> None:
    by_day = working_days("2026-07-03", None, 1)
    assert by_day == working_days(None, "2026-07-02T23:30:00Z", 1)
    assert by_day["due_day"] == date(2026, 7, 6)


@given(st.dates(date(2019, 1, 1), date(2027, 6, 1)), st.integers(1, 30))
def test_counted_the_other_way_it_is_the_same(event: date, days: int) -> None:
    answer = working_days_after(event, days)
    between = [event + timedelta(days=n) for n in range(1, (answer.due_day - event).days + 1)]
    working = [day for day in between if day.isoweekday() < 6 and day not in KEPT]
    assert len(working) == days
    assert working[-1] == answer.due_day
    assert set(answer.skipped) == set(between) - set(working)
    assert all(is_working_day(day) == (day in working) for day in between)
