"""Whose words are destroyed, and what was decided of them: the words that are stored (SEC-09)."""

from enum import StrEnum


class Of(StrEnum):
    """What somebody took back: an interview of practice, or what they answered on the safe page of how they were treated."""

    INTERVIEW = "interview"
    SURVEY = "survey"


class Decision(StrEnum):
    """Destroyed for ever, or kept, and why: then nobody reads them all the same."""

    DESTROY = "destroy"
    # A court, an inquiry or a request about somebody's own data needs that they are there.
    KEEP_HELD = "keep_held"
    # Nobody took them back: it was recorded in error.
    KEEP_IN_ERROR = "keep_in_error"
