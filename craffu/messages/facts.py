"""A message before it waits, and as whoever carries it is given it."""

from dataclasses import dataclass, field
from datetime import datetime

from craffu.messages.kinds import Status


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What is to leave, once for its key, between two instants."""

    key: str
    channel: str
    language: str
    not_before: datetime
    not_after: datetime
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
