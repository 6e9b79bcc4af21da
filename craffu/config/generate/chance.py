"""The draws of the fictional force: every draw is a hash of the seed, of what it is about and of whom it is about.

No generator's stream is used, so the same seed gives the same force with any version of Python or numpy, in pieces of any
size, and a new draw changes no other one. Whole numbers and comparisons only: nothing depends on a machine's arithmetic.
"""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

type Ints = NDArray[np.int64]
type Flags = NDArray[np.bool_]
type Words = NDArray[np.object_]

_STEP = 0x9E3779B97F4A7C15
_LANE = 0xD1B54A32D192ED03
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_WHOLE = 2**64 - 1


def whole(values: Sequence[int]) -> Ints:
    return np.asarray(values, dtype=np.int64)


class Chance:
    """The draws for one purpose. `at` numbers whom a draw is about; `lane` tells several draws about the same apart."""

    def __init__(self, *about: object) -> None:
        self._about = about
        told = "/".join(map(str, about)).encode()
        self._key = int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), "big")

    def about(self, *more: object) -> "Chance":
        return Chance(*self._about, *more)

    @property
    def key(self) -> int:
        return self._key

    def bits(self, at: Ints, lane: int = 0) -> NDArray[np.uint64]:
        """64 evenly distributed bits for each (SplitMix64's mixing of a counter)."""
        start = np.uint64((self._key + lane * _LANE) & _WHOLE)
        x = at.astype(np.uint64) * np.uint64(_STEP) + start
        x = (x ^ (x >> np.uint64(30))) * _FIRST
        x = (x ^ (x >> np.uint64(27))) * _SECOND
        mixed: NDArray[np.uint64] = x ^ (x >> np.uint64(31))
        return mixed

    def below(self, at: Ints, limit: int | Ints, lane: int = 0) -> Ints:
        """A whole number from 0 to `limit` - 1, which may be at most 2^31."""
        wide = (self.bits(at, lane) >> np.uint64(32)) * np.asarray(limit).astype(np.uint64)
        return (wide >> np.uint64(32)).astype(np.int64)

    def between(self, at: Ints, low: int, high: int, lane: int = 0) -> Ints:
        """A whole number from `low` to `high`, both included."""
        return low + self.below(at, high - low + 1, lane)

    def hit(self, at: Ints, rate: float | NDArray[np.float64], lane: int = 0) -> Flags:
        """True at the given rate, which is rounded to a millionth."""
        million = np.rint(np.asarray(rate) * 1_000_000).astype(np.int64)
        return self.below(at, 1_000_000, lane) < million

    def pick(self, at: Ints, weights: Sequence[int] | Ints, lane: int = 0) -> Ints:
        """The place of one of several, as often as their whole-number weights say."""
        steps = np.cumsum(np.asarray(weights, dtype=np.int64))
        return np.searchsorted(steps, self.below(at, int(steps[-1]), lane), side="right").astype(np.int64)

    def shuffled(self, count: int, lane: int = 0) -> Ints:
        """The numbers below `count` in an order by lot."""
        return np.argsort(self.bits(np.arange(count), lane), kind="stable").astype(np.int64)


class Lots:
    """The same draws one by one, for what is made in order and hangs on what was made before; `about` names each purpose."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._keys: dict[str, int] = {}

    def below(self, about: str, at: int, limit: int, lane: int = 0) -> int:
        key = self._keys.get(about)
        if key is None:
            key = self._keys[about] = self._chance.about(about).key
        x = (at * _STEP + key + lane * _LANE) & _WHOLE
        x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _WHOLE
        x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _WHOLE
        return (((x ^ (x >> 31)) >> 32) * limit) >> 32

    def between(self, about: str, at: int, low: int, high: int, lane: int = 0) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.below(about, at, high - low + 1, lane)

    def hit(self, about: str, at: int, rate: float, lane: int = 0) -> bool:
        return self.below(about, at, 1_000_000, lane) < round(rate * 1_000_000)

    def pick[T](self, about: str, at: int, choices: Mapping[T, int], lane: int = 0) -> T:
        """One of several, as often as their whole-number weights say."""
        left = self.below(about, at, sum(choices.values()), lane)
        for choice, weight in choices.items():
            left -= weight
            if left < 0:
                return choice
        raise ValueError("no choice has a weight")

    def one_of[T](self, about: str, at: int, choices: Sequence[T], lane: int = 0) -> T:
        return choices[self.below(about, at, len(choices), lane)]
