"""When an order may be given to another system: once a court or the police made it (ADR 95)."""

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.orders.models import Order


def check_was_made(order: Order) -> None:
    """Refuses one that is only considered, asked for or refused: other systems would take it for an order."""
    if order.made_at is None:
        raise NotNow("not_made", _("Nobody has made this order yet, so there is none to give to others."))
