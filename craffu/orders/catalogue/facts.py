"""What an administrator enters about a kind of order: that its law has begun, and words that are put right (ORD-04)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

# What of a kind's row a force may put in its own words or correct; everything else is the law's and ships with the product.
WORDS: Final = ("test", "term", "arrest", "service", "notes")


@dataclass(frozen=True, slots=True)
class Commenced:
    """From when and until when the law of a kind is in force here; `area` empty is wherever the force is."""

    effective_from: date
    effective_to: date | None = None
    area: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """One edit: a commencement or words, why, whence it is known and when somebody looked there."""

    reason: str
    source: str
    verified_on: date
    commenced: Commenced | None = None
    words: tuple[tuple[str, str], ...] = ()
