"""When her words may be taken and answered, and when it may be recorded that she withdraws (VIC-07, VIC-08, VIC-11)."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow

_NOT_EXPLORED: Final[Mapping[str, Callable[[], str]]] = {
    "exploration_or_reason_missing": lambda: _("Say what was asked, or why it could not be asked."),
    "missing:reason": lambda: _("Ask why they no longer support it, and write down what they say."),
    "missing:pressure_asked": lambda: _("Ask whether anybody put pressure on them."),
    "missing:safety_reviewed": lambda: _("Look at their safety again with them."),
}


def check_notice_was_shown(why: Collection[str]) -> None:
    """Her words are taken only once she was told who may come to read them, in her language."""
    if why:
        raise NotNow(
            "notice_not_shown",
            _(
                "They must first be told, in their language, who may come to read their words. Show it, then take the words."
            ),
        )


def check_words_are_there(words: str) -> None:
    if not words.strip():
        raise NotNow("words_missing", _("Write down what they say, in their own words."))


def check_decision_is_whole(decided: str, why: str) -> None:
    if not decided.strip() or not why.strip():
        raise NotNow("decision_incomplete", _("Enter what was decided and why."))


def check_was_told(told_at: datetime | None, given_at: datetime, now: datetime) -> None:
    """She is told after she gave her view, and not in the future."""
    if told_at is None:
        return
    if told_at > now:
        raise NotNow("told_to_come", _("That has not come yet. Enter when they were told."))
    if told_at < given_at:
        raise NotNow("told_before_view", _("They gave their view later than that. Enter when they were told."))


def check_was_explored(why: Collection[str]) -> None:
    """VIC-07: what was not asked of her, each with what to do about it."""
    if why:
        raise NotNow("withdrawal_not_explored", " ".join(_NOT_EXPLORED[one]() for one in why))
