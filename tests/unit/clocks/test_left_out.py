"""Which days a clock of the law leaves out whole, with which reason, and where that is in doubt."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.clocks.left_out import DayOut, is_by_statute, left_out
from craffu.clocks.working_days import is_working_day, working_days_after
from tests.oracles import hours

pytestmark = pytest.mark.rule("CLK-10")

ALL = frozenset(DayOut)
NAMED = frozenset({DayOut.SUNDAY, DayOut.CHRISTMAS_DAY, DayOut.GOOD_FRIDAY})


@pytest.mark.parametrize(
    ("day", "kinds", "why", "in_doubt"),
    [
        ("2026-11-24", ALL, None, False),
        ("2026-11-29", ALL, "Sunday", False),
        ("2026-11-28", ALL, "Saturday", False),
        ("2026-11-28", ALL - {DayOut.SATURDAY}, None, False),
        ("2026-12-25", ALL, "Christmas Day", False),
        ("2022-12-25", ALL, "Sunday", False),
        ("2021-12-25", ALL, "Christmas Day", False),
        ("2026-12-25", {DayOut.BANK_HOLIDAY}, "bank holiday", False),
        ("2027-03-26", ALL, "Good Friday", False),
        ("2027-03-26", {DayOut.BANK_HOLIDAY}, "bank holiday", False),
        ("2027-03-29", ALL, "bank holiday", False),
        ("2027-03-29", NAMED, None, False),
        # Saturday 26 December: by statute, in no table
        ("2026-12-26", NAMED | {DayOut.BANK_HOLIDAY}, "bank holiday", True),
        ("2015-12-26", NAMED | {DayOut.BANK_HOLIDAY}, "bank holiday", True),
        ("2026-12-26", ALL, "Saturday", False),
        ("2026-12-26", NAMED, None, False),
        ("2027-12-26", ALL, "Sunday", False),
        ("2022-12-27", ALL, "bank holiday", False),
        # past the table the statute still holds, and only the statute
        ("2029-12-26", ALL, "bank holiday", True),
        ("2032-12-27", ALL, "bank holiday", True),
        ("2033-12-27", ALL, "bank holiday", True),
        ("2034-12-27", ALL, None, False),
        ("2026-12-25", (), None, False),
    ],
)
def test_a_day_is_left_out_for_its_first_reason(
    day: str, kinds: set[DayOut], why: str | None, *, in_doubt: bool
) -> None:
    found = left_out(date.fromisoformat(day), kinds)
    assert (found and found.why) == why
    assert found is None or (found.day.isoformat(), found.in_doubt) == (day, in_doubt)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2021, [27]),
        (2022, [26, 27]),
        (2023, [26]),
        (2024, [26]),
        (2025, [26]),
        (2026, [26]),
        (2027, [27]),
        (2028, [26]),
    ],
)
def test_statute_names_the_26th_unless_a_sunday_and_the_27th_where_one_of_the_two_before_is(
    year: int, days: list[int]
) -> None:
    assert [day for day in range(1, 32) if is_by_statute(date(year, 12, day))] == days
    assert not is_by_statute(date(year, 11, 26))


@given(st.dates(date(2012, 1, 1), date(2028, 12, 26)), st.sets(st.sampled_from(DayOut)))
def test_a_second_package_leaves_out_the_same_days(day: date, kinds: set[DayOut]) -> None:
    found = left_out(day, kinds)
    assert (found is not None) == hours.is_out(day, frozenset(kind.value for kind in kinds))
    assert found is None or found.why in kinds


@pytest.mark.rule("CLK-11")
def test_a_working_day_is_no_bank_holiday_by_statute_either() -> None:
    assert not is_working_day(date(2029, 12, 26))
    assert working_days_after(date(2029, 12, 24), 1).due_day == date(2029, 12, 25)
    assert working_days_after(date(2029, 12, 25), 1).due_day == date(2029, 12, 27)
