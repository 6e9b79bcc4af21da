"""Who reviews a case blind: a scrutiny officer or a volunteer to whom it was given, and nobody who works on cases (P29, SCR-07).

Of a review that is somebody else's a reviewer does not even learn that it is there.
"""

from typing import Final

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.scrutiny.interviewing.permissions import check_does_no_casework, somebody

REVIEWERS: Final = ("scrutiny_officer", "volunteer_reviewer")
ADJUDICATORS: Final = ("scrutiny_officer",)


def check_can_review(by: Acting) -> User:
    """Returns who it is. Which reviews are theirs, `queries.find_own_review` says."""
    check_holds(by, *REVIEWERS)
    check_does_no_casework(by)
    return somebody(by)


def check_can_adjudicate(by: Acting) -> User:
    """Returns who it is."""
    check_holds(by, *ADJUDICATORS)
    check_does_no_casework(by)
    return somebody(by)
