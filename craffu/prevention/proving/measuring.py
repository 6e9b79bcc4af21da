"""How right an order of people was, against what became of them: by those above a threshold and by the first k (methods A6).

Pure. A score is no probability: it puts people in order, and is asked how many of those who came first the outcome followed.
Each share is None where there is nothing to take a share of.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from craffu.published.intervals import Interval, newcombe, wilson

type Floats = NDArray[np.float64]
type Whole = NDArray[np.int64]

# A group is told only from so many people and outcomes on, and a gap is an alert from so much.
LEAST_PEOPLE: Final = 30
LEAST_OUTCOMES: Final = 10
ALERT: Final = 0.10
# Conventions, and no test: from where a shift of an order is watched, and acted on.
WATCH, ACT = 0.10, 0.25
_SAME: Final = 1e-9  # two shares a tenth apart are not further because of how a machine divides
_Z: Final = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Counts:
    """People above a threshold whom the outcome followed (`tp`) and did not (`fp`), and the same of those below it."""

    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def n(self) -> int:
        return self.tp + self.fp + self.fn + self.tn

    @property
    def outcomes(self) -> int:
        return self.tp + self.fn

    @property
    def is_shown(self) -> bool:
        """Whether there are enough of them to say anything."""
        return self.n >= LEAST_PEOPLE and self.outcomes >= LEAST_OUTCOMES

    def shares(self) -> dict[str, tuple[int, int]]:
        """Each share as what it counts and out of how many."""
        return {
            "base_rate": (self.outcomes, self.n),
            "selection_rate": (self.tp + self.fp, self.n),
            "fpr": (self.fp, self.fp + self.tn),
            "fnr": (self.fn, self.tp + self.fn),
            "ppv": (self.tp, self.tp + self.fp),
            "npv": (self.tn, self.tn + self.fn),
        }

    @property
    def lift(self) -> float | None:
        """How many times as often the outcome followed above the threshold as among all."""
        if not (self.outcomes and self.tp + self.fp):
            return None
        return self.tp / (self.tp + self.fp) / (self.outcomes / self.n)


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a share of one group is from the same share of another, with its interval; an alert where it is far, and surely."""

    share: str
    group: str
    other: str
    gap: float
    interval: Interval

    @property
    def is_alert(self) -> bool:
        return abs(self.gap) > ALERT + _SAME and not self.interval[0] <= 0 <= self.interval[1]


def share(of: tuple[int, int]) -> float | None:
    counted, among = of
    return counted / among if among else None


def interval(of: tuple[int, int]) -> Interval | None:
    """Wilson's, of 95 in a hundred."""
    return wilson(*of) if of[1] else None


def counts(scores: Floats, outcomes: Whole, threshold: float) -> Counts:
    """Whoever has the threshold itself is above it."""
    above, did = scores >= threshold, outcomes == 1
    tp = int(np.count_nonzero(above & did))
    fp = int(np.count_nonzero(above)) - tp
    fn = int(np.count_nonzero(did)) - tp
    return Counts(tp, fp, fn, len(scores) - tp - fp - fn)


def gaps(groups: dict[str, Counts]) -> list[Gap]:
    """How far the miss rate and the precision of each group are from those of the largest, groups of too few left out: with
    unequal base rates these two and the rate of false alarms cannot all be equal, and the two are what is declared.
    """
    shown = {name: one for name, one in groups.items() if one.is_shown}
    if len(shown) < 2:
        return []
    largest = max(shown, key=lambda name: (shown[name].n, name))
    found = []
    for name, one in shown.items():
        for what in ("fnr", "ppv"):
            mine, theirs = one.shares()[what], shown[largest].shares()[what]
            if name != largest and mine[1] and theirs[1]:
                gap = mine[0] / mine[1] - theirs[0] / theirs[1]
                found.append(Gap(what, name, largest, gap, newcombe(*mine, *theirs)))
    return found


def auc(scores: Floats, outcomes: Whole) -> float | None:
    """How often whoever the outcome followed has the higher score of the two, a tie counting half. None without both kinds."""
    did = outcomes == 1
    with_it, without = int(np.count_nonzero(did)), int(np.count_nonzero(~did))
    if not (with_it and without):
        return None
    _, place, size = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(size) - (size - 1) / 2)[place]
    return float((ranks[did].sum() - with_it * (with_it + 1) / 2) / (with_it * without))


def auc_error(area: float, with_it: int, without: int) -> float:
    """The standard error of an area by Hanley and McNeil (1982)."""
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (with_it - 1) * (q1 - area**2) + (without - 1) * (q2 - area**2)
    return math.sqrt(spread / (with_it * without))


def auc_interval(area: float, with_it: int, without: int) -> Interval:
    half = _Z * auc_error(area, with_it, without)
    return max(0.0, area - half), min(1.0, area + half)


@dataclass(frozen=True, slots=True)
class Tenth:
    """People of neighbouring scores, those of one score together, and how many of them the outcome followed."""

    low: float
    high: float
    n: int
    outcomes: int


def tenths(scores: Floats, outcomes: Whole) -> list[Tenth]:
    """People in ten parts by score, the lowest first, as near to a tenth each as ties allow: a score is no probability, and this
    is what stands beside it instead (methods A6).
    """
    order = np.argsort(scores, kind="stable")
    sorted_scores, did = scores[order], outcomes[order]
    bounds = [0]
    for part in range(1, 11):
        wanted = sorted_scores[max(0, len(order) * part // 10 - 1)] if len(order) else 0.0
        end = int(np.searchsorted(sorted_scores, wanted, side="right"))
        if end > bounds[-1]:
            bounds.append(end)
    return [
        Tenth(float(sorted_scores[first]), float(sorted_scores[last - 1]), last - first, int(did[first:last].sum()))
        for first, last in itertools.pairwise(bounds)
    ]


def psi(expected: Sequence[float], actual: Sequence[float]) -> float:
    """How far the shares of the same parts have shifted: the population stability index. Raises ValueError unless both have the
    same parts, each more than nought.
    """
    if len(expected) != len(actual) or not all(one > 0 for one in (*expected, *actual)):
        raise ValueError("both have the same parts, and in each of them somebody")
    return math.fsum((now - then) * math.log(now / then) for then, now in zip(expected, actual, strict=True))
