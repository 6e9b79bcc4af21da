"""A contact with a victim or an attempt, as whoever made it gives it; and what is promised next."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NewContact:
    """By which channel and when; whether she called, was reached, was left a message; of what she was told (their keys).

    `is_danger` says that life was in danger at once; `was_made_anyway` that it is over and was not safe.
    """

    channel: str
    at: datetime
    is_hers: bool = False
    was_reached: bool = True
    left_message: bool = False
    is_danger: bool = False
    was_made_anyway: bool = False
    language: str = ""
    told_of: tuple[str, ...] = ()
    told: str = field(default="", repr=False)
    response: str = field(default="", repr=False)
    next_due_at: datetime | None = None
