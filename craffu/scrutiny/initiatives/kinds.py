"""What is said of an initiative after it was begun (C4). Keys are stored."""

from enum import StrEnum


class Course(StrEnum):
    """How an initiative goes: a dated word on it, its end, or that it never began."""

    WORD = "word"
    ENDED = "ended"
    NOT_BEGUN = "not_begun"
