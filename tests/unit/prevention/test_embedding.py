"""How far the order of review is used is counted by place and week, and names no person (R4a; issue J, 9)."""

from datetime import date, timedelta

from craffu.prevention.embedding.rules import FEWEST, Opened, Used, used, weeks_before

TODAY = date(2026, 11, 26)
WEEKS = weeks_before(TODAY)
MONDAY = date(2026, 10, 26)


def test_whole_weeks_before_today() -> None:
    assert (MONDAY, date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)) == WEEKS
    assert weeks_before(date(2026, 11, 23))[-1] == date(2026, 11, 16), "a Monday begins the week that goes on"
    assert weeks_before(date(2026, 11, 22))[-1] == date(2026, 11, 9)
    assert weeks_before(TODAY, 1) == (date(2026, 11, 16),)


def test_each_person_counts_once_a_week_and_in_each_of_their_places() -> None:
    opened = [
        Opened(1, MONDAY),
        Opened(1, MONDAY + timedelta(days=6)),
        Opened(2, MONDAY),
        Opened(1, MONDAY + timedelta(days=7)),
    ]
    found = used({10: [1, 2, 3], 20: [1, 4, 5], 30: [6, 7, 8]}, opened, WEEKS)
    assert found == [Used(10, 3, (2, 1, 0, 0)), Used(20, 3, (1, 1, 0, 0)), Used(30, 3, (0, 0, 0, 0))]
    assert not any(one.is_weekly for one in found)


def test_a_place_is_weekly_if_somebody_opened_it_in_every_week() -> None:
    opened = [Opened(who, week) for who, week in zip((1, 2, 1, 3), WEEKS, strict=True)]
    (found,) = used({10: [1, 2, 3]}, opened, WEEKS)
    assert (found.weeks, found.is_weekly) == ((1, 1, 1, 1), True)


def test_places_of_few_people_are_counted_together_last() -> None:
    assert FEWEST == 3
    found = used({10: [1, 2], 20: [3, 4, 5], 30: [2, 6], 40: []}, [Opened(2, MONDAY), Opened(6, MONDAY)], WEEKS)
    assert found == [Used(20, 3, (0, 0, 0, 0)), Used(None, 3, (2, 0, 0, 0))]
    assert used({10: []}, [], WEEKS) == []


def test_what_lies_outside_the_weeks_counts_in_none() -> None:
    opened = [Opened(1, TODAY), Opened(1, MONDAY - timedelta(days=1))]
    (found,) = used({10: [1, 2, 3]}, opened, WEEKS)
    assert found.weeks == (0, 0, 0, 0)
