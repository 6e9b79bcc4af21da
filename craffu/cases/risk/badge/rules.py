"""Which of several cases' grades stands at the head of a person's pages: the highest by which anything runs (RSK-02).

The grade that a person gave counts before one that clocks run by because nobody has given any; of two cases that nobody has
graded the one that waits longest is named. Nothing is added up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from craffu.cases.risk.rules import Grade, Standing

_HIGHEST_FIRST: Final = (Grade.HIGH, None, Grade.MEDIUM, Grade.STANDARD)


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """How a case stands: with which tool its last grade was given, and when; empty where nobody said with which."""

    case: str
    stands: Standing
    tool: str = ""
    graded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Highest:
    """The case whose grade is shown, and whether another case stands otherwise."""

    one: CaseStanding
    differs: bool


def highest(cases: Iterable[CaseStanding]) -> Highest | None:
    """RSK-02: what the head of a person's pages says; None where no open case asks for an assessment."""
    ranked: Sequence[CaseStanding] = sorted(cases, key=_rank)
    if not ranked:
        return None
    return Highest(ranked[0], differs=len({_kind(one) for one in ranked}) > 1)


def _rank(one: CaseStanding) -> tuple[int, timedelta, str]:
    return _HIGHEST_FIRST.index(one.stands.grade), -(one.stands.age or timedelta()), one.case


def _kind(one: CaseStanding) -> tuple[Grade | None, bool]:
    return one.stands.grade, one.stands.last_grade is None
