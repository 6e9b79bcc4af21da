"""Who may take data in and see what became of it (page map: P37 opens to analysts and linkage reviewers)."""

from craffu.access.acting import OPERATOR, SYSTEM, Acting
from craffu.access.permissions import check_holds


def check_can_take_in(by: Acting) -> None:
    check_holds(by, "analyst", SYSTEM, OPERATOR)


def check_can_view_runs(by: Acting) -> None:
    check_holds(by, "analyst", "link_clerk", OPERATOR)


def check_can_decide_held(by: Acting) -> None:
    """Releasing a parked row says whose a court result is: a linkage reviewer's or an analyst's decision, never a job's."""
    check_holds(by, "analyst", "link_clerk", OPERATOR)
