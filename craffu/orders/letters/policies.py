"""When a letter about an order may leave: there is something to tell, the way is safe, and nothing in it betrays anybody.

VIC-02, VIC-06, VIC-09, ORD-20, REV-04.
"""

from collections.abc import Collection, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.common.refusals import Conflict, NotNow
from craffu.orders.letters.kinds import About, Stopped
from craffu.people.contacts import CONTACTS
from craffu.victims.letters.policies import STOPPED as LETTER_STOPPED


def check_is_offered(about: About, offered: Collection[About]) -> None:
    if about not in offered:
        raise NotNow("no_such_letter", _("There is nothing of the kind to write of this order now."))


def check_words_are_the_orders(*, differ: bool) -> None:
    """ORD-20: words that somebody found to differ from the paper itself are told to nobody as its own."""
    if differ:
        raise NotNow(
            "letter_words_differ", _("The typed words differ from the paper itself. Put them right, then write.")
        )


def check_names_nobody_else(*, names: bool) -> None:
    if names:
        raise NotNow(
            "letter_names_another",
            _("It names somebody else whom the order protects. Word that part anew, then write."),
        )


def check_holds_nothing_of_respondent(found: Mapping[str, int]) -> None:
    """VIC-09, the other way about: where the respondent lives is told to nobody."""
    if found:
        named = ", ".join(f"{CONTACTS.get(kind, kind)} ({number})" for kind, number in found.items())
        raise NotNow(
            "letter_holds_respondent",
            _("It holds details of the respondent: %(found)s. They are in no letter.") % {"found": named},
        )


def check_same_review(seen: int | None, standing: int | None) -> None:
    if seen != standing:
        raise Conflict("review_since", _("The order was reviewed again meanwhile. Read the letter anew."))


def check_reason_is_translated(*, lacks_welsh: bool) -> None:
    """BIL-03: a letter in Welsh tells the reason in Welsh; until a qualified translator has worded it, none is written."""
    if lacks_welsh:
        raise NotNow(
            "letter_reason_in_english",
            _(
                "They are written to in Welsh, and why it was decided so stands in English alone. A translator words it first."
            ),
        )


def check_is_translated(words: str, translator: str) -> None:
    if not words.strip():
        raise NotNow("no_words", _("Write the reason in Welsh."))
    if not translator.strip():
        raise NotNow("no_translator", _("Enter the name of the qualified translator who worded it."))


def check_is_told(*, is_complete: bool) -> None:
    if not is_complete:
        raise NotNow("review_not_complete", _("The review is not complete, so nobody is told of it yet."))


STOPPED: Final[Mapping[str, Promise]] = {
    Stopped.ORDER_CHANGED: gettext_lazy("The order has changed since it was written. Write it anew."),
    Stopped.NOT_PROTECTED: gettext_lazy("The order no longer protects them."),
    Stopped.NAMES_ANOTHER: gettext_lazy("It names somebody else whom the order protects. Write it anew."),
    Stopped.WORDS_DIFFER: gettext_lazy("The typed words differ from the paper itself. Put them right, then write it anew."),
    **LETTER_STOPPED,
}  # fmt: skip
