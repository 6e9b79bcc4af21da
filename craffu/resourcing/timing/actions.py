"""The only write of how long due work takes: minutes of a task, or hours that a full-time post has in a week (R1a)."""

from dataclasses import dataclass
from datetime import datetime

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.resourcing import events
from craffu.resourcing.models import TimeStated
from craffu.resourcing.permissions import check_can_state
from craffu.resourcing.policies import check_says_why, check_time
from craffu.resourcing.timing.kinds import Timed
from craffu.resourcing.timing.queries import times_stated
from craffu.resourcing.timing.rules import MOST


@dataclass(frozen=True, slots=True)
class NewTime:
    """How many minutes a task takes, or how many hours a week has."""

    timed: Timed
    amount: int
    reason: str


@action
def state_time(*, by: Acting, given: NewTime, now: datetime | None = None) -> TimeStated:
    """From now on forecasts are made by this. What stands already is not kept again. Raises NotNow."""
    user, at = check_can_state(by), now or clock.now()
    check_time(given.amount, MOST[given.timed])
    check_says_why(given.reason)
    lock_until_commit("time", by.force.code)
    last = times_stated(by).get(given.timed)
    if last is not None and (last.amount, last.reason) == (given.amount, given.reason.strip()):
        return last
    row: TimeStated = TimeStated.objects.create(
        force=by.force,
        timed=given.timed.value,
        amount=given.amount,
        reason=given.reason.strip(),
        by=user,
        known_from=at,
    )
    audit.record(kind=events.TIME_STATED, actor=by.actor, refs=[f"time/{row.pk}"], request=by.request, now=at)
    return row
