"""When something may be said of her safety and of help: once it was so, in an order that can be, by a safe way.

VIC-02, VIC-05, VIC-08.
"""

from datetime import date

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.victims.notices.code import Entitlement


def check_was_done(told_on: date, done_on: date) -> None:
    """What is only meant to be done keeps nobody safe yet: she is told of it once it was."""
    if told_on < done_on:
        raise NotNow("told_before_done", _("It was not done yet on that day. They can be told of it once it was."))


def check_is_by_a_safe_way(*, is_safe: bool) -> None:
    """She is told by a way that she calls safe (VIC-02), or in a contact that is recorded as what it was (VIC-04)."""
    if not is_safe:
        raise NotNow(
            "way_not_safe",
            _(
                "This is not a way to reach them that they call safe. If they were told so already, record that contact first."
            ),
        )


def check_step_follows(*, follows: bool) -> None:
    if not follows:
        raise NotNow(
            "step_does_not_follow",
            _(
                "Help is offered first, then a referral is made, then it is taken up or declined. Record what is missing."
            ),
        )


def check_has_reason(entitlement: Entitlement, reason: str) -> None:
    """Victims of stalking, harassment and breach have enhanced rights unless somebody says why not (VIC-05)."""
    if entitlement is Entitlement.STANDARD and not reason.strip():
        raise NotNow("reason_missing", _("Say why they have standard rights only."))
