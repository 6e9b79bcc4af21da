"""When an address put a respondent at or near the home of somebody protected: once, and never for what was known (MON-03)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from craffu.orders.following.nearness import came_near
from craffu.people.facts import HomeSaid

pytestmark = pytest.mark.rule("MON-03")
MADE = datetime(2026, 11, 1, tzinfo=UTC)
HIS, HERS, OTHER = 1, 2, 3
HOME, STREET, POSTCODE, AWAY = "home", "street", "postcode", "away"


def said(version: int, record: int, day: int, *tokens: str, of: int | None = None) -> HomeSaid:
    at = MADE + timedelta(days=day)
    return HomeSaid(record, version, at, at if of is None else MADE + timedelta(days=of), frozenset(tokens))


def told(his: Iterable[HomeSaid], hers: Iterable[HomeSaid]) -> list[int]:
    return [one.version for one in came_near(his, hers, MADE)]


AT_HOME = said(1, HERS, -9, HOME, STREET, POSTCODE)


@pytest.mark.parametrize("token", [HOME, STREET, POSTCODE])
def test_one_home_or_one_postcode_is_near_and_is_told_once(token: str) -> None:
    his = [said(2, HIS, -5, AWAY), said(3, HIS, 1, token), said(4, HIS, 2, token)]
    assert told(his, [AT_HOME]) == [3]


def test_nobody_is_near_who_says_another_home_or_none() -> None:
    assert told([said(2, HIS, 1, AWAY), said(3, HIS, 2)], [AT_HOME]) == []
    assert told([], [AT_HOME]) == told([said(2, HIS, 1, HOME)], []) == []


def test_what_was_known_before_the_order_is_no_news_and_another_record_that_says_so_since_is() -> None:
    before = said(2, HIS, -1, HOME)
    assert told([before], [AT_HOME]) == []
    assert told([before, said(3, HIS, 1, HOME)], [AT_HOME]) == []
    assert told([before, said(3, OTHER, 1, HOME), said(4, 9, 2, HOME)], [AT_HOME]) == [3]
    assert told([said(2, HIS, 0, HOME)], [AT_HOME]) == []


def test_who_went_away_and_comes_back_is_told_of_again() -> None:
    his = [said(2, HIS, 1, HOME), said(3, HIS, 2, AWAY), said(4, HIS, 3, HOME)]
    assert told(his, [AT_HOME]) == [2, 4]
    assert told([said(2, HIS, 1, HOME), said(3, HIS, 2), said(4, HIS, 3, HOME)], [AT_HOME]) == [2, 4]


def test_from_next_door_to_her_home_is_nearer() -> None:
    his = [said(2, HIS, 1, POSTCODE), said(3, HIS, 2, HOME, POSTCODE)]
    assert told(his, [AT_HOME]) == [2, 3]
    assert told([said(2, HIS, 1, HOME, POSTCODE), said(3, OTHER, 2, POSTCODE)], [AT_HOME]) == [2]


def test_she_who_comes_to_live_near_him_is_told_of_and_what_was_known_of_her_is_not() -> None:
    his = [said(2, HIS, -5, POSTCODE)]
    assert told(his, [said(1, HERS, -9, AWAY), said(3, HERS, 1, POSTCODE)]) == [3]
    assert told(his, [said(1, HERS, -9, POSTCODE), said(3, OTHER, 1, POSTCODE)]) == []
    assert told([said(2, HIS, 1, POSTCODE)], [said(1, HERS, -2, POSTCODE), said(3, OTHER, 2, POSTCODE)]) == [2]


def test_an_older_word_that_comes_late_is_not_where_anybody_is() -> None:
    his = [said(2, HIS, 1, AWAY), said(3, HIS, 2, HOME, of=-3)]
    assert told(his, [AT_HOME]) == []
    assert told([said(2, HIS, 1, AWAY, of=0), said(3, HIS, 2, HOME, of=0)], [AT_HOME]) == [3]
    assert told([said(2, HIS, 1, HOME), said(3, HIS, 2, AWAY, of=-3), said(4, HIS, 3, HOME)], [AT_HOME]) == [2]


def test_of_one_instant_the_order_in_which_they_were_kept_holds() -> None:
    assert told([said(2, HIS, 1, HOME)], [said(1, HERS, 1, HOME)]) == [2]
    assert told([said(1, HIS, 1, HOME)], [said(2, HERS, 1, HOME)]) == [2]
