"""Who may see a person (page map: P05 opens to operations, victim contact officers and, in part, response officers)."""

from craffu.access.acting import OPERATOR, Acting
from craffu.access.permissions import check_holds
from craffu.access.roles import OPS


def check_can_view_person(by: Acting) -> None:
    check_holds(by, *OPS, "victim_officer", "response_officer")


def check_can_search(by: Acting) -> None:
    """Who may look for somebody (page map: P02 opens to response officers, operations, victim contact officers, linkage
    reviewers and auditors). What they may open then is each page's own question.
    """
    check_holds(by, *OPS, "victim_officer", "response_officer", "link_clerk", "auditor", OPERATOR)


def check_can_view_court_story(by: Acting) -> None:
    """Hearings and results on a person's page: not part of what a response officer reads there."""
    check_holds(by, *OPS, "victim_officer")
