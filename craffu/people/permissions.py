"""Who may see a person (page map: P05 opens to operations, victim contact officers and, in part, response officers)."""

from craffu.access.acting import Acting
from craffu.access.permissions import check_holds
from craffu.access.roles import OPS


def check_can_view_person(by: Acting) -> None:
    check_holds(by, *OPS, "victim_officer", "response_officer")


def check_can_view_court_story(by: Acting) -> None:
    """Hearings and results on a person's page: not part of what a response officer reads there."""
    check_holds(by, *OPS, "victim_officer")
