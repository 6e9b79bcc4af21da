"""The only write of what posts of a role are to carry: which work, and the most of it for each person in post (R1a, RES-03)."""

from dataclasses import dataclass
from datetime import datetime

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.resourcing import events
from craffu.resourcing.models import CapacityStated
from craffu.resourcing.permissions import check_can_state
from craffu.resourcing.policies import check_is_role, check_most, check_says_why
from craffu.resourcing.posts.kinds import Work
from craffu.resourcing.posts.queries import capacities, roles_of


@dataclass(frozen=True, slots=True)
class NewCapacity:
    """What posts of a role do, and the most of it for each person in post."""

    role: str
    work: Work
    most: int
    reason: str


@action
def state_capacity(*, by: Acting, given: NewCapacity, now: datetime | None = None) -> CapacityStated:
    """From now on this counts for the role. What stands already is not kept again. Raises NotNow."""
    user, at = check_can_state(by), now or clock.now()
    check_is_role(is_known=given.role in roles_of(by))
    check_most(given.most)
    check_says_why(given.reason)
    lock_until_commit("capacity", by.force.code)
    last = capacities(by).get(given.role)
    said = (given.work.value, given.most, given.reason.strip())
    if last is not None and (last.work, last.most, last.reason) == said:
        return last
    row: CapacityStated = CapacityStated.objects.create(
        force=by.force, role=given.role, work=given.work.value, most=given.most, reason=given.reason.strip(), by=user,
        known_from=at,
    )  # fmt: skip
    audit.record(kind=events.CAPACITY_STATED, actor=by.actor, refs=[f"capacity/{row.pk}"], request=by.request, now=at)
    return row
