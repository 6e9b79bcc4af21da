"""Hours of due work, and against how many full-time posts (R1a)."""

from fractions import Fraction

import pytest

from craffu.resourcing.timing.kinds import Timed
from craffu.resourcing.timing.rules import ASSUMED, MOST, TASKS, against, hours


def test_hours_are_numbers_times_minutes() -> None:
    minutes = {Timed.CHECK: 20, Timed.REVIEW: 60, Timed.END: 120, Timed.HEARING: 240, Timed.NOTIFICATION: 45}
    assert hours({Timed.CHECK: 4, Timed.HEARING: 2}, minutes) == Fraction(560, 60)
    assert hours({}, minutes) == 0


def test_every_task_and_the_week_have_an_assumption_that_may_be_stated() -> None:
    assert set(ASSUMED) == set(MOST) == set(Timed)
    assert set(TASKS) == set(Timed) - {Timed.WEEK}
    assert ASSUMED == {
        "check": 20, "review": 60, "end_decision": 120, "hearing": 240, "notification": 45, "week": 30
    }  # fmt: skip
    assert all(0 < ASSUMED[one] <= MOST[one] for one in Timed)
    assert {MOST[one] for one in TASKS} == {480}
    assert MOST[Timed.WEEK] == 60


def test_posts_needed_are_the_work_over_the_hours_of_a_post() -> None:
    found = against(Fraction(900), Fraction(3, 2), 30, 13)
    assert found.posts_needed == Fraction(900, 390)
    assert found.posts_short == Fraction(900, 390) - Fraction(3, 2)
    assert found.is_short
    enough = against(Fraction(390), Fraction(1), 30, 13)
    assert (enough.posts_short, enough.is_short) == (0, False)
    assert against(Fraction(39), Fraction(1), 30, 13).posts_short == Fraction(-9, 10)


@pytest.mark.parametrize(("week", "weeks"), [(0, 13), (30, 0), (-1, 13)])
def test_no_hours_or_no_weeks_are_refused(week: int, weeks: int) -> None:
    with pytest.raises(ValueError, match="one or more"):
        against(Fraction(1), Fraction(1), week, weeks)
    assert against(Fraction(1), Fraction(1), 1, 1).posts_needed == 1
