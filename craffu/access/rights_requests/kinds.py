"""What somebody asks for about their own data, and the part they play in it."""

from enum import StrEnum


class Kind(StrEnum):
    """What a person may ask for about their own data."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    RESTRICTION = "restriction"


class Whose(StrEnum):
    """The part that whoever asks plays: a victim's request never discloses the suspect's record, nor his hers."""

    SUSPECT = "suspect"
    VICTIM = "victim"
    SOMEBODY_ELSE = "somebody_else"
