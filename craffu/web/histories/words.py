"""A breach history in words: standpoints, what each decided, who told, and what does not agree (page map, P06)."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.breaches.history.facts import Proved, View
from craffu.breaches.history.printing import Basis, For
from craffu.breaches.ledger.kinds import FoundBy, Standpoint
from craffu.breaches.ledger.states import Status as Stands
from craffu.breaches.standpoints.rules import (
    CourtResult,
    Mismatch,
    PoliceDecision,
    ProbationDecision,
    ProsecutionDecision,
)
from craffu.web.presenters import Text
from craffu.web.statuses import Status

STATUS: Final[Mapping[str, Status]] = {
    Stands.POSSIBLE: Status(_("Possible breach"), "yellow"),
    Stands.ACCEPTED: Status(_("Breach, as police decided")),
    Stands.REJECTED: Status(_("Not a breach, as police decided"), "grey"),
    Stands.JOINED: Status(_("Joined to another breach"), "grey"),
    Stands.FINALISED: Status(_("Finalised"), "green"),
}

FOUND_BY: Final[Mapping[str, Text]] = {
    FoundBy.REPORT: _("Reported to police"),
    FoundBy.CRIME: _("A recorded crime"),
    FoundBy.COURT: _("A charge at court"),
    FoundBy.CUSTODY: _("A custody record"),
    FoundBy.PROBATION: _("Probation"),
    FoundBy.CONTACT: _("What a victim said in a contact"),
    FoundBy.CHECK: _("A check of a condition"),
    FoundBy.TAG: _("A tag"),
    FoundBy.VICTIM_LOG: _("The victim’s own log"),
}

STANDPOINTS: Final[Mapping[str, Text]] = {
    Standpoint.REPORTED: pgettext_lazy("standpoint", "Reported"),
    Standpoint.POLICE: _("Police decision"),
    Standpoint.PROSECUTION: _("Prosecution"),
    Standpoint.COURT: _("Court result"),
    Standpoint.PROBATION: _("Probation"),
    Standpoint.VICTIM_TOLD: _("Victim told"),
}
_RESULTS: Final[Mapping[str, Text]] = {
    CourtResult.PROVED: _("Proved"),
    CourtResult.NOT_PROVED: _("Not proved"),
    CourtResult.QUASHED: pgettext_lazy("breach", "Quashed"),
}
DECIDED: Final[Mapping[str, Mapping[str, Text]]] = {
    Standpoint.REPORTED: {"": pgettext_lazy("standpoint", "Reported")},
    Standpoint.POLICE: {
        PoliceDecision.BREACH: _("Breach"),
        PoliceDecision.NO_BREACH: _("Not a breach"),
        PoliceDecision.UNDETECTED: _("Undetected: nobody was charged"),
    },
    Standpoint.PROSECUTION: {
        ProsecutionDecision.CHARGED: _("Charged"),
        ProsecutionDecision.NO_ACTION: _("No action"),
        ProsecutionDecision.DISCONTINUED: _("Discontinued"),
    },
    Standpoint.COURT: _RESULTS,
    Standpoint.PROBATION: {
        ProbationDecision.REPORTED: _("Reported to police or the court"),
        ProbationDecision.WARNING: _("Warning"),
        ProbationDecision.RECALL: _("Recall"),
        ProbationDecision.BACK_TO_COURT: _("Back to court"),
    },
    Standpoint.VICTIM_TOLD: {
        CourtResult.PROVED: _("Told that it was proved"),
        CourtResult.NOT_PROVED: _("Told that it was not proved"),
        CourtResult.QUASHED: _("Told that it was quashed"),
    },
}

MISMATCHES: Final[Mapping[str, Text]] = {
    Mismatch.NO_POLICE_DECISION: _("Reported, and no police decision by its clock"),
    Mismatch.NO_COURT_RECORD: _("Charged, and no court record"),
    Mismatch.NO_POLICE_RECORD: _("A court result, and no police record"),
    Mismatch.PROBATION_ALONE: _("Probation tells of it, and police do not know of it"),
    Mismatch.DATES_DIFFER: _("The dates given differ"),
    Mismatch.CONDITIONS_DIFFER: _("The conditions given differ"),
    Mismatch.RESULT_NOT_TOLD: _("The victim was not told the result"),
    Mismatch.ORDER_NOT_REVIEWED: _("Proved, and the order was not reviewed"),
    Mismatch.NO_COURSE_OF_CONDUCT: _("A breach, and nobody decided whether it is part of a course of conduct"),
    Mismatch.REPORTED_AND_NOT_ACCEPTED: _("Reported, and police say that it was no breach"),
    Mismatch.ACCEPTED_AND_NO_ACTION: _("Police say that it was a breach, and the prosecution takes no action"),
    Mismatch.NOT_ACCEPTED_AND_PROVED: _("Police say that it was no breach, and a court found it proved"),
    Mismatch.CHARGED_AND_NOT_PROVED: _("Charged, and not proved"),
    Mismatch.TOLD_OTHERWISE: _("The victim was told another result than the court’s"),
}

PROVED: Final[Mapping[str, Text]] = {
    Proved.YES: _("Proved"),
    Proved.NO: _("Not proved, or quashed"),
    Proved.OPEN: _("No court result"),
}
VIEWS: Final[Mapping[str, Text]] = {
    View.POLICE: _("A police decision"),
    View.PROSECUTION: _("A decision of the prosecution"),
    View.COURT: _("A court result"),
    View.PROBATION: _("A word of probation"),
    View.TOLD: _("That the victim was told"),
}

NOTHING: Final = _("Nothing received")
NO_ORDER: Final = _("No order that we hold")
SHUT_ORDER: Final = _("An order that is not open to you")

BASES: Final[Mapping[str, Text]] = {
    Basis.LAW_ENFORCEMENT: _("Data Protection Act 2018, Part 3: for a law enforcement purpose"),
    Basis.SAFEGUARDING: _("Data Protection Act 2018, Schedule 8: to safeguard somebody at risk"),
    Basis.COURT_ORDER: _("An order of a court"),
    Basis.STATUTE: _("Another enactment, which the reason names"),
}
PRINTED: Final[Mapping[str, Text]] = {
    For.COURT: _("Breach history for court"),
    For.FORCE: _("Breach history in answer to another force"),
}
HOLDS: Final[Mapping[str, Text]] = {
    For.COURT: _(
        "It holds every incident on record with its sources, what each standpoint decided and what is missing. It holds nothing"
        " on records that nobody has confirmed to be this person’s, and nothing of how a victim is reached."
    ),
    For.FORCE: _(
        "It holds the same as the paper for a court, and says which force asked, which officer, why and on which lawful basis."
    ),
}
