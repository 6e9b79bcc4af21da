"""Which safeguarding actions count for her: those of which she was told (VIC-08). Which step of help may follow which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from craffu.victims.safeguarding.kinds import Step

# A referral that was made was offered with it; what was declined is offered again before it is made.
FOLLOWS: Final[Mapping[Step | None, frozenset[Step]]] = {
    None: frozenset({Step.OFFERED, Step.MADE}),
    Step.OFFERED: frozenset({Step.OFFERED, Step.DECLINED, Step.MADE}),
    Step.DECLINED: frozenset({Step.OFFERED}),
    Step.MADE: frozenset({Step.TAKEN_UP, Step.DECLINED, Step.OFFERED}),
    Step.TAKEN_UP: frozenset({Step.OFFERED, Step.DECLINED}),
}


def may_follow(last: Step | None, step: Step) -> bool:
    """Whether help can stand so next, by how it stood last; None where nothing was said of it."""
    return step in FOLLOWS[last]


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
