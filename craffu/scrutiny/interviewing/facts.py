"""What is given to hold an interview, consent to it, write it down, and refer a danger. Words show in no log."""

from dataclasses import dataclass, field
from datetime import datetime

from craffu.scrutiny.interviewing.kinds import ByWhom, Danger, Done, ReviewQuestion, Use, Whom
from craffu.scrutiny.interviewing.rules import WordsRead
from craffu.victims.voice.rules import ReadersNotice


@dataclass(frozen=True, slots=True)
class NewInterview:
    """`post` and `band` are a member of staff's, empty for a victim. `review` is what the review is called."""

    whom: Whom
    review: str
    question: ReviewQuestion
    language: str
    held_at: datetime
    post: str = ""
    band: str = ""


@dataclass(frozen=True, slots=True)
class NewConsent:
    """`read` are the words on consent as they were read out; `notice`, of a victim, who may come to read hers (VIC-11)."""

    uses: frozenset[Use]
    by_whom: ByWhom
    read: WordsRead | None
    notice: ReadersNotice | None = None


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """Their words, and the interviewer's own note beside them."""

    question: str
    words: str = field(repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewLiveRisk:
    """What the force needs to act, written for it and not taken from the answers; `reach` is where the interviewer is reached."""

    danger: Danger
    told: str = field(repr=False)
    reach: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewActed:
    done: Done
    words: str = field(repr=False)
