"""What an answer to somebody's own request may hold, and why something is withheld: the words of the command (SEC-11)."""

from enum import StrEnum


class What(StrEnum):
    """A part of what is held about somebody."""

    NAME = "name"
    IDENTIFIER = "identifier"
    CONTACT = "contact"
    CASE = "case"
    OFFENCE = "offence"
    HEARING = "hearing"
    ORDER = "order"
    CUSTODY = "custody"
    RELEASE = "release"
    WORDS_OF_A_CASE = "words_of_a_case"
    WORDS_OF_AN_ORDER = "words_of_an_order"
    BREACHES = "breaches"
    RISK = "risk"
    ADVICE = "legal_advice"
    PLAN = "plan"
    PRIORITY = "priority"


class Why(StrEnum):
    """Why something is not in the answer until whoever prepares it decides otherwise, and never for the last."""

    THIRD_PARTIES = "third_parties"
    NEITHER_CONFIRM_NOR_DENY = "neither_confirm_nor_deny"
    LEGAL_PRIVILEGE = "legal_privilege"
    NOT_OPEN = "not_open"
    PROTECTED = "protected_about_a_victim"
    PUT_RIGHT = "put_right_since"
