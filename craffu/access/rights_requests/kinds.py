"""What somebody asks for about their own data, the part they play in it, what was decided, and how that is over."""

from collections.abc import Mapping
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


class Decided(StrEnum):
    """What an answer to a request for rectification or restriction decided."""

    AGREED = "agreed"
    IN_PART = "in_part"
    REFUSED = "refused"


# Something is to be done after these.
TAKES_EFFECT = (Decided.AGREED, Decided.IN_PART)
# An answer to these decides something; one about access tells.
DECIDES = (Kind.RECTIFICATION, Kind.RESTRICTION)


class Ending(StrEnum):
    """How that which an answer decided is over: a restriction is lifted, what was wrong is put right, or is not, and why."""

    LIFTED = "lifted"
    PUT_RIGHT = "put_right"
    NOT_PUT_RIGHT = "not_put_right"


# What may end that which was decided of a kind of request.
ENDINGS: Mapping[str, tuple[Ending, ...]] = {
    Kind.RESTRICTION: (Ending.LIFTED,),
    Kind.RECTIFICATION: (Ending.PUT_RIGHT, Ending.NOT_PUT_RIGHT),
}
