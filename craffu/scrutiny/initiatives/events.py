"""What the log says of initiatives: which, and never what was said of them."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

INITIATIVE_RECORDED = kind("initiative_recorded", Verb.COLLECTION, _("Initiative recorded"))
INITIATIVE_SAID = kind("initiative_word_added", Verb.COLLECTION, _("Word on an initiative added"))
INITIATIVE_MEASURED = kind("initiative_measured", Verb.COLLECTION, _("Measure of an initiative counted"))
INITIATIVES_LISTED = kind("initiatives_listed", Verb.CONSULTATION, _("Initiatives listed"))
INITIATIVE_VIEWED = kind("initiative_viewed", Verb.CONSULTATION, _("Initiative viewed"))
