"""A letter to a victim before it is kept, and that she has it, as whoever writes and gives it says."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from craffu.victims.contacts.rules import Channel
from craffu.victims.letters.kinds import About


class Way(StrEnum):
    """How she came to have a letter. Keys are stored."""

    HANDED = "handed"
    POSTED = "posted"


CHANNEL_OF: Final = {Way.HANDED: Channel.VISIT, Way.POSTED: Channel.LETTER}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """`of` is the key of what happened (`happening-3`), or the stage after which she is asked.

    `agreement` is the number of the version that it was written by. `was_read`: held against what must never be said. `is_draft`:
    its Welsh is, unless `translator` approved it. `is_taken`: whoever writes it fetches it at once, and it waits for nobody.
    """

    about: About
    of: str
    agreement: int | None
    was_read: bool = False
    is_draft: bool = False
    is_taken: bool = False
    translator: str = field(default="", repr=False)
    words: str = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """She has it: how, since when, what she said. `was_made_anyway`: it was not safe, and is done."""

    at: datetime
    way: Way
    was_made_anyway: bool = False
    response: str = field(default="", repr=False)
