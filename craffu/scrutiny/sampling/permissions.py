"""Who plans, draws and follows a dip sample: the commissioner's officers and analysts, none of whom works on cases (P28, P30)."""

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.scrutiny.interviewing.permissions import INTERVIEWERS, check_does_no_casework, somebody


def check_can_sample(by: Acting) -> User:
    """Returns who it is."""
    check_holds(by, *INTERVIEWERS)
    check_does_no_casework(by)
    return somebody(by)
