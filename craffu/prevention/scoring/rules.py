"""The score of one person, and why: the reference to which whatever scores many at once is held (PRI-01 to PRI-04, PRI-08).

Pure. A score puts people in an order of review and does nothing else: it is no probability, and no state changes by it (PRI-06).
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from craffu.prevention.scoring.facts import SCORED_PARTS, Event, Evidence, Standing
from craffu.prevention.scoring.schemes import PARTS, Scheme, default, points_at

# Days at which the floors stand, and the weight before any cap from which one does (PRI-04).
FLOOR_DAYS: Final = 365
FLOOR_WEIGHT: Final = 365
FLOOR_BREACH_DAYS: Final = 28
# From which score a priority is high, and medium: policy, and no probability (PRI-04).
HIGH, MEDIUM = 60.0, 40.0
SERIOUS: Final = frozenset({"attempted_murder", "wounding_with_intent", "strangulation", "rape", "threat_to_kill"})
FLOOR_ORDERS: Final = frozenset({"SPO", "ISPO", "SPO_CONV", "SPO_ACQ", "RO_CONV", "RO_ACQ"})


@dataclass(frozen=True, slots=True)
class Weights:
    """What is taken for an offence that is not known: the middle of the weights of stalking and harassment, and their ends."""

    median: float = 10
    least: float = 2
    most: float = 252


# Cambridge Crime Harm Index, February 2026, 23 codes of stalking and harassment (methods A2).
UNKNOWN: Final = Weights()


class Tier(StrEnum):
    """How soon somebody is looked at. Always said with the word priority; never a grade of risk. Keys are stored."""

    URGENT = "urgent"
    HIGH = "high"
    MEDIUM = "medium"
    STANDARD = "standard"
    NO_HISTORY = "no_scoreable_history"
    NOT_SCORED = "not_scored"


# What somebody may choose in place of what a score gave, the first first.
CHOSEN: Final = (Tier.URGENT, Tier.HIGH, Tier.MEDIUM, Tier.STANDARD)


class Floor(StrEnum):
    """What puts somebody before a human within 24 hours, whatever the score. Keys are stored."""

    HARM_WEIGHT = "harm_weight_365"
    SERIOUS_OFFENCE = "serious_offence"
    WEAPON = "weapon"
    ORDER_BREACH = "order_breach_28_days"
    VICTIM_FEAR = "victim_fear_top"


class Flag(StrEnum):
    """What was not known, or why nobody is scored. Keys are stored."""

    UNDATED = "undated_event"
    UNKNOWN_WEIGHT = "unknown_offence_weight"
    VICTIM_UNKNOWN = "victim_unknown"
    ONLY_A_VICTIM = "victims_are_never_scored"
    OUTSIDE = "outside_the_scored_population"


@dataclass(frozen=True, slots=True)
class Incident:
    """All that one incident adds: its least age, its greatest weight after the cap, whom it was done to, and whether an order or
    bail was broken in time.
    """

    key: str
    age: int
    weight: float
    victims: frozenset[str] = field(repr=False)
    is_breach: bool


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one person, with what it is made of. `value` is None where there is nothing to score, and never low then.

    `low` and `high` are what it would be with every gap filled at one end and at the other; `low` is None where nothing is left.
    """

    value: float | None
    tier: Tier
    floors: tuple[Floor, ...] = ()
    flags: tuple[Flag, ...] = ()
    parts: Mapping[str, float] = field(default_factory=dict)
    contributions: Mapping[str, float] = field(default_factory=dict)
    harm: float = 0.0
    incidents_in_a_year: int = 0
    victims: int = 0
    breaches: int = 0
    low: float | None = None
    high: float | None = None
    incidents: tuple[Incident, ...] = field(default=(), repr=False)

    @property
    def newest_age(self) -> int | None:
        return min((one.age for one in self.incidents), default=None)


def scored(
    events: Iterable[Event],
    scheme: Scheme | None = None,
    *,
    in_population: bool = True,
    is_only_victim: bool = False,
    victim_fears_most: bool = False,
    unknown: Weights = UNKNOWN,
) -> Score:
    """The score of somebody by these events. Outside the stated population, or known only as a victim or a witness, nobody has
    one, and nothing is a floor then.
    """
    if is_only_victim:
        return Score(None, Tier.NOT_SCORED, flags=(Flag.ONLY_A_VICTIM,))
    if not in_population:
        return Score(None, Tier.NOT_SCORED, flags=(Flag.OUTSIDE,))
    by = scheme or default()
    counted = [one for one in events if is_counted(one, by)]
    floors = floors_of(counted, victim_fears_most=victim_fears_most)
    found = _value(incidents_of(counted, by, unknown.median), by)
    if found is None:
        return Score(None, Tier.URGENT if floors else Tier.NO_HISTORY, floors)
    dated = [one for one in counted if one.age is not None]
    low = _value(incidents_of(dated, by, unknown.least), by)
    high = _value(incidents_of(_each_somebody_new(counted), by, unknown.most), by)
    return replace(
        found,
        tier=tier_of(found.value, floors),
        floors=floors,
        flags=flags_of(counted),
        low=None if low is None else low.value,
        high=None if high is None else high.value,
    )


def is_counted(one: Event, scheme: Scheme) -> bool:
    """Whether an event counts: a suspect's or an offender's, neither cancelled, no-crimed nor eliminated, known by the scoring
    date, and not older than the scheme looks back (PRI-01). Both ends count.
    """
    age = _age(one)
    if one.part not in SCORED_PARTS or one.standing is not Standing.RECORDED or age is None:
        return False
    if one.recorded_age is not None and one.recorded_age < 0:
        return False
    return 0 <= age <= scheme.params.lookback_days


