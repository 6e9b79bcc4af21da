"""What the log says about cases and hearings."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

CASE_OPENED = kind("case_opened", Verb.COLLECTION, _("Case opened"))
DEFENDANT_JOINED_CASE = kind("defendant_joined_case", Verb.COLLECTION, _("Defendant joined to case"))
HEARING_RECEIVED = kind("hearing_received", Verb.COLLECTION, _("Court hearing received"))
HEARING_AMENDED = kind("hearing_amended", Verb.COLLECTION, _("Court hearing amended by a later message"))
CASE_VIEWED = kind("case_viewed", Verb.CONSULTATION, _("Case viewed"))
CASES_LISTED = kind("cases_listed", Verb.CONSULTATION, _("List of cases viewed"))

# The event of each stage a case can enter.
STAGE_EVENTS = {
    "reported": CASE_OPENED,
    "investigated": CASE_OPENED,
    "charged": CASE_OPENED,
    "at_court": HEARING_RECEIVED,
    "concluded": HEARING_RECEIVED,
    "closed": CASE_OPENED,
}
