"""When an entry in another system may be recorded: the order is live, and the entry has a reference and a day that can be."""

from datetime import date

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.orders.entering.rules import System


def check_system(system: str) -> None:
    if system not in set(System):
        raise NotNow("no_such_system", _("Choose the system."))


def check_can_be_entered(*, is_live: bool, terms_number: int | None) -> None:
    if not is_live or terms_number is None:
        raise NotNow("not_live", _("Only an order that was made and has not ended is entered, with its conditions."))


def check_entry(reference: str, entered_on: date, made_on: date, words_from: date, today: date) -> None:
    """An entry of before the words that stand applied says what no longer holds, and is none of them (ORD-15, ORD-18)."""
    if not reference.strip():
        raise NotNow("no_reference", _("Enter the reference that the system gave it."))
    if not made_on <= entered_on <= today:
        raise NotNow("entered_when", _("It was entered on a day from its making to today."))
    if entered_on < words_from:
        raise NotNow(
            "entered_before_these_words",
            _(
                "The words that stand apply from a later day. Enter them there, and give the day on which that was done."
            ),
        )
