"""How long an order that arrived as a document has waited in the inbox, and how it leaves: matched, or returned with a reason.

ORD-21; the limit is policy.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from craffu.clocks.london import day_of
from craffu.clocks.working_days import working_days_after

# `orders.inbox_match_working_days`
MATCH_WITHIN: Final = 1


class InboxState(StrEnum):
    """Where a received document stands."""

    WAITING = "waiting"
    MATCHED = "matched"
    RETURNED = "returned"


class Wrong(StrEnum):
    """What is wrong with a document that waits."""

    NO_OWNER = "no_owner"
    NO_REASON = "missing:return_reason"


@dataclass(frozen=True, slots=True)
class Received:
    """A document that came in, whose it is, and how it left if it did."""

    at: datetime
    owner: str | None = None
    matched_at: datetime | None = None
    returned_at: datetime | None = None
    return_reason: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """State, age in London days (kept once it left), the day it is to be matched by, whether it is chased, and what is wrong."""

    state: InboxState
    age_days: int
    match_by: date
    chase: bool
    why: tuple[Wrong, ...]


def inbox(received: Received, now: datetime) -> Waiting:
    """ORD-21: matched by the end of the next working day, chased from the day after.

    It leaves only matched or, with a reason, returned.
    """
    day = day_of(received.at)
    match_by = working_days_after(day, MATCH_WITHIN).due_day
    state, left_at = _left(received)
    until = day_of(now if left_at is None else left_at)
    waits = state == InboxState.WAITING
    return Waiting(
        state=state,
        age_days=(until - day).days,
        match_by=match_by,
        chase=waits and until > match_by,
        why=tuple(_wrong(received)) if waits else (),
    )


def _left(received: Received) -> tuple[InboxState, datetime | None]:
    if received.matched_at is not None:
        return InboxState.MATCHED, received.matched_at
    if received.returned_at is not None and received.return_reason.strip():
        return InboxState.RETURNED, received.returned_at
    return InboxState.WAITING, None


def _wrong(received: Received) -> list[Wrong]:
    found = [] if received.owner else [Wrong.NO_OWNER]
    return found if received.returned_at is None else [*found, Wrong.NO_REASON]
