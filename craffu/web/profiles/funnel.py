"""How far a share may be expected to vary by chance for its size: the limits of a funnel (MSR-08).

Areas are compared by a funnel, never by a league table. A share inside its limits says nothing about its area.
"""

import math
from collections.abc import Iterator
from statistics import NormalDist

# A share outside the outer limits would come by chance once in five hundred times.
LEVELS = (0.95, 0.998)
_PLACES = 40


def limits(share: float, size: float, level: float) -> tuple[float, float]:
    """Between which a share of this size lies by chance, if its area is like all others. Both ends inside 0 to 1."""
    if not 0 <= share <= 1 or size <= 0:
        raise ValueError("a share lies between 0 and 1, and on something")
    half = NormalDist().inv_cdf((1 + level) / 2) * math.sqrt(share * (1 - share) / size)
    return max(0.0, share - half), min(1.0, share + half)


def curve(share: float, largest: float, level: float) -> Iterator[tuple[float, float, float]]:
    """The limits along all sizes up to the largest, as size, low and high; nearer together where they bend."""
    for place in range(1, _PLACES + 1):
        size = largest * (place / _PLACES) ** 2
        if size >= 1:
            yield (size, *limits(share, size, level))
