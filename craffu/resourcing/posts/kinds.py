"""The work that posts do, as far as the register counts it (R1a)."""

from enum import StrEnum


class Work(StrEnum):
    """What is counted for the posts of a role."""

    ORDERS = "orders"
    COHORT = "cohort"
