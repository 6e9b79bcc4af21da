"""What she says and what became of it, before it is stored (VIC-07, VIC-08, VIC-11)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from craffu.victims.voice.rules import ReadersNotice
from craffu.victims.voice.subjects import MaySee, Route, Subject, WhyWithdrawn


@dataclass(frozen=True, slots=True)
class NewView:
    """What she thinks of something, word for word, and in which language she says it.

    `notice` is what she was shown before about who may come to read it; `may_see` are those by whom she agreed to be read
    beside those who look after her. `case` is a case of hers by its reference, empty where it is about none in particular.
    `advocate` is through whom it came, by their number, where it came so.
    """

    subject: Subject
    words: str = field(repr=False)
    language: str
    route: Route
    notice: ReadersNotice | None
    may_see: tuple[MaySee, ...] = ()
    case: str = ""
    advocate: int | None = None


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """What was decided, why, and when she was told; None while she was not."""

    decided: str = field(repr=False)
    why: str = field(repr=False)
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewWithdrawal:
    """She no longer supports the investigation: what was explored with her, or why that could not be done.

    `why` is how her reason is counted (DS-C11), None where nobody said.
    """

    case: str
    on: date
    reason: str = field(default="", repr=False)
    pressure_asked: bool = False
    pressure: str = field(default="", repr=False)
    safety_reviewed: bool = False
    not_explored_reason: str = field(default="", repr=False)
    why: WhyWithdrawn | None = None
