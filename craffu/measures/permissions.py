"""Who may build the snapshot and read measures, and from whom small counts are hidden (page map, P25; MSR-03)."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
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
# And about contacts with victims (page map, P17).
VICTIMS_BY: Final = ("supervisor", "victim_officer")
# Nobody opens every answer of a survey.
NOBODY: Final = ()
# Who opens orders, breaches and contacts with victims alike, and so every row of a snapshot (page map, P05, P10, P17).
EVERY_ROW: Final = ("supervisor",)
# By the code of each measure who may open every row behind its figures: small counts are hidden from everybody else.
OPENED_BY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "MET02", "MET03", "MET04", "MET05", "MET06", "MET07", "MET08", "MET09", "MET10", "MET11", "MET12", "MET13",
                "MET14", "MET15", "MET16", "MET25", "MET26",
            ),
            ORDERS_BY,
        ),
        **dict.fromkeys(
            (
                "MET01", "MET01i", "MET17", "MET18", "MET19", "MET20", "MET21", "MET22", "MET23", "MET24", "MET29", "MET31",
                "MET32",
            ),
            BREACHES_BY,
        ),
        **dict.fromkeys(("MET27", "MET28"), VICTIMS_BY),
        "MET30": NOBODY,
    }
)  # fmt: skip
BUILD: Final = ("analyst", "coordinator", "scrutiny_officer")
# Who reads figures inside the force: whoever sees measures but the commissioner, and the workforce lead, who is shown some.
_INSIDE: Final = (*(one for one in SEE if one != "commissioner_view"), "workforce_lead", OPERATOR, SYSTEM)


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
    return To.INTERNAL if by.holds_any(*_INSIDE) else To.PUBLIC
