"""Which versions of the champions' programme the invented force accepts, and what its posts are to carry, as its lead states it.

Until somebody states it nobody counts as a champion, and nobody as in post for any work (RES-01, RES-03).
"""

from datetime import timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.access.queries import acting_user, find_user
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.config.generate.champions import CHAMPIONS, FIRST_COUNTS_FOR, SECOND_SINCE
from craffu.resourcing.champions.actions import NewAim, NewVersion, accept_version, decide_aim, withdraw_version
from craffu.resourcing.champions.kinds import Aim, Taught
from craffu.resourcing.champions.queries import versions_of
from craffu.resourcing.posts.actions import NewCapacity, state_capacity
from craffu.resourcing.posts.kinds import Work
from craffu.resourcing.posts.queries import roles_of

_LEAD: Final = "workforce-lead"
_WHY: Final = "As the programme board decided (demo)"
_LONG_AGO: Final = timedelta(days=5_000)
# What the second version teaches: two aims are left to be decided.
_TAUGHT: Final = {
    Aim.SUSPECT_FOCUSED: (Taught.ADAPT, "Module 2"),
    Aim.REPEAT_SUSPECTS: (Taught.ADOPT, "Module 3"),
    Aim.PROCEDURAL_JUSTICE: (Taught.ADOPT, "Module 1"),
    Aim.LEARNING_WELLBEING: (Taught.NOT, ""),
    Aim.CLASSIFYING: (Taught.ADOPT, "Module 1"),
    Aim.CIVIL_ORDERS: (Taught.ADAPT, "Module 4"),
}
_CARRIES: Final = {"civil orders officer": (Work.ORDERS, 20), "offender manager": (Work.COHORT, 25)}


def state_staffing(by: Acting) -> None:
    """Once, after staff was taken in: a demo that is begun again keeps what was stated."""
    user = find_user(_LEAD)
    if user is None or versions_of(by):
        return
    lead, today = acting_user(user), day_of(clock.now())
    second = today - timedelta(days=SECOND_SINCE)
    first = accept_version(by=lead, given=NewVersion(CHAMPIONS, "1", second - _LONG_AGO, _WHY))
    withdraw_version(by=lead, number=first.pk, last_day=second + timedelta(days=FIRST_COUNTS_FOR), reason=_WHY)
    newest = accept_version(by=lead, given=NewVersion(CHAMPIONS, "2", second, _WHY))
    for aim, (taught, module) in _TAUGHT.items():
        decide_aim(by=lead, number=newest.pk, given=NewAim(aim, taught, module, _WHY))
    roles = roles_of(by)
    for role, (work, most) in _CARRIES.items():
        if role in roles:
            state_capacity(by=lead, given=NewCapacity(role, work, most, _WHY))
