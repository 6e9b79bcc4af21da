"""The words that an extract of staff uses for a shift, a turn of duty and training."""

from enum import StrEnum


class Shift(StrEnum):
    """Which shift of a station's day."""

    EARLY = "early"
    LATE = "late"
    NIGHT = "night"
    DAY = "day"


class Duty(StrEnum):
    """What became of a turn on the roster. Only `on_duty` says that somebody was there."""

    ROSTERED = "rostered"
    ON_DUTY = "on_duty"
    ON_CALL = "on_call"
    ABSTRACTED = "abstracted"
    ABSENT = "absent"
    CALLED_OFF = "called_off"


class Lesson(StrEnum):
    """The whole programme, or continuing training in it."""

    FULL = "full"
    CONTINUING = "continuing"
