"""What is counted of the gap between safe and felt safe, and by what each figure is split. Keys are public: files carry them."""

from enum import StrEnum
from typing import Final


class Figure(StrEnum):
    """One question, with its own numerator and denominator."""

    DONE_UNSUPPORTED = "done_unsupported"
    NOT_DONE_SUPPORTED = "not_done_supported"
    TOLD_OF_DONE = "told_of_done"
    FELT_SAFE = "felt_safe"
    LESS_SAFE = "less_safe"
    KEPT_INFORMED = "kept_informed"
    TAKEN_SERIOUSLY = "taken_seriously"
    FELT_SUPPORTED = "felt_supported"
    RESPONSE = "response"
    NOT_ASKED = "not_asked"
    WITHDREW_14 = "withdrew_14"
    WITHDREW_16 = "withdrew_16"
    WHY_14 = "why_14"
    WHY_16 = "why_16"


class Split(StrEnum):
    """By what a figure is split. `work` is whether safety work was done by then, and told."""

    WHOLE = "whole"
    WORK = "work"
    STAGE = "stage"
    AREA = "area"
    RELATIONSHIP = "relationship"
    SEX = "sex"
    AGE = "age"
    ETHNICITY = "ethnicity"
    OFFENCE_CLASS = "offence_class"


class Work(StrEnum):
    """What had been done for somebody's safety by the day of their answer: what they were not told of is apart (VIC-08)."""

    TOLD = "told"
    DONE_NOT_TOLD = "done_not_told"
    NOT_DONE = "not_done"


class Went(StrEnum):
    """What became of an invitation."""

    ANSWERED = "answered"
    NO_VALID_ANSWER = "no_valid_answer"
    SILENT = "silent"
    NOT_DELIVERED = "not_delivered"
    DELIVERY_NOT_SAID = "delivery_not_said"


# Of each question the answers that count as satisfied (MET30), in the order in which they are asked.
SATISFIED: Final = {
    Figure.FELT_SAFE: "safer", Figure.KEPT_INFORMED: "yes", Figure.TAKEN_SERIOUSLY: "yes", Figure.FELT_SUPPORTED: "yes",
}  # fmt: skip
# Both mean that the victim did not support it: nobody was identified as the suspect, or somebody was (MET29).
UNSUPPORTED: Final = {
    "14": (Figure.WITHDREW_14, Figure.WHY_14), "16": (Figure.WITHDREW_16, Figure.WHY_16),
}  # fmt: skip
# What is not known of somebody, or not said, has no name of its own.
NOT_KNOWN: Final = ""
INVITED, LEFT_EMPTY, NOT_SAID, ANOTHER = "invited", "left_empty", "not_said", "another_outcome"
