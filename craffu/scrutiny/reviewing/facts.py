"""What is given to answer a question of a review, and to adjudicate where two reviewers differ. Words show in no log."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from craffu.scrutiny.asking.form import Missing
from craffu.scrutiny.asking.rules import WHOLE, Given


@dataclass(frozen=True, slots=True)
class NewAnswerGiven:
    """Of what repeats `repeat` is the one that is meant."""

    question: str
    given: Given
    repeat: str = WHOLE


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of answers that were given together: how many are new, and by question and repeat what one has wrong."""

    new: int
    wrong: Mapping[tuple[str, str], Missing]


@dataclass(frozen=True, slots=True)
class NewAdjudication:
    """`number` is the case's in its sample."""

    number: int
    question: str
    given: Given
    reason: str = field(repr=False)
    repeat: str = WHOLE
