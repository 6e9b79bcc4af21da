"""A message before it waits, and as whoever carries it is given it."""

from dataclasses import dataclass, field
from datetime import datetime

from craffu.messages.kinds import Status


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What is to leave, once for its key, between two instants.

    `found` are the kinds of what is protected that a search of its words found: whoever writes one has searched it (VIC-09).
    """

    key: str
    channel: str
    language: str
    not_before: datetime
    not_after: datetime
    found: tuple[str, ...]
    to: str = field(repr=False)
    body: str = field(repr=False)
    subject: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message as it is handed over. `reference` is ours: a carrier asked with it again says what became of the first."""

    reference: str
    channel: str
    language: str
    to: str = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a message, by its key; `reason` is a code."""

    key: str
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class Stands:
    """How a message stands, since when and in which language; `by` is who has fetched it, of one that a person carries."""

    status: Status
    reason: str
    since: datetime
    by: str
    language: str
