"""Who reads in which order people are reviewed, who decides of it, who states whom the force scores, who plans, and who meets
(page map, P21 to P24; PRI-01, PRI-06, PRI-07, SEC-01).
"""

from typing import Final

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.access.policies import check_is_there

READ: Final = ("offender_manager", "supervisor", "coordinator", "investigator")
# Those who answer for who is looked at first.
STATE: Final = ("supervisor", "coordinator")
# Those who plan, and own what a plan asks for; whoever approves a plan did not put it forward.
PLAN: Final = READ
APPROVE: Final = ("supervisor",)
# Those who call, prepare and minute a cohort meeting; one of those who answer for who is looked at first takes the chair.
MEET: Final = READ
CHAIR: Final = STATE


def check_can_see_scores(by: Acting) -> None:
    check_holds(by, *READ)


def check_can_state_population(by: Acting) -> User:
    """Who it is that states it."""
    check_holds(by, *STATE)
    return check_is_there(by.user)


def check_can_decide_priority(by: Acting) -> User:
    """Who it is that says that a priority stands, puts another forward, or challenges a score: a person, never the system."""
    check_can_see_scores(by)
    return check_is_there(by.user)


def check_can_agree_priority(by: Acting) -> User:
    """Who it is that agrees to another priority, or answers a challenge."""
    check_holds(by, *STATE)
    return check_is_there(by.user)


def check_can_see_plan(by: Acting) -> None:
    check_holds(by, *PLAN)


def check_can_plan(by: Acting) -> User:
    """Who it is that plans: a named person, never the system (PRI-06)."""
    check_holds(by, *PLAN)
    return check_is_there(by.user)


def check_can_approve_plan(by: Acting) -> User:
    """Who it is that approves; that it is not whoever put it forward is a policy."""
    check_holds(by, *APPROVE)
    return check_is_there(by.user)


def check_can_see_meetings(by: Acting) -> None:
    check_holds(by, *MEET)


def check_can_meet(by: Acting) -> User:
    """Who it is that calls a meeting, proposes, minutes or takes minutes out: a named person, never the system (PRI-06)."""
    check_holds(by, *MEET)
    return check_is_there(by.user)


def check_can_chair(by: Acting) -> User:
    """Who it is that may take the chair; that they have it is a policy."""
    check_holds(by, *CHAIR)
    return check_is_there(by.user)
