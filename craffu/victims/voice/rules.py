"""Whether her words may be taken, and whether 'victim does not support' may be entered.

VIC-07, VIC-11. Withdrawal closes nothing that keeps her safe.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class Reader(StrEnum):
    """Who may come to read her words; she is told of each before she writes."""

    COURT = "court"
    DEFENCE = "defence"
    SUBJECT_ACCESS_DECISION = "subject_access_decision"


# Of whom each version of the notice tells her.
NOTICES: Final[Mapping[int, frozenset[Reader]]] = {1: frozenset(Reader)}


@dataclass(frozen=True, slots=True)
class ReadersNotice:
    """The notice as she was shown it; version and time are kept with her words."""

    version: int
    language: str
    shown_at: datetime
    readers: Collection[str]


def why_words_are_not_taken(language: str, written_at: datetime, notice: ReadersNotice | None) -> list[str]:
    """VIC-11: what was wrong with what she was told before she wrote; nothing, and her words are taken."""
    told = frozenset(notice.readers) if notice is not None else frozenset()
    why = [f"not_told:{reader.value}" for reader in Reader if reader.value not in told]
    if notice is None or notice.shown_at >= written_at:
        why.append("not_told_before_writing")
    if notice is not None and notice.language != language:
        why.append("other_language")
    return why


@dataclass(frozen=True, slots=True)
class Explored:
    """What was asked before 'victim does not support' is entered, by whom, or why it could not be asked; empty where not."""

    explored_by: str = ""
    reason: str = ""
    pressure_asked: bool = False
    safety_reviewed: bool = False
    not_explored_reason: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What speaks against entering outcome 14 or 16. Her safety actions stay open whatever is answered."""

    why: tuple[str, ...]
    open_safety_actions_closed: bool = False

    @property
    def allowed(self) -> bool:
        return not self.why


def withdrawal(explored: Explored) -> Withdrawal:
    """VIC-07: only after exploring why, whether there was pressure, and safety, or with a reason this could not be done."""
    if explored.not_explored_reason.strip():
        return Withdrawal(())
    if not explored.explored_by.strip():
        return Withdrawal(("exploration_or_reason_missing",))
    asked = {
        "reason": bool(explored.reason.strip()),
        "pressure_asked": explored.pressure_asked,
        "safety_reviewed": explored.safety_reviewed,
    }
    return Withdrawal(tuple(f"missing:{name}" for name, done in asked.items() if not done))
