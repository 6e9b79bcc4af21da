"""Something that happened in a case of hers, before it is stored."""

from dataclasses import dataclass, field
from datetime import date, datetime

from craffu.victims.happenings.kinds import Happening


@dataclass(frozen=True, slots=True)
class NewHappening:
    """What happened or will, when, when we learnt of it, and whether its time was known before it (UTC).

    `received_on` is the day on which witness care received the news, where the Code counts from that.
    """

    kind: Happening
    at: datetime
    learnt_at: datetime
    time_known_at: datetime | None = None
    received_on: date | None = None
    words: str = field(default="", repr=False)
