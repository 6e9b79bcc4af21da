"""What a plan is said in: forums, how somebody was asked, what an action is tied to, where a plan stands, why it is reviewed.

Pure. Keys are stored.
"""

from enum import StrEnum


class Forum(StrEnum):
    """Where agencies manage somebody together."""

    MAPPA = "mappa"
    IOM = "iom"
    MATAC = "matac"
    MARAC = "marac"


class Consulted(StrEnum):
    """How somebody whom an order protects was asked about a plan."""

    IN_PERSON = "in_person"
    BY_PHONE = "by_phone"
    IN_WRITING = "in_writing"
    THROUGH_ADVOCATE = "advocate"
    NOT_ASKED = "not_asked"


class Tied(StrEnum):
    """What an action is tied to (PLN-02)."""

    CONDITION = "condition"
    BEHAVIOUR = "behaviour"


class Outcome(StrEnum):
    """What a review finds."""

    STANDS = "stands"
    TO_CHANGE = "to_change"


class Stage(StrEnum):
    """Where a plan stands."""

    BEGUN = "begun"
    WAITS = "waits"
    SENT_BACK = "sent_back"
    LIVE = "live"
    ENDED = "ended"


class Because(StrEnum):
    """Why a plan is reviewed on its day."""

    EVERY_28_DAYS = "every_28_days"
    FOLLOW_UP = "follow_up"
    BREACH = "breach"


class Intervention(StrEnum):
    """What was done about somebody, after which it is looked how they went on (PLN-03)."""

    ORDER = "order"
    PLAN = "plan"
    CUSTODY = "custody"


class NotScored(StrEnum):
    """Why somebody has no score, beside that they are not of the population."""

    NOBODY_STATED = "nobody_stated_whom"
    NOTHING_KNOWN = "nothing_known"
    NEXT_RUN = "with_the_next_run"
