"""When a pair may be decided on, and when another person has to agree first (IDN-02 to IDN-05)."""

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow, NotPermitted
from craffu.linkage.forming import Word

NO_REASON = "reason_missing"
NOT_A_PAIR = "not_a_pair"
NOT_OF_ONE = "not_of_one_person"
NEEDS_A_PAIR = "needs_a_second_opinion"
NOTHING_TO_TAKE_BACK = "nothing_to_take_back"
ANOTHER_PERSON = "another_person"
NO_OPINION_WAITED_FOR = "no_opinion_waited_for"
WAITS_FOR_ANOTHER = "waits_for_another"


def check_is_a_pair(left: int, right: int) -> None:
    if left == right:
        raise NotNow(NOT_A_PAIR, _("These are one and the same record. Choose two."))


def check_has_reason(reason: str) -> None:
    if not reason.strip():
        raise NotNow(NO_REASON, _("Say why. Whoever looks at this pair next reads it."))


def check_is_not_waiting(waits: bool) -> None:
    """A word that waits for another person is answered before there is a next."""
    if waits:
        raise NotNow(WAITS_FOR_ANOTHER, _("A decision about this pair waits for a second opinion. Give that first."))


def check_parts_one_person(*, persons: int, left: int) -> None:
    """Some of one person's records are parted from the others, of which there is one at least."""
    if persons != 1 or left < 1:
        raise NotNow(NOT_OF_ONE, _("Choose some of the records of one person, and leave at least one."))


def check_can_be_taken_back(word: Word, *, has_word: bool) -> None:
    """Only a word that stands can be taken back."""
    if word is Word.TAKEN_BACK and not has_word:
        raise NotNow(NOTHING_TO_TAKE_BACK, _("Nobody has decided on this pair, so there is nothing to take back."))


def check_waits_for_another[T](waiting: T | None) -> T:
    if waiting is None:
        raise NotNow(NO_OPINION_WAITED_FOR, _("No decision about this pair waits for a second opinion."))
    return waiting


def check_is_another(decider: int, by: int | None) -> None:
    """A second opinion is another person's."""
    if decider == by:
        raise NotPermitted(ANOTHER_PERSON, _("You decided this yourself. Somebody else gives the second opinion."))


def check_is_not_grave(is_grave: bool) -> None:
    """Where a second opinion is needed, somebody decides pair by pair, and somebody else agrees to each."""
    if is_grave:
        raise NotNow(
            NEEDS_A_PAIR,
            _(
                "An order stands on this person, or a case of theirs is restricted. Decide on pairs: each needs a second opinion."
            ),
        )
