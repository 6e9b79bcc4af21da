"""How another system asked, and why it did not: the words that are stored."""

from enum import StrEnum


class Mode(StrEnum):
    """How somebody is asked: answers of two modes are not compared unmarked (MET30)."""

    ONLINE = "online"
    PAPER = "paper"
    TELEPHONE = "telephone"
    IN_PERSON = "in_person"


class NotAsked(StrEnum):
    """Why somebody was not asked at a stage."""

    UNSAFE = "unsafe"
    NO_SAFE_WAY = "no_safe_way"
    DOES_NOT_WANT = "does_not_want"
    OTHER = "other"
