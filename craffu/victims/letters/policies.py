"""When a letter to a victim may leave: the way is safe, it was read, its Welsh is approved, and it is the one that waits.

VIC-02, BIL-03, T29. For letters of every kind; those about an order have more of their own (`orders.letters.policies`).
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.common.refusals import Conflict, NotNow
from craffu.messages.kinds import PROTECTED_DETAIL, TOO_LATE
from craffu.victims.letters.kinds import Stopped
from craffu.victims.letters.rules import WhyNot

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
    WhyNot.IN_DOUBT: gettext_lazy(
        "How we reach them may no longer be safe. Speak with them and make the agreement anew first: no letter may be sent."
    ),
    WhyNot.NOT_WANTED: gettext_lazy("They do not want to hear about this. Their safety does not hang on it: no letter is sent."),
}  # fmt: skip


# Why a letter that was written may not leave after all.
STOPPED: Final[Mapping[str, Promise]] = {
    Stopped.LANGUAGE_CHANGED: gettext_lazy("They chose another language since it was written. Write it anew."),
    Stopped.NEVER_SAY: gettext_lazy("It holds words that they asked us since never to say or leave. Write it anew."),
    Stopped.UNKNOWN_KIND: gettext_lazy("It is of no letter that we know."),
    Stopped.NEWS_CHANGED: gettext_lazy("What it tells was taken back or said anew since it was written. Write it anew."),
    Stopped.NO_SURVEYS: gettext_lazy("They do not want to be asked how they were treated."),
    PROTECTED_DETAIL: gettext_lazy("It holds what is protected about a victim, as is known by now. Word it anew."),
    TOO_LATE: gettext_lazy("It waited for a week, and may no longer be right. Write it anew."),
    **{one.value: words for one, words in WHY_NOT.items()},
}  # fmt: skip


def check_letter_is_safe(why: WhyNot | None) -> None:
    if why is not None:
        raise NotNow(f"letter_{why.value}", str(WHY_NOT[why]))


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


def check_same_agreement(seen: int | None, standing: int | None) -> None:
    """It is written in the language and by the way that were agreed when it is kept."""
    if seen != standing:
        raise Conflict("agreement_changed", _("What was agreed with them has changed meanwhile. Read the letter anew."))


def check_translation(*, is_draft: bool, translator: str) -> None:
    """BIL-03: a translation that no qualified translator has approved does not leave."""
    if is_draft and not translator.strip():
        raise NotNow(
            "letter_translation",
            _("The Welsh of this letter is a draft. It does not leave before a qualified translator has approved it."),
        )


def check_is_news(*, is_news: bool) -> None:
    if not is_news:
        raise NotNow("no_such_letter", _("There is nothing of the kind to write to them now."))


WRITTEN: Final = gettext_lazy("A letter of this was written already, and is on its way or with them.")


def check_not_written(*, is_written: bool) -> None:
    """T29: the same is written to them once, until it is known that it did not reach them."""
    if is_written:
        raise Conflict("letter_written", str(WRITTEN))


ASKED_TODAY: Final = gettext_lazy("A letter that asks how they were treated was written to them today. One is enough.")


def check_not_asked_today(*, is_asked: bool) -> None:
    """T29: of one day she is asked once, whatever happened on it."""
    if is_asked:
        raise Conflict("letter_asked_today", str(ASKED_TODAY))


def check_may_go(why: str, words: Mapping[str, Promise]) -> None:
    """VIC-02, VIC-09: what was safe and right when it was written may not be so when it leaves. `words` says each reason."""
    if why:
        raise NotNow("letter_stopped", str(words[why]))


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
