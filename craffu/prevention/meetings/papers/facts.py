"""Minutes that were put on paper: for the force whole, or what one agency is given (P23, VIC-09)."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class NewMinutes:
    """`agency` is the number of whom they are for, None for the force; `items` those in it; `seen` what they were made from.

    `words` is all that they say, `free` what somebody wrote in words of their own.
    """

    agency: int | None
    language: str
    items: tuple[int, ...]
    seen: str
    words: str = field(repr=False)
    free: str = field(repr=False)
    content: bytes = field(repr=False)
