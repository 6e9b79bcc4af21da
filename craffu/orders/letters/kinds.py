"""What a letter about an order tells."""

from enum import StrEnum


class About(StrEnum):
    """Keys are stored, and stand in addresses."""

    TERMS = "terms"
    CHANGED = "changed"
    ENDED = "ended"
    REVIEW = "review"
