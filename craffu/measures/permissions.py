"""Who may build the snapshot and read measures, and from whom small counts are hidden (page map, P25; MSR-03)."""

from collections.abc import Collection
from typing import Final

from django.utils.translation import gettext as _

from craffu.access.acting import OPERATOR, SYSTEM, Acting
from craffu.access.permissions import check_holds
from craffu.common.refusals import NotPermitted
from craffu.measures.digests.rules import WORK_ALONE
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
# Who may open every row behind a figure about orders (page map, P10).
ORDERS_BY: Final = ("supervisor", "coordinator", "orders_team")
# And about breaches (page map, P05).
BREACHES_BY: Final = ("supervisor", "coordinator")
# Who opens orders, breaches and contacts with victims alike, and so every row of a snapshot (page map, P05, P10, P17).
EVERY_ROW: Final = ("supervisor",)
BUILD: Final = ("analyst", "coordinator", "scrutiny_officer")


def check_can_see(by: Acting) -> None:
    check_holds(by, *SEE, OPERATOR, SYSTEM)


def check_can_read_digest(by: Acting) -> None:
    check_holds(by, *SEE, *WORK_ALONE)


def check_can_build(by: Acting) -> None:
    check_holds(by, *BUILD, OPERATOR, SYSTEM)


def check_opens_every_row(by: Acting) -> None:
    """The rows of a snapshot are open to whoever may open each record that they are of, and so has none shut to them."""
    check_holds(by, *EVERY_ROW)
    if not by.sees_all:
        raise NotPermitted("some_shut", _("Some records are shut to you, so that their rows do not leave by you."))


def check_can_list_counted(by: Acting) -> None:
    """The orders that a figure counted are listed for whoever opens orders, as far as they are open; others have counts alone."""
    check_holds(by, *ORDERS_BY)


def check_can_list_breaches(by: Acting) -> None:
    """The breaches that a figure counted are listed for whoever opens them, as far as they are open."""
    check_holds(by, *BREACHES_BY)


def check_can_publish(by: Acting) -> None:
    """A person who is named decides that anybody may read figures: no job, no service and no account of a machine."""
    if by.actor.kind != "user":
        raise NotPermitted("not_a_person", _("That figures are published is decided by a person who is named."))
    check_holds(by, *SEE)


def shown_to(by: Acting, opened_by: Collection[str]) -> To:
    """Nothing is hidden from whoever may open every row behind a figure; a commissioner reads by the rule for the public.

    `opened_by` are the roles that open those rows. Whom a record is shut to may not open every row.
    """
    if by.holds_any(*opened_by) and by.sees_all:
        return To.ROWS
    is_inside = by.holds_any(*(one for one in SEE if one != "commissioner_view"), OPERATOR, SYSTEM)
    return To.INTERNAL if is_inside else To.PUBLIC
