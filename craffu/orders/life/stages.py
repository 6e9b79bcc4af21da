"""How long each stage of an order took, from its moves: decided to lodged, lodged to heard and to determined, made to served.

MSR-06, MET08. Pure. A stage that is complete has its end; one that can no longer be complete ended otherwise, and competes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from craffu.orders.life.states import ENDS, OrderStatus


class Stage(StrEnum):
    """A stretch of an order's way. Keys are those of the measure's parts."""

    OPENED_TO_DECIDED = "opened_to_decided"
    DECIDED_TO_LODGED = "decided_to_lodged"
    LODGED_TO_FIRST_HEARING = "lodged_to_first_hearing"
    LODGED_TO_DETERMINED = "lodged_to_determined"
    MADE_TO_SERVED = "made_to_served"


class Ended(StrEnum):
    """How a stage ended; while it has not it is only watched."""

    COMPLETE = "complete"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class Moved:
    """One move: what it was, where it led, when it happened, and when we knew."""

    move: str
    to: str
    at: datetime
    known_from: datetime


@dataclass(frozen=True, slots=True)
class Interval:
    """One stage of one order, from when it began; its end with how and when we knew, None while it has not ended."""

    stage: Stage
    began: Moved
    end: Moved | None = None
    how: Ended | None = None


_S: Final = OrderStatus
_MADE: Final = frozenset({"grant", "grant_on_appeal", "receive", "issue", "impose"})
LODGED: Final = frozenset({"lodge", "lodge_interim", "ask_prosecutor"})
_HEARD: Final = frozenset({"adjourn", "grant", "refuse"})
_DETERMINED: Final = frozenset({"grant", "refuse"})
_NOT_GONE_ON: Final = frozenset({_S.NOT_PURSUED, _S.DECLINED, _S.WITHDRAWN, *ENDS})
# Of each stage the moves that begin it, those that complete it, and the statuses in which it can no longer be.
_STAGES: Final[Mapping[Stage, tuple[frozenset[str], frozenset[str], frozenset[OrderStatus]]]] = {
    Stage.DECIDED_TO_LODGED: (frozenset({"decide_apply"}), LODGED, _NOT_GONE_ON | {_S.CONSIDERING, _S.GRANTED}),
    Stage.LODGED_TO_FIRST_HEARING: (LODGED, _HEARD, _NOT_GONE_ON | {_S.GRANTED}),
    Stage.LODGED_TO_DETERMINED: (LODGED, _DETERMINED, _NOT_GONE_ON | {_S.GRANTED}),
    Stage.MADE_TO_SERVED: (_MADE - {"impose"}, frozenset({"serve"}), ENDS),
}


def intervals(moves: Sequence[Moved]) -> Iterator[Interval]:
    """Every stage of an order that began, in the order of the stages. Conditions are imposed in person: nobody serves them.

    Whoever is proven to know of an order was not served with it: that stage goes on.
    """
    for stage, (begins, completes, ends) in _STAGES.items():
        began: Moved | None = None
        for one in moves:
            if began is not None:
                how = _ends(one, completes, ends)
                if how is not None:
                    yield Interval(stage, began, one, how)
                    began = None
            if began is None and one.move in begins:
                began = one
        if began is not None:
            yield Interval(stage, began)


def _ends(one: Moved, completes: Iterable[str], ends: Iterable[str]) -> Ended | None:
    if one.move in completes:
        return Ended.COMPLETE
    return Ended.OTHERWISE if one.to in ends else None
