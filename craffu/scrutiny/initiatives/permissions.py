"""Who keeps the force's initiatives and who reads them; whoever may build a snapshot counts from it (C4; SEC-01)."""

from typing import Final

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.common.refusals import NotPermitted
from craffu.measures.permissions import OPENED_BY
from craffu.measures.permissions import shown_to as told_to
from craffu.published.disclosure import To

KEEP: Final = ("workforce_lead", "coordinator")
READ: Final = (*KEEP, "supervisor", "scrutiny_officer", "commissioner_view")


def check_can_keep_initiatives(by: Acting) -> User:
    """Whoever leads on them for the force. Returns who it is."""
    check_holds(by, *KEEP)
    if by.user is None:
        raise NotPermitted("nobody", _("Only a named person does this."))
    return by.user


def check_can_read_initiatives(by: Acting) -> None:
    check_holds(by, *READ)


def shown_to(by: Acting, measure: str) -> To:
    """As on the page of the measure itself: every count for whoever may open all the rows behind it (MSR-03)."""
    return told_to(by, OPENED_BY[measure])
