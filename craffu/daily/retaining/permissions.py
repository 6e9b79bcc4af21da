"""Who reviews what is kept, who holds it, and who erases: auditors, and never one of them for both (SEC-08, SEC-09; Annex F)."""

from typing import Final

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.common.refusals import NotPermitted

REVIEW: Final = "auditor"


def check_can_review(by: Acting) -> User:
    """Returns who it is."""
    check_holds(by, REVIEW)
    if by.user is None:
        raise NotPermitted("nobody", _("Only a named person does this."))
    return by.user


def check_asked_by_another(user: User, asked_by: User | None) -> None:
    """Two people, whatever roles one of them holds."""
    if user == asked_by:
        raise NotPermitted("asked_it_themselves", _("You asked for this yourself. Somebody else decides it."))
