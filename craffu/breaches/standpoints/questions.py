"""What is answered of every breach before it is finalised, and which answers each question takes (BRC-04; page map, P09)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from craffu.breaches.standpoints.rules import CourseOfConduct, Recording


class Question(StrEnum):
    """One question. Keys are stored."""

    COURSE_OF_CONDUCT = "course_of_conduct"
    RECORDING = "recording"
    PATTERN = "pattern_reconsidered"
    ARREST = "arrest"
    VICTIM_SAFE = "victim_safe_and_told"
    REVIEW = "order_review_brought_forward"
    OTHERS_TOLD = "probation_and_court_told"


class Answered(StrEnum):
    """What is answered to a question of yes or no. No is answered with a reason. Keys are stored."""

    YES = "yes"
    NO = "no"
    NOT_NEEDED = "not_needed"


_YES_OR_NO: Final = (Answered.YES.value, Answered.NO.value)
_OR_NOT_NEEDED: Final = (*_YES_OR_NO, Answered.NOT_NEEDED.value)
TAKES: Final[Mapping[Question, tuple[str, ...]]] = {
    Question.COURSE_OF_CONDUCT: tuple(one.value for one in CourseOfConduct),
    Question.RECORDING: tuple(one.value for one in Recording),
    Question.PATTERN: _YES_OR_NO,
    Question.ARREST: _YES_OR_NO,
    Question.VICTIM_SAFE: _YES_OR_NO,
    Question.REVIEW: _OR_NOT_NEEDED,
    Question.OTHERS_TOLD: _OR_NOT_NEEDED,
}
WITH_REASON: Final = frozenset({Answered.NO.value, Answered.NOT_NEEDED.value, Recording.NO_CRIME.value})
# Whose answer counts alone: the others are whoever's who decides.
OF_A_SUPERVISOR: Final = frozenset({Question.COURSE_OF_CONDUCT})


class WhyNot(StrEnum):
    """Why an answer is not taken."""

    UNKNOWN = "unknown_answer"
    SUPERVISOR = "supervisor_must_answer"
    REASON = "reason_missing"


def why_not_taken(question: Question, answer: str, words: str, *, is_supervisor: bool) -> WhyNot | None:
    """Why an answer does not count; None where it does."""
    if answer not in TAKES[question]:
        return WhyNot.UNKNOWN
    if question in OF_A_SUPERVISOR and not is_supervisor:
        return WhyNot.SUPERVISOR
    return WhyNot.REASON if answer in WITH_REASON and not words.strip() else None
