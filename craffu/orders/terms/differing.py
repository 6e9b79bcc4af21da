"""Which condition of one version is which of another, and how each differs, so that a variation can be read (ORD-15).

An order numbers its conditions anew in each version: the same words are the same condition wherever they stand; of the rest
those of one type are taken in their order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class How(StrEnum):
    """What became of a condition."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Worded:
    """A condition as one version words it, with everything a person must do or leave by it."""

    number: int
    type: str
    words: str
    words_cy: str = ""
    supervisor: str = ""
    first_day: date | None = None
    last_day: date | None = None

    def says(self) -> tuple[object, ...]:
        """Everything but where it stands."""
        return (self.type, self.words, self.words_cy, self.supervisor, self.first_day, self.last_day)


@dataclass(frozen=True, slots=True)
class Pair:
    """A condition before and after; None on the side on which it is not."""

    before: Worded | None
    after: Worded | None

    @property
    def how(self) -> How:
        if self.before is None:
            return How.ADDED
        if self.after is None:
            return How.REMOVED
        return How.SAME if self.before.says() == self.after.says() else How.CHANGED


def pairs(before: Sequence[Worded], after: Sequence[Worded]) -> list[Pair]:
    """ORD-15: every condition of either version once, in the order of the later one; what was taken out stands last."""
    left = list(before)
    found: dict[int, Worded | None] = {}
    for alike in (_same_words, _same_type):
        for place, one in enumerate(after):
            if found.get(place) is None:
                was = next((other for other in left if alike(other, one)), None)
                found[place] = was
                if was is not None:
                    left.remove(was)
    return [*(Pair(found[place], one) for place, one in enumerate(after)), *(Pair(one, None) for one in left)]


def _same_words(one: Worded, other: Worded) -> bool:
    return (one.type, one.words) == (other.type, other.words)


def _same_type(one: Worded, other: Worded) -> bool:
    return one.type == other.type
