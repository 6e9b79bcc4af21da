"""A letter before it is kept, and that it was given, as whoever writes and gives it says."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from craffu.orders.letters.kinds import About
from craffu.victims.contacts.rules import Channel


class Way(StrEnum):
    """How somebody came to have a letter. Keys are stored."""

    HANDED = "handed"
    POSTED = "posted"


CHANNEL_OF: Final = {Way.HANDED: Channel.VISIT, Way.POSTED: Channel.LETTER}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """For whom it is, by the person's reference, empty for the respondent; `review` is the number of the review it tells of.

    `agreement` is the row of the agreement it was written by. `was_read`: somebody read it against what must never be said.
    `is_draft`: its Welsh is not approved as it stands; `translator` is the qualified translator who approved it in this letter.
    `is_taken`: whoever writes it prints it at once; otherwise it waits in the print queue.
    """

    about: About
    person: str = ""
    review: int | None = None
    agreement: int | None = None
    was_read: bool = False
    is_draft: bool = False
    translator: str = ""
    is_taken: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """They have the letter: since when and how. `was_made_anyway`: it was not safe, and is done."""

    at: datetime
    way: Way
    was_made_anyway: bool = False
    response: str = field(default="", repr=False)
