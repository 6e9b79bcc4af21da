"""What raises heightened follow-up, by when the first action is due, and how long an order is watched more closely (MON-03).

Hours are elapsed hours from the trigger (rules.md, Annex E). That a day draws near is a trigger seven days before it. While an
order is watched more closely its conditions are checked every three days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.clocks.london import day_of, due, end_of, start_of

# `monitor.heightened_days`, `monitor.heightened_interval` and `monitor.date_trigger_days`.
HEIGHTENED_DAYS: Final = 28
HEIGHTENED_INTERVAL: Final = timedelta(days=3)
AHEAD: Final = timedelta(days=7)
ACT_WITHIN: Final = timedelta(days=3)
_EVE: Final = timedelta(days=1)


class Trigger(StrEnum):
    """What raises heightened follow-up. Keys are stored."""

    NOTIFICATION_MISSED = "notification_missed"
    POSSIBLE_BREACH_RAISED = "possible_breach_raised"
    RELEASED_FROM_CUSTODY = "released_from_custody"
    NEW_REPORT_SAME_VICTIM = "new_report_same_victim"
    VICTIM_MORE_AFRAID = "victim_more_afraid"
    CHECK_FOUND_CONCERN = "check_found_concern"
    TAG_OR_DEVICE_ALERT = "tag_or_device_alert"
    NAME_OR_ADDRESS_CHANGED = "name_or_address_changed"
    ORDER_SERVED = "order_served"
    ORDER_EXPIRY_WATCH = "order_expiry_watch"
    RELAXATION_OR_DISCHARGE_SOUGHT = "relaxation_or_discharge_sought"
    HEARING_NEAR = "hearing_near"
    FEARED_DATE_NEAR = "feared_date_near"
    HOME_NEAR_PROTECTED = "home_near_protected"


# `monitor.trigger_due`: elapsed hours to the first action.
HOURS: Final[Mapping[Trigger, int]] = {
    Trigger.NOTIFICATION_MISSED: 24,
    Trigger.POSSIBLE_BREACH_RAISED: 24,
    Trigger.RELEASED_FROM_CUSTODY: 24,
    Trigger.NEW_REPORT_SAME_VICTIM: 24,
    Trigger.VICTIM_MORE_AFRAID: 24,
    Trigger.CHECK_FOUND_CONCERN: 24,
    Trigger.TAG_OR_DEVICE_ALERT: 4,
    Trigger.NAME_OR_ADDRESS_CHANGED: 72,
    Trigger.ORDER_SERVED: 72,
    Trigger.ORDER_EXPIRY_WATCH: 72,
    Trigger.RELAXATION_OR_DISCHARGE_SOUGHT: 72,
    Trigger.HEARING_NEAR: 72,
    Trigger.FEARED_DATE_NEAR: 72,
    # Not in Annex E: as soon as an alert of a tag (ADR 121).
    Trigger.HOME_NEAR_PROTECTED: 4,
}
# The first contact after a possible breach at high risk (BRC-05), as which unassessed counts (RSK-02).
HOURS_AT_HIGH_RISK: Final = 4
BELOW_HIGH: Final = frozenset({"medium", "standard"})
# What is raised by a day that draws near, and not by something that happened.
DATED: Final = frozenset({Trigger.HEARING_NEAR, Trigger.FEARED_DATE_NEAR})


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which an order is watched more closely, both included."""

    first_day: date
    last_day: date

    def holds(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def hours_to_act(trigger: Trigger, risk: str | None = None) -> int:
    """How many elapsed hours there are to the first action. `risk` is the professional's grade, None while unassessed."""
    if trigger is Trigger.POSSIBLE_BREACH_RAISED and risk not in BELOW_HIGH:
        return HOURS_AT_HIGH_RISK
    return HOURS[trigger]


def action_due(trigger: Trigger, at: datetime, risk: str | None = None) -> datetime:
    """The last instant at which the first action is in time, of a trigger that is no day drawing near."""
    return due(at, timedelta(hours=hours_to_act(trigger, risk)))


@dataclass(frozen=True, slots=True)
class Near:
    """A day that draws near: on which day that is a trigger, and the last day for the first action."""

    raised_on: date
    act_by: date


def near(on: date, known_on: date) -> Near:
    """A hearing, an anniversary or another day that somebody fears: seven days before, or at once where it is known later.

    Acted on within three days, and by the end of the day before it where that has not come already.
    """
    raised_on = max(on - AHEAD, known_on)
    return Near(raised_on, max(raised_on, min(raised_on + ACT_WITHIN, on - _EVE)))


def near_at(on: date, known_at: datetime) -> tuple[datetime, datetime]:
    """The same as instants: since when it is a trigger, and the midnight that ends the last day for the first action."""
    found = near(on, day_of(known_at))
    return max(start_of(found.raised_on), known_at), end_of(found.act_by)


def heightened_until(raised_on: date, standing_until: date | None = None) -> date:
    """The last day of the closer watch that a trigger brings: a later one can lengthen it, and never shortens it."""
    until = raised_on + timedelta(days=HEIGHTENED_DAYS)
    return until if standing_until is None else max(until, standing_until)


def latest_period(raised_on: Iterable[date]) -> Period | None:
    """The last unbroken time of closer watch that triggers of these days bring; None where there was no trigger."""
    found: Period | None = None
    for day in sorted(raised_on):
        goes_on = found is not None and day <= found.last_day + _EVE
        first = found.first_day if found is not None and goes_on else day
        found = Period(first, heightened_until(day))
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """A trigger that a record tells of: `key` is its own for ever within its kind and order.

    `at` is when it happened, and `known_at` when we knew of it; `on` is the day, where it is one that draws near.
    """

    trigger: Trigger
    key: str
    at: datetime
    known_at: datetime
    on: date | None = None

    @property
    def raised_at(self) -> datetime:
        """From when on it is a trigger: never before we knew of it."""
        return max(self.at, self.known_at) if self.on is None else near_at(self.on, self.known_at)[0]

    def due_at(self, risk: str | None = None) -> datetime:
        """By when the first action is due, by the grade as it stood when it was raised."""
        if self.on is not None:
            return near_at(self.on, self.known_at)[1]
        return action_due(self.trigger, self.raised_at, risk)
