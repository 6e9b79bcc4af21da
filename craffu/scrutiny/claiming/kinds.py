"""What a finding rests on, and what a claim says by it. Keys are stored."""

from enum import StrEnum
from typing import Final


class Evidence(StrEnum):
    """Where something is known from. The first three give figures, worked out and never typed; the others words."""

    MEASURE = "measure"
    PUBLISHED = "published"
    SAMPLE = "sample"
    QUOTE = "quote"
    SURVEY = "survey"
    DOCUMENT = "document"
    RECOMMENDATION = "recommendation"


class ClaimKind(StrEnum):
    """A count, a share or rate, somebody's words, or what the commissioner makes of it."""

    COUNT = "count"
    RATE = "rate"
    QUOTE = "quote"
    JUDGEMENT = "judgement"


class Of(StrEnum):
    """Of which year a measure is: the one to the snapshot, or the one before."""

    NOW = "now"
    BEFORE = "before"


FIGURES: Final = frozenset({Evidence.MEASURE, Evidence.PUBLISHED, Evidence.SAMPLE})
