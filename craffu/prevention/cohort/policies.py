"""When somebody enters the cohort, is reviewed in it, and leaves: never without a reason, never twice (PRI-06, PRI-10)."""

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.prevention.cohort.queries import Membership, Stays


def check_is_outside(stays: Stays) -> None:
    if stays.now is not None:
        raise NotNow("member_already", _("This person is in the cohort already."))


def check_is_member(stays: Stays) -> tuple[Membership, ...]:
    """The stay that has not ended, or each of them, the newest last."""
    if not stays.open:
        raise NotNow("not_a_member", _("This person is not in the cohort."))
    return stays.open


def check_may_enter(*, stands: bool) -> None:
    """Only somebody of the stated population is brought in: the page map's P23 asks it of everybody proposed."""
    if not stands:
        raise NotNow(
            "not_scored", _("This person is outside the scored population. A plan can be made for them all the same.")
        )
