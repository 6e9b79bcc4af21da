"""Considering orders in words: kinds, facts, answers and reasons, why a kind is not there, and what opened a question."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.orders.catalogue.rules import WhyNotApply, WhyOffered
from craffu.orders.considering.due import NOT_PURSUED
from craffu.orders.considering.openings import Why
from craffu.orders.considering.reasons import Reason
from craffu.orders.considering.rules import NOT_AT_THIS_STAGE, CaseStage, Fact, Outcome
from craffu.orders.life.states import OrderStatus
from craffu.web.orders.words import ORDER_STATUS
from craffu.web.presenters import Text
from craffu.web.statuses import Status

FACTS: Final[Mapping[str, Text]] = {
    Fact.STALKING: _("Are acts associated with stalking suspected?"),
    Fact.ASSOCIATED: _("Are the suspect and the victim related, or are or were they partners or members of one household?"),
    Fact.SHARED_HOME: _("Do they share a home, or did they?"),
    Fact.VIOLENCE_OR_THREAT: _("Was there violence, or a threat of it?"),
    Fact.ABUSE: _("Was the suspect abusive towards somebody aged 16 or over to whom they are personally connected?"),
    Fact.LOCALITY_AFFECTED: _("Does it have a lasting effect on others who live there?"),
    Fact.SEXUAL_CONDUCT: _("Was there sexual conduct that puts somebody at risk?"),
    Fact.QUALIFYING_OFFENDER: _("Was the suspect convicted of, or cautioned for, an offence that allows a sexual harm order?"),
}  # fmt: skip
NOT_BORN: Final = _("When the suspect was born is not known to the day. Correct their record at its source.")

OUTCOMES: Final[Mapping[str, Text]] = {
    Outcome.APPLY: _("Pursue: the police apply"),
    Outcome.ASK_PROSECUTOR: _("Pursue: ask the prosecutor"),
    Outcome.SUPPORT_OWN_APPLICATION: _("Pursue: support the victim’s own application"),
    Outcome.OTHER_MEASURE: _("Use another measure"),
    Outcome.NOT_PURSUED: _("Not suitable: not pursued"),
    Outcome.DEFER: _("Not now: decide on a later day"),
}

REASONS: Final[Mapping[str, Text]] = {
    Reason.NECESSARY: _("It is necessary to protect somebody"),
    Reason.AFRAID: _("The victim is afraid"),
    Reason.ORDER_BROKEN: _("An earlier order or condition was broken"),
    Reason.OWN_WISH: _("The victim wishes it"),
    Reason.TEST_NOT_MET: _("The test in law is not met"),
    Reason.EVIDENCE_LACKING: _("There is not enough evidence"),
    Reason.ORDER_STANDS: _("Another order protects already"),
    Reason.NO_RISK_LEFT: _("There is no risk left"),
    Reason.NOT_WANTED: _("The victim does not want it"),
    Reason.BAIL: _("Bail conditions protect"),
    Reason.OTHER_ORDER: _("Another kind of order is better"),
    Reason.IN_CUSTODY: _("The suspect is in custody"),
    Reason.AWAITS_EVIDENCE: _("Waits for evidence"),
    Reason.AWAITS_CHARGE: _("Waits for the decision to charge"),
    Reason.AWAITS_VIEW: _("Waits for the victim’s view"),
    Reason.AWAITS_ADVICE: _("Waits for advice"),
}

STAGES: Final[Mapping[str, Text]] = {
    CaseStage.INVESTIGATION: _("Under investigation"),
    CaseStage.CHARGED: pgettext_lazy("stage of a case", "Charged"),
    CaseStage.CONVICTED: pgettext_lazy("stage of a case", "Convicted"),
    CaseStage.ACQUITTED: pgettext_lazy("stage of a case", "Acquitted"),
    CaseStage.CLOSED: _("No further action"),
}

_UNAVAILABLE: Final[Mapping[str, Text]] = {
    NOT_AT_THIS_STAGE: _("Not at this stage of a case"),
    WhyOffered.NOT_YET: _("Not in force yet"),
    WhyOffered.NO_LONGER: _("No longer in force"),
    WhyOffered.NOT_VERIFIED: _("Its commencement is not confirmed"),
    WhyOffered.NOT_A_PILOT_AREA: _("Pilot areas only, and this force was not one"),
    WhyOffered.AFTER_PILOT: _("The pilot is over, and what followed is not confirmed"),
    WhyOffered.OTHER_AREA: _("Not in this area"),
    WhyNotApply.TOO_YOUNG: _("The suspect is too young"),
    f"not_so:{Fact.STALKING}": _("No acts associated with stalking are suspected"),
    f"not_so:{Fact.ASSOCIATED}": _("They are neither related nor connected"),
    f"not_so:{Fact.SHARED_HOME}": _("They never shared a home"),
    f"not_so:{Fact.VIOLENCE_OR_THREAT}": _("There was neither violence nor a threat of it"),
    f"not_so:{Fact.ABUSE}": _("There was no abuse of somebody connected"),
    f"not_so:{Fact.LOCALITY_AFFECTED}": _("Nobody else there is affected"),
    f"not_so:{Fact.SEXUAL_CONDUCT}": _("There was no sexual conduct"),
    f"not_so:{Fact.QUALIFYING_OFFENDER}": _("The suspect has no such conviction or caution"),
}


def unavailable_words(why: str) -> Text:
    return _UNAVAILABLE[why]


# What opened a question, and why something waits.
OPENED: Final[Mapping[str, Text]] = {
    Why.CASE_OPENED: _("The case was opened"),
    Why.RESPONDENT_NAMED: _("A suspect was named"),
    Why.NEW_STAGE: _("The case came to another stage"),
    Why.NEW_FACT: _("Something new is known of the case"),
    Why.FROM_THIS_DAY: _("Another kind can be had from this day"),
    Why.NEW_REPORT: _("A new report"),
    Why.BREACH: _("A possible breach"),
    Why.REFUSAL: _("A court refused an order"),
    Why.ORDER_ENDED: _("An order ended"),
    Why.DEFERRED: _("It was put off to this day"),
    Why.CHALLENGED: _("A supervisor asks again"),
    Why.REOPENED: _("Somebody took it up again"),
    NOT_PURSUED: _("Not pursued at high risk, or unassessed: a supervisor must agree"),
}

OPEN: Final = Status(_("Not yet considered"), "yellow")
OPEN_AGAIN: Final = Status(_("To be considered again"), "yellow")
WAITS: Final = Status(_("Waits for a supervisor"), "orange")

# An order of the kind, as far as it is no longer a question.
ORDER_NOW: Final[Mapping[str, Status]] = {
    status: ORDER_STATUS[status]
    for status in (
        OrderStatus.DECIDED, OrderStatus.AUTHORISING, OrderStatus.DECLINED, OrderStatus.AUTHORISED, OrderStatus.APPLIED,
        OrderStatus.ADJOURNED, OrderStatus.GRANTED, OrderStatus.IN_FORCE, OrderStatus.REFUSED, OrderStatus.WITHDRAWN,
    )
}  # fmt: skip

# A decision in few words, as a tag.
DECIDED: Final[Mapping[str, Status]] = {
    Outcome.APPLY: Status(_("Decided to apply")),
    Outcome.ASK_PROSECUTOR: Status(_("Ask the prosecutor")),
    Outcome.SUPPORT_OWN_APPLICATION: Status(_("Support the victim’s application")),
    Outcome.OTHER_MEASURE: Status(_("Another measure"), "grey"),
    Outcome.NOT_PURSUED: Status(_("Not pursued"), "grey"),
    Outcome.DEFER: Status(_("Put off"), "grey"),
}
