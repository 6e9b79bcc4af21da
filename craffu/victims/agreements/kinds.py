"""How often somebody wants to be asked."""

from enum import StrEnum


class Asking(StrEnum):
    """How often she wants to be asked for her view, until she says otherwise."""

    EACH_TIME = "each_time"
    BEFORE_CHANGE = "before_change"
    DO_NOT_ASK = "do_not_ask"
