"""By when a plan is reviewed: every 28 days, and sooner where something happened (PLN-02).

Pure. The rule says "on any trigger" and no day: five working days, as for the review of an order (REV-01; ADR 72).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from craffu.clocks.london import day_of
from craffu.clocks.working_days import working_days_after
from craffu.prevention.planning.kinds import Because

REVIEWED_AFTER: Final = timedelta(days=28)
AFTER_EVENT_WORKING_DAYS: Final = 5
# How long before its day a review stands in anybody's list.
AHEAD: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that asks for a review: when it was raised, and what it was."""

    at: datetime
    because: Because


@dataclass(frozen=True, slots=True)
class NextReview:
    """The last day on which the next review is in time, why then, and what raised it; `event` None is the schedule."""

    due_day: date
    because: Because
    event: Happened | None = None


def review_day(since: date) -> date:
    """By when a plan that was put forward or reviewed on a day is reviewed where nothing happens."""
    return since + REVIEWED_AFTER


def next_review(since: datetime, happened: Iterable[Happened]) -> NextReview:
    """By when a plan put forward, or reviewed last, at an instant is reviewed: what happens brings it forward, never back."""
    scheduled = NextReview(review_day(day_of(since)), Because.EVERY_28_DAYS)
    first = min((one for one in happened if one.at > since), key=lambda one: one.at, default=None)
    if first is None:
        return scheduled
    day = working_days_after(day_of(first.at), AFTER_EVENT_WORKING_DAYS).due_day
    return NextReview(day, first.because, first) if day < scheduled.due_day else scheduled
