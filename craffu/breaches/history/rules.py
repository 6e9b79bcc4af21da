"""How sure it is that what a row of a history tells of is of this person, what a court may be shown, and what is counted
(IDN-06, BRC-07; P06).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from craffu.breaches.ledger.states import Status
from craffu.breaches.standpoints.rules import CourtResult, PoliceDecision, ProsecutionDecision


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


class Standing(NamedTuple):
    """How an incident stands: with the police, whether a source says that it was a breach, and the last word of each."""

    status: str
    is_said: bool
    police: str
    prosecution: str
    court: str

    @property
    def is_recorded(self) -> bool:
        """BRC-07: whether it is on record as an incident: said by a source, or decided by somebody. What a court found stays,
        also while the police decide anew.
        """
        return self.is_said or self.status != Status.POSSIBLE or bool(self.court)

    @property
    def is_refused(self) -> bool:
        """Whether the police hold that it broke nothing: not while somebody has to decide that anew."""
        return self.police == PoliceDecision.NO_BREACH and self.status != Status.POSSIBLE

    @property
    def is_disproved(self) -> bool:
        """PRI-02, MSR-06: the police found that it broke nothing, and no court found that it did."""
        return (self.is_refused or self.status == Status.REJECTED) and not self.is_proved

    @property
    def is_proved(self) -> bool:
        return self.court == CourtResult.PROVED


def counts_of(alike: Iterable[tuple[Standing, int]]) -> dict[str, int]:
    """BRC-07: how many are counted under each name, of so many that stand alike. None adds up with another.

    What the clock raised and nobody has decided is *undecided* and counted as nothing else.
    """
    found: Counter[str] = Counter()
    for one, number in alike:
        if not one.is_recorded:
            found["undecided"] += number
            continue
        told = {
            "recorded": True,
            "police_accepted": one.police == PoliceDecision.BREACH,
            "charged": one.prosecution == ProsecutionDecision.CHARGED,
            "proved": one.is_proved,
            "not_proved": one.court == CourtResult.NOT_PROVED,
            "quashed": one.court == CourtResult.QUASHED,
            "undetected": one.police == PoliceDecision.UNDETECTED,
            "no_action": one.is_refused or one.prosecution == ProsecutionDecision.NO_ACTION,
        }
        for name, is_so in told.items():
            found[name] += number if is_so else 0
    return dict(found)
