"""What brings a breach from one status to another (BRC-04, BRC-06)."""

from enum import StrEnum


class Move(StrEnum):
    """A decision of the police on a breach, or what new evidence does to one. Keys are stored."""

    ACCEPT = "accept"
    REJECT = "reject"
    JOIN = "join"
    PART = "part"
    REOPEN = "reopen"
    FINALISE = "finalise"
