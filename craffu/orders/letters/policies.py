"""When a letter about an order may leave: there is something to tell, the way is safe, and nothing in it betrays anybody.

VIC-02, VIC-06, VIC-09, ORD-20, REV-04.
"""

from collections.abc import Collection, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.common.refusals import Conflict, NotNow
from craffu.messages.kinds import PROTECTED_DETAIL, TOO_LATE
from craffu.orders.letters.kinds import About, Stopped
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


def check_translation(*, is_draft: bool, translator: str) -> None:
    """BIL-03: a translation that no qualified translator has approved does not leave."""
    if is_draft and not translator.strip():
        raise NotNow(
            "letter_translation",
            _("The Welsh of this letter is a draft. It does not leave before a qualified translator has approved it."),
        )


STOPPED: Final[Mapping[str, Promise]] = {
    Stopped.ORDER_CHANGED: gettext_lazy("The order has changed since it was written. Write it anew."),
    Stopped.NOT_PROTECTED: gettext_lazy("The order no longer protects them."),
    Stopped.LANGUAGE_CHANGED: gettext_lazy("They chose another language since it was written. Write it anew."),
    Stopped.NEVER_SAY: gettext_lazy("It holds words that they asked us since never to say or leave. Write it anew."),
    Stopped.NAMES_ANOTHER: gettext_lazy("It names somebody else whom the order protects. Write it anew."),
    Stopped.WORDS_DIFFER: gettext_lazy("The typed words differ from the sealed order. Put them right, then write it anew."),
    Stopped.UNKNOWN_KIND: gettext_lazy("It is of no letter that we know."),
    PROTECTED_DETAIL: gettext_lazy("It holds what is protected about a victim, as is known by now. Word it anew."),
    TOO_LATE: gettext_lazy("It waited for a week, and may no longer be right. Write it anew."),
    **{one.value: words for one, words in WHY_NOT.items()},
}  # fmt: skip


def check_may_go(why: str) -> None:
    """VIC-02, VIC-09: what was safe and right when it was written may not be so when it leaves."""
    if why:
        raise NotNow("letter_stopped", str(STOPPED[why]))


def check_waits(*, waits: bool) -> None:
    """T29: of several who fetch a letter one has it; it leaves once."""
    if not waits:
        raise Conflict("letter_not_waiting", _("It is not in the print queue: somebody has fetched it, or it is over."))


def check_is_fetched(*, is_fetched: bool) -> None:
    if not is_fetched:
        raise NotNow("letter_not_fetched", _("Nobody has fetched it from the print queue, or it is over already."))


def check_has_left(*, has_left: bool) -> None:
    if not has_left:
        raise NotNow("letter_not_posted", _("It is not in the post, or it is known what became of it."))
