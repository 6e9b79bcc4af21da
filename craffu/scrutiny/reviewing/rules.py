"""What a reviewer is shown of a case, and whether a second review is one (SCR-07, SCR-11).

Pure. A file tidied after it was chosen is not the file that was kept: recorded time decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from craffu.clocks.working_days import working_days_after
from craffu.scrutiny.asking.kinds import Overall
from craffu.scrutiny.asking.rules import WHOLE, Answers

# Where the form asks whether a danger is managed by nobody, and for the judgement of the whole case.
LIVE_RISK: Final = "DS-B8"
OVERALL: Final = "DS-91"
# A case is reviewed within so many working days after it was given (project decision, ADR 93: no rule names a time).
REVIEW_WORKING_DAYS: Final = 10


def review_by(given: date) -> date:
    """The last day on which a case that was given on a day is reviewed."""
    return working_days_after(given, REVIEW_WORKING_DAYS).due_day


@dataclass(frozen=True, slots=True)
class Edit:
    """What was entered in a field, when it was recorded and by whom."""

    field: str
    value: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A case as it was known when the frame froze, and what was entered since, each in the order in which it was recorded."""

    as_known: dict[str, str]
    later: tuple[Edit, ...]


def pack(edits: Iterable[Edit], frozen_at: datetime) -> Pack:
    """What was recorded at the very moment was known (SCR-11)."""
    ordered = sorted(edits, key=lambda one: one.at)
    known = [one for one in ordered if one.at <= frozen_at]
    return Pack({one.field: one.value for one in known}, tuple(ordered[len(known) :]))


def sees_danger(answers: Answers) -> bool:
    """Whether a reviewer has answered that somebody is in danger now: the force is told before the review is submitted."""
    risk, overall = answers.get((LIVE_RISK, WHOLE)), answers.get((OVERALL, WHOLE))
    return (risk is not None and risk.code == "yes") or (overall is not None and overall.overall == Overall.REFER_NOW)


class NotBlind(StrEnum):
    """Why a review is no second one (SCR-07)."""

    SAME_REVIEWER = "same_reviewer"
    NOT_BLIND = "not_blind"
    CONFLICT = "conflict_of_interest"


def why_not_second(first: str, second: str, *, saw_first: bool, has_conflict: bool) -> list[NotBlind]:
    """Nothing where it is one: by somebody else, who saw no answer of the first and has no interest in the case."""
    found = (
        (first == second, NotBlind.SAME_REVIEWER),
        (saw_first, NotBlind.NOT_BLIND),
        (has_conflict, NotBlind.CONFLICT),
    )
    return [why for holds, why in found if holds]
