"""Victims in words: ways to reach them, what happens and what it raises, how promises and limits stand."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.clocks.periods import NOT_CONFIRMED
from craffu.victims.agreements.facts import NEWS_ONLY
from craffu.victims.agreements.kinds import Asking
from craffu.victims.agreements.rules import Occasion, OffersAgain
from craffu.victims.contacts.rules import NOWHERE, Channel, Excuse, Kept, Unsafe
from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.rules import Topic
from craffu.victims.notices.code import (
    POLICE,
    POLICE_OR_CPS,
    PROBATION,
    WITNESS_CARE,
    WITNESS_CARE_OR_POLICE,
    Entitlement,
)
from craffu.victims.notices.rules import Told, Warned
from craffu.web.presenters import Text
from craffu.web.statuses import Status

CHANNELS: Mapping[str, Text] = {
    Channel.TELEPHONE: _("Telephone"),
    Channel.TEXT_MESSAGE: _("Text message"),
    Channel.EMAIL: _("E-mail"),
    Channel.LETTER: _("Letter"),
    Channel.VISIT: _("Visit"),
    Channel.VIDEO_CALL: _("Video call"),
    Channel.THROUGH_ADVOCATE: _("Through their advocate"),
}
URGENT: Mapping[str, Text] = {**CHANNELS, NOWHERE: _("Nowhere is safe at any hour")}

# In Welsh yes and no are said with the verb of the question: this is of what we ask leave for.
MAY_WE: Mapping[bool, Text] = {True: pgettext_lazy("you may", "Yes"), False: pgettext_lazy("you may not", "No")}

LANGUAGES: Mapping[str, Text] = {
    "cy": pgettext_lazy("language", "Welsh"),
    "en": pgettext_lazy("language", "English"),
    "both": _("Welsh and English"),
    "other": _("Another language, with an interpreter"),
}

FREQUENCIES: Mapping[str, Text] = {
    "1": _("Every day"),
    "7": _("Every week"),
    "14": _("Every two weeks"),
    "28": _("Every four weeks"),
    NEWS_ONLY: _("Only when there is news"),
}

ASKING: Mapping[str, Text] = {
    Asking.EACH_TIME: _("Each time"),
    Asking.BEFORE_CHANGE: _("Only before something changes"),
    Asking.DO_NOT_ASK: _("Do not ask"),
}

OFFERED_AGAIN: Mapping[str, Text] = {
    OffersAgain.EACH_STAGE: _("Whenever something happens in the case"),
    OffersAgain.ONLY_IF_I_ASK: _("Only if they ask"),
}

TOPICS: Mapping[str, Text] = {
    Topic.INVESTIGATION: _("The investigation"),
    Topic.ARREST_AND_BAIL: _("Arrest and bail"),
    Topic.CHARGE: _("Charge, or no charge"),
    Topic.HEARINGS: _("Hearings and results"),
    Topic.ORDERS: _("Orders and breaches"),
    Topic.RELEASE: _("Release from prison"),
}

HAPPENINGS: Mapping[str, Text] = {
    Happening.REPORT: _("A report"),
    Happening.REFERRED_TO_SUPPORT: _("Report taken: refer to support"),
    Happening.SCREENING_DECISION: _("Decision to investigate"),
    Happening.DECISION_NOT_TO_INVESTIGATE: _("Decision not to investigate"),
    Happening.ARREST: _("Arrest"),
    Happening.ARREST_FOR_BREACH: _("Arrest for a breach"),
    Happening.INTERVIEW: _("Interview under caution"),
    Happening.RELEASE_FROM_CUSTODY: _("Release from police custody, on bail or under investigation"),
    Happening.BAIL_CONDITIONS_CHANGED: _("Bail conditions changed"),
    Happening.BAIL_ENDED: _("Bail ended"),
    Happening.CHARGE: _("Charge"),
    Happening.CHARGE_FOR_BREACH: _("Charge for a breach"),
    Happening.NO_FURTHER_ACTION: _("No further action"),
    Happening.OUT_OF_COURT_DISPOSAL: _("Settled out of court"),
    Happening.HEARING_LISTED: _("A hearing is listed"),
    Happening.CALLED_TO_GIVE_EVIDENCE: _("They must give evidence"),
    Happening.BAIL_HEARING_OUTCOME: _("Result of a bail hearing"),
    Happening.HEARING_OUTCOME: _("A hearing was held"),
    Happening.VERDICT_OR_SENTENCE: _("Verdict or sentence"),
    Happening.SENTENCE_UNDER_CONTACT_SCHEME: _("Sentence that brings the Victim Contact Scheme"),
    Happening.REFERRED_TO_CONTACT_SCHEME: _("Referred to the Victim Contact Scheme"),
    Happening.APPEAL: _("An appeal, or its result"),
    Happening.RELEASE_FROM_PRISON: _("Release from prison"),
    Happening.BREACH_REPORTED: _("A breach was reported"),
    Happening.ORDER_CONSIDERED: _("An order was considered"),
    Happening.ORDER_GRANTED: _("An order was granted"),
    Happening.ORDER_REFUSED: _("An order was refused"),
    Happening.ORDER_SERVED: _("An order was served"),
    Happening.ORDER_VARIED: _("An order was varied"),
    Happening.ORDER_RELAXATION_SOUGHT: _("Somebody asked a court to relax or end an order"),
    Happening.ORDER_CHANGE_REFUSED: _("A court refused to change or end an order"),
    Happening.ORDER_RELAXED: _("An order was relaxed"),
    Happening.ORDER_ENDED: _("An order ended"),
    Happening.ORDER_EXPIRY_WATCH: _("An order will end soon"),
}

OCCASIONS: Mapping[str, Text] = {
    Occasion.REPORT: _("Report"),
    Occasion.SCREENING_DECISION: _("Decision whether to investigate"),
    Occasion.ARREST: _("Arrest"),
    Occasion.INTERVIEW: _("Interview under caution"),
    Occasion.BAIL_OR_RELEASE_CHANGED: _("Bail or release changed"),
    Occasion.CHARGE_OR_NO_FURTHER_ACTION: _("Charge, or no further action"),
    Occasion.ORDER_CONSIDERED: _("An order was considered"),
    Occasion.HEARING_LISTED: _("A hearing is listed"),
    Occasion.HEARING_OUTCOME: _("Result of a hearing"),
    Occasion.ORDER_GRANTED: _("An order was granted"),
    Occasion.ORDER_REFUSED: _("An order was refused"),
    Occasion.ORDER_SERVED: _("An order was served"),
    Occasion.ORDER_VARIED_OR_ENDED: _("An order was varied or ended, or a change to it was sought or refused"),
    Occasion.APPEAL: _("Appeal"),
    Occasion.ORDER_EXPIRY_WATCH: _("An order will end soon"),
    Occasion.BREACH_REPORTED: _("A breach was reported"),
    Occasion.RELEASE: _("Release from prison"),
}

UNSAFE: Mapping[str, Text] = {
    Unsafe.CHANNEL: _("Way not called safe"),
    Unsafe.TIME: _("Time not called safe"),
    Unsafe.VOICEMAIL: _("No message wanted"),
}

EXCUSES: Mapping[str, Text] = {
    Excuse.VICTIM_ASKED_TO_WAIT: _("They asked us to wait"),
    Excuse.CONTACT_UNSAFE: _("Contact was not safe"),
    Excuse.NOT_REACHABLE: _("Not reachable, with attempts"),
}

PROMISES: Mapping[str, Status] = {
    Kept.RUNNING: Status(_("Promised")),
    Kept.KEPT: Status(_("Kept"), "green"),
    Kept.LATE: Status(pgettext_lazy("promise", "Late"), "red"),
    Kept.WRONG_CHANNEL: Status(_("Wrong channel"), "red"),
    Kept.MISSED: Status(_("Missed"), "red"),
    Kept.EXCUSED: Status(_("Excused"), "grey"),
}

# A limit in days: the Victims' Code, or a revisit of the agreement.
LIMITS: Mapping[str, Status] = {
    Told.RUNNING: Status(_("Runs")),
    Told.ON_TIME: Status(_("In time"), "green"),
    Told.LATE: Status(pgettext_lazy("promise", "Late"), "red"),
    Told.MISSED: Status(_("Missed"), "red"),
}

WARNED: Mapping[str, Status] = {
    Warned.WARNING_DUE: Status(_("Warn before it happens"), "orange"),
    Warned.WARNED: Status(_("Warned before"), "green"),
    Warned.TOLD_NOT_WARNED: Status(_("Told, not warned before"), "red"),
    Warned.RUNNING: Status(_("Tell within the hour"), "orange"),
    Warned.IN_TIME: Status(_("Told within the hour"), "green"),
    Warned.LATE: Status(pgettext_lazy("promise", "Late"), "red"),
    Warned.MISSED: Status(_("Not told in the hour"), "red"),
}

UNCONFIRMED = Status(_("Not confirmed"), "grey")
MARKS: Mapping[str, Status] = {NOT_CONFIRMED: UNCONFIRMED}

# Who tells her, as the Code has it.
TELLERS: Mapping[str, Text] = {
    POLICE: _("Told by: police"),
    POLICE_OR_CPS: _("Told by: police or prosecution"),
    WITNESS_CARE: _("Told by: witness care"),
    WITNESS_CARE_OR_POLICE: _("Told by: witness care or police"),
    PROBATION: _("Told by: probation"),
}

ENTITLEMENTS: Mapping[str, Text] = {
    Entitlement.ENHANCED: _("Enhanced rights"),
    Entitlement.STANDARD: _("Standard rights"),
}
