"""Who reads where champions are and how posts stand, and who states what counts (page map, P38 and P39; R1a, R2a)."""

from typing import Final

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.access.roles import OPS
from craffu.common.refusals import NotPermitted

LEADS: Final = "workforce_lead"
COMMISSIONER: Final = "commissioner_view"
READ_CHAMPIONS: Final = ("response_officer", *OPS, "victim_officer", LEADS)
READ_COVERAGE: Final = (*READ_CHAMPIONS, COMMISSIONER)
READ_POSTS: Final = (LEADS, "supervisor", COMMISSIONER)


def check_can_read_champions(by: Acting) -> None:
    """Names and telephone numbers: whoever may need one. The commissioner reads how shifts are covered, and nobody's name."""
    check_holds(by, *READ_CHAMPIONS)


def check_can_read_coverage(by: Acting) -> None:
    check_holds(by, *READ_COVERAGE)


def check_can_read_posts(by: Acting) -> None:
    check_holds(by, *READ_POSTS)


def check_can_state(by: Acting) -> User:
    """Which versions count, what they teach and how much a post carries: the workforce lead. Returns who it is."""
    check_holds(by, LEADS)
    if by.user is None:
        raise NotPermitted("nobody", _("Only a named person does this."))
    return by.user
