"""When an order may be sent to another force, and when a receipt is one: while it stands, to somebody else, after it was sent.

ORD-22.
"""

from datetime import date

from django.utils.translation import gettext as _

from craffu.common.moments import check_day_has_come
from craffu.common.refusals import Conflict, NotNow
from craffu.orders.life.states import LIVE
from craffu.orders.transfers.rules import Receipt


def check_stands(status: str) -> None:
    if status not in LIVE:
        raise NotNow("not_standing", _("Only an order that stands goes with its respondent."))


def check_is_another_force(*, is_known: bool, is_ours: bool) -> None:
    if not is_known or is_ours:
        raise NotNow("no_such_force", _("Choose the other force."))


def check_goes(direction: str) -> None:
    if direction not in ("out", "in"):
        raise NotNow("no_such_direction", _("Choose whether the respondent moves away or moves here."))


def check_sent(sent_on: date | None, reference: str, today: date) -> None:
    if sent_on is not None:
        check_day_has_come(sent_on, today, code="ahead")
    if sent_on is not None and not reference.strip():
        raise NotNow("missing:reference", _("Give the reference under which it was sent."))


def check_waits_for_no_receipt(*, waits: bool) -> None:
    """One transfer of an order at a time: the next begins where the last has ended."""
    if waits:
        raise Conflict("transfer_waits", _("A transfer of this order waits for its receipt already."))


def check_waits_for_a_receipt(*, waits: bool) -> None:
    if not waits:
        raise Conflict("no_transfer_waits", _("No transfer of this order waits for a receipt."))


def check_is_receipt(receipt: Receipt, sent_on: date | None, today: date) -> None:
    """ORD-22: by name, day and reference; it is none of what had not been sent."""
    if not receipt.is_whole or receipt.on is None:
        raise NotNow(
            "no_receipt", _("A receipt has a name, a day and a reference. Without all three it stays as it is.")
        )
    check_day_has_come(receipt.on, today, code="ahead")
    if sent_on is not None and receipt.on < sent_on:
        raise NotNow("before_sent", _("It cannot have been acknowledged before it was sent."))
