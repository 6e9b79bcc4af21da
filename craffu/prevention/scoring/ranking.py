"""In which order people are reviewed: ties together, and how far two tables of weights agree (PRI-05, PRI-09).

Pure.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt


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
        key=lambda pair: (-pair[0], -pair[1].harm, pair[1].newest_age, _drawn(seed, pair[1].key)),
    )
    bound = order[wanted - 1][0] if 0 < wanted <= len(order) else None
    listed = [one.key for score, one in order if bound is None or score >= bound] if wanted > 0 else []
    tied = max(0, len(listed) - wanted)
    unscored = tuple(one.key for one in everybody if one.score is None)
    return Ranking(tuple(one.key for _score, one in order), tuple(listed), tied, unscored, wanted)


def _drawn(seed: str, key: str) -> str:
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
    """
    both: Sequence[str] = sorted(one.keys() & other.keys())
    same = against = untied_one = untied_other = 0
    for left, right in combinations(both, 2):
        ours, theirs = _sign(one[left] - one[right]), _sign(other[left] - other[right])
        same += ours * theirs > 0
        against += ours * theirs < 0
        untied_one += ours != 0
        untied_other += theirs != 0
    return (same - against) / sqrt(untied_one * untied_other) if untied_one and untied_other else None


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)
