"""A person's breach history as it is read: whose and as known when, each row with what it rests on, and what is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from craffu.breaches.history.rules import Link
from craffu.breaches.ledger.kinds import FoundBy, Standpoint
from craffu.breaches.ledger.queries import BreachStory
from craffu.breaches.ledger.states import Status
from craffu.breaches.models import Breach, BreachOfOrder, BreachSource
from craffu.breaches.standpoints.rules import Mismatch
from craffu.orders.models import Order
from craffu.people.models import Person

# The feeds that a history is asked of: police, courts, probation, custody, by their kinds of intake (P06).
ASKED: Final = ("rms", "court-results", "court-orders", "probation", "custody")


@dataclass(frozen=True, slots=True)
class Seen:
    """Whose history: the source records that are this person's, now or as known at an instant."""

    person: Person
    records: tuple[int, ...]
    known_at: datetime | None = None


class Proved(StrEnum):
    """How an incident ended in court, for whoever narrows a history."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


class View(StrEnum):
    """The standpoints that a history is narrowed to: those who decide."""

    POLICE = "police"
    PROSECUTION = "prosecution"
    COURT = "court"
    PROBATION = "probation"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which part of a history is asked for; nothing is all of it. Days are of the incident, the last one within."""

    order: str = ""
    source: FoundBy | None = None
    view: View | None = None
    proved: Proved | None = None
    first: date | None = None
    last: date | None = None
    is_disagreeing: bool = False

    @property
    def is_any(self) -> bool:
        return self != Narrowed()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many incidents are on record, each count named; none of them adds up with another (BRC-07).

    `recorded` are those that a source says were a breach, or of which police have decided. What the clock raised and nobody has
    decided is `undecided`, and what stands on records that wait for a linkage decision `unlinked`: both named, neither counted.
    """

    recorded: int = 0
    police_accepted: int = 0
    charged: int = 0
    proved: int = 0
    not_proved: int = 0
    quashed: int = 0
    undetected: int = 0
    no_action: int = 0
    undecided: int = 0
    unlinked: int = 0

    @property
    def of_all(self) -> int:
        """How many rows the history has: those recorded, and those that nobody has decided."""
        return self.recorded + self.undecided


@dataclass(frozen=True, slots=True)
class OrderCounts:
    """What is counted of one order; None is of no order that we hold."""

    order: Order | None
    recorded: int = 0
    charged: int = 0
    proved: int = 0
    not_proved: int = 0
    no_action: int = 0
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One incident: everything recorded of it as it was known, what joins it to the person, and what does not agree.

    `ties` are the orders that it broke or may have broken and that are open to the reader; `is_partly_shut` says that there are
    others. `records` names source records, by row number; `keyed` does as their sources do, and is told to nobody. `at_court` is
    what courts call the case of each charge, by the charge's key, where that is open to the reader.
    """

    story: BreachStory
    status: str
    is_said: bool
    ties: tuple[BreachOfOrder, ...]
    is_partly_shut: bool
    link: Link
    records: Mapping[int, str]
    keyed: Mapping[int, str] = field(default_factory=dict, repr=False)
    at_court: Mapping[str, Sequence[str]] = field(default_factory=dict)
    mismatches: tuple[Mismatch, ...] = ()

    @property
    def breach(self) -> Breach:
        return self.story.breach

    @property
    def ptiurns(self) -> list[str]:
        """By which numbers courts find it, each once."""
        return list(dict.fromkeys(number for one in self.story.sources for number in self.numbers_of(one)))

    def numbers_of(self, one: BreachSource) -> Sequence[str]:
        """What courts call the case of a charge; nothing of any other source."""
        return self.at_court.get(one.key, ()) if one.kind == FoundBy.COURT else ()

    @property
    def is_told(self) -> bool:
        """Whether a court may be told of it: on a confirmed link, and said by a source or decided by somebody, a court too.

        What the clock alone raised is no fact yet.
        """
        is_found = self.story.standing(Standpoint.COURT) is not None
        return self.link.is_confirmed and (self.is_said or is_found or self.status != Status.POSSIBLE)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Something that does not agree, since when, and whose work it is: somebody, or the queue in which it lies.

    Of an incident that lay long past when it became known (`is_past`) it is nobody's.
    """

    breach: str
    code: Mismatch
    since: datetime
    owner: str = ""
    queue: str = ""
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class Disagreements:
    """How many there are, and the longest standing of them. `is_at_least`: as known earlier there may be more than were asked."""

    total: int
    longest: tuple[Disagreement, ...] = ()
    is_at_least: bool = False
