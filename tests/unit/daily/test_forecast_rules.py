"""What will fall due week by week, worked out by hand: checks, reviews, the end, what is late (MON-01, REV-01, REV-06)."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from craffu.cases.risk.rules import Grade
from craffu.clocks.london import start_of
from craffu.daily.forecasting.rules import (
    Falls,
    by_week,
    checks_to_come,
    is_given_up,
    last_day,
    reviews_to_come,
    task_of,
)
from craffu.orders.monitoring.schedule import Pace
from craffu.orders.reviewing.timing import Because, Next, Reviewed, next_review_due
from craffu.resourcing.timing.kinds import Timed

FIRST = date(2026, 12, 1)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


def paced(days: int, since: datetime = LONG_AGO, *, heightened: bool = False) -> Pace:
    return Pace(since, days, is_heightened=heightened)


@pytest.mark.rule("MON-01")
def test_checks_follow_one_another_at_their_interval() -> None:
    found = list(checks_to_come(day(12, 3), [paced(14)], FIRST, day(12, 31)))
    assert found == [day(12, 3), day(12, 17), day(12, 31)], "the last day itself counts"
    assert list(checks_to_come(day(12, 3), [paced(14)], FIRST, day(12, 2))) == []


@pytest.mark.rule("MON-01")
def test_nobody_graded_is_checked_as_at_high_risk() -> None:
    assert list(checks_to_come(day(12, 3), [], FIRST, day(12, 17))) == [day(12, 3), day(12, 10), day(12, 17)]


@pytest.mark.rule("MON-01")
def test_a_late_check_is_taken_to_be_made_on_the_first_day() -> None:
    found = list(checks_to_come(day(11, 24), [paced(7)], FIRST, day(12, 10)))
    assert found == [day(11, 24), day(12, 8)]


@pytest.mark.rule("MON-01")
def test_a_check_late_for_more_than_four_weeks_stays_late() -> None:
    """Whoever is eight days late with what comes every seven has not given it up."""
    assert list(checks_to_come(day(11, 3), [paced(7)], FIRST, day(12, 8))) == [day(11, 3), day(12, 8)]
    assert list(checks_to_come(day(11, 2), [paced(7)], FIRST, day(12, 31))) == [day(11, 2)]
    assert not is_given_up(day(11, 3), timedelta(days=7), FIRST)
    assert is_given_up(day(11, 2), timedelta(days=7), FIRST)
    assert not is_given_up(day(11, 1), timedelta(days=30), FIRST), (
        "nor is what comes every thirty days, late for thirty"
    )
    assert is_given_up(day(10, 31), timedelta(days=30), FIRST)


@pytest.mark.rule("MON-01")
def test_heightened_follow_up_shortens_the_interval_while_it_lasts() -> None:
    """From 10 December on every three days, from the 20th every 28 again: what is asked for then is not put back."""
    paces = [paced(28), paced(3, start_of(day(12, 10)), heightened=True), paced(28, start_of(day(12, 20)))]
    found = list(checks_to_come(day(12, 1), paces, FIRST, day(1, 31, 2027)))
    # 29 December is brought forward to the day on which three days have gone by already.
    assert found == [day(12, 1), day(12, 10), day(12, 13), day(12, 16), day(12, 19), day(12, 22), day(1, 19, 2027)]


@pytest.mark.rule("MON-01")
def test_a_longer_interval_that_begins_meanwhile_leaves_the_check() -> None:
    paces = [paced(7), paced(28, start_of(day(12, 5)))]
    assert list(checks_to_come(day(12, 3), paces, FIRST, day(1, 31, 2027))) == [
        day(12, 3),
        day(12, 10),
        day(1, 7, 2027),
    ]


def reviews(
    facts: Reviewed, watches: tuple[date, ...] = (), until: date = date(2027, 3, 1)
) -> list[tuple[date, Because]]:
    found = reviews_to_come(next_review_due(facts), facts, watches, FIRST, until)
    return [(one.due_day, one.because) for one in found]


@pytest.mark.rule("REV-01")
def test_reviews_follow_one_another_by_the_grade() -> None:
    facts = Reviewed(served_on=day(10, 1), grade=Grade.HIGH, last_completed_on=day(11, 10))
    assert reviews(facts) == [
        (day(12, 8), Because.SCHEDULE), (day(1, 5, 2027), Because.SCHEDULE), (day(2, 2, 2027), Because.SCHEDULE)
    ]  # fmt: skip
    standard = Reviewed(served_on=day(10, 1), grade=Grade.STANDARD, last_completed_on=day(11, 10))
    assert reviews(standard) == [(day(2, 9, 2027), Because.SCHEDULE)]


@pytest.mark.rule("REV-01")
def test_nothing_falls_due_of_an_order_that_nobody_was_served_with() -> None:
    assert reviews(Reviewed(served_on=None)) == []


@pytest.mark.rule("REV-01", "REV-06")
def test_a_watch_brings_a_review_forward_and_the_end_is_decided_once() -> None:
    """It ends on 31 January: decided by the 17th. The watch of 1 January is answered by the 8th, five working days on."""
    facts = Reviewed(served_on=day(2, 1), grade=Grade.HIGH, last_completed_on=day(11, 25), last_day=day(1, 31, 2027))
    found = reviews(facts, (day(1, 1, 2027),), until=day(1, 31, 2027))
    assert found == [
        (day(12, 23), Because.SCHEDULE), (day(1, 8, 2027), Because.EVENT), (day(1, 17, 2027), Because.BEFORE_END)
    ]  # fmt: skip
    assert [task_of(Next(*one)) for one in found] == [Timed.REVIEW, Timed.REVIEW, Timed.END]


@pytest.mark.rule("REV-06")
def test_a_review_after_the_day_of_decision_decides_the_end_too() -> None:
    """The scheduled review falls on that very day: no second one is foreseen for it."""
    facts = Reviewed(served_on=day(2, 1), grade=Grade.HIGH, last_completed_on=day(12, 20), last_day=day(1, 31, 2027))
    assert reviews(facts, until=day(1, 31, 2027)) == [(day(1, 17, 2027), Because.SCHEDULE)]
    decided = Reviewed(
        served_on=day(2, 1), grade=Grade.STANDARD, last_completed_on=day(11, 25), last_day=day(1, 31, 2027),
        end_is_decided=True,
    )  # fmt: skip
    assert reviews(decided, until=day(1, 31, 2027)) == []


@pytest.mark.rule("REV-01")
def test_a_late_review_is_taken_to_be_made_and_one_given_up_stays_late() -> None:
    late = Reviewed(served_on=day(10, 6), grade=Grade.HIGH)
    assert reviews(late) == [
        (day(11, 3), Because.SCHEDULE), (day(12, 29), Because.SCHEDULE), (day(1, 26, 2027), Because.SCHEDULE),
        (day(2, 23, 2027), Because.SCHEDULE),
    ]  # fmt: skip
    assert reviews(Reviewed(served_on=day(10, 5), grade=Grade.HIGH)) == [(day(11, 2), Because.SCHEDULE)]
    # Nobody has graded it: as at high risk.
    assert reviews(Reviewed(served_on=day(10, 5))) == [(day(11, 2), Because.SCHEDULE)]
    assert len(reviews(Reviewed(served_on=day(10, 5), grade=Grade.MEDIUM))) == 2


def test_weeks_begin_with_the_first_day_and_what_is_before_is_late() -> None:
    falls = [
        Falls(Timed.CHECK, "O-1", on) for on in (day(11, 30), FIRST, day(12, 7), day(12, 8), day(12, 14), day(12, 15))
    ] + [Falls(Timed.HEARING, "O-1", day(12, 7))]
    found = by_week(falls, FIRST, 2)
    assert found.late == {Timed.CHECK: 1}
    assert [(one.first, one.last, dict(one.numbers)) for one in found.weeks] == [
        (FIRST, day(12, 7), {Timed.CHECK: 2, Timed.HEARING: 1}),
        (day(12, 8), day(12, 14), {Timed.CHECK: 2}),
    ]
    assert found.numbers == Counter({Timed.CHECK: 4, Timed.HEARING: 1})
    assert last_day(FIRST, 13) == day(3, 1, 2027)
    assert by_week([], FIRST).numbers == Counter()
    assert len(by_week([], FIRST).weeks) == 13
