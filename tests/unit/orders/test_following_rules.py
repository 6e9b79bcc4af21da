"""What raises heightened follow-up, by when it is acted on, and how long it lasts (MON-03; rules.md, Annex E)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from craffu.config.commands import rules as command
from craffu.orders.following import rules
from craffu.orders.following.rules import Period, Trigger
from tests.rule_case_file import worked_cases

OPS = {"monitor.trigger", "monitor.date_trigger"}
WORKED = [one for one in worked_cases("MON-03") if one.values[0].get("given", {}).get("op") in OPS]
AT = datetime(2026, 11, 24, 22, tzinfo=UTC)
DAY = timedelta(days=1)
HOURS = {
    4: {Trigger.TAG_OR_DEVICE_ALERT, Trigger.HOME_NEAR_PROTECTED},
    24: {
        Trigger.NOTIFICATION_MISSED, Trigger.POSSIBLE_BREACH_RAISED, Trigger.RELEASED_FROM_CUSTODY,
        Trigger.NEW_REPORT_SAME_VICTIM, Trigger.VICTIM_MORE_AFRAID, Trigger.CHECK_FOUND_CONCERN,
    },
    72: {
        Trigger.NAME_OR_ADDRESS_CHANGED, Trigger.ORDER_SERVED, Trigger.ORDER_EXPIRY_WATCH,
        Trigger.RELAXATION_OR_DISCHARGE_SOUGHT, Trigger.HEARING_NEAR, Trigger.FEARED_DATE_NEAR,
    },
}  # fmt: skip


@pytest.mark.parametrize("worked", WORKED)
def test_every_worked_case_is_answered(worked: Mapping[str, Any]) -> None:
    given = {name: value for name, value in worked["given"].items() if name != "op"}
    got = command.ask(command.Case("X", "X", worked["given"]["op"], given, {}))
    assert command.same(command.written(got), worked["expect"]), got


@pytest.mark.rule("MON-03")
@pytest.mark.rule("BRC-05")
@pytest.mark.parametrize(("risk", "hours"), [(None, 4), ("high", 4), ("medium", 24), ("standard", 24)])
def test_only_a_possible_breach_goes_by_the_grade_and_unassessed_runs_as_high(risk: str | None, hours: int) -> None:
    assert rules.action_due(Trigger.POSSIBLE_BREACH_RAISED, AT, risk) == AT + timedelta(hours=hours)
    for others, triggers in HOURS.items():
        for one in triggers - {Trigger.POSSIBLE_BREACH_RAISED}:
            assert rules.action_due(one, AT, risk) == AT + timedelta(hours=others), one


@pytest.mark.rule("MON-03")
def test_every_trigger_of_annex_e_has_its_hours() -> None:
    assert set().union(*HOURS.values()) == set(Trigger)


@pytest.mark.rule("MON-03")
@pytest.mark.parametrize(
    ("known_on", "raised_on", "act_by"),
    [
        (date(2026, 11, 1), date(2026, 12, 8), date(2026, 12, 11)),
        (date(2026, 12, 8), date(2026, 12, 8), date(2026, 12, 11)),
        (date(2026, 12, 10), date(2026, 12, 10), date(2026, 12, 13)),
        (date(2026, 12, 12), date(2026, 12, 12), date(2026, 12, 14)),
        (date(2026, 12, 14), date(2026, 12, 14), date(2026, 12, 14)),
        (date(2026, 12, 15), date(2026, 12, 15), date(2026, 12, 15)),
    ],
)
def test_a_day_that_draws_near_is_acted_on_before_its_eve_is_over(
    known_on: date, raised_on: date, act_by: date
) -> None:
    found = rules.near(date(2026, 12, 15), known_on)
    assert (found.raised_on, found.act_by) == (raised_on, act_by)


@pytest.mark.rule("MON-03")
def test_as_instants_it_is_raised_at_midnight_or_when_known_and_due_to_the_end_of_its_day() -> None:
    on = date(2026, 12, 15)
    assert rules.near_at(on, datetime(2026, 11, 1, 9, tzinfo=UTC)) == (
        datetime(2026, 12, 8, tzinfo=UTC), datetime(2026, 12, 12, tzinfo=UTC)
    )  # fmt: skip
    late = datetime(2026, 12, 13, 9, tzinfo=UTC)
    assert rules.near_at(on, late) == (late, datetime(2026, 12, 15, tzinfo=UTC))


@pytest.mark.rule("MON-03")
@pytest.mark.parametrize(
    ("days", "period"),
    [
        ([], None),
        ([date(2026, 11, 1)], Period(date(2026, 11, 1), date(2026, 11, 29))),
        # A later trigger lengthens it, in whatever order they were recorded.
        ([date(2026, 11, 20), date(2026, 11, 1)], Period(date(2026, 11, 1), date(2026, 12, 18))),
        ([date(2026, 11, 1), date(2026, 11, 30)], Period(date(2026, 11, 1), date(2026, 12, 28))),
        # A day between two times of closer watch keeps them apart.
        ([date(2026, 11, 1), date(2026, 12, 1)], Period(date(2026, 12, 1), date(2026, 12, 29))),
    ],
)
def test_the_closer_watch_lasts_28_days_from_the_latest_trigger(days: list[date], period: Period | None) -> None:
    assert rules.latest_period(days) == period


@pytest.mark.rule("MON-03")
@pytest.mark.parametrize(
    ("standing", "until"),
    [
        (None, date(2026, 11, 29)),
        (date(2026, 11, 28), date(2026, 11, 29)),
        (date(2026, 11, 30), date(2026, 11, 30)),
    ],
)
def test_a_later_trigger_never_shortens_it(standing: date | None, until: date) -> None:
    assert rules.heightened_until(date(2026, 11, 1), standing) == until


@pytest.mark.rule("MON-03")
def test_a_period_holds_its_first_and_its_last_day() -> None:
    period = Period(date(2026, 11, 1), date(2026, 11, 29))
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 29), date(2026, 11, 30)]
    assert [period.holds(day) for day in days] == [False, True, True, False]
    assert timedelta(days=3) == rules.HEIGHTENED_INTERVAL


@pytest.mark.rule("MON-03")
@pytest.mark.parametrize(
    ("trigger", "known_at", "on", "raised_at", "due_at"),
    [
        (Trigger.ORDER_SERVED, AT - DAY, None, AT, AT + 3 * DAY),
        (Trigger.ORDER_SERVED, AT + DAY, None, AT + DAY, AT + 4 * DAY),
        (
            Trigger.HEARING_NEAR,
            AT,
            date(2026, 12, 15),
            datetime(2026, 12, 8, tzinfo=UTC),
            datetime(2026, 12, 12, tzinfo=UTC),
        ),
        (
            *(Trigger.FEARED_DATE_NEAR, datetime(2026, 12, 14, 12, tzinfo=UTC), date(2026, 12, 15)),
            *(datetime(2026, 12, 14, 12, tzinfo=UTC), datetime(2026, 12, 15, tzinfo=UTC)),
        ),
    ],
    ids=["known before", "known later", "a hearing", "a feared day known on its eve"],
)
def test_what_is_told_is_raised_once_it_is_known_and_due_by_its_hours_or_before_its_eve_is_over(
    trigger: Trigger, known_at: datetime, on: date | None, raised_at: datetime, due_at: datetime
) -> None:
    told = rules.Told(trigger, "a key", AT, known_at, on)
    assert (told.raised_at, told.due_at()) == (raised_at, due_at)


@pytest.mark.rule("MON-03")
def test_only_a_hearing_and_a_feared_day_are_raised_by_a_day() -> None:
    assert {Trigger.HEARING_NEAR, Trigger.FEARED_DATE_NEAR} == rules.DATED
