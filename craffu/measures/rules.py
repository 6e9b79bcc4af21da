"""What the measures count, and what belongs in neither part: MSR-01, MSR-02, MSR-05, MSR-06.

Pure: facts and instants come in as arguments. A share is answered as its two counts; of nothing to divide it has no value.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from craffu.clocks.london import due
from craffu.measures.statistics.rates import Rate, rate
from craffu.measures.statistics.survival import Spell, cumulative_incidence, kaplan_meier
from craffu.published.rules import Answer, Count, share

# `orders.consider_within`
CONSIDER_WITHIN: Final = timedelta(hours=48)
# For how long each order of a cohort is watched, and how long after that a breach may still come to be recorded.
COHORT_DAYS: Final = 365
LAG_DAYS: Final = 90
DAYS_OF_A_YEAR: Final = 365.25
# Rates of so many of what is beside; every other rate is divided by days of orders, and is told for each year of one.
PER: Final[Mapping[str, int]] = MappingProxyType({"MET01": 1000, "MET01i": 1000})
BREACH: Final = 1
"""The cause by which the spell of an order ends that is breached; every other but 0 is a competing end."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    numerator: int
    denominator: int

    @property
    def answer(self) -> Answer:
        """The share with its interval, or that there are no cases (MSR-02, MSR-04)."""
        return share(Count(self.numerator), Count(self.denominator))


def rate_of(code: str, count: int, base: int) -> Rate | None:
    """A rate with its interval, for each so many of what is beside or for each year of an order; None of nothing."""
    return rate(count, base, PER[code]) if code in PER else rate(count, base / DAYS_OF_A_YEAR, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands, by which version of which definition, and what it says there."""

    where: str
    measure: str
    version: int
    value: float | None


def disagreeing(places: Iterable[Place]) -> list[str]:
    """The measures that stand in two places by two versions, or with two values: each is a defect (MSR-01)."""
    first: dict[str, Place] = {}
    found = []
    for place in places:
        known = first.setdefault(place.measure, place)
        if (place.version, place.value) != (known.version, known.value) and place.measure not in found:
            found.append(place.measure)
    return found


@dataclass(frozen=True, slots=True)
class Opened:
    """A case, and when a reasoned decision on an order was recorded of it."""

    at: datetime
    decided_at: datetime | None = None


def considered(cases: Iterable[Opened], as_of: datetime, within: timedelta = CONSIDER_WITHIN) -> Share:
    """The cases decided within the time, to the second, of those that have had it; a younger one is in neither (MSR-01)."""
    matured = [(case, due(case.at, within)) for case in cases if due(case.at, within) <= as_of]
    decided = sum(case.decided_at is not None and case.decided_at <= until for case, until in matured)
    return Share(decided, len(matured))


class Step(StrEnum):
    """What became of an application."""

    LODGED = "full_lodged"
    INTERIM_LODGED = "interim_lodged"
    INTERIM_GRANTED = "interim_granted"
    GRANTED = "full_granted"
    REFUSED = "full_refused"


@dataclass(frozen=True, slots=True)
class Applications:
    """Applications for full orders, those of them with an interim one, and how they were decided."""

    lodged: int
    with_interim: int
    granted: int
    refused: int

    @property
    def grant_rate(self) -> Share:
        """Of those decided; the interim order decides nothing."""
        return Share(self.granted, self.granted + self.refused)


def applications(steps: Iterable[tuple[str, Step]]) -> Applications:
    """Applications by episode: interim and full are one, and a refusal later granted on appeal is a grant (MSR-05)."""
    taken: dict[str, set[Step]] = {}
    for episode, step in steps:
        taken.setdefault(episode, set()).add(step)
    full = [each for each in taken.values() if Step.LODGED in each]
    granted = [each for each in full if Step.GRANTED in each]
    return Applications(
        len(full),
        sum(Step.INTERIM_LODGED in each for each in full),
        len(granted),
        sum(Step.REFUSED in each and Step.GRANTED not in each for each in full),
    )


@dataclass(frozen=True, slots=True)
class Served:
    """An order, when it was served and when it was first breached after that."""

    order: str
    on: date
    first_breach_on: date | None = None


@dataclass(frozen=True, slots=True)
class Cohort:
    """The orders breached within the window, of those watched for all of it, and which were not watched so long."""

    share: Share
    not_yet_observed: tuple[str, ...]


def cohort(orders: Iterable[Served], extract_on: date, lag_days: int = LAG_DAYS) -> Cohort:
    """The orders breached within 365 days of service, of those watched so long and the recording lag besides (MSR-05)."""
    watched: list[Served] = []
    waiting: list[Served] = []
    for order in orders:
        is_watched = order.on + timedelta(days=COHORT_DAYS + lag_days) <= extract_on
        (watched if is_watched else waiting).append(order)
    breached = sum(
        order.first_breach_on is not None and 0 <= (order.first_breach_on - order.on).days <= COHORT_DAYS
        for order in watched
    )
    return Cohort(Share(breached, len(watched)), tuple(order.order for order in waiting))


type Span = tuple[date, date]
"""The first and the last day, both inside it."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The days an order was served and in force, by London day, and its breaches that are not disproved: incident and day."""

    spans: Sequence[Span]
    breaches: Sequence[tuple[str, date]] = ()


@dataclass(frozen=True, slots=True)
class Incidence:
    """How many incidents on how many order-days, and how many that are for each year of an order."""

    incidents: int
    order_days: int
    rate: Rate | None


def breach_incidence(orders: Iterable[InForce], first: date, last: date) -> Incidence:
    """Distinct incidents on served orders for each order-year in a period, with the exact interval (MSR-06).

    A day on which two spans of an order overlap counts once, as does an incident reported twice or on two orders. What happens on
    a day on which its order was not in force is no breach of it.
    """
    incidents: set[str] = set()
    days = 0
    for order in orders:
        spans = joined(order.spans, first, last)
        days += sum((end - start).days + 1 for start, end in spans)
        incidents |= {name for name, on in order.breaches if any(start <= on <= end for start, end in spans)}
    return Incidence(len(incidents), days, rate(len(incidents), days / DAYS_OF_A_YEAR, 1))


def joined(spans: Iterable[Span], first: date, last: date) -> list[Span]:
    """Spans cut to a period, in the order of time, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted((max(start, first), min(end, last)) for start, end in spans):
        if end < start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


@dataclass(frozen=True, slots=True)
class ToBreach:
    """Up to each time: the share breached with the other ends as competing, that which treats them as only watched so long, and
    how many were at risk. The second overstates and is not shown alone.
    """

    cumulative_incidence: tuple[tuple[float, float], ...]
    one_minus_kaplan_meier: tuple[tuple[float, float], ...]
    at_risk: tuple[tuple[float, int], ...]


def time_to_breach(spells: Iterable[Spell]) -> ToBreach:
    """The share of orders breached up to each time at which one ended for good (MSR-06)."""
    held = list(spells)
    ends = {spell.time for spell in held if spell.cause}
    curve = [one for one in cumulative_incidence(held) if one.time in ends]
    return ToBreach(
        tuple((one.time, one.ended.get(BREACH, 0.0)) for one in curve),
        tuple((one.time, 1 - one.share) for one in kaplan_meier(held, (BREACH,))),
        tuple((one.time, one.at_risk) for one in curve),
    )
