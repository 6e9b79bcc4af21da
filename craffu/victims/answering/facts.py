"""The page as she has it open, and what she is about to send."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from craffu.victims.answering.kinds import Question
from craffu.victims.inviting.kinds import Purpose
from craffu.victims.voice.rules import ReadersNotice


@dataclass(frozen=True, slots=True)
class Opened:
    """The page after a code or link was used, in which language she wants it, and once what its cookie holds."""

    language: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenPage:
    """The page as it stands: what she is asked, what she answered and when last, and the notice that she was shown."""

    invitation: int
    purpose: Purpose
    next: Question | None
    notice: ReadersNotice | None
    last_at: datetime
    answers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """What she answered to one invitation, read by somebody who looks after her.

    `is_apart`: of it only what her safety hangs on is here. `texts_left` is how much of it waits to be destroyed.
    """

    purpose: Purpose
    language: str
    given_at: datetime
    is_whole: bool
    is_apart: bool
    is_taken_back: bool
    texts_left: int
    answers: Mapping[str, str] = field(repr=False)
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent along at the end: in which language she sends it."""

    language: str
