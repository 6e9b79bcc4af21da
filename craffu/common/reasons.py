"""How much a person says when they give a reason for what they decide of a record."""

from typing import Final

# `breach.reason_least`: what is shorter says nothing to whoever reads it later.
SHORTEST_REASON: Final = 10


def is_too_short(reason: str) -> bool:
    """Whether these words are no reason. Spaces before and after them do not count."""
    return len(reason.strip()) < SHORTEST_REASON
