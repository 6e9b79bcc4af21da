"""How sure it is that what a row of a history tells of is of this person, and what a court may be shown (IDN-06, BRC-07; P06)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class How(StrEnum):
    """By what a source record is this person's. Keys are what the API and the command say."""

    # Whoever sent it said whose it is, and nobody had to compare it with another.
    OWN = "own"
    PERSON = "person"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Link:
    """What joins a source record to a person: a word or what a model said, since when, and the pair of which it was said."""

    how: How
    by: str = ""
    since: datetime | None = None
    probability: float | None = None
    pair: str = ""

    @property
    def is_confirmed(self) -> bool:
        """Whether a source or a person says so; what a model alone joined is shown, and told to no court as theirs."""
        return self.how is not How.MODEL

    @property
    def _weakness(self) -> tuple[int, float]:
        return list(How).index(self.how), -(self.probability or 0.0)


def strongest(links: Iterable[Link]) -> Link:
    """Of all that joins one record to the others of a person, what a person said, then what a model found most probable."""
    return min(links, key=lambda one: one._weakness, default=Link(How.MODEL))


def weakest(links: Iterable[Link]) -> Link:
    """A row rests on each record that it is of: it is as sure as the least sure of them."""
    return max(links, key=lambda one: one._weakness, default=Link(How.OWN))
