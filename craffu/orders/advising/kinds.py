"""What a general note is about, which a specialist writes beside an answer (RES-04). Keys are stored."""

from enum import StrEnum


class Topic(StrEnum):
    """By which an officer finds it again."""

    CLASSIFYING = "classifying"
    EVIDENCE = "evidence"
    ORDERS = "orders"
    BREACH = "breach"
    RISK = "risk"
    ONLINE = "online"
    SAFETY = "victim_safety"
    OTHER = "other"


class Holds(StrEnum):
    """What of somebody stands in a note, which therefore is not kept."""

    NAME = "name"
    DATE = "date"
    CONTACT = "contact"
    REFERENCE = "reference"
