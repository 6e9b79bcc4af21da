"""What is given to answer a question of a review, and to adjudicate where two reviewers differ. Words show in no log."""

from dataclasses import dataclass, field

from craffu.scrutiny.asking.rules import WHOLE, Given


@dataclass(frozen=True, slots=True)
class NewAnswerGiven:
    """Of what repeats `repeat` is the one that is meant."""

    question: str
    given: Given
    repeat: str = WHOLE


@dataclass(frozen=True, slots=True)
class NewAdjudication:
    """`number` is the case's in its sample."""

    number: int
    question: str
    given: Given
    reason: str = field(repr=False)
    repeat: str = WHOLE
