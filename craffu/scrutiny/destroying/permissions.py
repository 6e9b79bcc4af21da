"""Who asks for words to be destroyed and who decides it: never the same person (SEC-09; page map, P41).

Whoever holds the interview or looks after the victim asks. An auditor decides, and reads no word of them.
"""

from typing import Final

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.common.refusals import NotPermitted

DECIDE: Final = "auditor"


def check_can_decide(by: Acting) -> User:
    """Returns who it is."""
    check_holds(by, DECIDE)
    if by.user is None:
        raise NotPermitted("nobody", _("Only a named person does this."))
    return by.user


def check_asked_by_another(user: User, asked_by: User) -> None:
    """Two people, whatever roles one of them holds."""
    if user == asked_by:
        raise NotPermitted("asked_it_themselves", _("You asked for this yourself. Somebody else decides it."))
