"""When the lists may be compared, and when a difference may be taken, closed or entered: while it is open (ORD-19)."""

from django.utils.translation import gettext as _

from craffu.common.refusals import Conflict, NotNow
from craffu.orders.reconciling.rules import Finding


def check_list_has_come(*, has_come: bool) -> None:
    if not has_come:
        raise NotNow("no_list", _("No list of a court has come yet: there is nothing to compare with."))


def check_is_open(*, is_closed: bool) -> None:
    if is_closed:
        raise Conflict("closed_already", _("This difference is closed already. Look at how it was."))


def check_says_why(words: str) -> None:
    if not words.strip():
        raise NotNow("missing:reason_text", _("Say why in your own words."))


def check_can_enter(finding: str) -> None:
    """Only an order that the register lacks is entered from the list."""
    if finding != Finding.NOT_ON_REGISTER:
        raise NotNow("on_register", _("This order is on the register. Record the change on its own page."))
