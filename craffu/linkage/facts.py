"""What is said to linkage: scores of pairs, words of people about them, and how records are known."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from craffu.access.acting import Acting
from craffu.linkage.forming import Scope, Word
from craffu.linkage.rules import Role


@dataclass(frozen=True, slots=True)
class Played:
    """What part a record plays in cases, and as whom its own source names it in each: `named` is by case and source.

    Two that a source names apart in one case are two people to it: they are never joined without a person.
    """

    roles: frozenset[Role] = frozenset()
    named: Mapping[str, str] = field(default_factory=dict, repr=False)


type RolesOf = Callable[[Acting, Collection[int]], Mapping[int, Played]]
"""What part these records play in cases: asked of whoever knows them (IDN-05)."""


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
