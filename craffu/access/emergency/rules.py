"""When somebody may open a restricted record without being let in, for how long, and what every time leaves behind.

SEC-03; rules.md, Annex D: emergency-access. Project decision: the review is due within a day, and a reason has twenty
characters, so that a word is none.
"""

from datetime import datetime, timedelta
from enum import StrEnum

# `sec.break_glass_minutes`.
LASTS = timedelta(minutes=60)
REVIEW_WITHIN = timedelta(hours=24)
SHORTEST_REASON = 20


class Reason(StrEnum):
    """Why it could not wait until somebody was asked."""

    THREAT_TO_LIFE = "threat_to_life"
    AT_RISK_NOW = "at_risk_now"
    AT_THE_SCENE = "at_the_scene"
    IN_CUSTODY = "in_custody"
    COURT_NOW = "court_now"


class Missing(StrEnum):
    """What a request for emergency access lacks."""

    REASON = "reason_code"
    WORDS = "reason_text"
    FACTOR = "fresh_sign_in_factor"


class Leaves(StrEnum):
    """What one grant leaves behind, once each."""

    LOG_ROW = "audit_rows"
    NOTICE = "notices"
    REVIEW = "review_items"


class Verdict(StrEnum):
    """What the reviewer found."""

    PROPER = "proper"
    NOT_PROPER = "not_proper"
    PASSED_ON = "passed_on"


def missing(reason: str, words: str, *, factor_is_fresh: bool) -> list[Missing]:
    """What is missing of a request, in the order in which it is asked for; nothing, and it is granted."""
    found = {
        Missing.REASON: reason not in set(Reason),
        Missing.WORDS: len(" ".join(words.split())) < SHORTEST_REASON,
        Missing.FACTOR: not factor_is_fresh,
    }
    return [one for one, is_missing in found.items() if is_missing]


def ends(granted_at: datetime) -> datetime:
    """The instant from which the record is shut again: elapsed minutes, whatever the wall clock does meanwhile."""
    return granted_at + LASTS


def minutes_left(until: datetime, now: datetime) -> int:
    """Whole minutes, the last one begun counted: never none while it still runs."""
    return max(0, -((now - until) // timedelta(minutes=1)))


def review_due(granted_at: datetime) -> datetime:
    return granted_at + REVIEW_WITHIN


def is_overdue(due_at: datetime, now: datetime) -> bool:
    return now >= due_at


def may_review(reviewer: str, whose: str) -> bool:
    """Nobody reviews their own."""
    return reviewer != whose
