"""When a contact may be recorded: once it was made, as it was made, and by a way that she called safe (VIC-02, VIC-04)."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.victims.contacts.rules import Unsafe

UNSAFE_WORDS = {
    Unsafe.CHANNEL: lambda: _("This is not a way to reach them that they call safe."),
    Unsafe.TIME: lambda: _("This is not a time at which they call it safe."),
    Unsafe.VOICEMAIL: lambda: _("They do not want a message left."),
}


class NotSafe(NotNow):
    """A contact that her agreement calls unsafe: `why` says in what."""

    def __init__(self, why: Collection[Unsafe]) -> None:
        super().__init__("contact_not_safe", " ".join(str(UNSAFE_WORDS[one]()) for one in why))
        self.why = tuple(why)


def check_is_safe(why: Collection[Unsafe], *, allowed: bool) -> None:
    if not allowed:
        raise NotSafe(why)


def check_was_made(at: datetime, now: datetime) -> None:
    if at > now:
        raise NotNow("contact_to_come", _("That has not come yet. Enter when the contact was made."))


def check_is_promised_to_her(*, was_reached: bool, promises: bool) -> None:
    """Nothing is promised to somebody who did not hear it."""
    if promises and not was_reached:
        raise NotNow(
            "promise_unheard", _("Only what they heard is a promise. Leave this empty until they are reached.")
        )


def check_could_be_told(at: datetime, known_since: Iterable[datetime]) -> None:
    """Nobody was told of what the force did not know yet."""
    if any(at < since for since in known_since):
        raise NotNow(
            "told_too_early", _("They cannot have been told of something before we knew of it. Check the time.")
        )


def check_has_words(words: str, *, is_late: bool) -> None:
    """What was missed already is excused only with words, because the excuse comes after the miss."""
    if is_late and not words.strip():
        raise NotNow("excuse_needs_words", _("The promise was due already. Say in a few words why it is excused."))


def check_promise_lies_ahead(due_at: datetime, promised_at: datetime) -> None:
    if due_at <= promised_at:
        raise NotNow("promise_past", _("The next contact must be promised for later than this one."))


def check_is_open(*, is_open: bool) -> None:
    """Only a promise that is not kept can be excused."""
    if not is_open:
        raise NotNow("promise_kept", _("This promise was kept, or is excused already."))


def check_was_not_reachable(*, bears_out: bool) -> None:
    if not bears_out:
        raise NotNow(
            "attempts_missing",
            _(
                "‘Not reachable’ needs 3 attempts on 2 days by 2 safe ways, or by the only safe one. Record the attempts first."
            ),
        )
