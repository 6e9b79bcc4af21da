"""When a proposal may be decided: once, by a person, and as what it proposes (ORD-09)."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from craffu.common.refusals import Conflict, NotNow
from craffu.orders.proposing.rules import Does


def check_is_undecided(*, is_decided: bool) -> None:
    if is_decided:
        raise Conflict("decided", _("Somebody has decided this already. Look at what they said."))


def check_makes_an_order(does: str) -> None:
    """A change or an end is recorded as a step of the order that it changes, never as a new order."""
    if does != Does.MAKES:
        raise NotNow(
            "changes_an_order",
            _("This changes or ends an order that is there. Record it on that order, then say here that it is done."),
        )


def check_says_why(words: str) -> None:
    if not words.strip():
        raise NotNow("no_words", _("Say in a few words why it is not recorded as an order."))


def check_is_not_made_yet(orders: Collection[str]) -> None:
    """One order has one record: what was recorded already is named, and another beside it is said to be one."""
    if orders:
        words = _(
            "This order seems to be recorded already: %(orders)s. Look at it, and say here that it is recorded, or that this is"
            " another order beside it."
        )
        raise NotNow("made_already", words % {"orders": ", ".join(orders)})
