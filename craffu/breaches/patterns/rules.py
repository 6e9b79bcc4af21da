"""Crimes recorded as something else that together may be stalking: which go to the coordinator, and who decides (BRC-09).

Nothing is reclassified here, and nothing decided. Somebody is being targeted whoever did it, and where nobody knows who.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from craffu.common.reasons import is_too_short

# `breach.pattern_min` and `breach.pattern_window_days`.
FEWEST_DAYS: Final = 2
WINDOW: Final = timedelta(days=365)
COORDINATOR: Final = "coordinator"


class Group(StrEnum):
    """What a crime that may be part of stalking is recorded as. Keys are stored."""

    HARASSMENT = "harassment"
    MALICIOUS_COMMUNICATIONS = "malicious_communications"
    CRIMINAL_DAMAGE = "criminal_damage"


@dataclass(frozen=True, slots=True)
class Crime:
    """One crime: of which incident, on which day, recorded as what, against whom, and who is suspected; None is nobody."""

    crime: str
    incident: str
    on: date
    group: str
    victim: str
    suspect: str | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """What one person has suffered within the window, in order of time; `suspect_unknown` where somebody is not known in any."""

    victim: str
    crimes: tuple[str, ...]
    suspects: tuple[str, ...]
    suspect_unknown: bool


def patterns(crimes: Iterable[Crime], as_of: date) -> list[Pattern]:
    """BRC-09: who was made a victim on two days or more, by two incidents or more, in the 365 days that end with this one."""
    groups = frozenset(Group)
    found: dict[str, list[Crime]] = {}
    for one in sorted(crimes, key=lambda one: (one.on, one.crime)):
        if one.group in groups and as_of - WINDOW <= one.on <= as_of:
            found.setdefault(one.victim, []).append(one)
    return [_pattern(victim, theirs) for victim, theirs in found.items() if _is_pattern(theirs)]


def _is_pattern(theirs: Iterable[Crime]) -> bool:
    """Several crimes of one incident, and several incidents of one day, count once."""
    first_day: dict[str, date] = {}
    for one in theirs:
        first_day.setdefault(one.incident, one.on)
    return len(set(first_day.values())) >= FEWEST_DAYS


def _pattern(victim: str, theirs: Iterable[Crime]) -> Pattern:
    theirs = list(theirs)
    suspects = {one.suspect for one in theirs}
    return Pattern(
        victim, tuple(one.crime for one in theirs), tuple(sorted(one for one in suspects if one is not None)),
        None in suspects,
    )  # fmt: skip


class Decision(StrEnum):
    """What the coordinator says of a pattern. Keys are stored."""

    STALKING = "stalking"
    HARASSMENT = "harassment"
    NOT_A_PATTERN = "not_a_pattern"


class WhyNot(StrEnum):
    """Why a decision is not taken."""

    COORDINATOR = "coordinator_must_decide"
    UNKNOWN = "unknown_decision"
    REASON = "reason_too_short"


def why_not_decided(decision: str, by_role: str, reason: str) -> WhyNot | None:
    """BRC-09: why a decision on a pattern does not count; None where it does."""
    if by_role != COORDINATOR:
        return WhyNot.COORDINATOR
    if decision not in frozenset(Decision):
        return WhyNot.UNKNOWN
    return WhyNot.REASON if is_too_short(reason) else None
