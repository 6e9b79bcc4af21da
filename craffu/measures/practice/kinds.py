"""How a case stands to the training of whoever has it (R2b)."""

from enum import StrEnum


class Group(StrEnum):
    """Cases of officers in the year before their first training that counts, in the year from it on, and of those without any."""

    BEFORE = "before"
    AFTER = "after"
    NEVER = "never"
