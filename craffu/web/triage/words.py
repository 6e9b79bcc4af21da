"""Breaches in words: how one stands, who told of it, what each standpoint decided, and what is asked of every breach (P09)."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.breaches.detecting.rules import (
    APPROACH,
    NOTIFICATION,
    PROTECTED_PERSON,
    RECORDED_AS_BREACH,
    Channel,
    Decision,
    Flag,
)
from craffu.breaches.ledger.kinds import FoundBy, Standpoint
from craffu.breaches.ledger.moves import Move
from craffu.breaches.ledger.states import Status as Stands
from craffu.breaches.patterns.rules import Decision as PatternDecision
from craffu.breaches.patterns.rules import Group
from craffu.breaches.standpoints.questions import Answered, Question
from craffu.breaches.standpoints.rules import (
    CourseOfConduct,
    CourtResult,
    PoliceDecision,
    ProbationDecision,
    ProsecutionDecision,
    Recording,
)
from craffu.cases.risk.rules import Grade
from craffu.web.presenters import Text
from craffu.web.statuses import Status

STATUS: Final[Mapping[str, Status]] = {
    Stands.POSSIBLE: Status(_("Possible breach"), "yellow"),
    Stands.ACCEPTED: Status(_("Breach, as police decided")),
    Stands.REJECTED: Status(_("Not a breach, as police decided"), "grey"),
    Stands.JOINED: Status(_("Joined to another breach"), "grey"),
    Stands.FINALISED: Status(_("Finalised"), "green"),
}

# What is said of a condition that is named, by how the breach stands.
_BROKEN: Final = Status(_("Broken, as police decided"), "red")
BROKEN: Final[Mapping[str, Status]] = {
    Stands.POSSIBLE: Status(_("May be broken"), "yellow"), Stands.ACCEPTED: _BROKEN, Stands.FINALISED: _BROKEN,
}  # fmt: skip

FOUND_BY: Final[Mapping[str, Text]] = {
    FoundBy.REPORT: _("Reported to police"),
    FoundBy.CRIME: _("A recorded crime"),
    FoundBy.COURT: _("A charge at court"),
    FoundBy.CUSTODY: _("A custody record"),
    FoundBy.PROBATION: _("Probation"),
    FoundBy.CONTACT: _("What a victim said in a contact"),
    FoundBy.CHECK: _("A check of a condition or of a notification"),
    FoundBy.TAG: _("A tag"),
    FoundBy.VICTIM_LOG: _("The victim’s own log"),
}

# Whose source gives it a number by which it is found there; what others are kept by is ours, and says nothing to anybody.
NUMBERED: Final = frozenset({FoundBy.CRIME, FoundBy.CUSTODY, FoundBy.PROBATION, FoundBy.CONTACT, FoundBy.TAG})

CHANNELS: Final[Mapping[str, Text]] = {
    Channel.IN_PERSON: _("In person"),
    Channel.CALL: _("By a call"),
    Channel.TEXT: _("By a text message"),
    Channel.EMAIL: _("By e-mail"),
    Channel.ONLINE: _("Online"),
    Channel.LETTER: _("By letter"),
    Channel.GIFT: _("By a gift or a parcel"),
    Channel.THIRD_PARTY: _("Through somebody else"),
    Channel.POST: _("By a post about them"),
}

FLAGS: Final[Mapping[str, Text]] = {
    Flag.TIME_UNCERTAIN: _("Its time is not certain: it may have been before or after the order bound them"),
    Flag.IDENTITY: _("It is not confirmed that the respondent did it"),
    Flag.NOT_ENFORCEABLE: _(
        "The order could not be enforced at that time: what is said below of whether it was in force, served and known says why"
    ),
}

# What a reason begins with where a condition is named behind it.
REASONS: Final[Mapping[str, Text]] = {
    APPROACH: _("They came near to somebody whom the order protects"),
    PROTECTED_PERSON: _("It was done to somebody whom the order protects"),
    RECORDED_AS_BREACH: _("Its source says that the order was broken"),
    f"{NOTIFICATION}_missed": _("They did not notify the police by the end of the last day"),
    f"{NOTIFICATION}_late": _("They told the police of a change too late"),
    f"{NOTIFICATION}_false": _("What they notified the police of was found to be false"),
}
BY_CHANNEL: Final = _("Somebody whom it protects was reached in a way that it forbids: %(condition)s")
BY_PLACE: Final = _("It was inside a place that it forbids: %(condition)s")

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

DECISIONS: Final[Mapping[str, Text]] = {
    Decision.ACCEPT: _("It is a breach"),
    Decision.REJECT: _("It is not a breach"),
    Decision.NEEDS_ENQUIRIES: _("It needs enquiries: the clock runs on"),
    Decision.DUPLICATE: _("It tells of the same incident as another breach"),
}

MOVES: Final[Mapping[str, Text]] = {
    "": _("Enquiries noted"),
    Move.ACCEPT: _("Decided: a breach"),
    Move.REJECT: _("Decided: not a breach"),
    Move.JOIN: _("Joined to another breach"),
    Move.PART: _("Parted from another breach"),
    Move.REOPEN: _("Opened again"),
    Move.FINALISE: _("Finalised"),
}

QUESTIONS: Final[Mapping[Question, Text]] = {
    Question.COURSE_OF_CONDUCT: _("Is it part of a course of conduct?"),
    Question.RECORDING: _("Beside the breach, what was recorded as a crime?"),
    Question.PATTERN: _("Was the pattern of what happened reconsidered?"),
    Question.ARREST: _("Was somebody arrested?"),
    Question.VICTIM_SAFE: _("Is the victim safe, and told?"),
    Question.REVIEW: _("Was the review of the order brought forward?"),
    Question.OTHERS_TOLD: _("Were probation and the court told?"),
}
_EITHER: Final[Mapping[str, Text]] = {
    Answered.YES: _("Yes"),
    Answered.NO: _("No"),
    Answered.NOT_NEEDED: _("Not needed"),
}
ANSWERS: Final[Mapping[Question, Mapping[str, Text]]] = {
    Question.COURSE_OF_CONDUCT: {
        CourseOfConduct.PART: _("Yes, it is part of a course of conduct"),
        CourseOfConduct.SINGLE: _("No, it stands alone"),
    },
    Question.RECORDING: {
        Recording.STALKING: _("Stalking"),
        Recording.HARASSMENT: _("Harassment"),
        Recording.OTHER_CRIME: _("Another crime"),
        Recording.NO_CRIME: _("Nothing, for the reason given"),
    },
    **dict.fromkeys(
        (Question.PATTERN, Question.ARREST, Question.VICTIM_SAFE, Question.REVIEW, Question.OTHERS_TOLD), _EITHER
    ),
}

RISKS: Final[Mapping[str, Text]] = {
    "": _("the risk is not assessed, so that hours run as for high risk"),
    Grade.HIGH: _("high risk"),
    Grade.MEDIUM: _("medium risk"),
    Grade.STANDARD: _("standard risk"),
}

PATTERNS: Final[Mapping[str, Text]] = {
    PatternDecision.STALKING: _("They are stalking"),
    PatternDecision.HARASSMENT: _("They are harassment, and not stalking"),
    PatternDecision.NOT_A_PATTERN: _("They are no pattern"),
}
GROUPS: Final[Mapping[str, Text]] = {
    Group.HARASSMENT: _("Harassment"),
    Group.MALICIOUS_COMMUNICATIONS: _("Malicious communications"),
    Group.CRIMINAL_DAMAGE: _("Criminal damage"),
}

# Of work that nobody has taken on.
NOBODY_YET: Final = _("Nobody yet")
