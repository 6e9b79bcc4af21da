"""Dip samples that anybody can draw again: the frame, how many, from which strata, which ones, and who may be replaced.

Pure. SCR-01 to SCR-05 and SCR-07; methods D. A draw goes by hashes, so that every language and every year draws the same.
"""

import hashlib
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import NormalDist
from typing import Final

from craffu.published.intervals import LEVEL, wilson

# `scr.census_up_to`, `scr.min_per_stratum`, `scr.second_share` and `scr.second_min` of the rules.
CENSUS_UP_TO: Final = 50
LEAST_IN_A_STRATUM: Final = 10
SECOND_SHARE: Final = Fraction(1, 4)
SECOND_LEAST: Final = 30
# Of a stratum of which no earlier round says anything.
UNKNOWN_SPREAD: Final = 0.5
_SECOND: Final = "|second"
_Z: Final = NormalDist().inv_cdf((1 + LEVEL) / 2)


class NotAFrame(ValueError):
    """A reference stands in the frame twice, or none does."""


def frame_hash(refs: Collection[str]) -> str:
    """By what a frame is known before there is a seed: sha256 of its references, sorted and joined by newlines (SCR-01)."""
    return hashlib.sha256("\n".join(sorted(refs)).encode()).hexdigest()


def check_frame(refs: Collection[str]) -> None:
    """Raises NotAFrame, which says which reference is twice in it."""
    if not refs:
        raise NotAFrame("the frame is empty: there is nothing to draw from")
    seen: set[str] = set()
    for ref in refs:
        if ref in seen:
            raise NotAFrame(f"{ref} stands in the frame twice: each case once, or it is drawn twice as often as others")
        seen.add(ref)


def in_order(refs: Iterable[str], seed: str) -> list[str]:
    """The references in the order in which they are drawn: by sha256 of seed, '|' and reference (SCR-02)."""
    return sorted(refs, key=lambda ref: hashlib.sha256(f"{seed}|{ref}".encode()).hexdigest())


@dataclass(frozen=True, slots=True)
class Draw:
    """What was drawn, and who comes next where one may be replaced, both in order."""

    drawn: tuple[str, ...]
    following: tuple[str, ...]


def draw(refs: Iterable[str], seed: str, size: int) -> Draw:
    """The first of them in order; all of them where more are asked for than there are (SCR-02)."""
    ordered = tuple(in_order(refs, seed))
    return Draw(ordered[:size], ordered[size:])


@dataclass(frozen=True, slots=True)
class StratumDrawn:
    """Of one stratum what was drawn of how many. Each case stands for `weight` of them, None where none was drawn."""

    name: str
    population: int
    draw: Draw

    @property
    def weight(self) -> float | None:
        return self.population / len(self.draw.drawn) if self.draw.drawn else None


def draw_strata(strata: Mapping[str, Collection[str]], sizes: Mapping[str, int], seed: str) -> list[StratumDrawn]:
    """The same within each stratum (SCR-02)."""
    return [StratumDrawn(name, len(refs), draw(refs, seed, sizes[name])) for name, refs in strata.items()]


@dataclass(frozen=True, slots=True)
class Size:
    """How many to draw; a census takes all."""

    number: int
    is_census: bool


def size_for(population: int, expected: float = 0.5, within: float = 0.1) -> Size:
    """How many of a frame show a share to within so much, where it is about what is expected (SCR-03, Cochran).

    Raises ValueError unless 0 < expected < 1, 0 < within < 1 and there is a case.
    """
    if population < 1 or not 0 < expected < 1 or not 0 < within < 1:
        raise ValueError("a size needs a case, and a share expected and a margin that are both between 0 and 1")
    if population <= CENSUS_UP_TO:
        return Size(population, is_census=True)
    without_end = _Z * _Z * expected * (1 - expected) / (within * within)
    # What is whole but for floating point stays so.
    number = math.ceil(without_end / (1 + (without_end - 1) / population) - 1e-9)
    return Size(number, number >= population)


@dataclass(frozen=True, slots=True)
class Shows:
    """What so many cases can say of a frame, as two shares.

    `margin` is how far off a share near a half may be; `unseen_up_to` how common what was never seen may be all the same.
    """

    margin: float
    unseen_up_to: float


def shows(number: int, population: int) -> Shows:
    """To be printed with every size (SCR-03). A census leaves nothing open."""
    if number >= population:
        return Shows(0.0, 0.0)
    left = (population - number) / (population - 1)
    return Shows(_Z * math.sqrt(0.25 / number * left), none_seen(number))


def none_seen(number: int) -> float:
    """The share that something of which none was seen in so many may have all the same (SCR-03): the upper end of Wilson's."""
    return wilson(0, number)[1]


class Allocation(StrEnum):
    """How a sample is shared among strata."""

    PROPORTIONAL = "proportional"
    NEYMAN = "neyman"


