"""When records may be held, kept, asked to be erased and erased (SEC-08, SEC-09)."""

from collections.abc import Collection
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from craffu.access.retention.kinds import Authority
from craffu.access.retention.queries import Stands
from craffu.common.refusals import Conflict, NotNow

# The longest clear period: nothing is kept for longer without being looked at.
LONGEST_DAYS: Final = 3653


def check_authority(authority: Authority, among: Collection[Authority]) -> None:
    """What holds records does not erase them by itself, and a review holds nothing."""
    if authority not in among:
        raise NotNow("no_such_authority", _("That is no authority for this. Choose another."))


def check_says_why(words: str) -> None:
    if not words.strip():
        raise NotNow("no_reason", _("Say why."))


def check_hold_stands(stands: Stands, hold: int) -> None:
    if hold not in {one.number for one in stands.holds}:
        raise Conflict("hold_is_over", _("That hold does not stand any more. Nothing was changed."))


def check_next_review(on: date, today: date) -> None:
    """Kept until a day to come, and not for longer than the longest clear period."""
    if not 0 < (on - today).days <= LONGEST_DAYS:
        raise NotNow("next_review", _("Enter a day after today and within ten years."))


def check_may_be_asked(stands: Stands) -> None:
    if stands.asked is not None:
        raise Conflict("erasure_asked", _("Somebody has asked for it already. Nothing was changed."))


def check_is_asked(stands: Stands) -> None:
    if stands.asked is None:
        raise Conflict("erasure_not_asked", _("Nobody asks for this any more. Look at it again. Nothing was changed."))


def check_nothing_holds(held: Collection[str], asking: Collection[str], restricted: Collection[str]) -> None:
    """A legal hold on anybody who would go blocks an erasure.

    So does a request about their own data that is not answered, and one by which its use is restricted: they asked that it stays.
    """
    if held:
        raise NotNow("legal_hold", _("A legal hold blocks this: %(people)s.") % {"people": ", ".join(sorted(held))})
    if asking:
        words = _("A rights request has to be answered first: %(requests)s.")
        raise NotNow("rights_request_open", words % {"requests": ", ".join(sorted(asking))})
    if restricted:
        words = _("Its use is restricted, and it is kept until that is lifted: %(requests)s.")
        raise NotNow("use_restricted", words % {"requests": ", ".join(sorted(restricted))})


def check_no_files_wait(runs: Collection[str]) -> None:
    """Files that are not taken in hold rows of many people, whoever they are: erased before them, somebody would come back."""
    if runs:
        words = _("Files wait to be taken in, and may tell of them: finish %(runs)s first.")
        raise NotNow("files_wait", words % {"runs": ", ".join(sorted(runs))})


def check_is_told_all(*, is_all: bool) -> None:
    """Only whoever may know of all that goes decides it. That there is anything else is not said (SEC-02)."""
    if not is_all:
        raise NotNow("another_decides", _("Another auditor has to decide this. Nothing was erased."))


def check_something_goes(people: Collection[int], cases: Collection[int]) -> None:
    if not people and not cases:
        raise NotNow("nothing_to_erase", _("Nothing would be erased: other records need all of it."))
