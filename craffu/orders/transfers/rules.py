"""Whose a respondent is who has moved to another force's area: ours until that force says by name, day and reference it has them.

ORD-22; the limit is policy.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

# `orders.transfer_chase_days`
CHASE_AFTER_DAYS: Final = 7


class Responsible(StrEnum):
    """Who manages the respondent."""

    THIS_FORCE = "this_force"
    OTHER_FORCE = "other_force"


class Because(StrEnum):
    """Why."""

    NOT_SENT = "not_sent"
    NOT_ACKNOWLEDGED = "receipt_not_acknowledged"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the other force said; without the day, who and their reference it is no receipt."""

    on: date | None = None
    by: str = ""
    reference: str = ""

    @property
    def is_whole(self) -> bool:
        return self.on is not None and bool(self.by.strip()) and bool(self.reference.strip())


@dataclass(frozen=True, slots=True)
class Transfer:
    """Who is responsible and why, how many days it has taken since it was sent, and whether it is chased."""

    responsible: Responsible
    why: Because
    age_days: int | None
    chase: bool


def transfer(sent_on: date | None, receipt: Receipt | None, today: date) -> Transfer:
    """ORD-22: clocks, checks and reviews run on here meanwhile; what was never sent is chased at once."""
    if receipt is not None and receipt.is_whole and _is_of(receipt, sent_on):
        taken = (receipt.on - sent_on).days if receipt.on is not None and sent_on is not None else None
        return Transfer(Responsible.OTHER_FORCE, Because.ACKNOWLEDGED, taken, chase=False)
    if sent_on is None:
        return Transfer(Responsible.THIS_FORCE, Because.NOT_SENT, None, chase=True)
    age = (today - sent_on).days
    return Transfer(Responsible.THIS_FORCE, Because.NOT_ACKNOWLEDGED, age, chase=age > CHASE_AFTER_DAYS)


def _is_of(receipt: Receipt, sent_on: date | None) -> bool:
    """Whether a receipt can be one of what was sent: it was not given before."""
    return sent_on is None or (receipt.on is not None and receipt.on >= sent_on)


def is_ours_moving_in(acknowledged_by_us_on: date | None) -> bool:
    """ORD-22: a respondent who moves in is ours from our own acknowledgement."""
    return acknowledged_by_us_on is not None
