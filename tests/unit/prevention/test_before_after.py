"""Incidents for each year at risk before, during and after, custody taken out, and when a plan is reviewed (PLN-02, PLN-03)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from craffu.prevention.planning import before_after
from craffu.prevention.planning.before_after import Stretch, compared, covered, days_in, on_and_off, rate_on
from craffu.prevention.planning.custody import Kept, Sitting, absent, at_court, detained, kept
from craffu.prevention.planning.kinds import Because
from craffu.prevention.planning.timing import Happened, NextReview, next_review, review_day
from craffu.published.intervals import poisson_exact

TODAY = date(2026, 11, 29)
SERVED = date(2026, 5, 1)
A_DAY = timedelta(days=1)
YEAR = 365.25


def test_days_are_counted_from_the_first_until_the_day_before_the_end() -> None:
    assert len(days_in(date(2026, 1, 1), date(2026, 1, 31))) == 30
    assert days_in(TODAY, TODAY) == days_in(TODAY, TODAY - A_DAY) == frozenset()
    assert covered([Stretch(TODAY - A_DAY), Stretch(TODAY + A_DAY)], TODAY) == {(TODAY - A_DAY).toordinal()}
    assert covered([Stretch(TODAY - 3 * A_DAY, TODAY - A_DAY)], TODAY) == days_in(TODAY - 3 * A_DAY, TODAY - A_DAY)
    assert covered([Stretch(TODAY - A_DAY, TODAY + 9 * A_DAY)], TODAY) == days_in(TODAY - A_DAY, TODAY)


@pytest.mark.rule("PLN-03")
def test_a_rate_is_of_days_at_risk_alone_with_an_exact_interval() -> None:
    found = rate_on(days_in(date(2025, 5, 1), SERVED), [date(2025, 4, 30), date(2025, 5, 1), date(2026, 4, 30), SERVED])
    assert found is not None
    low, high = poisson_exact(2)
    assert (found.events, found.days) == (2, 365)
    assert found.a_year == pytest.approx(2 * YEAR / 365)
    assert (found.low, found.high) == (pytest.approx(low * YEAR / 365), pytest.approx(high * YEAR / 365))
    assert rate_on(frozenset(), [SERVED]) is None


@pytest.mark.rule("PLN-03")
def test_before_during_and_after_an_order_that_ended() -> None:
    ended = date(2026, 9, 1)
    incidents = [
        SERVED - timedelta(days=366),
        SERVED - timedelta(days=365),
        SERVED - A_DAY,
        SERVED,
        ended - A_DAY,
        ended,
        TODAY,
    ]
    found = compared(Stretch(SERVED, ended), incidents, [], TODAY)
    assert found.before is not None
    assert found.during is not None
    assert found.after is not None
    assert [(one.events, one.days) for one in (found.before, found.during, found.after)] == [
        (2, 365),
        (2, 123),
        (1, 89),
    ]
    assert found.has_ended
    long_ago = compared(Stretch(date(2023, 1, 1), date(2023, 7, 1)), [], [], TODAY)
    assert long_ago.after is not None
    assert long_ago.after.days == 365


@pytest.mark.rule("PLN-03")
def test_what_has_not_ended_has_no_after_and_what_began_today_no_time_at_risk_yet() -> None:
    stands = compared(Stretch(SERVED), [SERVED], [], TODAY)
    assert (stands.after, stands.has_ended) == (None, False)
    today = compared(Stretch(TODAY), [TODAY], [], TODAY)
    assert (today.during, today.after) == (None, None)
    assert today.before is not None
    assert today.before.events == 0
    to_come = compared(Stretch(TODAY + A_DAY, TODAY + 3 * A_DAY), [], [], TODAY)
    assert (to_come.during, to_come.after, to_come.has_ended) == (None, None, False)
    assert to_come.before is not None
    assert to_come.before.days == 364
    ends_today = compared(Stretch(SERVED, TODAY), [], [], TODAY)
    assert (ends_today.after, ends_today.has_ended) == (None, True)


@pytest.mark.rule("PLN-03")
def test_custody_is_taken_out_and_what_happens_in_it_is_not_counted() -> None:
    custody = [Stretch(date(2026, 6, 1), date(2026, 7, 1)), Stretch(date(2026, 6, 15), date(2026, 7, 11))]
    found = compared(Stretch(SERVED), [date(2026, 6, 20), date(2026, 8, 1)], custody, TODAY)
    assert found.during is not None
    assert (found.during.events, found.during.days) == (1, (TODAY - SERVED).days - 40)
    whole = compared(Stretch(date(2026, 6, 1), date(2026, 7, 1)), [date(2026, 6, 20)], custody, TODAY)
    assert whole.during is None


@pytest.mark.rule("PLN-03")
def test_locked_up_there_is_no_time_at_risk_even_where_nobody_else_says_so() -> None:
    done = Stretch(date(2026, 6, 1), date(2026, 7, 1))
    found = compared(done, [date(2026, 6, 20), date(2026, 7, 1)], [], TODAY, locks_up=True)
    assert found.during is None
    assert found.after is not None
    assert (found.after.events, found.after.days) == (1, (TODAY - date(2026, 7, 1)).days)


@pytest.mark.rule("PLN-03")
def test_time_under_orders_and_under_none_are_told_apart() -> None:
    first = TODAY - before_after.WINDOW
    orders = [Stretch(date(2024, 1, 1), date(2024, 7, 1)), Stretch(date(2024, 6, 1), date(2024, 8, 1)), Stretch(SERVED)]
    custody = [Stretch(date(2024, 2, 1), date(2024, 2, 11)), Stretch(date(2025, 1, 1), date(2025, 1, 21))]
    incidents = [first - A_DAY, first, date(2024, 2, 5), date(2024, 3, 1), date(2026, 8, 1), date(2025, 3, 1), TODAY]
    found = on_and_off(orders, incidents, custody, TODAY)
    assert found.on is not None
    assert found.off is not None
    under = 213 - 10 + (TODAY - SERVED).days
    assert (found.on.events, found.on.days) == (2, under)
    assert (found.off.events, found.off.days) == (2, 1_095 - under - 30)
    none = on_and_off([], [], [Stretch(first)], TODAY)
    assert (none.on, none.off) == (None, None)


def test_a_court_keeps_somebody_until_its_next_word_or_until_they_are_let_out() -> None:
    first, second, third = date(2026, 3, 2), date(2026, 4, 2), date(2026, 5, 5)
    kept_in, freed, over = Sitting(first, "C", False), Sitting(second, "U", False), Sitting(third, "C", True)
    assert at_court([freed, kept_in], []) == [Stretch(first, second)]
    assert at_court([kept_in, freed], [date(2026, 3, 20), first]) == [Stretch(first, date(2026, 3, 20))]
    assert at_court([kept_in], []) == [Stretch(first)]
    assert at_court([kept_in], [date(2026, 3, 9)]) == [Stretch(first, date(2026, 3, 9))]
    assert at_court([Sitting(first, "P", False), Sitting(second, "S", False)], []) == [
        Stretch(first, second),
        Stretch(second),
    ]
    # Of a case that is over nothing is known without a release.
    assert at_court([over], []) == []
    assert at_court([over], [date(2026, 8, 1), date(2026, 7, 1)]) == [Stretch(third, date(2026, 7, 1))]
    assert at_court([Sitting(first, "B", False), Sitting(second, "", True)], []) == []


def test_a_detention_takes_out_its_whole_days_alone() -> None:
    arrested = date(2026, 3, 2)
    assert detained(arrested, arrested) is None
    assert detained(arrested, arrested + A_DAY) is None
    assert detained(arrested, arrested + 2 * A_DAY) == Stretch(arrested + A_DAY, arrested + 2 * A_DAY)
    assert detained(arrested, None) is None
    assert absent(arrested, arrested) == Stretch(arrested, arrested + A_DAY)


def test_a_release_whose_beginning_nobody_knows_is_named() -> None:
    one, open_ = Stretch(date(2026, 3, 1), date(2026, 4, 1)), Stretch(date(2026, 8, 1))
    days = [date(2026, 4, 1), date(2026, 4, 2), date(2026, 3, 1), date(2026, 9, 1), date(2026, 4, 2)]
    assert kept([open_, one], days) == Kept((one, open_), (date(2026, 3, 1), date(2026, 4, 2)))


@pytest.mark.rule("PLN-02")
def test_a_plan_is_reviewed_every_28_days_and_sooner_where_something_happens() -> None:
    put = datetime(2026, 11, 2, 10, tzinfo=UTC)
    scheduled = NextReview(date(2026, 11, 30), Because.EVERY_28_DAYS)
    assert review_day(put.date()) == date(2026, 11, 30)
    assert next_review(put, []) == scheduled
    # What was there before, or at that very instant, has been looked at.
    assert next_review(put, [Happened(put, Because.BREACH)]) == scheduled
    breach = Happened(datetime(2026, 11, 4, 9, tzinfo=UTC), Because.BREACH)
    follow_up = Happened(datetime(2026, 11, 3, 9, tzinfo=UTC), Because.FOLLOW_UP)
    # Five working days after Wednesday 4 November is Wednesday 11 November.
    assert next_review(put, [breach]) == NextReview(date(2026, 11, 11), Because.BREACH, breach)
    assert next_review(put, [breach, follow_up]) == NextReview(date(2026, 11, 10), Because.FOLLOW_UP, follow_up)
    late = Happened(datetime(2026, 11, 23, 9, tzinfo=UTC), Because.BREACH)
    assert next_review(put, [late]) == scheduled
