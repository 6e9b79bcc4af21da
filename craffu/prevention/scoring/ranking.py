"""In which order people are reviewed: ties together, and how far two tables of weights agree (PRI-05, PRI-09).

Pure.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Final

# So many are listed for review where nobody asks for another number, with whoever ties with the last.
LISTED: Final = 20


@dataclass(frozen=True, slots=True)
class Ranked:
    """Somebody to be put in order: score, sum of harm, and how many days ago the newest event was. Without a score, in none."""

    key: str
    score: float | None
    harm: float = 0.0
    newest_age: int = 0


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everybody with a score in order, those of them that are listed, how many more had the last one's score, and whoever has
    none.
    """

    order: tuple[str, ...]
    listed: tuple[str, ...]
    tied: int
    unscored: tuple[str, ...]
    wanted: int

    @property
    def has_room(self) -> bool:
        """Whether fewer have a score than were to be listed."""
        return len(self.order) < self.wanted


def ranked(people: Iterable[Ranked], wanted: int, seed: str) -> Ranking:
    """The first `wanted`, and everybody whose score is the same as the last one's. Whoever is alike in score, harm and age is
    shown in an order that nobody chose.
    """
    everybody = list(people)
    order = sorted(
        ((one.score, one) for one in everybody if one.score is not None),
        key=lambda pair: (-pair[0], -pair[1].harm, pair[1].newest_age, drawn(seed, pair[1].key)),
    )
    bound = order[wanted - 1][0] if 0 < wanted <= len(order) else None
    listed = [one.key for score, one in order if bound is None or score >= bound] if wanted > 0 else []
    tied = max(0, len(listed) - wanted)
    unscored = tuple(one.key for one in everybody if one.score is None)
    return Ranking(tuple(one.key for _score, one in order), tuple(listed), tied, unscored, wanted)


def drawn(seed: str, key: str) -> str:
    return hashlib.sha256(f"{seed}|{key}".encode()).hexdigest()


def jaccard(one: Collection[str], other: Collection[str]) -> float | None:
    """How many are in both of those that are in either; None where nobody is."""
    either = set(one) | set(other)
    return len(set(one) & set(other)) / len(either) if either else None


def first_of(scores: Mapping[str, float], wanted: int) -> list[str]:
    """The first `wanted` by score, and whoever ties with the last."""
    order = sorted(scores, key=lambda key: (-scores[key], key))
    if wanted >= len(order):
        return order
    return [key for key in order if wanted > 0 and scores[key] >= scores[order[wanted - 1]]]


def kendall(one: Mapping[str, float], other: Mapping[str, float]) -> float | None:
    """Kendall's tau-b over whoever is in both: pairs in one order less pairs in the other, ties taken into account. None where
    fewer than two are, or where all are tied in either.

    Knight's way (1966): put in the order of the one, whoever the other has the other way round is counted while that is sorted.
    """
    both = sorted((one[key], other[key]) for key in one.keys() & other.keys())
    pairs = _pairs(len(both))
    tied_one, tied_other = (_tied(pair[side] for pair in both) for side in (0, 1))
    in_either = (pairs - tied_one) * (pairs - tied_other)
    if not in_either:
        return None
    swapped, _ = _sorted([pair[1] for pair in both])
    same = pairs - tied_one - tied_other + _tied(both) - swapped
    return (same - swapped) / sqrt(in_either)


def _pairs(number: int) -> int:
    return number * (number - 1) // 2


def _tied(values: Iterable[object]) -> int:
    """How many pairs have the same value."""
    return sum(_pairs(number) for number in Counter(values).values())


def _sorted(values: list[float]) -> tuple[int, list[float]]:
    """How many pairs stand the wrong way round, and the values in order."""
    if len(values) < 2:
        return 0, values
    middle = len(values) // 2
    (swaps, left), (more, right) = _sorted(values[:middle]), _sorted(values[middle:])
    swaps, merged, at = swaps + more, [], 0
    for value in right:
        while at < len(left) and left[at] <= value:
            merged.append(left[at])
            at += 1
        swaps += len(left) - at
        merged.append(value)
    return swaps, merged + left[at:]
