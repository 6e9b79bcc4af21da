"""Who may store published figures, enter one by hand, and read the profile (page map: P27)."""

from typing import Final

from craffu.access.acting import OPERATOR, SYSTEM, Acting
from craffu.access.permissions import check_holds

VIEW_PROFILE: Final = ("supervisor", "analyst", "scrutiny_officer", "commissioner_view")


def check_can_record_figures(by: Acting) -> None:
    check_holds(by, "analyst", SYSTEM, OPERATOR)


def check_can_enter_by_hand(by: Acting) -> None:
    """A figure read in a publication is somebody's word: a named person's, never a job's."""
    check_holds(by, "analyst", OPERATOR)


def check_can_view_profile(by: Acting) -> None:
    check_holds(by, *VIEW_PROFILE, OPERATOR)