def incidents_of(events: Iterable[Event], scheme: Scheme, unknown: float) -> tuple[Incident, ...]:
    """The incidents of these events, in the order they are first named; one whose offence is not known weighs `unknown`."""
    params = scheme.params
    found: dict[str, Incident] = {}
    for one in events:
        age = _age(one)
        if age is None:
            continue
        weight = min(unknown if one.weight is None else one.weight, params.harm_weight_cap)
        is_breach = one.is_breach and not one.is_disproved and age <= params.breach_window
        so_far = found.get(one.incident, Incident(one.incident, age, weight, frozenset(), False))
        found[one.incident] = Incident(
            one.incident,
            min(so_far.age, age),
            max(so_far.weight, weight),
            so_far.victims | one.victims,
            so_far.is_breach or is_breach,
        )
    return tuple(found.values())


def floors_of(events: Collection[Event], *, victim_fears_most: bool) -> tuple[Floor, ...]:
    """The floors that these events, or a victim's fear, put somebody on (PRI-04). Both ends of each window count."""
    stands = {floor for one in events for floor in _floors_by(one)}
    return tuple(floor for floor in Floor if floor in stands or (floor is Floor.VICTIM_FEAR and victim_fears_most))


def floored(events: Iterable[Event], scheme: Scheme) -> tuple[str, ...]:
    """The incidents that put somebody on a floor now, in order: another one is put before a human too, whatever floor stood
    before it (PRI-04).
    """
    return tuple(sorted({one.incident for one in events if is_counted(one, scheme) and _floors_by(one)}))


def _floors_by(one: Event) -> set[Floor]:
    """The floors that one event puts somebody on."""
    age = _age(one) or 0
    broke = one.is_breach and not one.is_disproved and one.order in FLOOR_ORDERS
    stands = {
        Floor.HARM_WEIGHT: one.weight is not None and one.weight >= FLOOR_WEIGHT and age <= FLOOR_DAYS,
        Floor.SERIOUS_OFFENCE: one.offence in SERIOUS and age <= FLOOR_DAYS,
        Floor.WEAPON: one.has_weapon and age <= FLOOR_DAYS,
        Floor.ORDER_BREACH: broke and age <= FLOOR_BREACH_DAYS,
    }
    return {floor for floor, is_so in stands.items() if is_so}


def tier_of(value: float | None, floors: Collection[Floor]) -> Tier:
    """The priority: urgent on any floor, else by the score (PRI-04)."""
    if floors:
        return Tier.URGENT
    if value is None:
        return Tier.NO_HISTORY
    return Tier.HIGH if value >= HIGH else Tier.MEDIUM if value >= MEDIUM else Tier.STANDARD


def flags_of(events: Collection[Event]) -> tuple[Flag, ...]:
    """What is not known of the events that count (PRI-03)."""
    missing = {
        Flag.UNDATED: any(one.age is None for one in events),
        Flag.UNKNOWN_WEIGHT: any(one.weight is None for one in events),
        Flag.VICTIM_UNKNOWN: any(not one.victims for one in events),
    }
    return tuple(flag for flag, is_so in missing.items() if is_so)


def convicted_only(events: Iterable[Event], scheme: Scheme | None = None) -> Score:
    """The score by what a court has found proved alone, to stand beside the score (PRI-02)."""
    return scored((one for one in events if one.evidence is Evidence.CONVICTED), scheme)


def without(events: Sequence[Event], incidents: Collection[str]) -> list[Event]:
    """The events that are left when a challenge is right about some incidents (PRI-07): the score before it is kept."""
    return [one for one in events if one.incident not in incidents]


def _age(one: Event) -> int | None:
    return one.recorded_age if one.age is None else one.age


def _each_somebody_new(events: Iterable[Event]) -> list[Event]:
    """With each victim that nobody names taken for somebody else than all others."""
    return [
        one if one.victims else replace(one, victims=frozenset({f"unknown {place}"}))
        for place, one in enumerate(events)
    ]


def _value(incidents: Sequence[Incident], scheme: Scheme) -> Score | None:
    """The score by these incidents, without its tier; None where there are none (PRI-02)."""
    if not incidents:
        return None
    params = scheme.params
    in_a_year = sum(one.age <= params.frequency_window for one in incidents)
    harm = math.fsum(one.weight * _fades(one.age, params.harm_half_life) for one in incidents)
    victims = len(frozenset[str]().union(*(one.victims for one in incidents)))
    breaches = sum(one.is_breach for one in incidents)
    newest = min(one.age for one in incidents)
    parts = {
        "R": 100 * 2 ** (-newest / params.recency_half_life),
        "F": 100 * min(1.0, math.log1p(in_a_year) / math.log1p(params.frequency_cap)),
        "G": 100 * min(1.0, math.log1p(harm) / math.log1p(params.harm_sum_cap)),
        "V": 100 * min(1.0, max(0, victims - 1) / (params.victim_cap - 1)),
        "B": 100 * min(1.0, breaches / params.breach_cap),
    }
    measures = {"R": newest, "F": in_a_year, "G": harm, "V": victims, "B": breaches}
    parts |= {name: points_at(steps, measures[name]) for name, steps in scheme.points.items()}
    contributions = {name: scheme.weights[name] * parts[name] for name in PARTS}
    return Score(
        math.fsum(contributions.values()), Tier.NO_HISTORY, parts=parts, contributions=contributions, harm=harm,
        incidents_in_a_year=in_a_year, victims=victims, breaches=breaches, incidents=tuple(incidents),
    )  # fmt: skip


def _fades(age: int, half_life: int) -> float:
    """How much of a weight is left after so many days."""
    return 1.0 if half_life == 0 else 2.0 ** (-age / half_life)
