"""What the log says about breaches."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

BREACH_RAISED = kind("breach_raised", Verb.COLLECTION, _("Possible breach raised"))
BREACH_TOLD_MORE = kind("breach_told_more", Verb.COLLECTION, _("More told of a breach"))
BREACH_REPORTED = kind("breach_reported", Verb.COLLECTION, _("Possible breach reported"))
BREACH_DECIDED = kind("breach_decided", Verb.ALTERATION, _("Possible breach decided"))
BREACH_NOTED = kind("breach_noted", Verb.ALTERATION, _("Enquiries about a possible breach noted"))
BREACH_ANSWERED = kind("breach_answered", Verb.ALTERATION, _("Question about a breach answered"))
BREACH_FINALISED = kind("breach_finalised", Verb.ALTERATION, _("Breach finalised"))
STANDPOINT_RECORDED = kind("breach_standpoint_recorded", Verb.COLLECTION, _("What was decided of a breach recorded"))
MISMATCH_EXPLAINED = kind("breach_mismatch_explained", Verb.ALTERATION, _("Mismatch of a breach explained"))
PATTERN_DECIDED = kind("breach_pattern_decided", Verb.ALTERATION, _("Pattern of crimes decided"))
MORNING_LIST_VIEWED = kind("morning_list_viewed", Verb.CONSULTATION, _("Morning list viewed"))
TERMS_NOW_VIEWED = kind(
    "breach_terms_now_viewed", Verb.CONSULTATION, _("Terms that stand now viewed, or a report begun")
)
BREACH_VIEWED = kind("breach_viewed", Verb.CONSULTATION, _("Breach viewed"))
BREACHES_VIEWED = kind("breaches_viewed", Verb.CONSULTATION, _("Breach history viewed"))
PATTERN_VIEWED = kind("breach_pattern_viewed", Verb.CONSULTATION, _("Pattern of crimes viewed"))
BREACHES_PRINTED = kind("breaches_printed", Verb.DISCLOSURE, _("Breach history printed"))
BREACHES_ASKED_FOR = kind("breaches_disclosed", Verb.DISCLOSURE, _("Breach history given to another force"))
