"""When a decision about a kind may be made, and when it stands: the reasons of ORD-02 in words."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from craffu.common.refusals import Conflict, NotNow
from craffu.orders.considering.rules import REASON_MIN_CHARS


class OptionRefused(NotNow):
    """The decision about one kind of several was refused, and with it all of them: nothing was recorded."""

    def __init__(self, kind: str, code: str, message: str) -> None:
        super().__init__(code, message)
        self.kind = kind


_WORDS: Final[Mapping[str, Callable[[], str]]] = {
    "unknown_outcome": lambda: _("This is not decided so. Choose one of the answers."),
    "missing:reason_code": lambda: _("Choose the reason."),
    "reason_too_short": lambda: (
        _("Give the reason in your own words, in %(number)s characters or more.") % {"number": REASON_MIN_CHARS}
    ),
    "missing:review_on": lambda: _("Say when it is decided again."),
    "review_before_decision": lambda: _("It is decided again today or later."),
    "review_too_far": lambda: _("It is decided again within 14 days."),
}


def check_decided(kind: str, why: Sequence[str]) -> None:
    """Refuses a decision that is none, with the first of its reasons that somebody can put right."""
    if why:
        raise OptionRefused(kind, why[0], _WORDS[why[0]]() if why[0] in _WORDS else _("Something is missing."))


def check_is_to_decide(kind: str, undecided: Collection[str], offered: Collection[str]) -> None:
    if kind not in offered:
        raise OptionRefused(kind, "not_offered", _("This kind is not available in this case now."))
    if kind not in undecided:
        raise OptionRefused(
            kind, "decided_already", _("This is decided. To decide otherwise, have it considered again first.")
        )


def check_outcome_is_for(kind: str, outcome: str, outcomes: Collection[str]) -> None:
    if outcome not in outcomes:
        raise OptionRefused(kind, "outcome_not_for_this_kind", _("This kind is not decided so. Choose another answer."))


def check_reason_is_for(kind: str, reason: str, reasons: Collection[str]) -> None:
    """A code that is not of the outcome would be counted as something that nobody meant."""
    if reason and reason not in reasons:
        raise OptionRefused(kind, "reason_not_for_this_outcome", _("This reason does not go with this answer."))


def check_says_why_again(kind: str, words: str) -> None:
    """What was decided otherwise before is taken up again with words (Annex B, reopen)."""
    if not words.strip():
        raise OptionRefused(kind, "missing:reason_text", _("It was decided before: say in your own words what is new."))


def check_is_something(decisions: Collection[object]) -> None:
    if not decisions:
        raise NotNow("nothing_decided", _("Decide about one kind or more."))


def check_once_each(kinds: Sequence[str]) -> None:
    if len(set(kinds)) != len(kinds):
        raise NotNow("decided_twice", _("Each kind is decided once."))


def check_is_asked_about(*, is_asked: bool) -> None:
    if not is_asked:
        raise NotNow("no_such_fact", _("Nothing hangs on this."))


def check_waits(*, waits: bool) -> None:
    """Of two supervisors one is first; and a decision that was opened again waits for nobody."""
    if not waits:
        raise Conflict("waits_no_more", _("This no longer waits for a supervisor. Look at how it stands now."))


def check_is_not_pursued(*, is_so: bool) -> None:
    if not is_so:
        raise Conflict("not_pursued_no_more", _("This is no longer what is decided. Look at how it stands now."))


def check_has_words(words: str) -> None:
    if not words.strip():
        raise NotNow("missing:reason_text", _("Say why in your own words."))


def check_can_be_reopened(*, can: bool) -> None:
    if not can:
        raise NotNow(
            "nothing_to_reopen", _("There is nothing to consider again: the question is open, or an order runs.")
        )
