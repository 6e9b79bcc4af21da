"""What a score may lead to: nothing, until a named officer decides (PRI-06, PRI-07); and how a cohort is left (PRI-10).

Pure. A score is never edited: a challenge that is right makes another, and the old one stays.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from craffu.common.reasons import is_too_short

SYSTEM: Final = "system"
REVIEWED_AFTER: Final = timedelta(days=28)


class Act(StrEnum):
    """What somebody would do about a score. Keys are stored."""

    ADD_TO_COHORT = "add_to_cohort"
    OVERRIDE = "override"
    CHALLENGE = "challenge"
    EDIT_SCORE = "edit_score"


class WhyNot(StrEnum):
    """Why it is not done. Keys are stored."""

    NEVER_EDITED = "scores_are_never_edited"
    NO_OFFICER = "a_named_officer_decides"
    REASON = "reason_too_short"


class Said(StrEnum):
    """What an officer says of a priority: it stands, or another does for a while. Keys are stored."""

    STANDS = "stands"
    OTHER = "other"


class Whose(StrEnum):
    """Whose challenge of a score it is. Keys are stored."""

    THEIRS = "theirs"
    OFFICER = "officer"


# `pri.floor_review_within`: elapsed time from a floor to a human's decision (PRI-04).
LOOKED_AT_WITHIN: Final = timedelta(hours=24)
# Ours, since no rule gives them: a second person's word on another priority, and the answer to a challenge (ADR 73).
AGREED_WITHIN: Final = timedelta(hours=24)
ANSWERED_WITHIN: Final = timedelta(days=7)
# Another priority stands this long at most: longer, and nobody has looked (ADR 73).
LONGEST: Final = timedelta(days=90)


def counts_on(until: date | None, on: date, *, agreed: bool) -> bool:
    """Whether another priority counts on a day: agreed to by a second person, and not over; its last day counts."""
    return agreed and until is not None and on <= until


def is_too_long(until: date, today: date) -> bool:
    """Whether another priority would stand longer than it may."""
    return until > today + LONGEST


_WITH_A_REASON: Final = frozenset({Act.OVERRIDE, Act.CHALLENGE})


def why_not(act: Act, actor: str, reason: str) -> WhyNot | None:
    """Why this is not done by this actor, the user's name or `system`; None where it may be."""
    if act is Act.EDIT_SCORE:
        return WhyNot.NEVER_EDITED
    if not actor or actor == SYSTEM:
        return WhyNot.NO_OFFICER
    return WhyNot.REASON if act in _WITH_A_REASON and is_too_short(reason) else None


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody is to leave a cohort: who says so, why, and their score then, None where they have none."""

    by: str
    reason: str
    score: float | None


def review_due(last_reviewed: date) -> date:
    """By when a member is reviewed again (PRI-10)."""
    return last_reviewed + REVIEWED_AFTER


def may_leave(leaving: Leaving) -> bool:
    """Whether an exit is decided: by somebody, who says why."""
    return bool(leaving.by) and leaving.by != SYSTEM and not is_too_short(leaving.reason)


def change(entry_score: float | None, exit_score: float | None) -> float | None:
    """How far a score moved between entry and exit; no claim that anything caused it. None where either is not there."""
    return None if entry_score is None or exit_score is None else exit_score - entry_score
