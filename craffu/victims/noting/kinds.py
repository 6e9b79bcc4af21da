"""In which way somebody was reached or troubled, as she would say it, and whether anything proves it. Keys are stored."""

from enum import StrEnum


class Way(StrEnum):
    """What happened, in the few kinds that somebody can choose from in a hurry."""

    IN_PERSON = "in_person"
    WATCHED = "watched"
    CALL = "call"
    MESSAGE = "message"
    ONLINE = "online"
    POST = "post"
    DAMAGE = "damage"
    OTHER = "other"
    NOT_SAID = "prefer_not_to_say"


class Proof(StrEnum):
    """Whether there is something that shows it: it stays where she keeps it until somebody takes it over safely."""

    KEPT = "kept"
    NOT_KEPT = "not_kept"
    ASK_ME = "ask_me"
    NOT_SAID = "prefer_not_to_say"
