"""The words for rights requests: what is asked, by whom, where it stands, and what keeps an answer back (SEC-11)."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craffu.access.rights_requests.kinds import Decided, Ending, Kind, Whose
from craffu.access.rights_requests.rules import Before, Standing
from craffu.access.rights_requests.states import RightsStatus
from craffu.web.presenters import Text
from craffu.web.statuses import Status

KINDS: Mapping[str, Text] = {
    Kind.ACCESS: _("To see what is held about them"),
    Kind.RECTIFICATION: _("To have something put right"),
    Kind.RESTRICTION: _("To have use of it restricted"),
}

WHOSE: Mapping[str, Text] = {
    Whose.SUSPECT: _("Somebody recorded as a suspect or defendant"),
    Whose.VICTIM: _("Somebody recorded as a victim"),
    Whose.SOMEBODY_ELSE: _("Somebody else"),
}

DECIDED: Mapping[str, Text] = {
    Decided.AGREED: _("Agreed"),
    Decided.IN_PART: _("Agreed in part"),
    Decided.REFUSED: _("Refused"),
}

# How what was agreed is over.
ENDED: Mapping[str, Status] = {
    Ending.LIFTED: Status(_("Restriction lifted"), "grey"),
    Ending.PUT_RIGHT: Status(_("Put right"), "green"),
    Ending.NOT_PUT_RIGHT: Status(_("Not put right"), "orange"),
}

# What may never be in the answer, by who asks.
NEVER: Mapping[str, Text] = {
    Whose.SUSPECT: _(
        "Nothing of the victim’s record may be in the answer, nor anything from which it can be worked out."
    ),
    Whose.VICTIM: _(
        "Nothing of the suspect’s record may be in the answer, nor anything from which it can be worked out."
    ),
    Whose.SOMEBODY_ELSE: _("Nothing of anybody else’s record may be in the answer."),
}

STATUS: Mapping[str, Status] = {
    RightsStatus.RECEIVED: Status(_("Identity not proved yet"), "yellow"),
    RightsStatus.IDENTIFIED: Status(_("To be prepared")),
    RightsStatus.PREPARED: Status(_("Waits for approval by another")),
    RightsStatus.SENT_BACK: Status(_("Sent back"), "orange"),
    RightsStatus.APPROVED: Status(_("Approved, to be sent"), "turquoise"),
    RightsStatus.ANSWERED: Status(_("Answered"), "green"),
    RightsStatus.WITHDRAWN: Status(_("Withdrawn"), "grey"),
}

# The steps as history tells them.
DONE: Mapping[str, Text] = {
    RightsStatus.RECEIVED: _("Received"),
    RightsStatus.IDENTIFIED: _("Identity proved"),
    RightsStatus.PREPARED: _("Answer prepared"),
    RightsStatus.SENT_BACK: _("Sent back to be prepared again"),
    RightsStatus.APPROVED: _("Approved"),
    RightsStatus.ANSWERED: _("Answer sent"),
    RightsStatus.WITHDRAWN: _("Withdrawn"),
}

STANDINGS: Mapping[str, Status] = {
    Standing.RUNNING: Status(_("In time")),
    Standing.OVERDUE: Status(_("Overdue"), "red"),
    Standing.ON_TIME: Status(_("Answered in time"), "green"),
    Standing.LATE: Status(_("Answered late"), "red"),
}

# What the preparer says was done, and what is missing where it was not.
CHECKS: Mapping[str, Text] = {
    Before.REDACTED: _("Everybody else is taken out of the answer"),
    Before.SCANNED: _(
        "The answer was searched for a victim’s address, telephone, workplace, school and whereabouts, and holds none"
    ),
    Before.ASKED: _("It was asked whether to say at all that something is held"),
    Before.PRIVILEGED: _("No legal advice is in the answer"),
}
