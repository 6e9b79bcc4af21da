"""The nearest change that would alter a priority, and for how long another one counts (PRI-02, PRI-04, PRI-07)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from craffu.prevention.deciding.rules import LONGEST, counts_on, is_too_long
from craffu.prevention.scoring.facts import Event, Standing
from craffu.prevention.scoring.nearest import MOST, Change, What, nearest
from craffu.prevention.scoring.rules import UNKNOWN, Tier, Weights, scored
from craffu.prevention.scoring.schemes import default

TODAY = date(2026, 11, 24)


def event(number: int, age: int | None, weight: float | None = 10, **more: object) -> Event:
    return replace(Event(f"i{number}", age, weight, frozenset({"v1"}), age), **more)  # type: ignore[arg-type]


def found(events: list[Event], **more: bool) -> dict[What, Change]:
    return {one.what: one for one in nearest(events, default(), UNKNOWN, **more)}


def tier(events: list[Event], **more: bool) -> Tier:
    return scored(events, default(), **more).tier  # type: ignore[arg-type]


@pytest.mark.rule("PRI-02")
def test_each_change_is_the_least_of_its_kind_that_alters_the_priority() -> None:
    events = [event(1, 3, 100), event(2, 40, 100)]
    assert tier(events) is Tier.MEDIUM
    changes = found(events)
    assert list(changes) == [one for one in What if one in changes]
    breaches = changes[What.BREACHES]
    more = [event(9 + number, 0, is_breach=True) for number in range(breaches.number)]
    after = scored([*events, *more], default())
    assert (after.tier, after.value) == (breaches.tier, breaches.value) == (Tier.HIGH, breaches.value)
    assert tier([*events, *more[:-1]]) is Tier.MEDIUM
    others = changes[What.VICTIMS]
    new = [event(9 + number, 0, victims=frozenset({f"n{number}"})) for number in range(others.number)]
    assert tier([*events, *new]) is others.tier is not Tier.MEDIUM
    assert tier([*events, *new[:-1]]) is Tier.MEDIUM


@pytest.mark.rule("PRI-02")
def test_with_time_a_priority_falls_on_one_day_and_not_before() -> None:
    events = [event(1, 3, 100), event(2, None, 100, recorded_age=40)]
    days = found(events)[What.DAYS]

    def aged(by: int) -> list[Event]:
        return [
            replace(one, age=None if one.age is None else one.age + by, recorded_age=(one.recorded_age or 0) + by)
            for one in events
        ]

    assert (tier(aged(days.number)), tier(aged(days.number - 1))) == (days.tier, Tier.MEDIUM)
    assert days.tier is Tier.STANDARD


@pytest.mark.rule("PRI-02")
@pytest.mark.rule("PRI-04")
def test_of_whoever_is_on_a_floor_only_time_alters_it_and_fear_none_at_all() -> None:
    broken = [event(1, 5, is_breach=True, order="SPO"), event(2, 6)]
    assert tier(broken) is Tier.URGENT
    assert list(found(broken)) == [What.DAYS]
    assert found(broken)[What.DAYS].number == 28 - 5 + 1, "the floor ends after its 28th day"
    assert found([event(1, 5)], victim_fears_most=True) == {}


@pytest.mark.rule("PRI-03")
def test_whoever_has_nothing_that_counts_has_no_near_change() -> None:
    assert nearest([], default(), UNKNOWN) == []
    assert nearest([event(1, 5, standing=Standing.CANCELLED)], default(), UNKNOWN) == []


def test_what_takes_more_than_a_few_is_no_near_change() -> None:
    old = [event(1, 1_000, 2)]
    changes = found(old)
    assert all(one.number <= MOST for what, one in changes.items() if what is not What.DAYS)
    assert What.DAYS in changes, "after 1,095 days nothing counts"
    assert changes[What.DAYS].number == 96
    assert (changes[What.DAYS].tier, changes[What.DAYS].value) == (Tier.NO_HISTORY, None)


@pytest.mark.rule("PRI-07")
def test_another_priority_counts_once_agreed_and_to_the_end_of_its_last_day() -> None:
    assert counts_on(TODAY, TODAY, agreed=True)
    assert not counts_on(TODAY, TODAY + timedelta(days=1), agreed=True)
    assert not counts_on(TODAY, TODAY, agreed=False)
    assert not counts_on(None, TODAY, agreed=True)
    assert not is_too_long(TODAY + LONGEST, TODAY)
    assert is_too_long(TODAY + LONGEST + timedelta(days=1), TODAY)


@pytest.mark.rule("PRI-03")
def test_what_is_added_weighs_what_an_unknown_offence_weighs() -> None:
    events = [event(1, 3, 100), event(2, 40, 100)]
    for unknown in (UNKNOWN, Weights(300, 200, 400)):
        for one in nearest(events, default(), unknown):
            if one.what is What.BREACHES:
                more = [event(9 + number, 0, unknown.median, is_breach=True) for number in range(one.number)]
                again = scored([*events, *more], default(), unknown=unknown)
                assert (again.value, again.tier) == (one.value, one.tier)
    assert found(events)[What.BREACHES].value != nearest(events, default(), Weights(300, 200, 400))[0].value


def test_a_victim_who_is_added_is_another_than_whoever_is_named() -> None:
    events = [event(1, 3, 100, victims=frozenset()), event(2, 40, 100)]
    changes = found(events)
    breaches, victims = changes[What.BREACHES], changes[What.VICTIMS]
    same = [event(9 + number, 0, is_breach=True) for number in range(breaches.number)]
    assert scored([*events, *same], default()).value == breaches.value, "more of the same are against whoever is named"
    new = [event(9 + number, 0, victims=frozenset({f"n{number}"})) for number in range(victims.number)]
    assert scored([*events, *new], default()).value == victims.value, "others are each somebody else"


def test_how_many_are_near_and_what_keys_are_kept() -> None:
    assert MOST == 5
    assert [one.value for one in What] == ["incidents", "breaches", "victims", "days"]


GRID = [
    [event(1, 0, 60)], [event(1, 1_095, 2)], [event(1, 0, 1)], [event(1, 300, None), event(2, None, 5, recorded_age=400)],
    *([event(number, age, 10 * number) for number in range(1, many)] for many in (3, 5, 9) for age in (20, 200, 700)),
]  # fmt: skip


@pytest.mark.rule("PRI-02")
@pytest.mark.parametrize("unknown", [UNKNOWN, Weights(1, 1, 1), Weights(90, 20, 252)])
def test_the_least_of_each_kind_is_the_one_that_trying_every_number_finds(unknown: Weights) -> None:
    numbers = set()
    for events in GRID:
        before = scored(events, default(), unknown=unknown).tier
        known = next((one.victims for one in events if one.victims), frozenset({"v1"}))
        told = {one.what: one.number for one in nearest(events, default(), unknown)}
        for what in (What.INCIDENTS, What.BREACHES, What.VICTIMS):
            least = None
            for number in range(1, 30):
                victims = [frozenset({f"n{each}"}) if what is What.VICTIMS else known for each in range(number)]
                more = [
                    event(90 + each, 0, unknown.median, victims=whom, is_breach=what is What.BREACHES)
                    for each, whom in enumerate(victims)
                ]
                if scored([*events, *more], default(), unknown=unknown).tier is not before:
                    least = number
                    break
            numbers.add(least)
            assert told.get(what) == (least if least is not None and least <= 5 else None)
        days = next(
            number
            for number in range(1, 1_097)
            if scored(
                [
                    replace(
                        one,
                        age=None if one.age is None else one.age + number,
                        recorded_age=(one.recorded_age or 0) + number,
                    )
                    for one in events
                ],
                default(),
                unknown=unknown,
            ).tier
            is not before
        )
        assert told[What.DAYS] == days
        numbers.add(days)
    assert numbers >= {1, 2, 3, 1_096}
