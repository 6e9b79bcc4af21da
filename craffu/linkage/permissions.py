"""Who may see and decide which records are one person (page map: P35 and P36 open to linkage reviewers; no casework)."""

from craffu.access.acting import OPERATOR, SYSTEM, Acting
from craffu.access.permissions import check_holds
from craffu.access.unattended.rules import LINKING

REVIEWS = ("link_clerk",)


def check_can_link(by: Acting) -> None:
    """Who trains the model and has it compare records: nobody in person."""
    check_holds(by, SYSTEM, OPERATOR, LINKING)


def check_can_view_pairs(by: Acting) -> None:
    check_holds(by, *REVIEWS)


def check_can_ask_why(by: Acting) -> None:
    """Why two are or are not one person: whoever decides on pairs, and whoever has the register linked at the machine."""
    check_holds(by, *REVIEWS, OPERATOR)


def check_can_decide_pair(by: Acting) -> None:
    """A person decides, never a program: a word outranks the model for good (IDN-04)."""
    check_holds(by, *REVIEWS)
