"""Who runs panels of volunteers and who sits on one: a scrutiny officer, and volunteers who work on no case (SEC-01).

Of a panel on which a volunteer does not sit they do not even learn that it is there: `queries.find_own_panel`.
"""

from typing import Final

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.scrutiny.interviewing.permissions import check_does_no_casework, somebody

RUN: Final = "scrutiny_officer"
SIT: Final = "volunteer_reviewer"
READ: Final = (RUN, SIT)


def check_can_run_panels(by: Acting) -> User:
    """Returns who it is."""
    check_holds(by, RUN)
    check_does_no_casework(by)
    return somebody(by)


def check_can_sit(by: Acting) -> User:
    """Who gives a verdict as a member. Returns who it is."""
    check_holds(by, SIT)
    check_does_no_casework(by)
    return somebody(by)


def check_can_read_panels(by: Acting) -> User:
    """Returns who it is."""
    check_holds(by, *READ)
    check_does_no_casework(by)
    return somebody(by)
