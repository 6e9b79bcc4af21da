"""By when a possible breach is decided on, when whoever it was done to is reached, and who is told (BRC-05, BRC-06).

Hours are elapsed hours from the raising, whoever raised it. Where nobody has assessed the risk they run as for high (RSK-02).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.cases.risk.rules import Grade
from craffu.clocks.london import day_of, due
from craffu.orders.following.rules import heightened_until

# `breach.decide_within.high / other` and `breach.first_contact.high / other`.
DECIDE_WITHIN_AT_HIGH: Final = timedelta(hours=4)
DECIDE_WITHIN: Final = timedelta(hours=12)
CONTACT_WITHIN_AT_HIGH: Final = timedelta(hours=4)
CONTACT_WITHIN: Final = timedelta(hours=24)


def _runs_as_high(risk: Grade | None) -> bool:
    return risk is None or risk is Grade.HIGH


def decide_by(raised_at: datetime, risk: Grade | None) -> datetime:
    """The last instant at which it is decided in time; None is a risk that nobody has assessed."""
    return due(raised_at, DECIDE_WITHIN_AT_HIGH if _runs_as_high(risk) else DECIDE_WITHIN)


def contact_by(raised_at: datetime, risk: Grade | None) -> datetime:
    """The last instant at which the first safeguarding contact is in time (BRC-05)."""
    return due(raised_at, CONTACT_WITHIN_AT_HIGH if _runs_as_high(risk) else CONTACT_WITHIN)


class Contacted(StrEnum):
    """How the first safeguarding contact stands."""

    RUNNING = "running"
    ON_TIME = "on_time"
    LATE = "late"
    MISSED = "missed"


def first_contact(due_at: datetime, contacted_at: datetime | None, now: datetime) -> Contacted:
    """BRC-05: made at the due instant it is in time. Whether the breach was accepted meanwhile changes nothing."""
    if contacted_at is not None and contacted_at <= now:
        return Contacted.ON_TIME if contacted_at <= due_at else Contacted.LATE
    return Contacted.MISSED if now > due_at else Contacted.RUNNING


class Standing(StrEnum):
    """How the decision on a possible breach stands against its clock."""

    RUNNING = "running"
    OVERDUE = "overdue"
    ON_TIME = "on_time"
    LATE = "late"


class Inspector(StrEnum):
    """Whom a possible breach that nobody decided in time goes to."""

    DUTY_INSPECTOR = "duty_inspector"


@dataclass(frozen=True, slots=True)
class Clock:
    """One possible breach against its clocks; what was begun at the raising stands beside them."""

    decide_by: datetime
    standing: Standing
    escalated_to: tuple[Inspector, ...]
    new_escalations: tuple[Inspector, ...]
    contact_by: datetime
    heightened_until: date


def clock(
    raised_at: datetime,
    risk: Grade | None,
    now: datetime,
    *,
    decided_at: datetime | None = None,
    already_raised: Iterable[str] = (),
) -> Clock:
    """BRC-06: undecided past its limit it goes to the duty inspector, once however often this is asked. Deciding late undoes
    nothing.
    """
    by = decide_by(raised_at, risk)
    decided = decided_at if decided_at is not None and decided_at <= now else None
    is_late = (now if decided is None else decided) > by
    if decided is None:
        standing = Standing.OVERDUE if is_late else Standing.RUNNING
    else:
        standing = Standing.LATE if is_late else Standing.ON_TIME
    escalated = (Inspector.DUTY_INSPECTOR,) if is_late else ()
    raised = set(already_raised)
    return Clock(
        by, standing, escalated, tuple(one for one in escalated if one.value not in raised), contact_by(raised_at, risk),
        heightened_until(day_of(raised_at)),
    )  # fmt: skip
