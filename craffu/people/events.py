"""What the log says about source records and persons."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

RECORD_RECEIVED = kind("record_received", Verb.COLLECTION, _("Record received"))
RECORD_CHANGED_AT_SOURCE = kind("record_changed_at_source", Verb.COLLECTION, _("Record changed at its source"))
PERSON_VIEWED = kind("person_viewed", Verb.CONSULTATION, _("Person viewed"))
PEOPLE_LISTED = kind("people_listed", Verb.CONSULTATION, _("List of people viewed"))
PEOPLE_SEARCHED = kind("people_searched", Verb.CONSULTATION, _("Search answered"))
PEOPLE_EXPORTED = kind("people_exported", Verb.DISCLOSURE, _("List of people taken out as a file"))
PERSON_EXPORTED = kind("person_exported", Verb.DISCLOSURE, _("Person’s record taken out as a file"))
