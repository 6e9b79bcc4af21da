"""Who reads in which order people are reviewed, who decides of it, who states whom the force scores, and who plans (page map,
P21, P22, P24; PRI-01, PRI-06, PRI-07, SEC-01).
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
