"""What the log says about interviews of practice and dangers told of in them: references, and never a word of theirs."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

INTERVIEW_HELD = kind("interview_held", Verb.COLLECTION, _("Interview of practice recorded"))
INTERVIEW_CONSENTED = kind("interview_consented", Verb.COLLECTION, _("Consent to an interview of practice recorded"))
INTERVIEW_WITHDRAWN = kind("interview_withdrawn", Verb.ALTERATION, _("Consent to an interview of practice taken back"))
INTERVIEW_ANSWERED = kind("interview_answered", Verb.COLLECTION, _("Answer in an interview of practice written down"))
INTERVIEW_QUOTED = kind("interview_quoted", Verb.COLLECTION, _("Passage of an interview of practice marked as a quote"))
INTERVIEWS_LISTED = kind("interviews_listed", Verb.CONSULTATION, _("Interviews of practice listed"))
INTERVIEW_VIEWED = kind("interview_viewed", Verb.CONSULTATION, _("Interview of practice viewed"))
LIVE_RISK_REFERRED = kind(
    "live_risk_referred", Verb.DISCLOSURE, _("Danger told of in an interview referred to the force")
)
LIVE_RISK_VIEWED = kind("live_risk_viewed", Verb.CONSULTATION, _("Danger told of in an interview viewed"))
LIVE_RISK_ACTED_ON = kind("live_risk_acted_on", Verb.COLLECTION, _("What the force did of a danger recorded"))
