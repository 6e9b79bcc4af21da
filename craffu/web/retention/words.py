"""The words of keeping and erasing: groups, what begins a period again, steps, authorities, why something stays (P41)."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from craffu.access.retention.kinds import ERASES, HOLDS, Authority, Relevant, Stays, Step
from craffu.web.presenters import Text
from craffu.web.statuses import Status

GROUPS: Final[Mapping[str, Text]] = {
    "1": _("Group 1: public protection"),
    "2": _("Group 2: convicted, or an order was made"),
    "3": _("Group 3: charged, and not convicted"),
    "4": _("Group 4: not charged, and no order made"),
}

RELEVANT: Final[Mapping[str, Text]] = {
    Relevant.CASE_REPORTED: _("A crime was reported"),
    Relevant.CASE_STAGE: _("A case moved on"),
    Relevant.HEARING: _("A hearing"),
    Relevant.ORDER_MADE: _("An order was made"),
    Relevant.ORDER_ENDED: _("An order ended"),
    Relevant.ORDER_STANDS: _("An order stands"),
    Relevant.BREACH: _("A breach, or what may be one"),
    Relevant.ARREST: _("An arrest"),
    Relevant.RELEASE: _("A release from prison"),
}

STEPS: Final[Mapping[str, Status]] = {
    Step.OPENED: Status(_("To be reviewed"), "yellow"),
    Step.HOLD_PLACED: Status(_("Legal hold"), "purple"),
    Step.HOLD_LIFTED: Status(_("Hold lifted"), "grey"),
    Step.KEPT: Status(_("Kept"), "green"),
    Step.ERASURE_ASKED: Status(_("Erasure asked for"), "orange"),
    Step.ERASURE_REFUSED: Status(_("Erasure refused"), "grey"),
    Step.ERASED: Status(_("Erased"), "red"),
}

AUTHORITIES: Final[Mapping[str, Text]] = {
    Authority.COURT: _("A court"),
    Authority.INQUIRY: _("An inquiry"),
    Authority.DISCLOSURE: _("Criminal proceedings and disclosure in them"),
    Authority.COMPLAINT: _("A complaint, or an investigation of conduct"),
    Authority.RIGHTS_REQUEST: _("Somebody’s request about their own data"),
    Authority.RETENTION_REVIEW: _("This retention review"),
}
HOLD_AUTHORITIES: Final[Mapping[str, Text]] = {one: AUTHORITIES[one] for one in HOLDS}
ERASURE_AUTHORITIES: Final[Mapping[str, Text]] = {one: AUTHORITIES[one] for one in ERASES}

STAYS: Final[Mapping[str, Text]] = {
    Stays.OTHER_SUSPECT: _("Somebody else is suspected in it, whose records are kept"),
    Stays.THEIR_OWN_CASE: _("Victim or witness in a case that is kept"),
    Stays.PROTECTED: _("Protected by an order, or harmed by a breach, that is kept"),
    Stays.RESPONDENT: _("Suspected, or bound by an order, in what is kept"),
}
