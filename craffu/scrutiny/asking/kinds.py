"""The scales of the dip-sample form, at which level a question repeats, and who answers it (requirements 4.1, 4.3)."""

from enum import StrEnum
from typing import Final


class Scale(StrEnum):
    """How a question is answered; several make one answer, as *was it done?* and *where is the record?* do."""

    JUDGED = "judged"  # J5
    RECORDED = "recorded"  # R3, beside J5
    AT = "at"  # T
    COUNT = "count"  # N
    CODE = "code"  # CH
    FELT = "felt"  # S5
    OVERALL = "overall"  # O5
    TEXT = "text"  # TX
    AS_QUESTION = "as_question"  # of adjudication: by the scale of the question adjudicated


class Judged(StrEnum):
    """Was it done? *Not recorded*: the file does not let one tell."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_RECORDED = "not_recorded"
    NOT_APPLICABLE = "not_applicable"


class Recorded(StrEnum):
    """Where is the record? Done, and known only from a victim or an interview, is *yes* and *not recorded*."""

    RIGHT_PLACE = "right_place"
    ELSEWHERE = "elsewhere"
    NOT_RECORDED = "not_recorded"


class NoTime(StrEnum):
    """In place of a time."""

    NOT_DONE = "not_done"
    NOT_RECORDED = "not_recorded"


class Felt(StrEnum):
    """As the victim saw it."""

    SAFER = "safer"
    SAME = "same"
    LESS_SAFE = "less_safe"
    NOT_ASKED = "not_asked"
    NOT_RECORDED = "not_recorded"


class Overall(StrEnum):
    """The judgement of the whole case. That a panel cannot agree, one reviewer never says."""

    APPROPRIATE = "appropriate"
    WITH_OBSERVATIONS = "with_observations"
    INAPPROPRIATE = "inappropriate"
    PANEL_CANNOT_AGREE = "panel_cannot_agree"
    REFER_NOW = "refer_now"


class Confidence(StrEnum):
    """How sure a reviewer is of an answer."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Level(StrEnum):
    """What a question is asked of: the case once, or each of its stages, options, orders, triggers, events or breaches."""

    CASE = "case"
    STAGE = "stage"
    OPTION = "option"
    ORDER = "order"
    TRIGGER = "trigger"
    EVENT = "event"
    BREACH = "breach"


class By(StrEnum):
    """Who answers: the reviewer; Craffu, from who reviews and what they declared; whoever adjudicates, once both are in."""

    REVIEWER = "reviewer"
    CRAFFU = "craffu"
    ADJUDICATOR = "adjudicator"


# A time that is known, as a condition names it.
DONE: Final = "done"
NOT_RECORDED: Final = "not_recorded"
# Whether a case can be assessed, and the answer with which the rest is asked.
ASSESSABLE: Final = "DS-03"
SECTIONS: Final = ("before", *"ABCDEFGHI", "after")
