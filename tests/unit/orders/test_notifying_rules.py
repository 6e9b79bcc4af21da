"""When a notification counts, by when it is verified, and how many first ones were in time (MON-05, CLK-04, MET13)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from craffu.clocks.london import end_of
from craffu.common.refusals import Refusal
from craffu.config.commands import rules as command
from craffu.orders.following.policies import check_has_words, check_is_after, check_is_by_hand, check_is_followed
from craffu.orders.following.rules import Trigger
from craffu.orders.notifying import policies, rules
from craffu.orders.notifying.facts import NewNotification
from craffu.orders.notifying.rules import About, Asked, Clocked, Found, NotValid, OnTime
from tests.rule_case_file import worked_cases

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize("worked", worked_cases("MON-05"))
def test_every_worked_case_is_answered(worked: Mapping[str, Any]) -> None:
    given = {name: value for name, value in worked["given"].items() if name != "op"}
    got = command.ask(command.Case("X", "X", worked["given"]["op"], given, {}))
    assert command.same(got, worked["expect"]), got


@pytest.mark.rule("MON-05")
@pytest.mark.parametrize(
    ("in_person", "in_area", "why"),
    [
        (True, True, ()),
        (False, True, (NotValid.NOT_IN_PERSON,)),
        (True, False, (NotValid.NOT_IN_AREA,)),
        (False, False, (NotValid.NOT_IN_PERSON, NotValid.NOT_IN_AREA)),
    ],
)
def test_only_what_is_given_in_person_in_the_area_counts_and_is_verified(
    in_person: bool, in_area: bool, why: tuple[NotValid, ...]
) -> None:
    found = rules.validity(in_person=in_person, at_station_in_area=in_area, given_on=date(2026, 11, 24))
    assert (found.valid, found.why) == (not why, why)
    assert found.verify_by == (None if why else date(2026, 12, 1))
    assert found.acknowledge_in_writing is found.valid


@pytest.mark.rule("CLK-03")
@pytest.mark.rule("CLK-04")
@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("SPO", {About.INITIAL, About.HOME_ADDRESS, About.FIRST_USE_OF_NAME}),
        ("ISPO", {About.INITIAL, About.HOME_ADDRESS, About.FIRST_USE_OF_NAME}),
        ("DAPO", {About.INITIAL, About.HOME_ADDRESS, About.FIRST_USE_OF_NAME, About.NO_HOME_ADDRESS}),
        ("SHPO", {About.INITIAL, About.HOME_ADDRESS, About.FIRST_USE_OF_NAME, About.ANNUAL}),
        ("NMO", set()),
    ],
)
def test_each_kind_of_order_asks_for_what_its_law_names(kind: str, asked: set[About]) -> None:
    assert {one for one in About if rules.is_asked(kind, one)} == asked


def test_words_that_are_stored_stay() -> None:
    assert [one.value for one in About] == ["initial", "home_address", "first_use_of_name", "no_home_address", "annual"]
    assert [one.value for one in Asked] == ["not_asked", "taken", "refused"]
    assert [one.value for one in Found] == ["verified", "false", "not_yet"]
    assert [one.value for one in NotValid] == ["not_in_person", "not_at_station_in_area"]
    assert {One.value for One in rules.CHANGES} == {"home_address", "first_use_of_name", "no_home_address"}


@pytest.mark.rule("CLK-03")
def test_MET13_counts_by_the_last_day_and_tells_late_from_never() -> None:
    """Of the orders whose last day fell in the period, both ends included; midnight is the day after."""
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    ends = end_of(date(2026, 11, 10))
    orders = [
        Clocked(end_of(date(2026, 10, 31)), None),
        Clocked(end_of(first), end_of(first) - timedelta(seconds=1)),
        Clocked(ends, ends),
        Clocked(ends, ends + DAY),
        Clocked(ends, None),
        Clocked(end_of(last), NOON - 20 * DAY),
        Clocked(end_of(date(2026, 12, 1)), NOON),
    ]
    assert rules.on_time(orders, first, last) == OnTime(orders=5, on_time=2, late=2, never=1)
    assert rules.on_time([], first, last) == OnTime(0, 0, 0, 0)


WHOLE: dict[str, Any] = {
    "about": About.HOME_ADDRESS, "given_at": NOON, "in_person": True, "station": "Llanelli", "station_area": "here",
    "area": "here", "event_on": NOON.date(), "names": "A B", "addresses": "1 Stryd Fawr",
}  # fmt: skip


def code(check: Any, *args: Any, **named: Any) -> str | None:
    try:
        check(*args, **named)
    except Refusal as refusal:
        return refusal.code
    return None


@pytest.mark.rule("MON-05")
@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, None),
        ({"event_on": None}, "missing:event_on"),
        ({"about": About.INITIAL, "event_on": None}, None),
        ({"station": " "}, "missing:station"),
        ({"station": "", "in_person": False}, None),
        ({"station_area": "elsewhere"}, "missing:area"),
        ({"area": ""}, "missing:area"),
        ({"names": " "}, "missing:names"),
        ({"addresses": ""}, "missing:addresses"),
        ({"addresses": "", "has_no_home": True}, None),
    ],
)
def test_a_notification_is_recorded_whole(given: dict[str, Any], why: str | None) -> None:
    assert code(policies.check_is_whole, NewNotification(**WHOLE | given), ["here", "there"]) == why


TODAY = NOON.date()


@pytest.mark.rule("MON-05")
@pytest.mark.rule("MON-03")
@pytest.mark.parametrize(
    ("why", "check"),
    [
        ("not_asked_for", lambda: policies.check_is_asked(is_asked=False)),
        (None, lambda: policies.check_is_asked(is_asked=True)),
        ("does_not_count", lambda: policies.check_can_acknowledge(is_valid=False, is_acknowledged=False)),
        ("acknowledged_already", lambda: policies.check_can_acknowledge(is_valid=True, is_acknowledged=True)),
        (None, lambda: policies.check_can_acknowledge(is_valid=True, is_acknowledged=False)),
        ("before_given", lambda: policies.check_acknowledged_after(is_before=True)),
        (None, lambda: policies.check_acknowledged_after(is_before=False)),
        ("does_not_count_here", lambda: policies.check_can_verify(is_valid=False, is_settled=False)),
        ("verified_already", lambda: policies.check_can_verify(is_valid=True, is_settled=True)),
        (None, lambda: policies.check_can_verify(is_valid=True, is_settled=False)),
        ("ahead", lambda: policies.check_verified_on(TODAY + DAY, TODAY, TODAY)),
        ("verified_before", lambda: policies.check_verified_on(TODAY - DAY, TODAY, TODAY)),
        (None, lambda: policies.check_verified_on(TODAY, TODAY, TODAY)),
        ("not_standing_now", lambda: check_is_followed("expired")),
        (None, lambda: check_is_followed("in_force")),
        ("raised_by_a_day", lambda: check_is_by_hand(Trigger.FEARED_DATE_NEAR)),
        (None, lambda: check_is_by_hand(Trigger.TAG_OR_DEVICE_ALERT)),
        ("no_words", lambda: check_has_words(" ")),
        (None, lambda: check_has_words("So")),
        ("before_trigger", lambda: check_is_after(NOON - DAY, NOON)),
        (None, lambda: check_is_after(NOON, NOON)),
    ],
)
def test_when_each_step_may_be_taken(why: str | None, check: Any) -> None:
    assert code(check) == why
