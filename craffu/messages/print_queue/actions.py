"""The only writes of what a person carries: fetched by one, put back, left, arrived, or came back (T29: each leaves once).

All of it within the open action of whoever owns the paper. Each compares and sets, so that of several at once one does it.
"""

from datetime import datetime
from typing import Any

from craffu.common.door import pass_the_door
from craffu.messages.actions import moved
from craffu.messages.kinds import BY_HAND, Status
from craffu.messages.models import Message


def fetch(*, force: str, key: str, who: str, now: datetime) -> bool:
    """One person fetches it to print it. False where it does not wait: another has fetched it, it is too late, or it is over."""
    rows = _rows(force, key, Status.WAITING).filter(not_after__gt=now)
    return bool(moved(rows, Status.SENDING, now, carrier_ref=who, taken_at=now))


def put_back(*, force: str, key: str, now: datetime) -> bool:
    """It was fetched and did not leave: it waits again. False where it was not fetched."""
    return bool(moved(_rows(force, key, Status.SENDING), Status.WAITING, now, carrier_ref="", taken_at=None))


def note_left(*, force: str, key: str, now: datetime) -> bool:
    """It was put in the post. False where it was not fetched, or left before."""
    return bool(moved(_rows(force, key, Status.SENDING), Status.SENT, now))


def note_arrived(*, force: str, key: str, now: datetime) -> bool:
    """They have it, by whichever way. False where that is known, or it was never fetched."""
    note_left(force=force, key=key, now=now)
    return bool(moved(_rows(force, key, Status.SENT), Status.DELIVERED, now))


def note_came_back(*, force: str, key: str, reason: str, now: datetime) -> bool:
    """It did not reach them. False where it had not left, or is known to have arrived or come back."""
    return bool(moved(_rows(force, key, Status.SENT), Status.FAILED, now, reason=reason))


def _rows(force: str, key: str, status: Status) -> Any:
    pass_the_door(Message)
    return Message.objects.filter(force=force, key=key, channel__in=list(BY_HAND), status=status)
