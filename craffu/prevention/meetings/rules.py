"""What a cohort meeting may decide about somebody, what follows at once, and what an agency is given (PRI-06, PRI-10).

Pure. That minutes are approved within five working days is a policy of the project (ADR 74); every 28 days is PRI-10's, and how
often MATACs meet.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from craffu.clocks.working_days import working_days_after
from craffu.prevention.meetings.kinds import Decision, Effect, Stage

APPROVED_WITHIN_WORKING_DAYS: Final = 5
MEETS_EVERY: Final = timedelta(days=28)
# How long before a meeting a member who falls due by it stands in anybody's list.
AHEAD: Final = timedelta(days=7)


def stage(day: date, today: date, *, is_approved: bool, is_called_off: bool) -> Stage:
    if is_called_off:
        return Stage.CALLED_OFF
    if is_approved:
        return Stage.APPROVED
    return Stage.TO_COME if today < day else Stage.MINUTING


def minutes_due(day: date) -> date:
    """By when the minutes of a meeting on a day are approved."""
    return working_days_after(day, APPROVED_WITHIN_WORKING_DAYS).due_day


def next_due(day: date) -> date:
    """By when a meeting follows on one that was held on a day."""
    return day + MEETS_EVERY


def offered(*, was_member: bool) -> tuple[Decision, ...]:
    """What can be decided about somebody who was in the cohort before the meeting decided, or was not."""
    return (Decision.KEEP if was_member else Decision.SELECT, Decision.DESELECT, Decision.DEFER)


def effect(decision: Decision, before: Decision | None, *, was_member: bool, is_member: bool) -> Effect:
    """What follows in the cohort, at once, so that they stand as if this had been the meeting's only decision about them.

    `before` is what the same meeting decided last; `was_member` whether they were in the cohort before it decided anything. A
    deferred one is as they were. A look that was recorded stays: whoever decided to keep them looked.
    """
    is_to_be = was_member if decision is Decision.DEFER else decision in (Decision.SELECT, Decision.KEEP)
    if is_to_be and not is_member:
        return Effect.ENTERED
    if is_member and not is_to_be:
        return Effect.LEFT
    return Effect.REVIEWED if decision is Decision.KEEP and before is not Decision.KEEP else Effect.NOTHING


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody asked to a meeting: for which agency (None is the force), whether they came, and gave the undertaking."""

    agency: int | None
    came: bool
    undertook: bool


def bound(everybody: Iterable[Came]) -> frozenset[int]:
    """The agencies that may be given anything of the meeting: somebody came, and all who came for it gave the undertaking."""
    there: dict[int, list[bool]] = {}
    for one in everybody:
        if one.agency is not None and one.came:
            there.setdefault(one.agency, []).append(one.undertook)
    return frozenset(agency for agency, undertook in there.items() if all(undertook))


def items_for(agency: int, has: Mapping[int, Collection[int]], bound_now: Collection[int]) -> list[int]:
    """The items that an agency is given, of the agencies that are to have each, by item: none that it has no need to know."""
    return [item for item, agencies in has.items() if agency in agencies] if agency in bound_now else []
