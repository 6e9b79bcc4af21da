"""The ledger of breaches: each incident once, what it broke, who told of it, and what everybody decided."""

from craffu.breaches.models.ledger import Breach, BreachOfOrder, BreachSource
from craffu.breaches.models.patterns import PatternDecided
from craffu.breaches.models.printed import HistoryPrinted
from craffu.breaches.models.standpoints import (
    BreachAnswer,
    BreachMismatch,
    BreachMove,
    MismatchExplained,
    StandpointTaken,
)
from craffu.breaches.models.told import BreachTelling

__all__ = [
    "Breach",
    "BreachAnswer",
    "BreachMismatch",
    "BreachMove",
    "BreachOfOrder",
    "BreachSource",
    "BreachTelling",
    "HistoryPrinted",
    "MismatchExplained",
    "PatternDecided",
    "StandpointTaken",
]
