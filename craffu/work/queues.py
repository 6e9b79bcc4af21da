"""The work queues and which roles work on each (page map, P01 and P03). Keys stand in addresses and are stored."""

from collections.abc import Mapping
from typing import Final

from craffu.access.roles import OPS

SUPERVISOR: Final = "supervisor"

QUEUES: Final[Mapping[str, frozenset[str]]] = {
    "live-risks": frozenset({"duty_inspector", "coordinator"}),
    "breaches": frozenset({"investigator", "duty_inspector"}),
    "breaches-late": frozenset({"duty_inspector"}),
    "telling": frozenset({"investigator", "victim_officer"}),
    "promises": frozenset({"investigator", "victim_officer"}),
    "agreements": frozenset({"investigator", "victim_officer"}),
    "consider": frozenset({"investigator"}),
    "authorise": frozenset({"authoriser"}),
    "service": frozenset({"response_officer", "orders_team"}),
    "hearings": frozenset({"orders_team"}),
    "court-orders": frozenset({"orders_team", "court_liaison", "investigator"}),
    "order-inbox": frozenset({"orders_team", "court_liaison"}),
    "transfers": frozenset({"orders_team", "coordinator"}),
    "terms-to-check": frozenset({"orders_team"}),
    "order-cards": frozenset({"orders_team", "offender_manager"}),
    "morning-lists": frozenset({"offender_manager"}),
    "assessments": frozenset(OPS),
    "second-looks": frozenset(OPS),
    "priority": frozenset({"offender_manager", "coordinator"}),
    "meetings": frozenset({"offender_manager", "coordinator", "investigator"}),
    "patterns": frozenset({"coordinator"}),
    "notifications": frozenset({"offender_manager"}),
    "heightened": frozenset({"offender_manager", "investigator"}),
    "checks": frozenset({"offender_manager"}),
    "reviews": frozenset({"investigator", "offender_manager"}),
    "plans": frozenset({"offender_manager", "investigator", "coordinator"}),
    "expiry": frozenset({"orders_team", "offender_manager"}),
    "surveys": frozenset({"victim_officer"}),
    "advice": frozenset({"coordinator", "investigator"}),
    "pairs": frozenset({"link_clerk"}),
    "recommendations": frozenset({"scrutiny_officer"}),
    "deep-dives": frozenset({"scrutiny_officer"}),
    "case-reviews": frozenset({"scrutiny_officer"}),
    "retention": frozenset({"auditor"}),
    "rights-requests": frozenset({"auditor"}),
}
# What only its own role sees: nobody in the force supervises an auditor or the commissioner's office, and whose record a pair
# is of is for those who link.
_UNSUPERVISED: Final = frozenset(
    {"pairs", "deep-dives", "case-reviews", "recommendations", "retention", "rights-requests"}
)


def roles_of(queue: str) -> frozenset[str]:
    """Who opens a queue: its roles, and the supervisor."""
    return QUEUES[queue] if queue in _UNSUPERVISED else QUEUES[queue] | {SUPERVISOR}
