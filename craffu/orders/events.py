"""What the log says about orders beside the statuses they enter (`life/events.py`)."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

ORDER_VIEWED = kind("order_viewed", Verb.CONSULTATION, _("Order viewed"))
ORDERS_LISTED = kind("orders_listed", Verb.CONSULTATION, _("List of orders viewed"))
ORDER_PAPER_OPENED = kind("order_paper_opened", Verb.CONSULTATION, _("Paper of an order opened"))
ORDER_PAPER_KEPT = kind("order_paper_kept", Verb.COLLECTION, _("Paper of an order kept"))
ORDER_TERMS_DRAFTED = kind("order_terms_drafted", Verb.COLLECTION, _("Terms of an order drafted"))
ORDER_TERMS_COMPARED = kind("order_terms_compared", Verb.COLLECTION, _("Terms compared with the sealed order"))
ORDER_TERMS_APPROVED = kind("order_terms_approved", Verb.COLLECTION, _("Condition worded for one order alone approved"))
ORDER_VARIED = kind("order_varied", Verb.ALTERATION, _("Order varied"))
ORDER_RENEWED = kind("order_renewed", Verb.ALTERATION, _("Order renewed"))
ORDER_DEFERRED = kind("order_deferred", Verb.ALTERATION, _("Decision on an order deferred"))
ORDER_SERVICE_ATTEMPTED = kind("order_service_attempted", Verb.COLLECTION, _("Attempt to serve an order recorded"))
ORDER_OWNED = kind("order_owned", Verb.ALTERATION, _("Who manages an order changed"))
ORDER_NOTIFIED = kind("order_notified", Verb.COLLECTION, _("First notification by a respondent recorded"))
ORDER_TERMS_GIVEN = kind("order_terms_given", Verb.COLLECTION, _("Terms of an order given to whom it protects"))
ORDER_PROTECTS = kind("order_protects", Verb.ALTERATION, _("Whom an order protects recorded"))
ORDER_PACK_SAID = kind("order_pack_said", Verb.COLLECTION, _("Part of an application pack recorded"))
ORDER_PACK_SCANNED = kind("order_pack_scanned", Verb.COLLECTION, _("Service pack searched for what is protected"))
ORDER_PACK_RELEASED = kind(
    "order_pack_released", Verb.ALTERATION, _("Service pack released though something was found")
)
CONSIDERATION_VIEWED = kind("consideration_viewed", Verb.CONSULTATION, _("Orders considered in a case viewed"))
CONSIDERATION_FACT_SAID = kind("consideration_fact_said", Verb.COLLECTION, _("Fact on which orders hang recorded"))
CONSIDERATION_REOPENED = kind("consideration_reopened", Verb.ALTERATION, _("Orders to be considered again"))
OPTION_DECIDED = kind("option_decided", Verb.COLLECTION, _("Option of an order decided"))
NOT_PURSUED_CHALLENGED = kind("not_pursued_challenged", Verb.COLLECTION, _("Order not pursued challenged"))
CATALOGUE_VIEWED = kind("order_catalogue_viewed", Verb.CONSULTATION, _("Catalogue of orders viewed"))
CATALOGUE_EDITED = kind("order_catalogue_edited", Verb.ALTERATION, _("Catalogue of orders edited"))
ORDER_PROPOSED = kind("order_proposed", Verb.COLLECTION, _("Order proposed from a court's result"))
PROPOSALS_LISTED = kind("order_proposals_listed", Verb.CONSULTATION, _("Orders proposed from courts viewed"))
PROPOSAL_DECIDED = kind("order_proposal_decided", Verb.ALTERATION, _("Proposed order decided"))
LIBRARY_EDITED = kind("condition_library_edited", Verb.ALTERATION, _("Condition of the library reworded"))
