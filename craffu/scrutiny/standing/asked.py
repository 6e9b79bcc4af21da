"""By which tests the standing answer is given: of each of the three questions some shares, each with its target (SCR-13).

Pure. The law and the Victims' Code set two of the targets; the others are proposals of this project, for a force to set (ADR 88).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from craffu.scrutiny.interviewing.kinds import ReviewQuestion
from craffu.scrutiny.standing.rules import Better


@dataclass(frozen=True, slots=True)
class Asks:
    """Of which question, by which part of which measure, and where that is to be."""

    question: ReviewQuestion
    measure: str
    part: str
    target: Fraction
    better: Better = Better.HIGH

    @property
    def key(self) -> str:
        return f"{self.measure}:{self.part}"


_MOST, _ALL, _NONE = Fraction(9, 10), Fraction(1), Fraction(0)
_SUPPORTED, _PREVENTED, _JUSTICE = ReviewQuestion.SUPPORTED, ReviewQuestion.PREVENTED, ReviewQuestion.JUSTICE

TESTS: Final = (
    Asks(_SUPPORTED, "MET27", "kept", _MOST),
    Asks(_SUPPORTED, "MET28", "on_time", _ALL),
    Asks(_SUPPORTED, "MET16", "view", _MOST),
    Asks(_PREVENTED, "MET14", "in_time", _MOST),
    Asks(_PREVENTED, "MET15", "in_time", _MOST),
    Asks(_PREVENTED, "MET25", "unreviewed", _NONE, Better.LOW),
    Asks(_PREVENTED, "MET31", "covered", _MOST),
    Asks(_JUSTICE, "MET02", "in_time", _MOST),
    Asks(_JUSTICE, "MET13", "on_time", _ALL),
    Asks(_JUSTICE, "MET20", "arrested", _MOST),
    Asks(_JUSTICE, "MET21", "answered", _MOST),
)
