"""What is asked in an interview of practice, as versioned data: a changed question is a new key in a new version (M3, M5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from craffu.scrutiny.interviewing.kinds import ReviewQuestion, Whom

Q1, Q2, Q3 = ReviewQuestion.SUPPORTED, ReviewQuestion.PREVENTED, ReviewQuestion.JUSTICE


@dataclass(frozen=True, slots=True)
class Question:
    """One question: who is asked it, and which of the review's questions it serves. Its words stand with the pages."""

    key: str
    whom: Whom
    serves: frozenset[ReviewQuestion]


def _staff(key: str, *serves: ReviewQuestion) -> Question:
    return Question(key, Whom.STAFF, frozenset(serves))


def _victim(key: str, *serves: ReviewQuestion) -> Question:
    return Question(key, Whom.VICTIM, frozenset(serves))


SCHEDULES: Final[Mapping[int, tuple[Question, ...]]] = {
    1: (
        _staff("work", Q1, Q2, Q3),
        _staff("told", Q1),
        _staff("contact", Q1),
        _staff("orders", Q2),
        _staff("managing", Q2),
        _staff("breaches", Q3),
        _staff("training", Q1, Q2, Q3),
        _staff("change", Q1, Q2, Q3),
        _victim("first", Q1),
        _victim("safety", Q1),
        _victim("kept-informed", Q1),
        _victim("protection", Q2),
        _victim("broken", Q3),
        _victim("court", Q3),
        _victim("better", Q1, Q2, Q3),
    ),
}
# The one that new interviews follow.
CURRENT: Final = max(SCHEDULES)


def asked_in(version: int, whom: str, review_question: str) -> tuple[Question, ...]:
    """What an interview asks, in order. Nothing for a version there never was."""
    is_all = review_question == ReviewQuestion.ALL
    return tuple(
        one for one in SCHEDULES.get(version, ()) if one.whom == whom and (is_all or review_question in one.serves)
    )
