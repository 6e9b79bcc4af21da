"""When due work is missed, and who is told of it (MON-04).

What is not done by its due time is missed for good: the supervisor is told at once, the inspector after 72 elapsed hours while
it is still not done. Doing it late undoes no miss. Each step is raised once, however often the clock runs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.clocks.london import due


class Step(StrEnum):
    """Who is told of what was missed, in order."""

    SUPERVISOR = "supervisor"
    INSPECTOR = "inspector"


# `monitor.escalate_inspector_after`; the supervisor is told at once.
TOLD_AFTER: Final = {Step.SUPERVISOR: timedelta(0), Step.INSPECTOR: timedelta(hours=72)}


@dataclass(frozen=True, slots=True)
class Missed:
    """Whether work was missed, whom that has been or is now to be told, and which of them nobody has told yet."""

    overdue_from: datetime
    missed: bool
    escalated_to: tuple[Step, ...]
    new_escalations: tuple[Step, ...]


def missed(
    overdue_from: datetime, now: datetime, *, done_at: datetime | None = None, already_raised: Iterable[str] = ()
) -> Missed:
    """How due work stands that is overdue from an instant on: the end, exclusive, of its due day or time.

    Work done up to a step is not taken to that step; what is done after `now` is not done yet.
    """
    done = done_at if done_at is not None and done_at <= now else None
    is_missed = (now if done is None else done) >= overdue_from
    raised = set(already_raised)
    told = tuple(
        step
        for step, after in TOLD_AFTER.items()
        if is_missed and due(overdue_from, after) <= (now if done is None else done)
    )
    return Missed(overdue_from, is_missed, told, tuple(step for step in told if step.value not in raised))
