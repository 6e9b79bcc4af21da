"""When she may be asked by the safe page: with an agreement, by a way that it calls safe for links (VIC-01, VIC-02)."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.victims.inviting.rules import WhyNot

_WORDS: Final[Mapping[WhyNot, Callable[[], str]]] = {
    WhyNot.NOT_AGREED: lambda: _("There is no agreement yet: nobody knows what is safe. Make one first."),
    WhyNot.DECLINED: lambda: _("They declined an agreement, so no link is sent. Read out a code when you speak."),
    WhyNot.NO_SAFE_LINK: lambda: _(
        "By this way no link may come: their agreement does not call it safe for links. Read out a code when you speak."
    ),
    WhyNot.NO_ADDRESS: lambda: _(
        "Enter the telephone number or the e-mail address that they say is safe, as +44 7700 900123 or name@example.org."
    ),
    WhyNot.NO_SURVEYS: lambda: _("They do not want to be asked how they were treated."),
    WhyNot.REACH_CHANGED: lambda: _(
        "They said that how we reach them is no longer safe. Speak with them and make the agreement anew first."
    ),
    WhyNot.TRANSLATION: lambda: _(
        "The Welsh of the message is a draft that no qualified translator has approved. Read out a code when you speak."
    ),
    WhyNot.OF_THE_ACCUSED: lambda: _(
        "This is recorded as the number or address of somebody who is accused in their case, or bound by an order that protects "
        "them. Ask for one that nobody else reads, or read out a code when you speak."
    ),
    WhyNot.NEVER_SAFE: lambda: _("At no time would a message by this way be safe. Read out a code when you speak."),
}


def check_may_be_asked(why: WhyNot | None) -> None:
    if why is not None:
        raise NotNow(f"not_asked_{why.value}", _WORDS[why]())


def check_is_open(*, is_open: bool) -> None:
    """Only what still opens something can be ended."""
    if not is_open:
        raise NotNow("invitation_over", _("It opens nothing any more, so there is nothing to end."))


def check_is_surveyed(*, is_surveyed: bool) -> None:
    if not is_surveyed:
        raise NotNow("not_surveyed", _("After that nobody is asked how they were treated."))


def check_was_answered(*, was_opened: bool) -> None:
    if not was_opened:
        raise NotNow("not_opened", _("Nobody has used it yet. End it instead."))


def check_protects_her(*, protects: bool) -> None:
    """What is asked of an order is asked of whom it protects."""
    if not protects:
        raise NotNow(
            "not_hers_order", _("No order of this reference protects them. Choose one that does, or leave it empty.")
        )
