"""What each thing that happens in a case raises for the victim in it.

VIC-03 (the agreement is revisited), VIC-05 (the Victims' Code and what is critical for her safety); rules.md, Annex E. Every
stage that a case can have is one of these things, and each of them says what it raises: that it raises nothing is said too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from craffu.cases.states import Stage
from craffu.victims.agreements.rules import Occasion
from craffu.victims.happenings.kinds import Happening
from craffu.victims.notices.code import CodeEvent
from craffu.victims.notices.rules import SafetyEvent


@dataclass(frozen=True, slots=True)
class Raised:
    """After which occasion her agreement is revisited, of what the Code says she is told, and what is critical for her safety."""

    occasion: Occasion | None = None
    code: CodeEvent | None = None
    safety: SafetyEvent | None = None


RAISES: Final[Mapping[Happening, Raised]] = {
    Happening.REPORT: Raised(Occasion.REPORT),
    Happening.REFERRED_TO_SUPPORT: Raised(None, CodeEvent.REFERRAL_TO_SUPPORT),
    Happening.SCREENING_DECISION: Raised(Occasion.SCREENING_DECISION),
    Happening.DECISION_NOT_TO_INVESTIGATE: Raised(Occasion.SCREENING_DECISION, CodeEvent.DECISION_NOT_TO_INVESTIGATE),
    Happening.ARREST: Raised(Occasion.ARREST, CodeEvent.ARRESTED),
    Happening.ARREST_FOR_BREACH: Raised(Occasion.ARREST, CodeEvent.ARRESTED, SafetyEvent.ARRESTED_FOR_BREACH),
    Happening.INTERVIEW: Raised(Occasion.INTERVIEW, CodeEvent.INTERVIEWED_UNDER_CAUTION),
    Happening.RELEASE_FROM_CUSTODY: Raised(
        Occasion.BAIL_OR_RELEASE_CHANGED, CodeEvent.BAIL_OR_RUI, SafetyEvent.RELEASED_FROM_POLICE_CUSTODY
    ),
    Happening.BAIL_CONDITIONS_CHANGED: Raised(
        Occasion.BAIL_OR_RELEASE_CHANGED, CodeEvent.BAIL_OR_RUI, SafetyEvent.BAIL_CONDITIONS_CHANGED
    ),
    Happening.BAIL_ENDED: Raised(Occasion.BAIL_OR_RELEASE_CHANGED, CodeEvent.BAIL_OR_RUI, SafetyEvent.BAIL_ENDED),
    Happening.CHARGE: Raised(Occasion.CHARGE_OR_NO_FURTHER_ACTION, CodeEvent.CHARGE_DECISION),
    Happening.CHARGE_FOR_BREACH: Raised(
        Occasion.CHARGE_OR_NO_FURTHER_ACTION, CodeEvent.CHARGE_DECISION, SafetyEvent.CHARGED_FOR_BREACH
    ),
    Happening.NO_FURTHER_ACTION: Raised(Occasion.CHARGE_OR_NO_FURTHER_ACTION, CodeEvent.NO_FURTHER_ACTION),
    Happening.OUT_OF_COURT_DISPOSAL: Raised(Occasion.CHARGE_OR_NO_FURTHER_ACTION, CodeEvent.OUT_OF_COURT_DISPOSAL),
    Happening.HEARING_LISTED: Raised(Occasion.HEARING_LISTED, CodeEvent.HEARING_DETAILS),
    Happening.CALLED_TO_GIVE_EVIDENCE: Raised(Occasion.HEARING_LISTED, CodeEvent.NEED_TO_GIVE_EVIDENCE),
    Happening.BAIL_HEARING_OUTCOME: Raised(Occasion.HEARING_OUTCOME, CodeEvent.BAIL_HEARING_OUTCOME),
    Happening.HEARING_OUTCOME: Raised(Occasion.HEARING_OUTCOME),
    Happening.VERDICT_OR_SENTENCE: Raised(Occasion.HEARING_OUTCOME, CodeEvent.VERDICT_OR_SENTENCE),
    Happening.SENTENCE_UNDER_CONTACT_SCHEME: Raised(Occasion.HEARING_OUTCOME, CodeEvent.VICTIM_CONTACT_SCHEME_REFERRAL),
    Happening.REFERRED_TO_CONTACT_SCHEME: Raised(None, CodeEvent.VICTIM_CONTACT_SCHEME_FIRST_CONTACT),
    Happening.APPEAL: Raised(Occasion.APPEAL, CodeEvent.APPEAL_NOTICE_OR_RESULT),
    Happening.RELEASE_FROM_PRISON: Raised(Occasion.RELEASE, None, SafetyEvent.RELEASED_FROM_PRISON),
    Happening.BREACH_REPORTED: Raised(Occasion.BREACH_REPORTED),
    Happening.ORDER_CONSIDERED: Raised(Occasion.ORDER_CONSIDERED),
    Happening.ORDER_GRANTED: Raised(Occasion.ORDER_GRANTED),
    Happening.ORDER_REFUSED: Raised(Occasion.ORDER_REFUSED),
    Happening.ORDER_SERVED: Raised(Occasion.ORDER_SERVED, None, SafetyEvent.ORDER_SERVED),
    Happening.ORDER_VARIED: Raised(Occasion.ORDER_VARIED_OR_ENDED),
    # Not in Annex E: VIC-06 says that she is told, and her view is asked before a court decides (REV-02). A refusal answers it.
    Happening.ORDER_RELAXATION_SOUGHT: Raised(Occasion.ORDER_VARIED_OR_ENDED),
    Happening.ORDER_CHANGE_REFUSED: Raised(Occasion.ORDER_VARIED_OR_ENDED),
    Happening.ORDER_RELAXED: Raised(Occasion.ORDER_VARIED_OR_ENDED, None, SafetyEvent.ORDER_RELAXED),
    Happening.ORDER_ENDED: Raised(Occasion.ORDER_VARIED_OR_ENDED, None, SafetyEvent.ORDER_ENDED),
    Happening.ORDER_EXPIRY_WATCH: Raised(Occasion.ORDER_EXPIRY_WATCH),
}

# What it is for the victim that a case enters a stage.
STAGE_IS: Final[Mapping[Stage, Happening]] = {
    Stage.REPORTED: Happening.REPORT,
    Stage.INVESTIGATED: Happening.SCREENING_DECISION,
    Stage.CHARGED: Happening.CHARGE,
    Stage.AT_COURT: Happening.HEARING_LISTED,
    Stage.CONCLUDED: Happening.VERDICT_OR_SENTENCE,
    Stage.CLOSED: Happening.NO_FURTHER_ACTION,
}


# What a stage tells of in fewer words: the charge for a breach is a charge.
AS_STAGE: Final[Mapping[Happening, Happening]] = {Happening.CHARGE_FOR_BREACH: Happening.CHARGE}

# What decides about a case. That the police close it afterwards is no decision more, of which anybody is told.
DECIDES: Final = frozenset(
    {
        Happening.CHARGE, Happening.CHARGE_FOR_BREACH, Happening.NO_FURTHER_ACTION, Happening.OUT_OF_COURT_DISPOSAL,
        Happening.DECISION_NOT_TO_INVESTIGATE, Happening.VERDICT_OR_SENTENCE,
    }
)  # fmt: skip


def closing_is_news(closed_on: date, decided_on: Iterable[date]) -> bool:
    """Whether the closing of a case tells of its end without action: only where nothing had decided about it by that day."""
    return all(day > closed_on for day in decided_on)


# What people may call by either name: who was freed by a court was let go by the police too, in everybody's words.
_ALIKE: Final = (
    frozenset({Happening.RELEASE_FROM_CUSTODY, Happening.RELEASE_FROM_PRISON}),
    frozenset({Happening.ARREST, Happening.ARREST_FOR_BREACH}),
)


def says_the_same(person: Happening, record: Happening) -> bool:
    """Whether what somebody recorded can be what custody or a court told of: never something that would warn her of less."""
    if RAISES[record].safety is not None and RAISES[person].safety is None:
        return False
    return person is record or any({person, record} <= alike for alike in _ALIKE)


class Topic(StrEnum):
    """What she may wish to hear about, or not. What is critical for her safety she is told in any case (VIC-05)."""

    INVESTIGATION = "investigation"
    ARREST_AND_BAIL = "arrest_and_bail"
    CHARGE = "charge"
    HEARINGS = "hearings"
    ORDERS = "orders"
    RELEASE = "release"


TOPIC_OF: Final[Mapping[Happening, Topic]] = {
    Happening.REPORT: Topic.INVESTIGATION,
    Happening.REFERRED_TO_SUPPORT: Topic.INVESTIGATION,
    Happening.SCREENING_DECISION: Topic.INVESTIGATION,
    Happening.DECISION_NOT_TO_INVESTIGATE: Topic.INVESTIGATION,
    Happening.ARREST: Topic.ARREST_AND_BAIL,
    Happening.ARREST_FOR_BREACH: Topic.ARREST_AND_BAIL,
    Happening.INTERVIEW: Topic.INVESTIGATION,
    Happening.RELEASE_FROM_CUSTODY: Topic.ARREST_AND_BAIL,
    Happening.BAIL_CONDITIONS_CHANGED: Topic.ARREST_AND_BAIL,
    Happening.BAIL_ENDED: Topic.ARREST_AND_BAIL,
    Happening.CHARGE: Topic.CHARGE,
    Happening.CHARGE_FOR_BREACH: Topic.CHARGE,
    Happening.NO_FURTHER_ACTION: Topic.CHARGE,
    Happening.OUT_OF_COURT_DISPOSAL: Topic.CHARGE,
    Happening.HEARING_LISTED: Topic.HEARINGS,
    Happening.CALLED_TO_GIVE_EVIDENCE: Topic.HEARINGS,
    Happening.BAIL_HEARING_OUTCOME: Topic.HEARINGS,
    Happening.HEARING_OUTCOME: Topic.HEARINGS,
    Happening.VERDICT_OR_SENTENCE: Topic.HEARINGS,
    Happening.SENTENCE_UNDER_CONTACT_SCHEME: Topic.HEARINGS,
    Happening.REFERRED_TO_CONTACT_SCHEME: Topic.RELEASE,
    Happening.APPEAL: Topic.HEARINGS,
    Happening.RELEASE_FROM_PRISON: Topic.RELEASE,
    Happening.BREACH_REPORTED: Topic.ORDERS,
    Happening.ORDER_CONSIDERED: Topic.ORDERS,
    Happening.ORDER_GRANTED: Topic.ORDERS,
    Happening.ORDER_REFUSED: Topic.ORDERS,
    Happening.ORDER_SERVED: Topic.ORDERS,
    Happening.ORDER_VARIED: Topic.ORDERS,
    Happening.ORDER_RELAXATION_SOUGHT: Topic.ORDERS,
    Happening.ORDER_CHANGE_REFUSED: Topic.ORDERS,
    Happening.ORDER_RELAXED: Topic.ORDERS,
    Happening.ORDER_ENDED: Topic.ORDERS,
    Happening.ORDER_EXPIRY_WATCH: Topic.ORDERS,
}


def is_told(happening: Happening, not_wanted: frozenset[Topic]) -> bool:
    """Whether she is told: of what her safety hangs on always, of everything else unless she wants to hear nothing of it."""
    return RAISES[happening].safety is not None or TOPIC_OF[happening] not in not_wanted
