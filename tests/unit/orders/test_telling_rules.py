"""What an order tells those whom it protects: made, served, relaxed, ended, and its end beforehand (VIC-05, VIC-06)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from craffu.clocks.london import end_of
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.life.states import TABLE
from craffu.orders.noting.facts import Noted
from craffu.orders.telling.rules import AtCourt, MoveMade, Watched, relaxes, tells
from craffu.orders.terms.differing import Worded
from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.rules import RAISES

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
CONTACT, ZONE = Worded(1, "no_contact_direct", "Not to ring."), Worded(2, "exclusion_zone", "Not to go to Heol Fawr.")


def move(name: str, number: int = 1, **said: Any) -> MoveMade:
    return MoveMade(**{"number": number, "move": name, "happened_at": NOON, "known_from": NOON + HOUR} | said)


def told(*moves: MoveMade, kind: str = "SPO", **said: Any) -> list[Happening]:
    return [one.kind for one in tells(kind_of(kind), moves, (), None, **{"is_live": True} | said)]


@pytest.mark.rule("VIC-06")
@pytest.mark.parametrize(
    ("name", "said", "wanted"),
    [
        ("grant", {}, [Happening.ORDER_GRANTED]),
        ("grant_on_appeal", {}, [Happening.ORDER_GRANTED]),
        ("receive", {}, [Happening.ORDER_GRANTED]),
        ("issue", {}, [Happening.ORDER_GRANTED]),
        ("impose", {}, [Happening.ORDER_GRANTED]),
        ("refuse", {}, [Happening.ORDER_REFUSED]),
        ("serve", {}, [Happening.ORDER_SERVED]),
        ("record_awareness", {}, [Happening.ORDER_SERVED]),
        ("vary", {}, [Happening.ORDER_VARIED]),
        ("vary", {"relaxes": True}, [Happening.ORDER_RELAXED]),
        ("renew", {}, [Happening.ORDER_VARIED]),
        ("discharge", {}, [Happening.ORDER_ENDED]),
        ("revoke", {}, [Happening.ORDER_ENDED]),
        ("quash", {}, [Happening.ORDER_ENDED]),
        ("end_on_determination", {"outcome": "refused"}, [Happening.ORDER_ENDED]),
        ("end_on_determination", {"outcome": "granted"}, []),
        ("lodge", {"next_hearing_on": date(2026, 12, 1)}, [Happening.HEARING_LISTED]),
        ("lodge", {}, []),
        ("adjourn", {}, [Happening.HEARING_OUTCOME]),
        ("adjourn", {"next_hearing_on": date(2026, 12, 1)}, [Happening.HEARING_LISTED, Happening.HEARING_OUTCOME]),
        ("attempt_service", {}, []),
        ("authorise", {}, []),
    ],
)
def test_each_move_tells_what_it_is_for_whoever_is_protected(
    name: str, said: dict[str, Any], wanted: list[Happening]
) -> None:
    assert name in TABLE
    assert told(move(name, **said)) == wanted


@pytest.mark.rule("VIC-05")
def test_what_safety_hangs_on_is_service_relaxation_and_the_end_with_both_instants_kept() -> None:
    critical = {Happening.ORDER_SERVED, Happening.ORDER_RELAXED, Happening.ORDER_ENDED}
    assert all(RAISES[one].safety is not None for one in critical)
    (served,) = tells(kind_of("SPO"), [move("serve", 4)], (), None, is_live=True)
    assert (served.key, served.at, served.learnt_at, served.time_known_at) == ("move-4", NOON, NOON + HOUR, None)


@pytest.mark.rule("VIC-05")
@pytest.mark.parametrize(
    ("after", "ended_on", "ends_on", "wanted"),
    [
        ([CONTACT, ZONE], None, None, False),
        ([CONTACT, ZONE, Worded(3, "no_approach", "Not to come near.")], None, None, False),
        ([CONTACT], None, None, True),
        ([CONTACT, Worded(2, "exclusion_zone", "Not to go to Heol Fach.")], None, None, True),
        ([ZONE, CONTACT], None, None, False),
        ([CONTACT, ZONE], date(2028, 1, 1), date(2027, 1, 1), True),
        ([CONTACT, ZONE], date(2027, 1, 1), date(2028, 1, 1), False),
        ([CONTACT, ZONE], None, date(2028, 1, 1), True),
        ([CONTACT, ZONE], date(2028, 1, 1), None, False),
    ],
    ids=["same", "more", "fewer", "other words", "other order", "sooner", "later", "an end at all", "end unsaid"],
)
def test_what_may_protect_less_is_told_as_a_relaxation(
    after: list[Worded], ended_on: date | None, ends_on: date | None, *, wanted: bool
) -> None:
    assert relaxes([CONTACT, ZONE], after, ended_on, ends_on) is wanted


@pytest.mark.rule("VIC-05")
def test_the_end_of_an_order_is_warned_of_from_its_last_watch_on_and_stays_one_event() -> None:
    last_day, watch = date(2026, 12, 20), Watched("ends-2026-12-20:30_days", "30_days", NOON, date(2026, 12, 20))
    ahead = tells(kind_of("SPO"), (), [watch], last_day, is_live=True)
    assert [one.kind for one in ahead] == [Happening.ORDER_EXPIRY_WATCH, Happening.ORDER_ENDED]
    end = ahead[1]
    assert (end.key, end.at, end.learnt_at, end.time_known_at) == (
        "ends-2026-12-20", end_of(last_day) - SECOND, NOON, NOON,
    )  # fmt: skip
    expired = move("expire", 6, happened_at=end_of(last_day), known_from=end_of(last_day), last_day=last_day)
    over = tells(kind_of("SPO"), [expired], [watch], last_day, is_live=False)
    assert [(one.key, one.at) for one in over if one.kind is Happening.ORDER_ENDED] == [(end.key, end.at)]
    early = Watched("ends-2026-12-20:90_days", "90_days", NOON, last_day)
    assert [one.kind for one in tells(kind_of("SPO"), (), [early], last_day, is_live=True)] == [
        Happening.ORDER_EXPIRY_WATCH
    ]
    renewed = tells(kind_of("SPO"), (), [watch], date(2029, 1, 1), is_live=True)
    assert [one.kind for one in renewed] == [Happening.ORDER_EXPIRY_WATCH], "neither the old end nor the new"


@pytest.mark.rule("ORD-17")
def test_what_is_quashed_after_it_ended_is_the_result_of_an_appeal() -> None:
    assert told(move("discharge", 5), move("quash", 6)) == [Happening.ORDER_ENDED, Happening.APPEAL]


@pytest.mark.rule("BRC-08")
def test_bail_is_news_of_its_own_name_and_what_a_court_told_of_is_not_told_twice() -> None:
    assert told(move("impose"), move("vary", 2, relaxes=True), move("revoke", 3), kind="BAIL") == [
        Happening.BAIL_CONDITIONS_CHANGED, Happening.BAIL_CONDITIONS_CHANGED, Happening.BAIL_ENDED,
    ]  # fmt: skip
    assert told(move("impose", source="court-results"), kind="BAIL") == []
    assert told(move("impose"), kind="LICENCE") == [Happening.ORDER_GRANTED]


@pytest.mark.rule("VIC-06")
def test_that_a_court_is_asked_to_relax_it_or_refuses_a_change_is_told_and_is_no_change() -> None:
    noted = [
        AtCourt(9, Noted.RELAXATION_SOUGHT, NOON, NOON + HOUR),
        AtCourt(10, Noted.CHANGE_REFUSED, NOON + HOUR, NOON + DAY),
    ]
    found = tells(kind_of("SPO"), (), (), None, is_live=True, at_court=noted)
    assert [(one.key, one.kind, one.at, one.learnt_at) for one in found] == [
        ("sought-9", Happening.ORDER_RELAXATION_SOUGHT, NOON, NOON + HOUR),
        ("refused-10", Happening.ORDER_CHANGE_REFUSED, NOON + HOUR, NOON + DAY),
    ]
    for one in found:
        assert RAISES[one.kind].safety is None
        assert RAISES[one.kind].occasion is not None


def test_every_key_is_one_thing() -> None:
    many = [move(name, number, next_hearing_on=date(2026, 12, 1)) for number, name in enumerate(TABLE, start=1)]
    keys = [one.key for one in tells(kind_of("SPO"), many, (), None, is_live=True)]
    assert len(keys) == len(set(keys))
    assert all("/" not in key and len(key) < 60 for key in keys)