@dataclass(frozen=True, slots=True)
class Stratum:
    """A stratum, how many are in it, and how far answers in it are expected to spread: 0 to 0.5, the root of p(1-p)."""

    name: str
    population: int
    spread: float = UNKNOWN_SPREAD


@dataclass(frozen=True, slots=True)
class Allocated:
    """How many of each stratum; `is_raised` where their minimums come to more than was asked for."""

    sizes: Mapping[str, int]
    is_raised: bool

    @property
    def number(self) -> int:
        return sum(self.sizes.values())


def allocate(strata: Sequence[Stratum], number: int, how: Allocation, least: int = LEAST_IN_A_STRATUM) -> Allocated:
    """So many cases shared among strata by largest remainder (SCR-04).

    Those whose share is under their minimum get it, then those whose share is over their size are taken whole, and the rest is
    shared again each time. Ties go to the larger stratum, then by name.
    """
    minimum = {one.name: min(least, one.population) for one in strata}
    if sum(minimum.values()) >= number:
        return Allocated(minimum, sum(minimum.values()) > number)
    if number >= sum(one.population for one in strata):
        return Allocated({one.name: one.population for one in strata}, is_raised=False)
    at_least: dict[str, int] = {}
    taken_whole: dict[str, int] = {}
    while True:
        free = [one for one in strata if one.name not in at_least.keys() | taken_whole]
        if not free:
            # All others are taken whole: those at their minimum share what is left.
            at_least = {}
            continue
        shares = _shares(free, number - sum(at_least.values()) - sum(taken_whole.values()), how)
        under = {one.name: minimum[one.name] for one in free if shares[one.name] < minimum[one.name]}
        over = {one.name: one.population for one in free if shares[one.name] > one.population}
        if under:
            at_least |= under
        elif over:
            taken_whole |= over
        else:
            break
    whole = at_least | taken_whole | {name: int(share) for name, share in shares.items()}
    by_remainder = sorted(free, key=lambda one: (int(shares[one.name]) - shares[one.name], -one.population, one.name))
    for one in by_remainder[: number - sum(whole.values())]:
        whole[one.name] += 1
    return Allocated({one.name: whole[one.name] for one in strata}, is_raised=False)


def _shares(strata: Sequence[Stratum], number: int, how: Allocation) -> dict[str, Fraction]:
    """Exact, so that what is a tie is one."""
    weights = {one.name: Fraction(one.population) for one in strata}
    if how is Allocation.NEYMAN and any(one.spread for one in strata):
        weights = {one.name: one.population * Fraction(one.spread) for one in strata}
    whole = sum(weights.values())
    return {name: number * weight / whole for name, weight in weights.items()}


class Reason(StrEnum):
    """Why a case that was drawn is replaced (SCR-05). Nothing else is a reason: a bad file is a finding."""

    OUT_OF_SCOPE = "out_of_scope"
    DUPLICATE = "duplicate"
    REVIEWER_CONFLICT = "reviewer_conflict"


def may_replace(reason: str) -> bool:
    return reason in set(Reason)


def replacement(following: Iterable[str], used: Collection[str]) -> str | None:
    """The next in order that was not used; None where the frame has no more (SCR-05)."""
    return next((ref for ref in following if ref not in used), None)


def second_size(drawn: int) -> int:
    """How many of those drawn are reviewed a second time: a quarter, at least thirty, or all (SCR-07)."""
    return min(drawn, max(SECOND_LEAST, math.ceil(drawn * SECOND_SHARE)))


def second_set(drawn: Collection[str], seed: str) -> tuple[str, ...]:
    """Which, in order: by the same rule with a seed of its own (SCR-07)."""
    return draw(drawn, seed + _SECOND, second_size(len(drawn))).drawn


@dataclass(frozen=True, slots=True)
class Turn:
    """Who reviews one case: first, and where it is drawn for it a second time."""

    first: str
    second: str | None


def turns(drawn: Sequence[str], again: Collection[str], reviewers: Sequence[str]) -> dict[str, Turn]:
    """Who reviews which case: one after the other in the order in which cases were drawn, and after the first the next (SCR-07).

    Nobody chooses their cases. Raises ValueError unless there are two reviewers, each once.
    """
    if len(reviewers) < 2 or len(set(reviewers)) < len(reviewers):
        raise ValueError("two reviewers at least, each once: the second is never the first")
    made: dict[str, Turn] = {}
    for at, ref in enumerate(drawn):
        # Each round over all of them the second is somebody further on, so that no two always judge together.
        step = 1 + at // len(reviewers) % (len(reviewers) - 1)
        second = reviewers[(at + step) % len(reviewers)] if ref in again else None
        made[ref] = Turn(reviewers[at % len(reviewers)], second)
    return made
