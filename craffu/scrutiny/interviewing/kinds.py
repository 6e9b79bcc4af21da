"""Whom an interview is with, what they consent to, and what danger it may tell of: the words that are stored (M3, M5)."""

from enum import StrEnum
from typing import Final

from craffu.common.languages import Language


class Whom(StrEnum):
    """Somebody who works for the force, or a victim."""

    STAFF = "staff"
    VICTIM = "victim"


class Post(StrEnum):
    """What somebody does in the force. Never their name, rank or collar number: in a small station those name them."""

    CALL_TAKER = "call_taker"
    RESPONSE = "response"
    INVESTIGATOR = "investigator"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    OFFENDER_MANAGER = "offender_manager"
    ORDERS_TEAM = "orders_team"
    VICTIM_CARE = "victim_care"
    SENIOR = "senior"
    OTHER = "other"


class Band(StrEnum):
    """How many work at somebody's station: the station itself would name whoever is the only one of their kind there."""

    SMALL = "small"
    MIDDLE = "middle"
    LARGE = "large"
    WHOLE_FORCE = "whole_force"


class ReviewQuestion(StrEnum):
    """The review's three questions, or all of them."""

    SUPPORTED = "q1"
    PREVENTED = "q2"
    JUSTICE = "q3"
    ALL = "all"


class Use(StrEnum):
    """What somebody consents to: that their words are kept and read for scrutiny, and that they are quoted without a name."""

    KEEP = "keep"
    QUOTE = "quote"


class ByWhom(StrEnum):
    """How consent reached us. It is always their own."""

    SELF = "self"
    INTERPRETER = "interpreter"
    ADVOCATE = "advocate"


class Danger(StrEnum):
    """What may happen to somebody now."""

    LIFE = "life"
    HARM = "harm"
    CHILD = "child"
    SELF_HARM = "self_harm"
    OFFICER = "officer"


class Done(StrEnum):
    """What the force did of a danger it was told of."""

    MADE_SAFE = "made_safe"
    KNOWN = "known"
    NOT_FOUND = "not_found"
    NO_DANGER = "no_danger"


LANGUAGES: Final = tuple(one.value for one in Language)
