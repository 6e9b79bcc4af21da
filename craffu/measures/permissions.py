"""Who may build the snapshot and read measures, and from whom small counts are hidden (page map, P25; MSR-03)."""

from collections.abc import Collection
from typing import Final

from craffu.access.acting import OPERATOR, SYSTEM, Acting
from craffu.access.permissions import check_holds
from craffu.published.disclosure import To

# Who sees figures of the whole force, which name nobody.
SEE: Final = (
    "supervisor",
    "coordinator",
    "orders_team",
    "analyst",
    "scrutiny_officer",
    "commissioner_view",
    "victim_officer",
)
BUILD: Final = ("analyst", "coordinator", "scrutiny_officer")


def check_can_see(by: Acting) -> None:
    check_holds(by, *SEE, OPERATOR, SYSTEM)


def check_can_build(by: Acting) -> None:
    check_holds(by, *BUILD, OPERATOR, SYSTEM)


def shown_to(by: Acting, opened_by: Collection[str]) -> To:
    """Nothing is hidden from whoever may open every row behind a figure; a commissioner reads by the rule for the public.

    `opened_by` are the roles that open those rows. Whom a record is shut to may not open every row.
    """
    if by.holds_any(*opened_by) and by.sees_all:
        return To.ROWS
    is_inside = by.holds_any(*(one for one in SEE if one != "commissioner_view"), OPERATOR, SYSTEM)
    return To.INTERNAL if is_inside else To.PUBLIC
