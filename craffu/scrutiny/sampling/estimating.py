"""What a sample says of its frame: weighted by stratum, with its interval, and with what could not be assessed (SCR-05, SCR-06).

Pure. Methods D.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from craffu.measures.statistics.proportions import exact
from craffu.published.intervals import Interval, wilson


class Method(StrEnum):
    """Whence an interval is."""

    WILSON = "wilson_n_eff"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Counted:
    """A stratum: how many there are, how many were assessed, and of how many it was so."""

    name: str
    population: int
    number: int
    yes: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share in the frame, its standard error and interval, and of how many cases drawn from all alike it would be as good.

    Where nothing varies there is neither an error nor such a number, and the interval is the exact one.
    """

    share: float
    error: float | None
    effective: float | None
    interval: Interval
    method: Method
    unweighted: float


class SaysNothing(ValueError):
    """A stratum of which too few were assessed to say anything of it."""


def estimate(strata: Sequence[Counted]) -> Estimate:
    """The share in the whole frame. Judgement samples have none: they give counts (SCR-06).

    Raises SaysNothing where a stratum was not assessed at all, or by one case that is not all of it; ValueError where the counts
    are none.
    """
    strata = [one for one in strata if one.population]
    for one in strata:
        _check(one)
    whole, number = sum(one.population for one in strata), sum(one.number for one in strata)
    if not whole:
        raise SaysNothing("the frame is empty: there is nothing to say of it")
    # Exactly, so that what does not vary is seen not to.
    share = sum((Fraction(one.population * one.yes, whole * one.number) for one in strata), Fraction())
    variance = sum((Fraction(one.population, whole) ** 2 * _variance(one) for one in strata), Fraction())
    unweighted = sum(one.yes for one in strata) / number
    if not variance:
        interval = exact(float(share * number), number)
        assert interval is not None  # noqa: S101  # something was assessed
        return Estimate(float(share), None, None, interval, Method.EXACT, unweighted)
    effective = share * (1 - share) / variance
    interval = wilson(float(share * effective), float(effective))
    return Estimate(float(share), math.sqrt(variance), float(effective), interval, Method.WILSON, unweighted)


def _check(one: Counted) -> None:
    if not 0 <= one.yes <= one.number <= one.population:
        raise ValueError(f"{one.name}: no more can be so than were assessed, and no more assessed than there are")
    if one.number == 0 or (one.number == 1 and one.population > 1):
        raise SaysNothing(
            f"{one.name}: {one.number} of {one.population} were assessed, too few to say anything of it:"
            " assess more, or leave it out"
        )


def _variance(one: Counted) -> Fraction:
    """Of the share in one stratum, with what is left of it where nearly all was assessed."""
    if one.number == one.population:
        return Fraction()
    share = Fraction(one.yes, one.number)
    return (1 - Fraction(one.number, one.population)) * share * (1 - share) / (one.number - 1)


@dataclass(frozen=True, slots=True)
class Assessed:
    """Yes and no of a question, and the cases that could not be assessed, which stay in the denominator (SCR-05)."""

    yes: int
    no: int
    not_assessable: int

    @property
    def drawn(self) -> int:
        return self.yes + self.no + self.not_assessable

    @property
    def of_assessed(self) -> float | None:
        """None where none was assessed."""
        return self.yes / (self.yes + self.no) if self.yes + self.no else None

    @property
    def if_all_were_no(self) -> float | None:
        return self.yes / self.drawn if self.drawn else None

    @property
    def if_all_were_yes(self) -> float | None:
        return (self.yes + self.not_assessable) / self.drawn if self.drawn else None
