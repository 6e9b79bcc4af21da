"""What the snapshot holds of recorded crimes: how each stood by the newest word of the force's own system, and how it ended.

MET01, MET01i, MET22, MET29; X10. Nobody is in it, and neither a place nor a word of free text.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import groupby
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.models import CaseOutcome, CaseVersion
from craffu.clocks.london import day_of
from craffu.common.extracted import KNOWN_FROM, KNOWN_UNTIL, Extract, Holds, Row, keyed, spans

# The Home Office class of stalking.
STALKING_CLASS: Final = "8Q"
_CRIME: Final = "crime"


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of the force's system on a crime, in the order in which it said them."""

    known_from: datetime
    recorded_as: str
    home_office_class: str
    offence_code: str
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Outcome:
    """One word on one outcome of a crime."""

    key: str
    known_from: datetime
    on: date
    number: int
    code: str


@dataclass(frozen=True, slots=True)
class CrimeTold:
    """Everything that was said of one crime, in the order in which the system said it."""

    source: str
    crime: str
    words: tuple[_Word, ...]
    outcomes: tuple[_Outcome, ...]

    @property
    def instants(self) -> set[datetime]:
        return {one.known_from for one in self.words} | {one.known_from for one in self.outcomes}

    def word(self, at: datetime) -> _Word | None:
        """The newest word that was known at an instant."""
        return next((one for one in reversed(self.words) if one.known_from <= at), None)

    def ended(self, at: datetime) -> tuple[str, date] | None:
        """The outcome decided last, as known at an instant, with its day; None while nothing but 0 was given."""
        newest = {one.key: one for one in self.outcomes if one.known_from <= at}
        final = [(one.on, one.number, code) for one in newest.values() if (code := outcome_code(one.code))]
        return (max(final)[2], max(final)[0]) if final else None


def outcome_code(said: str) -> str:
    """An outcome as every force writes it: `01` is 1. Empty where a crime is not finalised."""
    return said.strip().upper().lstrip("0")


def crimes_told(by: Acting, at: datetime) -> Iterator[CrimeTold]:
    """Every crime with all that was said of it until an instant. Two queries."""
    given: dict[tuple[str, str], list[_Outcome]] = defaultdict(list)
    outcomes = CaseOutcome.objects.for_user(by).filter(known_from__lte=at)
    names = ("source", "crime", "key", "known_from", "decided_on", "outcome_number", "code")
    for source, crime, *said in outcomes.order_by("said_at", "received_at", "number").values_list(*names):
        given[source, crime].append(_Outcome(*said))
    versions = CaseVersion.objects.for_user(by).filter(known_from__lte=at)
    rows = versions.order_by("source", "crime", "said_at", "received_at", "number").values_list(
        "source", "crime", "known_from", "recorded_as", "home_office_class", "offence_code", "recorded_at"
    )
    for (source, crime), several in groupby(rows.iterator(), key=lambda one: one[:2]):
        words = tuple(_Word(*one[2:]) for one in several)
        yield CrimeTold(source, crime, words, tuple(given.get((source, crime), ())))


def stood(crime: CrimeTold, at: datetime) -> Row | None:
    """How a crime stood by what was known of it; what is an incident, or was cancelled, is no crime."""
    word = crime.word(at)
    if word is None:
        return None
    ended = crime.ended(at)
    return {
        "crime": keyed("crime", crime.source, crime.crime),
        "offence_class": word.home_office_class,
        "is_crime": word.recorded_as == _CRIME,
        "is_stalking": word.home_office_class == STALKING_CLASS,
        "recorded_on": day_of(word.recorded_at) if word.recorded_at else None,
        "outcome": ended[0] if ended else "",
        "finalised_on": ended[1] if ended else None,
    }


def _crimes(by: Acting, at: datetime) -> Iterator[Row]:
    for crime in crimes_told(by, at):
        yield from spans(crime.instants, partial(stood, crime))


CRIMES: Final = Extract(
    "crimes",
    {
        "crime": Holds.REFERENCE, "offence_class": Holds.CODE, "is_crime": Holds.YES, "is_stalking": Holds.YES,
        "recorded_on": Holds.DAY, "outcome": Holds.CODE, "finalised_on": Holds.DAY, KNOWN_FROM: Holds.INSTANT,
        KNOWN_UNTIL: Holds.INSTANT,
    },
    _crimes,
)  # fmt: skip

TABLES: Final = (CRIMES,)
