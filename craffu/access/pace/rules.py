"""Whether somebody asks faster than a person or an honest program does (SEC-01; OWASP ASVS 5.0.0, 2.4.1). Pure.

Whoever was quiet may ask a minute's worth at once; after that, as much as a minute holds, evenly.
"""

from dataclasses import dataclass
from typing import Final

MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Left:
    """How many askings somebody has left at an instant, in seconds of any steady clock; `was_told` since they last had one."""

    askings: float
    at: float
    was_told: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    may_ask: bool
    is_first_refusal: bool
    left: Left


def ask(before: Left | None, at: float, most_a_minute: int) -> Answer:
    """Whether one more asking is one too many, and what is left after it. `most_a_minute` is at least 1."""
    most = float(most_a_minute)
    if before is None:
        return Answer(True, False, Left(most - 1, at))
    grown = min(most, before.askings + max(0.0, at - before.at) * most / MINUTE)
    if grown >= 1:
        return Answer(True, False, Left(grown - 1, at))
    return Answer(False, not before.was_told, Left(grown, at, was_told=True))
