"""How a possible breach goes on, as data: which decision leads from where to where, and by which right (BRC-04, BRC-06).

The decision is a person's, or what the force's own system recorded as one. History is appended: what was decided stays readable.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from craffu.breaches.ledger.moves import Move


class Status(StrEnum):
    """How a breach stands with the police. Keys are stored."""

    POSSIBLE = "possible"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    # The same incident as another, which keeps what both sources told.
    JOINED = "joined"
    FINALISED = "finalised"


@dataclass(frozen=True, slots=True)
class Row:
    """From where a move leads where."""

    from_: frozenset[Status]
    to: Status


TABLE: Final[Mapping[Move, Row]] = {
    Move.ACCEPT: Row(frozenset({Status.POSSIBLE, Status.REJECTED}), Status.ACCEPTED),
    Move.REJECT: Row(frozenset({Status.POSSIBLE, Status.ACCEPTED}), Status.REJECTED),
    Move.JOIN: Row(frozenset({Status.POSSIBLE, Status.ACCEPTED, Status.REJECTED}), Status.JOINED),
    Move.PART: Row(frozenset({Status.JOINED}), Status.POSSIBLE),
    # New evidence, or a supervisor who asks again.
    Move.REOPEN: Row(frozenset({Status.REJECTED, Status.FINALISED}), Status.POSSIBLE),
    Move.FINALISE: Row(frozenset({Status.ACCEPTED}), Status.FINALISED),
}
# It begins as something that may be one; what the force's own system recorded as a breach begins as accepted.
MOVES: Final[Mapping[Status | None, frozenset[Status]]] = {
    None: frozenset({Status.POSSIBLE, Status.ACCEPTED}),
    **{status: frozenset(row.to for row in TABLE.values() if status in row.from_) for status in Status},
}
# Whose it is to see to what comes next; for what is over, who may ask again.
OWNERS: Final[Mapping[Status, str]] = {
    Status.POSSIBLE: "investigator",
    Status.ACCEPTED: "supervisor",
    Status.REJECTED: "supervisor",
    Status.JOINED: "investigator",
    Status.FINALISED: "supervisor",
}
# In these nobody has to decide whether it was a breach.
DECIDED: Final = frozenset({Status.ACCEPTED, Status.REJECTED, Status.JOINED, Status.FINALISED})


def moved(status: str, move: Move) -> Status | None:
    """Where a move leads from a status; None where it does not lead from there."""
    row = TABLE[move]
    return row.to if status in row.from_ else None
