"""The scores of everybody at once: the fast twin of the reference (`rules.scored`), as one expression that any engine works out.

Equal to it for each person (PRI-01 to PRI-04); a test holds the two together. It reads one row for each event and each victim of
it, as known on the scoring date, and gives one row for each person with an event that counts.
"""

import math
from enum import StrEnum
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from craffu.prevention.scoring.facts import SCORED_PARTS, Evidence, Standing
from craffu.prevention.scoring.rules import (
    FLOOR_BREACH_DAYS,
    FLOOR_DAYS,
    FLOOR_ORDERS,
    FLOOR_WEIGHT,
    HIGH,
    MEDIUM,
    SERIOUS,
    UNKNOWN,
    Flag,
    Floor,
    Tier,
    Weights,
)
from craffu.prevention.scoring.schemes import DECIMALS, PARTS, Params, Scheme, Steps

TABLE: Final = "scored_events"
# One row for each event and victim; of an event in which no victim is named, one without.
EVENTS: Final = {
    "person": "int64", "incident": "string", "victim": "int64", "age": "int64", "recorded_age": "int64", "weight": "float64",
    "part": "string", "standing": "string", "is_breach": "boolean", "is_disproved": "boolean", "order": "string",
    "offence": "string", "has_weapon": "boolean", "evidence": "string",
}  # fmt: skip
FLOORS: Final = (Floor.HARM_WEIGHT, Floor.SERIOUS_OFFENCE, Floor.WEAPON, Floor.ORDER_BREACH)
FLAGS: Final = (Flag.UNDATED, Flag.UNKNOWN_WEIGHT, Flag.VICTIM_UNKNOWN)
# Four readings of the same events: as they are, with every gap at one end, at the other, and as far as a court found them proved.
_AS_IS, _LOW, _HIGH, _PROVED = "", "_low", "_high", "_proved"

type Values = dict[str, Any]


def scores(scheme: Scheme, unknown: Weights = UNKNOWN) -> ir.Table:
    """The expression: person, the five parts and contributions, score, range, the score of what was proved, floors, flags, tier.

    Whose victim fears most is no event, and is joined by whoever runs this.
    """
    counted = _counted(ibis.table(EVENTS, name=TABLE), scheme)
    incidents = _incidents(counted, scheme.params, unknown)
    people = _people(incidents, scheme.params).join(_beside(counted), "person")
    found = people.mutate(**_valued(people, scheme))
    tier = ibis.cases(
        (ibis.or_(*(found[one.value] for one in FLOORS)), Tier.URGENT.value), (found.score >= HIGH, Tier.HIGH.value),
        (found.score >= MEDIUM, Tier.MEDIUM.value), else_=Tier.STANDARD.value,
    )  # fmt: skip
    parts = [f"{kind}_{part}" for kind in ("part", "points") for part in PARTS]
    return found.mutate(tier=tier).select(
        "person", "score", "low", "high", "proved", "tier", *parts, "harm", "incidents_in_a_year", "victims", "breaches",
        "newest_age", *(one.value for one in FLOORS), *(one.value for one in FLAGS),
    )  # fmt: skip


def _counted(events: ir.Table, scheme: Scheme) -> ir.Table:
    """Events that count, each with the age that it counts by."""
    age = ibis.coalesce(events.age, events.recorded_age)
    aged = events.mutate(
        at=age, is_dated=events.age.notnull(), is_proved=events.evidence == Evidence.CONVICTED.value,
        broke=events.is_breach & ~events.is_disproved,
    )  # fmt: skip
    return aged.filter(
        aged.part.isin(sorted(one.value for one in SCORED_PARTS)),
        aged.standing == Standing.RECORDED.value,
        aged["at"].between(0, scheme.params.lookback_days),
        aged.recorded_age.isnull() | (aged.recorded_age >= 0),
    )


def _incidents(counted: ir.Table, params: Params, unknown: Weights) -> ir.Table:
    """Each incident of somebody's once, in four readings."""
    kept: Values = {}
    readings = (
        (_AS_IS, unknown.median, None),
        (_LOW, unknown.least, counted.is_dated),
        (_HIGH, unknown.most, None),
        (_PROVED, unknown.median, counted.is_proved),
    )
    in_time = counted.broke & (counted["at"] <= params.breach_window)
    for name, guess, where in readings:
        weight = ibis.least(ibis.coalesce(counted.weight, float(guess)), float(params.harm_weight_cap))
        kept[f"at{name}"] = counted["at"].min(where=where)
        kept[f"weight{name}"] = weight.max(where=where)
        kept[f"broke{name}"] = (in_time if where is None else in_time & where).cast("int64").max()
    return counted.group_by("person", "incident").agg(**kept)


