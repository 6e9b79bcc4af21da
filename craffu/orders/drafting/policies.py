"""When an application may be drafted: until it is put forward; and a bespoke condition approved by a second person (ORD-14)."""

from typing import Final

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow, NotPermitted
from craffu.orders.conditions.rules import ConditionType
from craffu.orders.life.states import OrderStatus

# Before whoever authorises it, or authorised and not lodged: what they agree to is what a court is asked for.
PUT_FORWARD: Final = frozenset({OrderStatus.AUTHORISING, OrderStatus.AUTHORISED})


def check_is_not_put_forward(status: str) -> None:
    """ORD-03, ORD-06: nobody changes an application under whoever authorises it, or after they did."""
    if status in PUT_FORWARD:
        raise NotNow(
            "put_forward",
            _(
                "This was put forward to be authorised as it stands. To change it, have it declined, or withdraw it, and then "
                "open it again."
            ),
        )


def check_is_drafted(*, is_made: bool) -> None:
    if is_made:
        raise NotNow("terms_made", _("A court has made these terms. They change by a variation."))


def check_is_bespoke(type_: str | None) -> None:
    if type_ != ConditionType.BESPOKE:
        raise NotNow("not_bespoke", _("Only a condition that is worded for this order alone needs approval."))


def check_is_second_person(drafter: str | None, approving: str) -> None:
    if drafter == approving:
        raise NotPermitted("own_draft", _("You drafted this. Somebody else approves it."))
