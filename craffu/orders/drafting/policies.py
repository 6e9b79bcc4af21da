"""When a condition may be added to a draft, and a bespoke one approved by a second person (ORD-14)."""

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow, NotPermitted
from craffu.orders.conditions.rules import ConditionType


def check_is_drafted(*, is_made: bool) -> None:
    if is_made:
        raise NotNow("terms_made", _("A court has made these terms. They change by a variation."))


def check_is_bespoke(type_: str | None) -> None:
    if type_ != ConditionType.BESPOKE:
        raise NotNow("not_bespoke", _("Only a condition that is worded for this order alone needs approval."))


def check_is_second_person(drafter: str | None, approving: str) -> None:
    if drafter == approving:
        raise NotPermitted("own_draft", _("You drafted this. Somebody else approves it."))
