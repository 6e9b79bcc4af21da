"""T15 and T16: how long somebody waits after failed tries, and when a session is over, as tables of cases."""

from datetime import UTC, datetime, timedelta

import pytest

from craffu.access.rules import (
    Counted,
    Held,
    Lifetime,
    Limit,
    Over,
    Scope,
    hold_begun,
    how_many,
    is_held,
    longest_memory,
    wait_after,
    why_over,
)
from craffu.access.signing_in.places import UNKNOWN, network_of

NOW = datetime(2026, 1, 14, 10, 30, tzinfo=UTC)
PAIR = Limit.in_seconds(most=5, within=60, first_wait=60, longest_wait=3600)
DAY = timedelta(hours=24)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def tries(*seconds: float, client: str = "a") -> list[Counted]:
    return [Counted(ago(one), "account", client, client) for one in seconds]


@pytest.mark.parametrize(
    ("step", "seconds"), [(1, 60), (2, 120), (3, 240), (6, 1920), (7, 3600), (8, 3600), (10_000, 3600)]
)
def test_the_wait_doubles_up_to_the_longest(step: int, seconds: int) -> None:
    assert wait_after(step, PAIR) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("counted", "count"),
    [((0, 1, 2, 3, 4), 5), ((0, 10, 20, 30, 59.9), 5), ((0, 10, 20, 30, 60), 4), ((61, 90), 0), ((), 0)],
)
def test_only_what_lies_within_the_last_minute_counts_wherever_that_minute_begins(
    counted: tuple[float, ...], count: int
) -> None:
    assert how_many(Scope.PAIR, tries(*counted), PAIR, NOW) == count


def test_an_account_counts_places_and_an_address_counts_tries() -> None:
    found = tries(1, 2, 3) + tries(4, 5, client="b")
    assert how_many(Scope.ACCOUNT, found, PAIR, NOW) == 2
    assert how_many(Scope.ADDRESS, found, PAIR, NOW) == 5


@pytest.mark.parametrize(
    ("count", "before", "held"),
    [
        (4, None, None),
        (5, None, Held(1, NOW + timedelta(seconds=60))),
        (5, Held(1, ago(1)), Held(2, NOW + timedelta(seconds=120))),
        (5, Held(3, ago(24 * 3600 - 1)), Held(4, NOW + timedelta(seconds=480))),
        (5, Held(3, ago(24 * 3600)), Held(1, NOW + timedelta(seconds=60))),
        (4, Held(3, ago(1)), None),
    ],
)
def test_a_hold_begins_at_the_fifth_and_is_longer_each_time_until_it_is_forgotten(
    count: int, before: Held | None, held: Held | None
) -> None:
    assert hold_begun(count, PAIR, before, DAY, NOW) == held


@pytest.mark.parametrize(("hold", "held"), [(None, False), (Held(1, NOW), False), (Held(1, ago(-0.1)), True)])
def test_a_hold_ends_at_its_very_instant(hold: Held | None, held: bool) -> None:
    assert is_held(hold, NOW) is held


def test_a_try_is_remembered_as_long_as_any_limit_counts_it() -> None:
    assert longest_memory({Scope.PAIR: PAIR, Scope.ACCOUNT: Limit.in_seconds(1, 600, 1, 1)}) == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        (" 192.0.2.7 ", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", UNKNOWN),
        ("elsewhere.example", UNKNOWN),
    ],
)
def test_an_address_is_the_network_one_attacker_has_to_himself(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("began", "seen", "why"),
    [
        (0, 0, None),
        (899, 899, None),
        (900, 900, Over.IDLE),
        (35_999, 0, None),
        (36_000, 0, Over.TOO_LONG),
        (36_000, 900, Over.TOO_LONG),
    ],
)
def test_a_session_is_over_after_fifteen_minutes_without_use_or_ten_hours(
    began: int, seen: int, why: Over | None
) -> None:
    lasts = Lifetime(idle=timedelta(minutes=15), longest=timedelta(hours=10))
    assert why_over(ago(began), ago(seen), lasts, NOW) == why
