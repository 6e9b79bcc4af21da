"""Who holds interviews of practice, who reads them, and who in the force is told of a danger (page map, P31; VIC-08, SEC-01).

Scrutiny officers of the commissioner's office read every one, and whoever asked reads their own. Nobody who works on cases reads
any, whatever else they are: those who answer are told so.
"""

from typing import Final

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.access.roles import OPS
from craffu.common.refusals import NotPermitted

READ_ALL: Final = "scrutiny_officer"
INTERVIEWERS: Final = (READ_ALL, "analyst")
CASEWORK: Final = ("response_officer", *OPS, "victim_officer", "link_clerk", "authoriser", "duty_inspector", "court_liaison",
                   "probation_liaison", "advocate")  # fmt: skip
# The force's side: whoever has the duty, and those who answer for risk.
ACT: Final = ("duty_inspector", "supervisor", "coordinator")


def check_can_interview(by: Acting) -> User:
    """Who holds interviews and lists them. Returns who it is."""
    check_holds(by, *INTERVIEWERS)
    if by.holds_any(*CASEWORK):
        raise NotPermitted(
            "does_casework", _("You also work on cases. Interviews of practice are read by nobody who does.")
        )
    return somebody(by)


def check_can_open(by: Acting, asked_by: User) -> User:
    """One interview: a scrutiny officer, and whoever asked. Returns who it is."""
    user = check_can_interview(by)
    if not by.holds_any(READ_ALL) and asked_by != user:
        raise NotPermitted(
            "not_their_interview", _("Somebody else held this interview. A scrutiny officer may read it.")
        )
    return user


def check_can_act(by: Acting) -> User:
    """Who is told of a danger and records what was done. Returns who it is."""
    check_holds(by, *ACT)
    return somebody(by)


def check_does_no_casework(by: Acting) -> None:
    """Whoever judges how cases were worked works on none."""
    if by.holds_any(*CASEWORK):
        raise NotPermitted("does_casework", _("You also work on cases. Samples and reviews are for those who do not."))


def somebody(by: Acting) -> User:
    """Raises NotPermitted for a program."""
    if by.user is None:
        raise NotPermitted("nobody", _("Only a named person does this."))
    return by.user
