"""How far forecasts of due work were from what then fell due, with an interval (R1a; ADR 80).

Pure. The interval is by bootstrap over orders, all cut-offs together, since what falls due of one order is no independent fact:
what is drawn is the order with all its work. Drawn by a generator that no version of numpy changes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from craffu.daily.forecasting.rules import Held
from craffu.resourcing.timing.kinds import Timed

RESAMPLES: Final = 2_000
HORIZONS: Final = (4, 8, 13)
_PERCENT: Final = (2.5, 97.5)
_SEED: Final = 1
type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Error:
    """How much was foreseen and how much fell due. `share` is by how much too many were foreseen, below nought too few, of what
    fell due; it and its interval are None where nothing fell due, and the interval where fewer than two orders had any work.
    """

    foreseen: float
    fell: float
    share: float | None
    low: float | None
    high: float | None
    orders: int


def error(
    held: Iterable[Held], weights: Mapping[Timed, float], *, resamples: int = RESAMPLES, seed: int = _SEED
) -> Error:
    """The error over all cut-offs. `weights` says what each task counts: 1 for a number of one task, minutes for hours of all."""
    foreseen: Counter[str] = Counter()
    fell: Counter[str] = Counter()
    for one in held:
        for each in one.foreseen:
            foreseen[each.order] += weights.get(each.task, 0)  # type: ignore[assignment]
        for each in one.fell:
            fell[each.order] += weights.get(each.task, 0)  # type: ignore[assignment]
    orders = sorted(one for one in {*foreseen, *fell} if foreseen[one] or fell[one])
    mine = np.array([float(foreseen[one]) for one in orders])
    theirs = np.array([float(fell[one]) for one in orders])
    low, high = _interval(mine, theirs, resamples, seed)
    all_foreseen, all_fell = float(mine.sum()), float(theirs.sum())
    share = (all_foreseen - all_fell) / all_fell if all_fell else None
    return Error(all_foreseen, all_fell, share, low, high, len(orders))


def _interval(mine: Floats, theirs: Floats, resamples: int, seed: int) -> tuple[float | None, float | None]:
    """Percentiles of the error over draws of orders. A draw in which nothing fell due says nothing and is left out."""
    orders = len(mine)
    if orders < 2 or not theirs.any():
        return None, None
    dice = np.random.RandomState(seed)
    found = []
    for _ in range(resamples):
        drawn = dice.randint(0, orders, orders)
        fell = theirs[drawn].sum()
        if fell:
            found.append((mine[drawn].sum() - fell) / fell)
    low, high = np.percentile(np.array(found), _PERCENT)
    return float(low), float(high)
