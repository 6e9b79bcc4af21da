"""From when on a supervisor sees it coming, how long something has waited, and who covers whom (MON-04; page map, P03)."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from craffu.work.rules import (
    RANK,
    Away,
    Band,
    Consequence,
    Part,
    Why,
    after,
    away_on,
    covers,
    days_of,
    foreseen_at,
    part_of,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = date(2026, 11, 23)


@pytest.mark.rule("MON-04")
@pytest.mark.parametrize(
    ("lasts", "before"),
    [
        (30 * DAY, DAY),
        (2 * DAY, DAY),
        (2 * DAY - HOUR, (2 * DAY - HOUR) / 2),
        (24 * HOUR, 12 * HOUR),
        (4 * HOUR, 2 * HOUR),
        (timedelta(), timedelta()),
        (-HOUR, timedelta()),
    ],
)
def test_it_is_seen_a_day_before_or_half_way_where_there_is_less(lasts: timedelta, before: timedelta) -> None:
    late = NOON + lasts
    assert foreseen_at(NOON, late) == late - before


@pytest.mark.rule("CLK-01")
def test_a_day_before_is_24_hours_as_they_elapse() -> None:
    late = datetime(2026, 10, 26, tzinfo=UTC)
    assert foreseen_at(late - 7 * DAY, late) == datetime(2026, 10, 25, tzinfo=UTC)


@pytest.mark.rule("MON-04")
def test_what_is_done_at_its_last_instant_is_in_time_and_nothing_after_it_is() -> None:
    assert after(NOON) == NOON + timedelta(microseconds=1)


def test_the_worst_consequence_has_the_first_place() -> None:
    ranked = sorted(Consequence, key=RANK.__getitem__)
    assert [one.value for one in ranked] == [
        "harm_unwarned", "limit_of_law", "protection_lapses", "risk_unknown", "promise_broken", "voice_unheard", "goes_stale",
        "history_split",
    ]  # fmt: skip
    assert list(RANK.values()) == list(range(8))


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, "0-1"), (1, "0-1"), (2, "2-7"), (7, "2-7"), (8, "8-28"), (28, "8-28"), (29, "29"), (900, "29")],
)
def test_how_long_it_waits_is_counted_in_days_of_london(days: int, band: str) -> None:
    raised = NOON.date() - days * DAY
    within = []
    for one in Band:
        first, last = days_of(one, NOON.date())
        within += [one] if raised <= last and (first is None or first <= raised) else []
    assert within == [band]


def test_the_bands_follow_one_another_without_a_gap() -> None:
    told = [days_of(band, MONDAY) for band in Band]
    assert told[0] == (MONDAY - DAY, MONDAY)
    for (first, _), (_, last) in pairwise(told):
        assert first is not None
        assert last == first - DAY
    assert told[-1][0] is None


def away(who: int, first: int, last: int, cover: int | None, why: str = Why.LEAVE) -> Away:
    return Away(who, MONDAY + first * DAY, MONDAY + last * DAY, cover, why)


@pytest.mark.parametrize(
    ("said", "day", "found"),
    [
        ([], 0, {}),
        ([away(1, 0, 2, 7)], -1, {}),
        ([away(1, 0, 2, 7)], 0, {1: 7}),
        ([away(1, 0, 2, 7)], 2, {1: 7}),
        ([away(1, 0, 2, 7)], 3, {}),
        ([away(1, 0, 2, None)], 1, {1: None}),
        ([away(1, 0, 4, 7), away(1, 2, 4, 8)], 1, {1: 7}),
        ([away(1, 0, 4, 7), away(1, 2, 4, 8)], 2, {1: 8}),
        ([away(1, 0, 4, 7), away(1, 2, 4, None, Why.BACK)], 1, {1: 7}),
        ([away(1, 0, 4, 7), away(1, 2, 4, None, Why.BACK)], 2, {}),
        ([away(1, 0, 4, 7), away(2, 0, 0, None)], 0, {1: 7, 2: None}),
    ],
)
def test_the_last_word_about_a_day_says_who_is_away(said: list[Away], day: int, found: dict[int, int | None]) -> None:
    assert away_on(said, MONDAY + day * DAY) == found


@pytest.mark.parametrize(
    ("away", "who", "does"),
    [
        ({}, 1, 1),
        ({1: 2}, 1, 2),
        ({1: 2}, 2, 2),
        ({1: None}, 1, None),
        ({1: 2, 2: 3}, 1, 3),
        ({1: 2, 2: None}, 1, None),
        ({1: 2, 2: 1}, 1, None),
        ({1: 2, 2: 3, 3: 2}, 1, None),
    ],
)
def test_who_covers_may_be_covered_and_a_circle_covers_nobody(
    away: dict[int, int | None], who: int, does: int | None
) -> None:
    assert covers(away, who) == does


@pytest.mark.parametrize(
    ("due_in", "lasts", "part"),
    [
        (-HOUR, timedelta(), Part.NOW),
        (timedelta(), timedelta(), Part.NOW),
        (-HOUR, 2 * HOUR, Part.TODAY),
        (HOUR, timedelta(), Part.TODAY),
        (12 * HOUR, timedelta(), Part.TODAY),
        (12 * HOUR, HOUR, Part.WEEK),
        (13 * HOUR, timedelta(), Part.WEEK),
        (12 * HOUR + 7 * DAY, timedelta(), Part.WEEK),
        (12 * HOUR + 7 * DAY, HOUR, Part.LATER),
    ],
)
def test_late_is_now_and_what_ends_with_the_day_is_todays(due_in: timedelta, lasts: timedelta, part: Part) -> None:
    assert part_of(NOON + due_in, NOON + due_in + lasts, NOON) is part