def _people(incidents: ir.Table, params: Params) -> ir.Table:
    kept: Values = {}
    for name in (_AS_IS, _LOW, _HIGH, _PROVED):
        at = incidents[f"at{name}"]
        faded = incidents[f"weight{name}"] * _fades(at, params.harm_half_life)
        kept[f"newest{name}"] = at.min()
        kept[f"incidents{name}"] = (at <= params.frequency_window).cast("int64").sum()
        kept[f"harm{name}"] = faded.sum()
        kept[f"breaches{name}"] = incidents[f"broke{name}"].sum()
    return incidents.group_by("person").agg(**kept)


def _beside(counted: ir.Table) -> ir.Table:
    """What is asked of events and not of incidents: whom they were done to, floors, and what is not known of them."""
    at = counted["at"]
    floor: dict[StrEnum, Any] = {
        Floor.HARM_WEIGHT: (counted.weight >= FLOOR_WEIGHT) & (counted["at"] <= FLOOR_DAYS),
        Floor.SERIOUS_OFFENCE: counted.offence.isin(sorted(SERIOUS)) & (counted["at"] <= FLOOR_DAYS),
        Floor.WEAPON: counted.has_weapon & (counted["at"] <= FLOOR_DAYS),
    }  # fmt: skip
    floor[Floor.ORDER_BREACH] = counted.broke & counted.order.isin(sorted(FLOOR_ORDERS)) & (at <= FLOOR_BREACH_DAYS)
    missing: dict[StrEnum, Any] = {
        Flag.UNDATED: ~counted.is_dated,
        Flag.UNKNOWN_WEIGHT: counted.weight.isnull(),
        Flag.VICTIM_UNKNOWN: counted.victim.isnull(),
    }
    return counted.group_by("person").agg(
        victims=counted.victim.nunique(),
        victims_low=counted.victim.nunique(where=counted.is_dated),
        victims_proved=counted.victim.nunique(where=counted.is_proved),
        unnamed=counted.victim.isnull().cast("int64").sum(),
        **{
            name.value: ibis.coalesce(is_so, ibis.literal(value=False)).any()
            for name, is_so in {**floor, **missing}.items()
        },
    )


def _is_any(is_so: Any) -> Any:
    return ibis.coalesce(is_so, ibis.literal(value=False)).any()


def _valued(people: ir.Table, scheme: Scheme) -> Values:
    """The score in each reading, and as it is with its parts."""
    victims = {
        _AS_IS: people.victims, _LOW: people.victims_low, _HIGH: people.victims + people.unnamed,
        _PROVED: people.victims_proved,
    }  # fmt: skip
    parts = {name: _parts(people, name, count, scheme) for name, count in victims.items()}
    points = {
        name: {part: found[part] * float(scheme.weights[part]) for part in PARTS} for name, found in parts.items()
    }
    totals = {name: _sum(found) for name, found in points.items()}
    return {
        "score": totals[_AS_IS], "low": totals[_LOW], "high": totals[_HIGH], "proved": totals[_PROVED],
        **{f"part_{part}": parts[_AS_IS][part] for part in PARTS},
        **{f"points_{part}": points[_AS_IS][part] for part in PARTS},
        "newest_age": people.newest, "incidents_in_a_year": people.incidents,
    }  # fmt: skip


def _sum(points: Values) -> Any:
    first, *others = (points[part] for part in PARTS)
    for one in others:
        first = first + one
    return first


def _parts(people: ir.Table, name: str, victims: Any, scheme: Scheme) -> Values:
    """The five parts in one reading, null where no incident is left in it."""
    params = scheme.params
    harm, incidents = people[f"harm{name}"], people[f"incidents{name}"].cast("float64")
    newest, breaches = people[f"newest{name}"].cast("float64"), people[f"breaches{name}"].cast("float64")

    def part(of: Any) -> Any:
        return ibis.least(of, 1.0) * 100.0

    people_hurt = victims.cast("float64")
    curves = {
        "R": ibis.literal(2.0) ** (newest / -float(params.recency_half_life)) * 100.0,
        "F": part((incidents + 1.0).ln() / _ln1p(params.frequency_cap)),
        "G": part((harm + 1.0).ln() / _ln1p(params.harm_sum_cap)),
        "V": part(ibis.greatest(people_hurt - 1.0, 0.0) / float(params.victim_cap - 1)),
        "B": part(breaches / float(params.breach_cap)),
    }
    measures = {"R": newest, "F": incidents, "G": harm, "V": people_hurt, "B": breaches}
    return curves | {of: _points(measures[of], steps) for of, steps in scheme.points.items()}


def _points(measure: Any, steps: Steps) -> Any:
    """By the last step that a measure reaches; null where there is none to measure."""
    reached = measure.round(DECIMALS)
    falling = [(reached >= begins, points) for begins, points in reversed(steps)]
    return ibis.cases((measure.isnull(), ibis.null("float64")), *falling)


def _fades(at: Any, half_life: int) -> Any:
    return 1.0 if half_life == 0 else ibis.literal(2.0) ** (at.cast("float64") / -float(half_life))


def _ln1p(cap: float) -> float:
    return math.log1p(cap)
