"""What somebody gives of a cohort meeting (page map, P23)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from craffu.prevention.meetings.kinds import Decision


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting that is called: on which day, who takes the chair (a user's name for signing in), which agencies are invited."""

    day: date
    chair: str
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewAttendance:
    """Somebody who came or sent apologies, for which agency of the meeting by number; None is the force."""

    name: str = field(repr=False)
    agency: int | None
    came: bool
    undertook: bool = False


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What is decided about somebody, why, and which agencies, by number, are to have it: none but those that need to know."""

    decision: Decision
    reason: str = field(repr=False)
    agencies: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class NewAction:
    """Something that is to be done by a day: by a user of the force (a name for signing in), else by an agency that came."""

    words: str = field(repr=False)
    due_on: date
    owner: str = ""
    agency: int | None = None
