"""When a review is answered, submitted, read by others and adjudicated (SCR-05, SCR-07, SCR-08)."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from craffu.common.refusals import Conflict, NotNow
from craffu.scrutiny.asking.form import Missing


def check_not_declared(*, is_declared: bool) -> None:
    if is_declared:
        raise Conflict("declared", _("You have said already whether you have an interest in this case."))


def check_is_declared(*, is_declared: bool, has_interest: bool) -> None:
    if not is_declared:
        raise NotNow("not_declared", _("First say whether you have an interest in this case, or know anybody in it."))
    if has_interest:
        raise NotNow("has_interest", _("You have an interest in this case: somebody else reviews it."))


def check_is_open(*, is_submitted: bool, is_replaced: bool) -> None:
    if is_submitted:
        raise Conflict("submitted", _("This review is in and locked. Nothing was changed."))
    if is_replaced:
        raise NotNow("replaced", _("This case was taken out of the sample. Nothing more is asked of it."))


def wrong_words(wrong: Missing) -> str:
    """What is to be done about an answer that cannot be kept as it is."""
    says = {
        Missing.ANSWER: _("Choose one of the answers given."),
        Missing.NOT_A_TIME: _(
            "Write a time as 2026-11, 2026-11-29 or 2026-11-29T21:40, as exactly as the file gives it."
        ),
        Missing.TIME_TO_COME: _("That time has not come yet. Check the year."),
        Missing.NOT_A_COUNT: _("Write a whole number, or choose that it is not recorded."),
        Missing.MORE_THAN_WHOLE: _("More cannot be kept or made than was due. Check both numbers."),
        Missing.PANEL_ALONE: _("That the panel cannot agree is for arbitration alone."),
    }
    return says.get(wrong, _("This answer is not whole. Fill in what is missing."))


def check_answer(wrong: Collection[Missing]) -> None:
    """The first of what is wrong is said."""
    for first in wrong:
        raise NotNow(f"wrong:{first.value}", wrong_words(first))


def check_is_whole(left: int) -> None:
    if left:
        raise NotNow("not_whole", _("Questions that are still to be answered in full: %(number)s.") % {"number": left})


def check_danger_is_told(*, sees_danger: bool, is_told: bool) -> None:
    if sees_danger and not is_told:
        raise NotNow(
            "danger_not_told", _("You have answered that there is a live risk. Refer it now, and then submit.")
        )


def check_all_in(*, is_in: bool) -> None:
    if not is_in:
        raise NotNow(
            "not_all_in", _("Not every review is in. Nobody but its reviewer sees an answer before all of them are.")
        )


def check_did_not_review(*, did_review: bool) -> None:
    if did_review:
        raise NotNow("reviewed_it", _("You reviewed this case yourself. Somebody else adjudicates."))


def check_differs(*, differs: bool) -> None:
    if not differs:
        raise NotNow("no_difference", _("The two reviewers do not differ here: there is nothing to adjudicate."))


def check_not_adjudicated(*, is_adjudicated: bool) -> None:
    if is_adjudicated:
        raise Conflict("adjudicated", _("Somebody else has adjudicated this meanwhile. Nothing was changed."))


def check_is_reasoned(reason: str) -> None:
    if not reason.strip():
        raise NotNow("no_reason", _("Write why."))


def check_has_another(*, is_there: bool) -> None:
    if not is_there:
        raise NotNow(
            "nobody_left",
            _("Every reviewer of this sample has had this case. Replace it, for a conflict of its reviewer."),
        )


def check_has_interest(*, has_interest: bool) -> None:
    if not has_interest:
        raise NotNow(
            "no_interest",
            _("A case goes to another reviewer only where its own has declared an interest, or may review no more."),
        )
