"""What a person is scored by: events as they were known on the scoring date, with nothing that may not enter (PRI-08).

Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Part(StrEnum):
    """The part that somebody had in an event. Keys are stored."""

    SUSPECT = "suspect"
    OFFENDER = "offender"
    VICTIM = "victim"
    WITNESS = "witness"


class Standing(StrEnum):
    """Whether an event still counts against whoever it was put to. Keys are stored."""

    RECORDED = "recorded"
    CANCELLED = "cancelled"
    NO_CRIME = "no_crime"
    ELIMINATED = "eliminated"


class Evidence(StrEnum):
    """How far an event has been decided. Keys are stored."""

    CONVICTED = "convicted"
    CHARGED = "charged"
    SUSPECTED = "suspected"
    NON_CRIME = "non_crime"


SCORED_PARTS: Final = frozenset({Part.SUSPECT, Part.OFFENDER})


@dataclass(frozen=True, slots=True)
class Event:
    """One offence or incident: `age` in whole days before the scoring date, None where nobody says when it occurred, and the same
    since it was recorded; `weight` in days, None where the offence is not known; `victims` empty where nobody is named.
    """

    incident: str
    age: int | None
    weight: float | None
    victims: frozenset[str] = field(default=frozenset(), repr=False)
    recorded_age: int | None = None
    part: Part = Part.SUSPECT
    standing: Standing = Standing.RECORDED
    is_breach: bool = False
    is_disproved: bool = False
    order: str = ""
    offence: str = ""
    has_weapon: bool = False
    evidence: Evidence = Evidence.SUSPECTED


# What a score may be made of: everything else is refused, whatever it is.
INPUTS: Final = frozenset(
    {
        "breach", "disproved", "evidence", "incident_id", "occurred_on", "offence", "order", "recorded_on", "role", "status",
        "victim_id", "weapon", "weight",
    }
)  # fmt: skip


def refused_inputs(fields: Iterable[str]) -> list[str]:
    """Those of the fields that may not enter a score, in order of their names (PRI-08)."""
    return sorted(set(fields) - INPUTS)
