"""What the log says about people's requests for their own data (SEC-11)."""

from django.utils.translation import gettext_lazy as _

from craffu.access.rights_requests.kinds import Ending
from craffu.access.rights_requests.states import RightsStatus
from craffu.audit.events import Verb, kind

RIGHTS_RECEIVED = kind("rights_received", Verb.COLLECTION, _("Rights request received"))
RIGHTS_IDENTIFIED = kind("rights_identified", Verb.ALTERATION, _("Identity proved for a rights request"))
RIGHTS_PREPARED = kind("rights_prepared", Verb.ALTERATION, _("Answer to a rights request prepared"))
RIGHTS_SENT_BACK = kind("rights_sent_back", Verb.ALTERATION, _("Answer to a rights request sent back"))
RIGHTS_APPROVED = kind("rights_approved", Verb.ALTERATION, _("Answer to a rights request approved"))
RIGHTS_ANSWERED = kind("rights_answered", Verb.DISCLOSURE, _("Rights request answered"))
RIGHTS_WITHDRAWN = kind("rights_withdrawn", Verb.ALTERATION, _("Rights request withdrawn"))
USE_RESTRICTION_LIFTED = kind("rights_use_restriction_lifted", Verb.ALTERATION, _("Restriction of use lifted"))
RIGHTS_PUT_RIGHT = kind("rights_put_right", Verb.ALTERATION, _("What a rights request named was put right"))
RIGHTS_NOT_PUT_RIGHT = kind("rights_not_put_right", Verb.ALTERATION, _("What a rights request named is not put right"))
ANSWER_SEARCHED = kind("rights_answer_searched", Verb.CONSULTATION, _("Answer searched for what is protected"))
ANSWER_DRAFTED = kind(
    "rights_answer_drafted", Verb.CONSULTATION, _("What an answer to a rights request may hold, viewed")
)
RIGHTS_LISTED = kind("rights_listed", Verb.CONSULTATION, _("List of rights requests viewed"))
RIGHTS_VIEWED = kind("rights_viewed", Verb.CONSULTATION, _("Rights request viewed"))

# The event of each step.
RIGHTS_EVENTS = {
    RightsStatus.RECEIVED: RIGHTS_RECEIVED,
    RightsStatus.IDENTIFIED: RIGHTS_IDENTIFIED,
    RightsStatus.PREPARED: RIGHTS_PREPARED,
    RightsStatus.SENT_BACK: RIGHTS_SENT_BACK,
    RightsStatus.APPROVED: RIGHTS_APPROVED,
    RightsStatus.ANSWERED: RIGHTS_ANSWERED,
    RightsStatus.WITHDRAWN: RIGHTS_WITHDRAWN,
}

ENDING_EVENTS = {
    Ending.LIFTED: USE_RESTRICTION_LIFTED,
    Ending.PUT_RIGHT: RIGHTS_PUT_RIGHT,
    Ending.NOT_PUT_RIGHT: RIGHTS_NOT_PUT_RIGHT,
}
