"""The life of a message: it waits, is being sent, and then was sent, failed, or was held back. Keys are stored."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Status(StrEnum):
    WAITING = "waiting"
    # Somebody has taken it to send it. Whether it left is not known until they say so.
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    # It was too late for it, or it was no longer safe.
    HELD_BACK = "held_back"


MOVES: Final[Mapping[Status, frozenset[Status]]] = {
    Status.WAITING: frozenset({Status.SENDING, Status.HELD_BACK}),
    Status.SENDING: frozenset({Status.SENT, Status.WAITING, Status.FAILED}),
    Status.SENT: frozenset({Status.DELIVERED, Status.FAILED}),
    Status.DELIVERED: frozenset(),
    Status.FAILED: frozenset(),
    Status.HELD_BACK: frozenset(),
}
# Carried by a person: a paper waits in the print queue, is fetched (being sent), posted (sent), and they have it or it came back.
BY_HAND: Final = frozenset({"letter"})
# Why a message is held back or does not arrive; the carriers have reasons of their own. Keys are stored.
TOO_LATE: Final = "too_late"
PROTECTED_DETAIL: Final = "protected_detail"
# Nothing more is done with its words: they are forgotten.
OVER: Final = frozenset({Status.SENT, Status.DELIVERED, Status.FAILED, Status.HELD_BACK})
