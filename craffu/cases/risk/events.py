"""What the log says about risk in a case."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

RISK_ASSESSED = kind("risk_assessed", Verb.COLLECTION, _("Risk assessed"))
RISK_LOOKED_AT_AGAIN = kind("risk_looked_at_again", Verb.COLLECTION, _("Standard grade looked at by a second person"))
RISK_EVENT_RECORDED = kind("risk_event_recorded", Verb.COLLECTION, _("Event that asks for a risk assessment recorded"))
RISK_OBSERVED = kind("risk_observed", Verb.COLLECTION, _("Observation about risk recorded"))
RISK_VIEWED = kind("risk_viewed", Verb.CONSULTATION, _("Risk in a case viewed"))
UNASSESSED_LISTED = kind("unassessed_listed", Verb.CONSULTATION, _("Queue of unassessed cases viewed"))
SECOND_LOOKS_LISTED = kind("second_looks_listed", Verb.CONSULTATION, _("Queue of second looks viewed"))
