"""What the log says about orders beside the statuses they enter (`life/events.py`)."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

ORDER_VIEWED = kind("order_viewed", Verb.CONSULTATION, _("Order viewed"))
ORDERS_LISTED = kind("orders_listed", Verb.CONSULTATION, _("List of orders viewed"))
ORDER_PAPER_OPENED = kind("order_paper_opened", Verb.CONSULTATION, _("Paper of an order opened"))
ORDER_PAPER_KEPT = kind("order_paper_kept", Verb.COLLECTION, _("Paper of an order kept"))
ORDER_TERMS_DRAFTED = kind("order_terms_drafted", Verb.COLLECTION, _("Terms of an order drafted"))
ORDER_TERMS_COMPARED = kind("order_terms_compared", Verb.COLLECTION, _("Terms compared with the sealed order"))
ORDER_TERMS_CORRECTED = kind("order_terms_corrected", Verb.ALTERATION, _("Typed terms of an order put right"))
ORDER_TERMS_APPROVED = kind("order_terms_approved", Verb.COLLECTION, _("Condition worded for one order alone approved"))
ORDER_VARIED = kind("order_varied", Verb.ALTERATION, _("Order varied"))
ORDER_RENEWED = kind("order_renewed", Verb.ALTERATION, _("Order renewed"))
ORDER_DEFERRED = kind("order_deferred", Verb.ALTERATION, _("Decision on an order deferred"))
ORDER_SERVICE_ATTEMPTED = kind("order_service_attempted", Verb.COLLECTION, _("Attempt to serve an order recorded"))
ORDER_SERVED_LATER = kind("order_served_later", Verb.COLLECTION, _("Service of an order in force recorded"))
ORDER_OWNED = kind("order_owned", Verb.ALTERATION, _("Who manages an order changed"))
ORDER_NOTIFIED = kind("order_notified", Verb.COLLECTION, _("First notification by a respondent recorded"))
ORDER_TERMS_GIVEN = kind("order_terms_given", Verb.COLLECTION, _("Terms of an order given to whom it protects"))
ORDER_TOLD = kind("order_told", Verb.COLLECTION, _("Telling of whom an order protects recorded"))
ORDER_RELAXATION_SOUGHT = kind("order_relaxation_sought", Verb.COLLECTION, _("Application to relax an order recorded"))
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
ORDER_PAPERS_VIEWED = kind("order_papers_viewed", Verb.CONSULTATION, _("Papers of an order viewed"))
ORDER_PRINTED = kind("order_printed", Verb.DISCLOSURE, _("Paper of an order taken out"))
ORDER_PAPER_GIVEN = kind("order_paper_given", Verb.COLLECTION, _("Paper of an order recorded as given"))
ORDER_PAPER_MARKED = kind("order_paper_marked", Verb.ALTERATION, _("What may become of a paper of an order said"))
ORDER_TEXT_VIEWED = kind("order_text_viewed", Verb.CONSULTATION, _("Words of an order for another system viewed"))
ORDER_ENTERED = kind("order_entered", Verb.COLLECTION, _("Entry of an order in another system recorded"))
WORDING_EDITED = kind("order_wording_edited", Verb.ALTERATION, _("Wording of papers edited"))
ORDER_DOCUMENT_RECEIVED = kind("order_document_received", Verb.COLLECTION, _("Order that came as a document received"))
ORDER_DOCUMENTS_LISTED = kind("order_documents_listed", Verb.CONSULTATION, _("Inbox of orders viewed"))
ORDER_DOCUMENT_VIEWED = kind("order_document_viewed", Verb.CONSULTATION, _("Order that came as a document viewed"))
ORDER_DOCUMENT_OPENED = kind(
    "order_document_opened", Verb.CONSULTATION, _("Image of an order that came as a document opened")
)
ORDER_DOCUMENT_READ = kind("order_document_read", Verb.COLLECTION, _("Typed from an order that came as a document"))
ORDER_DOCUMENT_OWNED = kind("order_document_owned", Verb.ALTERATION, _("Whose an order in the inbox is changed"))
ORDER_DOCUMENT_MATCHED = kind("order_document_matched", Verb.ALTERATION, _("Order that came as a document matched"))
ORDER_DOCUMENT_RETURNED = kind("order_document_returned", Verb.ALTERATION, _("Order that came as a document returned"))
ORDER_LISTS_COMPARED = kind("order_lists_compared", Verb.COLLECTION, _("Register compared with the court’s list"))
ORDER_DIFFERENCES_LISTED = kind(
    "order_differences_listed", Verb.CONSULTATION, _("Differences from the court’s list viewed")
)
ORDER_DIFFERENCE_VIEWED = kind(
    "order_difference_viewed", Verb.CONSULTATION, _("Difference from the court’s list viewed")
)
ORDER_DIFFERENCE_OWNED = kind("order_difference_owned", Verb.ALTERATION, _("Whose a difference is changed"))
ORDER_DIFFERENCE_CLOSED = kind("order_difference_closed", Verb.ALTERATION, _("Difference from the court’s list closed"))
ORDER_TRANSFER_SENT = kind(
    "order_transfer_sent", Verb.ALTERATION, _("Orders sent with their respondent to another force")
)
ORDER_TRANSFER_ACKNOWLEDGED = kind(
    "order_transfer_acknowledged", Verb.ALTERATION, _("Receipt of a transferred order recorded")
)
ORDER_TRIGGER_RAISED = kind("order_trigger_raised", Verb.COLLECTION, _("Heightened follow-up of an order raised"))
ORDER_TRIGGER_ACTED_ON = kind(
    "order_trigger_acted_on", Verb.COLLECTION, _("Action in heightened follow-up of an order recorded")
)
ORDER_NOTIFICATION_RECORDED = kind(
    "order_notification_recorded", Verb.COLLECTION, _("Notification by a respondent recorded")
)
ORDER_NOTIFICATION_ACKNOWLEDGED = kind(
    "order_notification_acknowledged", Verb.COLLECTION, _("Written acknowledgement of a notification recorded")
)
ORDER_NOTIFICATION_VERIFIED = kind(
    "order_notification_verified", Verb.COLLECTION, _("Verification of a notification recorded")
)
ORDER_NOTIFICATION_VIEWED = kind(
    "order_notification_viewed", Verb.CONSULTATION, _("Notification by a respondent viewed")
)
ORDER_FOLLOW_UP_VIEWED = kind("order_follow_up_viewed", Verb.CONSULTATION, _("Heightened follow-up of an order viewed"))
ORDER_OTHER_DUTY_NOTED = kind(
    "order_other_duty_noted", Verb.COLLECTION, _("Another notification duty of a respondent recorded")
)
