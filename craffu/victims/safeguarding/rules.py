"""Which safeguarding actions count for her: those of which she was told (VIC-08)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SafeguardingAction:
    """One that was done; `told_on` is None while she has not been told of it."""

    reference: str
    told_on: date | None


@dataclass(frozen=True, slots=True)
class ToldOf:
    """How many were done, of how many she was told, and which she was not told of."""

    completed: int
    told: int
    untold: tuple[str, ...]


def told_of(actions: Iterable[SafeguardingAction]) -> ToldOf:
    """Done beside told: what she does not know of does not make her feel safe."""
    done = list(actions)
    untold = tuple(one.reference for one in done if one.told_on is None)
    return ToldOf(len(done), len(done) - len(untold), untold)
