"""The learning aims that a programme is mapped to, and what was decided of each (R2c).

The six pillars are those that Operation Soteria Bluestone published; two more are what the 2023 review found wanting.
"""

from enum import StrEnum


class Aim(StrEnum):
    """What a programme may teach: the six pillars, and two aims of our own."""

    SUSPECT_FOCUSED = "suspect_focused"
    REPEAT_SUSPECTS = "repeat_suspects"
    PROCEDURAL_JUSTICE = "procedural_justice"
    LEARNING_WELLBEING = "learning_wellbeing"
    DATA = "data"
    DIGITAL = "digital"
    CLASSIFYING = "classifying"
    CIVIL_ORDERS = "civil_orders"


PILLARS = (
    Aim.SUSPECT_FOCUSED,
    Aim.REPEAT_SUSPECTS,
    Aim.PROCEDURAL_JUSTICE,
    Aim.LEARNING_WELLBEING,
    Aim.DATA,
    Aim.DIGITAL,
)


class Taught(StrEnum):
    """Whether a version teaches an aim as it was published, in a way of its own, or not."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    NOT = "not"
