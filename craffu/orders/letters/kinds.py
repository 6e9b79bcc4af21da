"""What a letter about an order tells."""

from enum import StrEnum


class About(StrEnum):
    """Keys are stored, and stand in addresses."""

    TERMS = "terms"
    CHANGED = "changed"
    ENDED = "ended"
    REVIEW = "review"


class Stopped(StrEnum):
    """Why a letter that was written may not leave after all, besides what speaks against any letter. Keys are stored."""

    ORDER_CHANGED = "order_changed"
    NOT_PROTECTED = "not_protected"
    LANGUAGE_CHANGED = "language_changed"
    NEVER_SAY = "never_say"
    NAMES_ANOTHER = "names_another"
    WORDS_DIFFER = "words_differ"
    UNKNOWN_KIND = "unknown_kind"
