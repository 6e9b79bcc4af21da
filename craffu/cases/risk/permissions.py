"""Who may see and judge risk (page map, P10: operations; victim contact officers see the case, and judge nobody)."""

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.access.roles import OPS
from craffu.common.refusals import NotPermitted


def check_can_view_grade(by: Acting) -> None:
    """The grade alone, at the head of a person's pages: whoever opens those, officers at a door too (page map, P05, part 1)."""
    check_holds(by, *OPS, "victim_officer", "response_officer")


def check_can_assess(by: Acting) -> User:
    """Whoever works on cases, by name: a grade is a person's and never the system's (RSK-02)."""
    check_holds(by, *OPS)
    if by.user is None:
        raise NotPermitted("nobody", _("Only a person judges risk."))
    return by.user


def check_is_second(by: Acting, assessor: User) -> User:
    """Never the assessor (RSK-04)."""
    user = check_can_assess(by)
    if user == assessor:
        raise NotPermitted("own_grade", _("You gave this grade. Somebody else looks at it."))
    return user
