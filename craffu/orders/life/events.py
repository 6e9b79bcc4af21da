"""What the log says about the life of an order: one kind of event for each status it can enter (ORD-09)."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind
from craffu.orders.life.states import OrderStatus

ORDER_CONSIDERED = kind("order_considered", Verb.COLLECTION, _("Order being considered"))
ORDER_NOT_PURSUED = kind("order_not_pursued", Verb.ALTERATION, _("Order not pursued"))
ORDER_DECIDED = kind("order_decided", Verb.ALTERATION, _("Order decided on"))
ORDER_AUTHORISATION_ASKED = kind("order_authorisation_asked", Verb.ALTERATION, _("Authorisation of an order asked for"))
ORDER_DECLINED = kind("order_declined", Verb.ALTERATION, _("Authorisation of an order declined"))
ORDER_AUTHORISED = kind("order_authorised", Verb.ALTERATION, _("Order authorised"))
ORDER_APPLIED_FOR = kind("order_applied_for", Verb.ALTERATION, _("Order applied for"))
ORDER_ADJOURNED = kind("order_adjourned", Verb.ALTERATION, _("Application for an order adjourned"))
ORDER_GRANTED = kind("order_granted", Verb.ALTERATION, _("Order made"))
ORDER_IN_FORCE = kind("order_in_force", Verb.ALTERATION, _("Order served or known to the respondent"))
ORDER_REFUSED = kind("order_refused", Verb.ALTERATION, _("Order refused by the court"))
ORDER_WITHDRAWN = kind("order_withdrawn", Verb.ALTERATION, _("Application for an order withdrawn"))
ORDER_EXPIRED = kind("order_expired", Verb.ALTERATION, _("Order ended with its last day"))
ORDER_DISCHARGED = kind("order_discharged", Verb.ALTERATION, _("Order discharged"))
ORDER_REVOKED = kind("order_revoked", Verb.ALTERATION, _("Order revoked"))
ORDER_SUPERSEDED = kind("order_superseded", Verb.ALTERATION, _("Order ended when its main application was determined"))
ORDER_QUASHED = kind("order_quashed", Verb.ALTERATION, _("Order quashed on appeal"))

# The event of each status that an order enters.
ORDER_EVENTS = {
    OrderStatus.CONSIDERING: ORDER_CONSIDERED,
    OrderStatus.NOT_PURSUED: ORDER_NOT_PURSUED,
    OrderStatus.DECIDED: ORDER_DECIDED,
    OrderStatus.AUTHORISING: ORDER_AUTHORISATION_ASKED,
    OrderStatus.DECLINED: ORDER_DECLINED,
    OrderStatus.AUTHORISED: ORDER_AUTHORISED,
    OrderStatus.APPLIED: ORDER_APPLIED_FOR,
    OrderStatus.ADJOURNED: ORDER_ADJOURNED,
    OrderStatus.GRANTED: ORDER_GRANTED,
    OrderStatus.IN_FORCE: ORDER_IN_FORCE,
    OrderStatus.REFUSED: ORDER_REFUSED,
    OrderStatus.WITHDRAWN: ORDER_WITHDRAWN,
    OrderStatus.EXPIRED: ORDER_EXPIRED,
    OrderStatus.DISCHARGED: ORDER_DISCHARGED,
    OrderStatus.REVOKED: ORDER_REVOKED,
    OrderStatus.SUPERSEDED: ORDER_SUPERSEDED,
    OrderStatus.QUASHED: ORDER_QUASHED,
}
