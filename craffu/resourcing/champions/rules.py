"""Who is a Stalking Champion on a day, which shifts have one on duty, and whose cover is nearest (RES-01, RES-02; MET32).

2023 review, recommendation 2 (the Champions' training programme). The twelve months are policy (Annex D, `res.cpd_period`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from math import hypot
from typing import Final

from craffu.clocks.lengths import CalendarLength
from craffu.clocks.periods import Counting, period

CPD_PERIOD: Final = CalendarLength(months=12)
# Page map, the workforce lead's work: continuing training that lapses within thirty days.
LAPSING_WITHIN: Final = timedelta(days=30)
NO_CASES: Final = "no cases"
_METRES_OF_A_KILOMETRE: Final = 1000


class Why(StrEnum):
    """Why somebody who was named a champion is none on a day."""

    NOT_TRAINED = "not_trained"
    NOT_ACCEPTED = "version_not_accepted"
    LAPSED = "cpd_lapsed"


@dataclass(frozen=True, slots=True)
class Champion:
    """Whether somebody is a current champion on a day, why not, and the last day on which they are or were."""

    current: bool
    why: Why | None
    current_until: date | None


def champion(trained_on: date | None, continued_on: Iterable[date], on: date) -> Champion:
    """RES-01: current for twelve months from training or the latest continuing training, of which that day is the first."""
    if trained_on is None or trained_on > on:
        return Champion(False, Why.NOT_TRAINED, None)
    latest = max(day for day in (trained_on, *continued_on) if day <= on)
    until = period(latest, CPD_PERIOD, Counting.BEGINNING_WITH).last_day
    return Champion(True, None, until) if on <= until else Champion(False, Why.LAPSED, until)


@dataclass(frozen=True, slots=True)
class Training:
    """Training that somebody did: the whole programme, or continuing training in it."""

    programme: str
    version: str
    is_continuing: bool
    on: date


@dataclass(frozen=True, slots=True)
class Accepted:
    """A version of the champions' programme that the force accepts, from a day on and until one."""

    programme: str
    version: str
    first_day: date
    last_day: date | None = None

    def holds(self, on: date) -> bool:
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)


def standing(trained: Iterable[Training], accepted: Iterable[Accepted], on: date) -> Champion:
    """RES-01 and MET32: training counts whose version is accepted on the day that is asked about.

    Somebody has done the whole programme once, of whatever version; continuing training brings them to the version it is of.
    A programme of which no version was ever accepted is none of the champions'.
    """
    versions = list(accepted)
    ours = {one.programme for one in versions}
    done = [one for one in trained if one.programme in ours and one.on <= on]
    if all(one.is_continuing for one in done):
        return Champion(False, Why.NOT_TRAINED, None)
    counted = {(one.programme, one.version) for one in versions if one.holds(on)}
    days = [one.on for one in done if (one.programme, one.version) in counted]
    return champion(max(days), (), on) if days else Champion(False, Why.NOT_ACCEPTED, None)


def is_lapsing(one: Champion, on: date) -> bool:
    """Whether a current champion's training lapses within thirty days."""
    return one.current and one.current_until is not None and one.current_until - on <= LAPSING_WITHIN


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shifts with a current champion on duty of the shifts scheduled; `note` says that there is nothing to divide."""

    numerator: int
    denominator: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def note(self) -> str | None:
        return None if self.denominator else NO_CASES


def coverage(champions: Iterable[int]) -> Coverage:
    """RES-02: of the shifts scheduled those with at least one current champion. One number of champions for each shift."""
    numbers = list(champions)
    return Coverage(sum(number > 0 for number in numbers), len(numbers))


@dataclass(frozen=True, slots=True)
class Slot:
    """A shift that a station is to have."""

    starts_at: datetime
    ends_at: datetime


def slot_of(slots: Sequence[Slot], begins: datetime) -> int | None:
    """Which of a station's shifts a turn of duty belongs to: the last that had begun when it began and was not over.

    So nobody is counted in two shifts, and whoever works across the change of shifts covers the one they came for.
    """
    open_then = [place for place, slot in enumerate(slots) if slot.starts_at <= begins < slot.ends_at]
    return max(open_then, key=lambda place: slots[place].starts_at, default=None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a station lies on the national grid, in metres; None where nobody has said."""

    easting: int | None
    northing: int | None


def kilometres(one: Place, other: Place) -> float | None:
    """How far two stations are apart as the crow flies; None where one of them is nowhere."""
    if one.easting is None or one.northing is None or other.easting is None or other.northing is None:
        return None
    return hypot(one.easting - other.easting, one.northing - other.northing) / _METRES_OF_A_KILOMETRE


def nearest_first(here: Place, others: Iterable[tuple[str, Place]]) -> list[tuple[str, float | None]]:
    """Stations by how far they are, those of which nobody knows it last, each by name."""
    far = [(name, kilometres(here, place)) for name, place in others]
    return sorted(far, key=lambda one: (one[1] is None, one[1] or 0.0, one[0]))
