"""What she may answer on the safe page, and what is said to whoever has no page (page map, P20)."""

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow, NotPermitted
from craffu.victims.answering.kinds import Question
from craffu.victims.answering.rules import LONGEST_WORDS, WRITTEN


def opens_nothing() -> NotPermitted:
    """The same for a wrong code, one that was used, one that is over and one that never was: whoever tries learns nothing."""
    return NotPermitted("opens_nothing", _("That does not open anything."))


def check_is_answer(question: Question, *, is_answer: bool) -> None:
    if not is_answer and question in WRITTEN:
        raise NotNow(
            "too_long", _("That is too long. Write at most %(number)s characters.") % {"number": LONGEST_WORDS}
        )
    if not is_answer:
        raise NotNow("no_answer", _("Choose one of these."))


def check_may_write(*, was_told: bool) -> None:
    """VIC-11: words only once she was told who may come to read them, in the language in which she writes."""
    if not was_told:
        raise NotNow("notice_not_shown", _("Read first who may come to read your words."))


def check_is_whole(*, is_whole: bool) -> None:
    if not is_whole:
        raise NotNow("not_whole", _("There is a question left."))


def check_may_take_back(*, is_survey: bool) -> None:
    """What she said of an order or of what happened is evidence, as she was told before she wrote it; a survey is hers."""
    if not is_survey:
        raise NotNow(
            "not_taken_back",
            _("Only what they answered of how they were treated is taken back. The rest may be asked for by a court."),
        )
