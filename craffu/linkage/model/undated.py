"""How far a pair is believed of which one record says no whole birthday, as the birthdays of all other pairs tell (IDN-02).

Pure, and no label is read. Relatives share names and places, so that what the other parts say together is less than their sum,
and where no birthday is said nothing corrects it. How much less the table itself shows. Of pairs whose other parts weigh as much,
and which both say a whole birthday, so many differ in it: nearly all where they are two people, and hardly more than slips make
where they are one. Between the two it is a matter of proportion.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from craffu.linkage.model.scoring import probabilities

type Numbers = NDArray[np.float64]
type Pairs = Mapping[str, NDArray[Any]]
type Believed = tuple[tuple[float, float], ...]
"""What the other parts weigh, rising, each with the share of such pairs that are one person; empty where nothing can be told."""

# Other parts that weigh less make no pair likely.
_LEAST_WEIGHT: Final = 2
# So many pairs tell what share of them differs to within two hundredths where few do.
_PAIRS: Final = 100
# Of all pairs the heaviest, whose birthdays differ by slips: a few would say too much or too little of every other.
_HEAVIEST: Final = 0.05
# Of two people whose birthdays are compared so many differ; the others are of one year, or two figures apart.
_TWO_DIFFER: Final = 0.97
# From here on nothing is doubted: what is asked of all links of any table is asked of each that no birthday speaks for.
SURE: Final = 0.97


def believed(pairs: Pairs, in_part: Collection[int]) -> Believed:
    """What the scored pairs of a whole table tell. `in_part` are the levels on which dates agree as far as one of them goes.

    A heavier pair is never believed less than a lighter one: where it seems so by chance, both are taken together.
    """
    if "level_born" not in pairs:
        return ()
    level, other = pairs["level_born"], pairs["weight"] - pairs["part_born"]
    told = (level >= 0) & ~np.isin(level, list(in_part)) & (other >= _LEAST_WEIGHT)
    groups: list[Numbers] = []
    for some in _by_weight(other[told], level[told] == 0):
        groups.append(some)
        while len(groups) > 1 and _differ(groups[-2]) <= _differ(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    slips = _differ(groups[-1]) if groups else _TWO_DIFFER
    if slips >= _TWO_DIFFER:
        return ()
    shares = (max(0.0, (_TWO_DIFFER - _differ(one)) / (_TWO_DIFFER - slips)) for one in groups)
    return tuple((float(one[2] / one[0]), share) for one, share in zip(groups, shares, strict=True))


def _by_weight(other: Numbers, differs: NDArray[np.bool_]) -> list[Numbers]:
    """Groups of pairs that weigh about as much, the lightest first: how many, how many differ, and their weights added up."""
    bits = other.astype(np.int64)
    counted = [np.bincount(bits, weights) for weights in (None, differs, other)]
    found: list[Numbers] = []
    some, enough = np.zeros(3), max(_PAIRS, _HEAVIEST * len(bits))
    for one in np.stack(counted, axis=1)[::-1]:
        some = some + one
        if some[0] >= enough:
            found.append(some)
            some, enough = np.zeros(3), _PAIRS
    return found[::-1]


def _differ(group: Numbers) -> float:
    return float(group[1] / group[0])


def less_where_undated(
    pairs: Pairs, probability: Numbers, told: Believed, in_part: Collection[int], least: float = 0.0
) -> Numbers:
    """The probability of each pair; where not both say a whole birthday it is never above what is believed of such pairs. What
    dates say that agree, or do not, as far as one of them goes is added to that. Pairs of which enough is believed stay as they
    are, and none comes under `least` by this, so that whoever would have seen it still does.
    """
    if not told or "level_born" not in pairs:
        return probability
    weights, shares = zip(*told, strict=True)
    share = np.interp(pairs["weight"] - pairs["part_born"], weights, shares)
    with np.errstate(divide="ignore"):
        most = probabilities(np.log2(share / (1 - share)) + pairs["part_born"])
    doubted = np.isin(pairs["level_born"], [-1, *in_part]) & (most < SURE)
    found: Numbers = np.where(doubted, np.minimum(probability, np.maximum(most, least)), probability)
    return found
