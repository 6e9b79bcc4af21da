"""What the log says about victims."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

VICTIM_VIEWED = kind("victim_viewed", Verb.CONSULTATION, _("Victim’s page viewed"))
CONTACTS_VIEWED = kind("victim_contacts_viewed", Verb.CONSULTATION, _("Contacts with a victim viewed"))
AGREEMENT_VIEWED = kind("agreement_viewed", Verb.CONSULTATION, _("Victim Contact Agreement viewed"))
PROTECTED_SHOWN = kind("victim_protected_shown", Verb.CONSULTATION, _("Protected details of a victim shown"))
AGREEMENT_BEGUN = kind("agreement_begun", Verb.COLLECTION, _("Victim Contact Agreement begun or changed in draft"))
AGREEMENT_DROPPED = kind("agreement_dropped", Verb.ALTERATION, _("Draft of a Victim Contact Agreement dropped"))
AGREEMENT_RECORDED = kind("agreement_recorded", Verb.COLLECTION, _("Victim Contact Agreement recorded"))
FEARED_DATE_RECORDED = kind("feared_date_recorded", Verb.COLLECTION, _("Day that a victim fears recorded"))
HAPPENING_RECORDED = kind("happening_recorded", Verb.COLLECTION, _("Event to tell a victim of recorded"))
CONTACT_RECORDED = kind("victim_contact_recorded", Verb.COLLECTION, _("Contact with a victim recorded"))
CONTACT_REFUSED = kind("victim_contact_refused", Verb.DENIED, _("Contact with a victim refused as unsafe"))
DANGER_OVERRIDE = kind("victim_contact_in_danger", Verb.COLLECTION, _("Unsafe contact made because life was in danger"))
PROMISE_MADE = kind("promise_made", Verb.COLLECTION, _("Contact promised to a victim"))
PROMISE_EXCUSED = kind("promise_excused", Verb.COLLECTION, _("Promised contact excused"))
