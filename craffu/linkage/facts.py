"""What is said to linkage: scores of pairs, words of people about them, and how records are known."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from craffu.access.acting import Acting
from craffu.linkage.rules import Human, Role


class Word(StrEnum):
    """What a person says of a pair. Keys are stored."""

    SAME = "same"
    NOT_SAME = "not_same"
    CANNOT_TELL = "cannot_tell"
    TAKEN_BACK = "taken_back"


# The words that decide; the others leave the pair to the model, or to somebody else.
DECIDES = {Word.SAME: Human.SAME, Word.NOT_SAME: Human.NOT_SAME}


class Scope(StrEnum):
    """How far a word goes. Keys are stored."""

    # These two records, and whatever other links join them to others.
    RECORDS = "records"
    # Every record that is now held to be either person's.
    PERSONS = "persons"


type RolesOf = Callable[[Acting, Collection[int]], Mapping[int, Collection[Role]]]
"""Which of these records are a victim's or a suspect's: asked of whoever knows their cases (IDN-05)."""


@dataclass(frozen=True, slots=True)
class NewModel:
    """A model just trained; see `LinkModel`."""

    engine: str
    seed: int
    digest: str
    records: int
    settings: Mapping[str, Any]
    drift: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scored:
    """What a model says of two records: how probable it is that they are one person, and each comparison's part in it."""

    left: int
    right: int
    probability: float
    weight: float
    levels: tuple[tuple[str, str, float], ...] = ()

    @property
    def ends(self) -> tuple[int, int]:
        return (self.left, self.right) if self.left < self.right else (self.right, self.left)


@dataclass(frozen=True, slots=True)
class NewWord:
    """What a person says of a pair, why, and how far it goes."""

    word: Word
    reason: str = field(repr=False)
    scope: Scope = Scope.RECORDS
