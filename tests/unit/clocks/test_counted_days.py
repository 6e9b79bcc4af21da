"""Days that leave out time of their own: which count, which do not, and where they end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.clocks.counted_days import Away, counted_days
from craffu.clocks.london import end_of

pytestmark = pytest.mark.rule("CLK-03")

DAYS = st.dates(date(2012, 1, 1), date(2035, 12, 1))
AWAY = st.lists(st.tuples(DAYS, st.integers(0, 40)).map(lambda one: Away(one[0], one[0] + timedelta(days=one[1]))))


@pytest.mark.parametrize(
    ("away", "first", "last", "excluded"),
    [
        ([], "2026-11-03", "2026-11-05", 0),
        ([("2026-11-04", "2026-11-10")], "2026-11-03", "2026-11-12", 7),
        ([("2026-11-01", "2026-11-20")], "2026-11-21", "2026-11-23", 18),
        ([("2026-11-03", "2026-11-03"), ("2026-11-05", "2026-11-05")], "2026-11-04", "2026-11-07", 2),
        ([("2026-11-06", "2026-11-09")], "2026-11-03", "2026-11-05", 0),
        ([("2026-11-05", "2026-11-05")], "2026-11-03", "2026-11-06", 1),
    ],
)
def test_only_days_that_are_not_left_out_count(
    *, away: list[tuple[str, str]], first: str, last: str, excluded: int
) -> None:
    out = [Away(date.fromisoformat(begins), date.fromisoformat(ends)) for begins, ends in away]
    days = counted_days(date(2026, 11, 3), 3, out)
    assert (str(days.first_day), str(days.last_day), len(days.excluded)) == (first, last, excluded)
    assert days.ends == end_of(days.last_day)


@given(st.dates(date(2012, 1, 1), date(2035, 12, 1)), st.integers(1, 10), AWAY)
def test_so_many_days_count_and_none_of_them_is_left_out(start: date, number: int, away: list[Away]) -> None:
    days = counted_days(start, number, away)
    assert len(days.counted) == number
    assert days.last_day - start == timedelta(days=number + len(days.excluded) - 1)
    assert not any(out.first <= day <= out.last for day in days.counted for out in away)
    assert all(any(out.first <= day <= out.last for out in away) for day in days.excluded)


def test_no_days_are_no_period_and_time_does_not_run_back() -> None:
    with pytest.raises(ValueError, match="at least one"):
        counted_days(date(2026, 11, 3), 0)
    with pytest.raises(ValueError, match="before it begins"):
        Away(date(2026, 11, 3), date(2026, 11, 2))
