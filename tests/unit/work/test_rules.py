"""When due work is missed, and who is told, once each (MON-04)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.work.rules import Step, missed

pytestmark = pytest.mark.rule("MON-04")

OVERDUE = datetime(2026, 11, 10, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
SUPERVISOR, INSPECTOR = Step.SUPERVISOR, Step.INSPECTOR


@pytest.mark.parametrize(
    ("now", "done_at", "is_missed", "told"),
    [
        (-SECOND, None, False, ()),
        (0 * HOUR, None, True, (SUPERVISOR,)),
        (72 * HOUR - SECOND, None, True, (SUPERVISOR,)),
        (72 * HOUR, None, True, (SUPERVISOR, INSPECTOR)),
        (99 * HOUR, -SECOND, False, ()),
        (99 * HOUR, 0 * HOUR, True, (SUPERVISOR,)),
        (99 * HOUR, 72 * HOUR - SECOND, True, (SUPERVISOR,)),
        (99 * HOUR, 80 * HOUR, True, (SUPERVISOR, INSPECTOR)),
        # done after `now`: not done yet
        (HOUR, 2 * HOUR, True, (SUPERVISOR,)),
        (2 * HOUR, 2 * HOUR, True, (SUPERVISOR,)),
        (-HOUR, HOUR, False, ()),
        (73 * HOUR, 74 * HOUR, True, (SUPERVISOR, INSPECTOR)),
    ],
)
def test_what_is_not_done_in_time_is_missed_for_good(
    now: timedelta, done_at: timedelta | None, is_missed: bool, told: tuple[Step, ...]
) -> None:
    answer = missed(OVERDUE, OVERDUE + now, done_at=None if done_at is None else OVERDUE + done_at)
    assert (answer.overdue_from, answer.missed, answer.escalated_to) == (OVERDUE, is_missed, told)
    assert answer.new_escalations == told


def test_hours_are_those_that_elapse() -> None:
    before_the_clocks_go_back = datetime(2026, 10, 24, 23, tzinfo=UTC)
    assert missed(before_the_clocks_go_back, datetime(2026, 10, 27, 22, 59, 59, tzinfo=UTC)).escalated_to == (
        SUPERVISOR,
    )
    assert missed(before_the_clocks_go_back, datetime(2026, 10, 27, 23, tzinfo=UTC)).escalated_to == (
        SUPERVISOR,
        INSPECTOR,
    )


@given(st.lists(st.integers(-10, 200), max_size=8), st.none() | st.integers(-10, 200))
def test_each_is_told_once_however_often_the_clock_runs(hours: list[int], done: int | None) -> None:
    raised: list[str] = []
    for hour in sorted([*hours, 200]):
        done_at = None if done is None else OVERDUE + done * HOUR
        answer = missed(OVERDUE, OVERDUE + hour * HOUR, done_at=done_at, already_raised=raised)
        raised += [step.value for step in answer.new_escalations]
    assert len(raised) == len(set(raised))
    assert set(raised) == {step.value for step in answer.escalated_to}
