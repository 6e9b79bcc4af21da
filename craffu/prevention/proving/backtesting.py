"""How right orders of people were at many cut-offs together: at the capacity of a team, with intervals by person (methods A6).

Pure. Each cut-off has its people, several orders of them, and what became of each afterwards. Whoever has the same score is taken
in the same part, so that no order gains by how its ties fall. Persons are drawn anew for an interval, with all their cut-offs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Whole = NDArray[np.int64]

RESAMPLES: Final = 2_000
# So many at a time: of a large force all together would not fit into memory.
_AT_ONCE: Final = 100
_ENDS: Final = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Cutoff:
    """People by row, the score each order gives them, whether the outcome followed, and how grave it was."""

    people: Whole
    scores: Mapping[str, Floats]
    outcome: Floats
    harm: Floats = field(repr=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A share with its interval of 95 in a hundred; None where there is nothing to divide."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """Of one order: of those picked so many had the outcome, of those who had it so many were picked, of the harm so much."""

    precision: Figure
    recall: Figure
    harm: Figure
    lift: Figure


@dataclass(frozen=True, slots=True)
class _Sums:
    """For each draw: whom the order picked and had the outcome, how many it picked, and the harm of those."""

    hits: Floats
    picked: Floats
    harm: Floats


def proofs(cutoffs: Sequence[Cutoff], k: int, *, resamples: int = RESAMPLES, seed: int = 1,
           said: Callable[[], object] = lambda: None) -> tuple[dict[str, Proof], dict[str, dict[str, Figure]]]:  # fmt: skip
    """Each order's proof; and, for each order but the first, how far the first is ahead of it, drawn together.

    The first order is the scheme's. Its lead counts as one only where the interval leaves out nought.
    """
    names = list(cutoffs[0].scores)
    drawn = [_drawn(cutoffs, resamples, seed)]
    total = {name: _all(cutoffs, name, k, drawn[0], said) for name in names}
    had, among, harm = _totals(cutoffs, drawn[0])
    shares = {name: _shares(one, had, among, harm) for name, one in total.items()}
    first = names[0]
    ahead = {
        name: {what: _figure(shares[first][what] - shares[name][what]) for what in ("precision", "recall", "harm")}
        for name in names[1:]
    }
    return {name: Proof(**{what: _figure(one) for what, one in of.items()}) for name, of in shares.items()}, ahead


def _drawn(cutoffs: Sequence[Cutoff], resamples: int, seed: int) -> Floats:
    """How often each person is drawn: in the first row once each, and then by a generator that no version of numpy changes."""
    people = 1 + max((int(one.people.max()) for one in cutoffs if len(one.people)), default=0)
    dice = np.random.RandomState(seed)
    rows = [np.ones(people)]
    rows += [np.bincount(dice.randint(0, people, people), minlength=people).astype(float) for _ in range(resamples)]
    return np.vstack(rows)


def _all(cutoffs: Sequence[Cutoff], name: str, k: int, drawn: Floats, said: Callable[[], object]) -> _Sums:
    hits, picked, harm = (np.zeros(len(drawn)) for _ in range(3))
    for one in cutoffs:
        if len(one.people):
            for first in range(0, len(drawn), _AT_ONCE):
                at = slice(first, first + _AT_ONCE)
                found = taken(one, name, k, drawn[at][:, one.people])
                hits[at] += found.hits
                picked[at] += found.picked
                harm[at] += found.harm
        said()
    return _Sums(hits, picked, harm)


def taken(one: Cutoff, name: str, k: int, weights: Floats) -> _Sums:
    """Whom an order picks first, in each draw: whole groups of one score, and of the group at the end the same part of each."""
    order = np.argsort(-one.scores[name], kind="stable")
    score = one.scores[name][order]
    starts = np.flatnonzero(np.r_[True, score[1:] != score[:-1]])
    drawn = weights[:, order]
    size = np.add.reduceat(drawn, starts, axis=1)
    before = np.cumsum(size, axis=1) - size
    with np.errstate(invalid="ignore", divide="ignore"):
        part = np.where(size > 0, np.clip((k - before) / np.where(size > 0, size, 1), 0, 1), 0)
    hits = np.add.reduceat(drawn * one.outcome[order], starts, axis=1)
    harm = np.add.reduceat(drawn * one.harm[order], starts, axis=1)
    return _Sums((hits * part).sum(axis=1), (size * part).sum(axis=1), (harm * part).sum(axis=1))


def _totals(cutoffs: Sequence[Cutoff], drawn: Floats) -> tuple[Floats, Floats, Floats]:
    had, among, harm = (np.zeros(len(drawn)) for _ in range(3))
    for one in cutoffs:
        weights = drawn[:, one.people]
        had += weights @ one.outcome
        among += weights.sum(axis=1)
        harm += weights @ one.harm
    return had, among, harm


def _shares(of: _Sums, had: Floats, among: Floats, harm: Floats) -> dict[str, Floats]:
    precision, base = _share(of.hits, of.picked), _share(had, among)
    return {
        "precision": precision,
        "recall": _share(of.hits, had),
        "harm": _share(of.harm, harm),
        "lift": _share(precision, base),
    }


def _share(of: Floats, among: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(among > 0, of / np.where(among > 0, among, 1), np.nan)


def _figure(draws: Floats) -> Figure:
    """The share as it is, and the middle 95 in a hundred of the draws in which there is one."""
    told = draws[1:][~np.isnan(draws[1:])]
    if np.isnan(draws[0]):
        return Figure(None)
    if not len(told):
        return Figure(float(draws[0]))
    low, high = np.percentile(told, _ENDS)
    return Figure(float(draws[0]), float(low), float(high))
