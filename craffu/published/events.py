"""What the log says about official code lists and published figures."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

CODES_RECEIVED = kind("codes_received", Verb.COLLECTION, _("Official codes received"))
FIGURES_RECEIVED = kind("figures_received", Verb.COLLECTION, _("Published figures received"))
STREET_CRIMES_RECEIVED = kind("street_crimes_received", Verb.COLLECTION, _("Street-level crime received"))
FIGURE_ENTERED_BY_HAND = kind("figure_entered_by_hand", Verb.COLLECTION, _("Published figure entered by hand"))
ERRORS_FOUND = kind("errors_found", Verb.COLLECTION, _("Errors found in published figures"))
PROFILE_VIEWED = kind("profile_viewed", Verb.CONSULTATION, _("Offence profile viewed"))
FIGURES_TAKEN = kind("figures_taken", Verb.CONSULTATION, _("Published figures taken as a file"))
