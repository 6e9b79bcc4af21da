"""When terms may be said to have been compared: by somebody else, with the image, while they stand. When they are put right.

ORD-20: only what somebody found to differ.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from craffu.common.refusals import Conflict, NotNow, NotPermitted


def check_is_another(entered_by: str | None, comparing: str) -> None:
    if entered_by == comparing:
        raise NotPermitted("own_terms", _("You typed these terms. Somebody else compares them with the paper itself."))


def check_can_be_compared(*, is_image: bool, is_last: bool) -> None:
    if not is_image:
        raise NotNow("no_image", _("There is no image of the paper itself to compare with. Keep it here first."))
    if not is_last:
        raise NotNow("not_standing", _("These terms no longer stand. Compare the version that does."))


def check_is_last_image(held_against: int, images: Sequence[int]) -> None:
    """ORD-20: words are those of the sealed order as it was kept last; of several files of one scan the last stands for all."""
    if held_against != images[-1]:
        raise Conflict(
            "later_image",
            _(
                "Another image of the paper itself was kept since you opened this page. Open it, and compare the words with it."
            ),
        )


def check_differences_are_said(*, is_same: bool, differs: str) -> None:
    if not is_same and not differs.strip():
        raise NotNow("differs_not_said", _("Say where the words differ, so that they can be put right."))


def check_can_be_corrected(*, is_made: bool, differs: bool) -> None:
    """Words that nobody found to differ are put right by nobody: what a court changed is a variation (ORD-15)."""
    if not is_made:
        raise NotNow("not_made", _("This order has not been made."))
    if not differs:
        raise NotNow(
            "no_difference", _("Nobody has found that these words differ from the paper itself. Compare them first.")
        )


def check_something_is_corrected(*, is_same: bool) -> None:
    if is_same:
        raise NotNow(
            "nothing_corrected", _("These are the words as they stand. Change what differs from the paper itself.")
        )
