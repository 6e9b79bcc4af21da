"""A paper as it was printed, on its way to be kept: what it is, from which words, and the file."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NewPaper:
    """`seen` is the state of the order it was printed from; `words` everything it says, which is searched before it is kept."""

    kind: str
    audience: str
    language: str
    seen: str
    terms_number: int | None
    wording: dict[str, int]
    enclosed: tuple[tuple[int, str], ...]
    words: str = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Handed:
    """To whom a printed paper was given, how and when; `words` where the way needs some."""

    given_to: str
    method: str
    given_at: datetime
    words: str = ""
