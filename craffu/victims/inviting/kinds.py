"""For what she is invited, by which way she comes in, and what became of an invitation. Keys are stored."""

from enum import StrEnum


class Purpose(StrEnum):
    """What she is asked on the safe page."""

    VIEW = "view"
    SURVEY = "survey"
    LOG = "log"


class Route(StrEnum):
    """How she comes in: by a link in a message, or by a code that somebody reads out to her. A letter holds neither: it tells her
    that she may ask for a code.
    """

    LINK = "link"
    CODE = "code"
    LETTER = "letter"


class Step(StrEnum):
    """What became of an invitation; each happens to it once at most."""

    SENT = "sent"
    NOT_SENT = "not_sent"
    OPENED = "opened"
    FINISHED = "finished"
    # She went, or was silent for so long that the page closed, before she had sent her answers.
    LEFT = "left"
    # An officer ended it: it opens nothing any more.
    ENDED = "ended"
    # She says that it was not she who answered: nothing of it counts.
    NOT_HERS = "not_hers"
    # She took back what she had answered of how she was treated: nobody reads it and no figure counts it from then on.
    TAKEN_BACK = "taken_back"
