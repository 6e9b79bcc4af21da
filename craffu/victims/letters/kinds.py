"""What a letter to a victim tells, and why one may not leave after all."""

from enum import StrEnum


class About(StrEnum):
    """Something that happened or will, or that she is asked how she was treated. Keys are stored, and stand in addresses."""

    NEWS = "news"
    SURVEY = "survey"


class Stopped(StrEnum):
    """Besides what speaks against any letter (`rules.WhyNot`). Keys are stored."""

    LANGUAGE_CHANGED = "language_changed"
    NEVER_SAY = "never_say"
    NEWS_CHANGED = "news_changed"
    NO_SURVEYS = "no_surveys"
    UNKNOWN_KIND = "unknown_kind"
