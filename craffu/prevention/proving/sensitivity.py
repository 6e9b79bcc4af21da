"""How far the order of review hangs on each constant of a scheme: changed one at a time by half of it (PRI-09; methods A5).

Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from craffu.prevention.scoring.ranking import first_of, kendall
from craffu.prevention.scoring.schemes import PARTS, Params, Scheme

FACTORS: Final = (0.5, 1.5)
# The least that each may be for a scheme to be one.
_LEAST: Final = {"victim_cap": 2}


@dataclass(frozen=True, slots=True)
class Changed:
    """A scheme with one constant otherwise: by its name, from what to what."""

    constant: str
    before: float
    after: float
    scheme: Scheme


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the order by it: Kendall's tau with the order as it is, and who entered and left the first `k`.

    `tau` is None where all are tied or fewer than two have a score.
    """

    constant: str
    before: float
    after: float
    tau: float | None
    entered: int
    left: int


def changes(scheme: Scheme) -> Iterator[Changed]:
    """Each constant half as large and half as large again, all others as they are; weights are put back to one together.

    Of a part with a table of points, the measures from which its steps begin.
    """
    for name in Params.__slots__:
        before: Any = getattr(scheme.params, name)
        for factor in FACTORS:
            whole_number = max(_LEAST.get(name, 1), round(before * factor))
            after: Any = before * factor if isinstance(before, float) else whole_number
            if before and after != before:
                yield Changed(name, before, after, replace(scheme, params=replace(scheme.params, **{name: after})))
    for part, steps in scheme.points.items():
        for factor in FACTORS:
            moved = tuple((measure * factor, points) for measure, points in steps)
            yield Changed(f"points_{part}", 1, factor, replace(scheme, points={**scheme.points, part: moved}))
    for part in PARTS:
        share = scheme.weights[part]
        for factor in FACTORS:
            weights = {**scheme.weights, part: share * factor}
            whole = sum(weights.values())
            shares = {one: weight / whole for one, weight in weights.items()}
            if shares[part] != share:
                yield Changed(f"weight_{part}", share, shares[part], replace(scheme, weights=shares))


def told(one: Changed, before: Mapping[str, float], after: Mapping[str, float], k: int) -> Told:
    """The order by one change beside the order as it is, over whoever has a score in both.

    Whoever ties with the k-th is among the first too.
    """
    first, then = set(first_of(before, k)), set(first_of(after, k))
    return Told(one.constant, one.before, one.after, kendall(before, after), len(then - first), len(first - then))
