"""Who may see a case (page map: P10 opens to operations and victim contact officers) and who records results.

The page map gives victim contact officers only the cases they are linked to. Nothing links them yet, so they see every
case of their force, as operations do.
"""

from craffu.access.acting import OPERATOR, SYSTEM, Acting
from craffu.access.permissions import check_can_break_glass, check_holds
from craffu.access.roles import OPS


def check_can_view_case(by: Acting) -> None:
    check_holds(by, *OPS, "victim_officer")


def check_can_open_case(by: Acting, reference: str) -> None:
    """One case: whoever sees cases, and somebody at a door who has opened this one in an emergency (SEC-03)."""
    if by.opened("case", reference):
        check_can_break_glass(by)
    else:
        check_can_view_case(by)


def check_can_record_court(by: Acting) -> None:
    """Recording what a court did: its own feed, the people who bring its word, or who says whose a parked result is."""
    check_holds(by, SYSTEM, OPERATOR, "court_liaison", "orders_team", "analyst", "link_clerk")
