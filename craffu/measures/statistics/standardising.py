"""What an area would have if only its cases were like everybody's: observed over expected (methods C, case-mix).

Indirect standardisation: each area's cases are given the chances that cases of their kind have everywhere. A difference that is
left is a question about the area; one that goes was about its cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from craffu.published.intervals import Interval, poisson_exact

LEAST_EVENTS: Final = 10


class Chances(StrEnum):
    """Where the chance of a case comes from."""

    STRATA = "strata"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Standardised:
    """Of an area: how many events, how many its cases would have everywhere, the ratio, and the share adjusted by it."""

    observed: int
    expected: float
    ratio: float
    ratio_interval: Interval
    adjusted: float
    adjusted_interval: Interval


type Strata = Mapping[str, tuple[int, int]]
"""Of each kind of case how many events, of how many cases."""


def chances_from(events: int, coefficients: int) -> Chances:
    """Whether a regression over all areas may give the chances: below ten events for each coefficient strata do it instead."""
    if coefficients < 1:
        raise ValueError("a model has a coefficient")
    return Chances.MODEL if events >= LEAST_EVENTS * coefficients else Chances.STRATA


def by_strata(areas: Mapping[str, Strata]) -> dict[str, Standardised | None]:
    """Each area standardised by the shares that its strata have in all areas together; None where no event is expected of it.

    Raises ValueError where a stratum has more events than cases.
    """
    events: dict[str, int] = {}
    cases: dict[str, int] = {}
    for strata in areas.values():
        for kind, (x, n) in strata.items():
            if not 0 <= x <= n:
                raise ValueError(f"{kind}: as many events as cases at most")
            events[kind] = events.get(kind, 0) + x
            cases[kind] = cases.get(kind, 0) + n
    every = sum(cases.values())
    overall = sum(events.values()) / every if every else 0.0
    return {
        name: standardised(
            sum(x for x, _ in strata.values()),
            [n * events[kind] / cases[kind] for kind, (_, n) in strata.items() if n],
            overall,
        )
        for name, strata in areas.items()
    }


def standardised(observed: int, chances: Sequence[float], overall: float) -> Standardised | None:
    """An area from its events, the chance of each of its cases (or the sum for each stratum), and the share of all areas.

    The ratio with its exact Poisson interval, and the ratio times the overall share; None where no event is expected.
    """
    expected = sum(chances)
    if any(one < 0 for one in chances):
        raise ValueError("a chance is not negative")
    if expected == 0:
        return None
    low, high = (end / expected for end in poisson_exact(observed))
    ratio = observed / expected
    return Standardised(observed, expected, ratio, (low, high), ratio * overall, (low * overall, high * overall))
