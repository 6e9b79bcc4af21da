"""Who carries out deep dives and signs the standing answer, and who reads what is to be published (page map, P31, P32, P34).

Scrutiny officers and analysts who work on no case work in one; a scrutiny officer alone sends it, publishes it and signs. The
commissioner reads the report as it will be published, and nothing beneath it.
"""

from typing import Final

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.scrutiny.interviewing.permissions import INTERVIEWERS, check_does_no_casework, somebody

LEAD: Final = "scrutiny_officer"
READ_REPORT: Final = (LEAD, "commissioner_view")


def check_can_work(by: Acting) -> User:
    """Returns who it is."""
    check_holds(by, *INTERVIEWERS)
    check_does_no_casework(by)
    return somebody(by)


def check_can_lead(by: Acting) -> User:
    """Who opens one, sends the draft, publishes, and signs an answer. Returns who it is."""
    check_holds(by, LEAD)
    check_does_no_casework(by)
    return somebody(by)


def check_can_read_report(by: Acting) -> None:
    check_holds(by, *READ_REPORT)
    check_does_no_casework(by)
