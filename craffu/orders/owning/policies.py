"""When somebody may be given an order to manage: one that is not over, which is open to them, as part of their work (ORD-18)."""

from django.utils.translation import gettext as _

from craffu.access.models import User
from craffu.common.refusals import NotNow


def check_has_an_owner(*, is_over: bool) -> None:
    """What nothing moves again is managed by nobody."""
    if is_over:
        raise NotNow("order_is_over", _("This order is over. Nobody manages it any more."))


def check_can_manage(to: User, *, manages: bool, is_shut: bool) -> None:
    if not to.is_active:
        raise NotNow("account_closed", _("This account is closed. Choose somebody else."))
    if not manages:
        raise NotNow("does_not_manage", _("They do not manage orders. Choose somebody else."))
    if is_shut:
        raise NotNow("beyond_them", _("Some of these records are not open to them. Choose somebody else."))
