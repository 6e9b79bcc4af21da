"""What a cohort meeting is said in: why somebody is on the agenda, what is decided, what follows, where a meeting stands.

Pure. Keys are stored, but for where a meeting stands and since when is looked.
"""

from enum import StrEnum


class OnAgenda(StrEnum):
    """Why somebody is on the agenda: proposed with a reason, or a member whose 28-day look falls due. Each by a named person."""

    PROPOSED = "proposed"
    LOOK_DUE = "look_due"


class Decision(StrEnum):
    """What a meeting decides about somebody (page map, P23)."""

    SELECT = "select"
    KEEP = "keep"
    DESELECT = "deselect"
    DEFER = "defer"


class Effect(StrEnum):
    """What a decision did in the cohort."""

    ENTERED = "entered"
    REVIEWED = "reviewed"
    LEFT = "left"
    NOTHING = "nothing"


class Stage(StrEnum):
    """Where a meeting stands."""

    TO_COME = "to_come"
    MINUTING = "minuting"
    APPROVED = "approved"
    CALLED_OFF = "called_off"


class Since(StrEnum):
    """Since when it is looked what happened to somebody."""

    LAST_MEETING = "last_meeting"
    ENTRY = "entry"
    FOUR_WEEKS = "four_weeks"
