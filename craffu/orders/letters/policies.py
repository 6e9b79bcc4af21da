"""When a letter about an order may leave: there is something to tell, the way is safe, and nothing in it betrays anybody.

VIC-02, VIC-06, VIC-09, ORD-20, REV-04.
"""

from collections.abc import Collection, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.common.refusals import Conflict, NotNow
from craffu.orders.letters.kinds import About
from craffu.orders.letters.rules import WhyNot
from craffu.people.contacts import CONTACTS

WHY_NOT: Final[Mapping[WhyNot, Promise]] = {
    WhyNot.NOT_LOOKED_AFTER: gettext_lazy(
        "They are the victim in no case here, so nobody has agreed with them how to reach them safely. No letter may be sent."
    ),
    WhyNot.SHUT: gettext_lazy("Their page is not open to you. Whoever looks after them writes to them."),
    WhyNot.NOT_AGREED: gettext_lazy(
        "Nobody has agreed with them yet how to reach them safely. No letter may be sent until they say that one is safe."
    ),
    WhyNot.DECLINED: gettext_lazy("They declined an agreement on contact. No letter may be sent."),
    WhyNot.NOT_SAFE: gettext_lazy("A letter is not a way that they call safe. None may be sent, and none left for them."),
    WhyNot.NOT_WANTED: gettext_lazy("They do not want to hear about this. Their safety does not hang on it: no letter is sent."),
}  # fmt: skip


def check_is_offered(about: About, offered: Collection[About]) -> None:
    if about not in offered:
        raise NotNow("no_such_letter", _("There is nothing of the kind to write of this order now."))


def check_letter_is_safe(why: WhyNot | None) -> None:
    if why is not None:
        raise NotNow(f"letter_{why.value}", str(WHY_NOT[why]))


def check_words_are_the_orders(*, differ: bool) -> None:
    """ORD-20: words that somebody found to differ from the sealed order are told to nobody as its own."""
    if differ:
        raise NotNow(
            "letter_words_differ", _("The typed words differ from the sealed order. Put them right, then write.")
        )


def check_was_read(*, was_read: bool) -> None:
    """VIC-02: what must never be said is somebody's own words: a person holds the letter against them."""
    if not was_read:
        raise NotNow(
            "letter_not_read", _("Read the letter against what they asked us never to say, and say that you have.")
        )


def check_never_said(*, is_said: bool) -> None:
    if is_said:
        raise NotNow(
            "letter_never_say", _("It holds words that they asked us never to say or leave. It may not be sent.")
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


def check_same_agreement(seen: int | None, standing: int | None) -> None:
    """It is written in the language and by the way that were agreed when it is kept."""
    if seen != standing:
        raise Conflict("agreement_changed", _("What was agreed with them has changed meanwhile. Read the letter anew."))


def check_same_review(seen: int | None, standing: int | None) -> None:
    if seen != standing:
        raise Conflict("review_since", _("The order was reviewed again meanwhile. Read the letter anew."))
