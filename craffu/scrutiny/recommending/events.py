"""What the log says of recommendations: which, and never what was said of them."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

REPORT_RECORDED = kind("scrutiny_report_recorded", Verb.COLLECTION, _("Report with recommendations recorded"))
RECOMMENDATION_RECORDED = kind("recommendation_recorded", Verb.COLLECTION, _("Recommendation recorded"))
RECOMMENDATION_ANSWERED = kind("recommendation_entry_added", Verb.COLLECTION, _("Entry on a recommendation added"))
RECOMMENDATIONS_LISTED = kind("recommendations_listed", Verb.CONSULTATION, _("Recommendations listed"))
RECOMMENDATION_VIEWED = kind("recommendation_viewed", Verb.CONSULTATION, _("Recommendation viewed"))
