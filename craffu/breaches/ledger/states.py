"""How a possible breach goes on, as data: which decision leads from where to where, and by which right (BRC-04, BRC-06).

The decision is a person's, or what the force's own system recorded as one. History is appended: what was decided stays readable.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """How a breach stands with the police. Keys are stored."""

    POSSIBLE = "possible"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    # The same incident as another, which keeps what both sources told.
    JOINED = "joined"
    FINALISED = "finalised"


class Move(StrEnum):
    """What brings a breach from one to another. Keys are stored."""

    ACCEPT = "accept"
    REJECT = "reject"
    JOIN = "join"
    PART = "part"
    REOPEN = "reopen"
    FINALISE = "finalise"


@dataclass(frozen=True, slots=True)
class Row:
    """From where a move leads where."""

    from_: frozenset[Status]
    to: Status


_S = Status
TABLE: Final[Mapping[Move, Row]] = {
    Move.ACCEPT: Row(frozenset({_S.POSSIBLE, _S.REJECTED}), _S.ACCEPTED),
    Move.REJECT: Row(frozenset({_S.POSSIBLE, _S.ACCEPTED}), _S.REJECTED),
    Move.JOIN: Row(frozenset({_S.POSSIBLE, _S.ACCEPTED, _S.REJECTED}), _S.JOINED),
    Move.PART: Row(frozenset({_S.JOINED}), _S.POSSIBLE),
    # New evidence, or a supervisor who asks again.
    Move.REOPEN: Row(frozenset({_S.REJECTED, _S.FINALISED}), _S.POSSIBLE),
    Move.FINALISE: Row(frozenset({_S.ACCEPTED}), _S.FINALISED),
}
# In these nobody has to decide whether it was a breach.
DECIDED: Final = frozenset({_S.ACCEPTED, _S.REJECTED, _S.JOINED, _S.FINALISED})


def moved(status: str, move: Move) -> Status | None:
    """Where a move leads from a status; None where it does not lead from there."""
    row = TABLE[move]
    return row.to if status in row.from_ else None
