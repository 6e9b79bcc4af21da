"""What she is asked on the safe page and what she can answer, for each purpose in order (page map, P20). Keys are stored."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from craffu.victims.inviting.kinds import Purpose
from craffu.victims.noting.kinds import Proof, Way


class Question(StrEnum):
    """One page each."""

    # What she reads before anything is asked.
    BEFORE = "before"
    SAFE_NOW = "safe_now"
    CONTACT = "contact"
    FEEL = "feel"
    INFORMED = "informed"
    SERIOUS = "serious"
    SUPPORTED = "supported"
    ORDER = "order"
    REACH = "reach"
    WHEN = "when"
    HOW = "how"
    THROUGH = "through"
    READERS = "readers"
    WORDS = "words"
    PROOF = "proof"
    LEDGER = "ledger"
    QUOTED = "quoted"
    LINKED = "linked"
    TELL = "tell"


# Which wording of the survey is asked: figures of two wordings are not compared unmarked (MET30).
SURVEY_VERSION: Final = 1
# What stands for no answer that anybody could be held to.
RATHER_NOT: Final = "prefer_not_to_say"
YES: Final = "yes"
CALL_ME: Final = "call_me"
LESS_SAFE: Final = "less_safe"
CHANGED: Final = "changed"
RING_FIRST: Final = "ring_first"
GO_ON: Final = "go_on"
LEAVE_OUT: Final = "leave_out"
# What is read and not asked: nothing of it is kept.
READ: Final = frozenset({Question.BEFORE, Question.READERS})
# On what her safety hangs: read whatever she says of the rest.
SAFETY: Final = frozenset({Question.SAFE_NOW, Question.CONTACT, Question.FEEL, Question.REACH, Question.TELL})
# What she writes herself.
WRITTEN_ONLY: Final = frozenset({Question.WORDS})

_HOW_MUCH: Final = ("yes", "partly", "no", RATHER_NOT)
# In the order in which they stand; a question that is not here takes words or a day.
CHOICES: Final[Mapping[Question, tuple[str, ...]]] = {
    Question.BEFORE: (GO_ON,),
    Question.SAFE_NOW: (YES, CALL_ME, "no"),
    Question.CONTACT: (YES, "no", "not_sure", RATHER_NOT),
    Question.FEEL: ("safer", "same", LESS_SAFE, RATHER_NOT),
    Question.INFORMED: _HOW_MUCH,
    Question.SERIOUS: _HOW_MUCH,
    Question.SUPPORTED: _HOW_MUCH,
    Question.ORDER: ("keep", "change", "end", "not_sure", RATHER_NOT),
    Question.REACH: ("still_safe", CHANGED, RATHER_NOT),
    Question.HOW: tuple(one.value for one in Way),
    Question.THROUGH: ("no", YES, "not_sure", RATHER_NOT),
    Question.READERS: (GO_ON, LEAVE_OUT),
    Question.PROOF: tuple(one.value for one in Proof),
    Question.LEDGER: (YES, "no"),
    Question.QUOTED: (YES, "no"),
    Question.LINKED: (YES, "no"),
    Question.TELL: ("as_agreed", RING_FIRST, "not_needed", RATHER_NOT),
}  # fmt: skip

ASKED: Final[Mapping[Purpose, tuple[Question, ...]]] = {
    Purpose.VIEW: (
        Question.BEFORE, Question.SAFE_NOW, Question.CONTACT, Question.FEEL, Question.ORDER, Question.REACH, Question.READERS,
        Question.WORDS, Question.TELL,
    ),
    Purpose.SURVEY: (
        Question.BEFORE, Question.SAFE_NOW, Question.CONTACT, Question.FEEL, Question.INFORMED, Question.SERIOUS,
        Question.SUPPORTED, Question.REACH, Question.READERS, Question.WORDS, Question.QUOTED, Question.LINKED,
    ),
    Purpose.LOG: (
        Question.BEFORE, Question.SAFE_NOW, Question.WHEN, Question.HOW, Question.THROUGH, Question.READERS, Question.WORDS,
        Question.PROOF, Question.LEDGER, Question.FEEL, Question.TELL,
    ),
}  # fmt: skip
