"""When an order may be reviewed, and what stands in the way of closing its review, in words (REV-02 to REV-05)."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from craffu.access.models import User
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.orders.catalogue.kinds import Family
from craffu.orders.life.states import LIVE
from craffu.orders.reviewing import rules

# Bail and licence conditions and notices end by themselves within days, and are no orders that anybody reviews.
REVIEWED: Final = frozenset({Family.APPLICATION, Family.CRIMINAL, Family.VICTIMS_OWN})

_WHY_OPEN: Final[Mapping[str, Callable[[], str]]] = {
    rules.UNKNOWN_DECISION: lambda: _("Choose what is decided."),
    rules.REASON_TOO_SHORT: lambda: _("Say in a sentence why this is decided."),
    rules.SAY_WHY: lambda: _("They asked for something else. Say why it is not decided so: they are told."),
    rules.SIGN_OFF_NEEDED: lambda: _("Another person, a supervisor, agrees to this first."),
    rules.SELF_SIGN_OFF: lambda: _("You reviewed this order. Another supervisor agrees to it."),
    rules.NO_VIEW: lambda: _("Nobody has asked them yet. Ask, or say why not."),
    rules.INCOMPLETE: lambda: _("Choose their own words, with who asked and when."),
    rules.TOO_OLD: lambda: _("That is older than 28 days. Ask them again before the order ends or protects them less."),
    rules.NO_DATE: lambda: _("Enter the day on which they said so."),
    rules.AHEAD: lambda: _("This lies in the future. Record it once it has happened."),
    rules.WITHOUT_CONSENT: lambda: _("They had not agreed that this advocate speaks for them. Ask them."),
    rules.NOT_CONFIRMED: lambda: _("They said so over a year ago. Ask whether it is still what they wish."),
    rules.WISH_NOT_ENOUGH: lambda: _(
        "They asked not to be asked, but this ends the order or protects them less. Ask them first."
    ),
    rules.ASKED_TO_BE_ASKED: lambda: _("They asked to be asked about this. Ask them first."),
    rules.UNSAFE_NOT_AGREED: lambda: _("Say why it is not safe to ask them. A supervisor agrees to it."),
    rules.TOO_FEW: lambda: _(
        "There are too few attempts: three, on two days, by two ways that are safe (by one, if only one is)."
    ),
}


def too_long_ago() -> str:
    return _("They declined longer than 28 days ago, and before the last review. Ask them again.")


def check_review_open(*, is_reviewed: bool, status: str) -> None:
    if not is_reviewed:
        raise NotNow("not_reviewed", _("Orders of this kind are not reviewed."))
    if status not in LIVE:
        raise NotNow("not_standing_now", _("Only an order that stands is reviewed."))


def check_protects_somebody(records: Collection[int]) -> None:
    if not records:
        raise NotNow("protects_nobody", _("Say first whom this order protects: they are heard."))


def check_none_waits(*, waits: bool) -> None:
    if waits:
        raise Conflict("review_waits", _("A review of this order waits for a supervisor already."))


def check_was_read(*, is_read: bool) -> None:
    if not is_read:
        raise NotNow("not_read", _("Read what has happened since the last review, and say that you have."))


def check_effect_is_said(effect: str) -> None:
    if not effect.strip():
        raise NotNow("effect_missing", _("Say how what they told you, or that nobody could ask, changed the decision."))


def check_has_an_end(decision: str, last_day: date | None) -> None:
    """What has no last day is neither renewed before it nor left to end on it."""
    if last_day is None and decision in rules.NEEDS_AN_END:
        raise NotNow("has_no_end", _("This order has no last day. It is neither renewed nor left to end."))


def check_refusals(*, are_of_this: bool) -> None:
    """REV-02, REV-03: who declined once is asked again for the next review."""
    if not are_of_this:
        raise NotNow("refusal_too_old", too_long_ago())


def check_all_are_heard(*, all_heard: bool) -> None:
    if not all_heard:
        raise NotNow(
            "not_all_heard",
            _(
                "Somebody was named since whom this order protects, and nobody has heard them. Send it back, so that they are."
            ),
        )


def check_weighs_all(*, is_all: bool) -> None:
    if not is_all:
        raise NotNow(
            "said_since",
            _("Somebody whom it protects has said more of the order since. Send it back, so that it is weighed."),
        )


def check_may_close(why: Collection[str]) -> None:
    """Everything that stands in the way, each with what to do about it; the code is the first's."""
    if why:
        first = next(iter(why)).rpartition(":")[2]
        raise NotNow(first, " ".join(dict.fromkeys(why_words(one) for one in why)))


def why_words(why: str) -> str:
    """One reason in words; whose it is stands beside it."""
    return _WHY_OPEN[why.rpartition(":")[2]]()


def check_waits(*, waits: bool) -> None:
    if not waits:
        raise Conflict("review_does_not_wait", _("This review does not wait for a supervisor any more."))


def check_is_another(user: User, reviewer: User) -> None:
    """Never whoever reviewed (REV-03)."""
    if user == reviewer:
        raise NotPermitted("own_review", _WHY_OPEN[rules.SELF_SIGN_OFF]())


def check_is_open_to(*, is_open: bool) -> None:
    """Nobody agrees to what they may not see. They can send it back, so that no review waits for ever (SEC-02)."""
    if not is_open:
        raise NotPermitted(
            "review_not_open",
            _(
                "Something in this review is not open to you. Somebody to whom it is open agrees to it; "
                "you can only send it back."
            ),
        )


def check_says_why_not(*, agrees: bool, words: str) -> None:
    if not agrees and not words.strip():
        raise NotNow("reason_missing", _("Say why it goes back."))


def check_applies(*, applies: bool) -> None:
    if not applies:
        raise NotNow("applies_for_nothing", _("Nothing was to be asked of a court after this review."))


def check_day_of_application(on: date, decided_on: date, today: date) -> None:
    if on > today:
        raise NotNow("ahead", _("This lies in the future. Record it once it has happened."))
    if on < decided_on:
        raise NotNow("before_review", _("That was before the review decided it. Check the day."))


def check_not_applied(*, is_applied: bool) -> None:
    if is_applied:
        raise Conflict("applied_already", _("It is recorded already when the application went to the court."))
