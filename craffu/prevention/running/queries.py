"""Everybody as known at an instant, scored in one pass: by the expression that an engine works out (PRI-01, PRI-09).

Apart from the other reads, since no page needs an engine.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from craffu.access.acting import Acting, acting_system
from craffu.clocks.london import day_of
from craffu.engines.choice import Engine
from craffu.engines.expressions import answered, table_of
from craffu.people.queries import belonging_now
from craffu.prevention.population.rules import Definition, Happened, is_member
from craffu.prevention.scoring import bulk
from craffu.prevention.scoring.facts import Event
from craffu.prevention.scoring.feared import most_feared
from craffu.prevention.scoring.known import Span, as_event, as_known, happened_of
from craffu.prevention.scoring.reading import spans_of_everybody
from craffu.prevention.scoring.rules import floored
from craffu.prevention.scoring.schemes import Scheme
from craffu.prevention.scoring.weights import Table


@dataclass(frozen=True, slots=True)
class Everybody:
    """Whoever is accused of anything as known at an instant: who is in the population, how each scores, how many are not."""

    scores: Mapping[int, Mapping[str, Any]]
    members: Collection[int]
    outside: int
    # Whose victim is as afraid as anybody can be.
    feared: Collection[int] = ()
    # The incidents that put each on a floor, of those whom any does.
    floored: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def without_score(self) -> list[int]:
        return sorted(person for person in self.members if person not in self.scores)


def everybody(
    by: Acting, at: datetime, population: Definition, scheme: Scheme, table: Table, engine: Engine
) -> Everybody:
    """Everybody in one pass over what the register knew at an instant."""
    known, whose = known_to(by, at)
    cases = most_feared(acting_system(by.force, "scores"), None, at)
    feared = {whose.get(one.record, -one.record) for one in known if one.case in cases}
    found = scored_spans(known, whose, day_of(at), population, scheme, table, engine)
    return replace(found, feared=feared)


def known_to(by: Acting, at: datetime) -> tuple[list[Span], dict[int, int]]:
    """What the register knew at an instant of whoever is accused of anything, and whose each record in it is."""
    known = as_known(spans_of_everybody(by), at)
    return known, belonging_now(by, {one.record for one in known} | {each for one in known for each in one.victims})


def scored_spans(
    known: Collection[Span], whose: Mapping[int, int], on: date, population: Definition, scheme: Scheme, table: Table,
    engine: Engine,
) -> Everybody:  # fmt: skip
    """Whoever these spans accuse, on a day, each record being whose it is said to be."""
    found = members_of(known, whose, on, population, table)
    scores = scores_of(found.events, scheme, table, engine)
    on_a_floor = (person for person, row in scores.items() if any(row[one.value] for one in bulk.FLOORS))
    by_floor = {person: floored(found.events[person], scheme) for person in on_a_floor}
    return Everybody(scores, found.events, found.outside, floored=by_floor)


@dataclass(frozen=True, slots=True)
class Members:
    """Whoever is in the population, with all their events, and how many others are accused of something."""

    events: Mapping[int, list[Event]]
    outside: int


def members_of(
    known: Collection[Span], whose: Mapping[int, int], on: date, population: Definition, table: Table
) -> Members:
    """Whoever of those whom these spans accuse is in the population on a day."""
    events: dict[int, list[Event]] = defaultdict(list)
    happened: dict[int, list[Happened]] = defaultdict(list)
    for span in known:
        person = whose.get(span.record, -span.record)
        event = as_event(span, on, table, whose)
        events[person].append(event)
        happened[person] += happened_of(span, event, on, table)
    members = {person: events[person] for person, theirs in happened.items() if is_member(population, theirs, on).is_in}
    return Members(members, len(events) - len(members))


def scores_of(
    events: Mapping[int, list[Event]], scheme: Scheme, table: Table, engine: Engine
) -> dict[int, Mapping[str, Any]]:
    """The score of each by these events, with its parts; whoever has none that counts is left out."""
    rows = table_of(_columns(events), bulk.EVENTS)
    found = answered(bulk.scores(scheme, table.unknown), {bulk.TABLE: rows}, engine)
    return {row["person"]: row for row in found.to_pylist()}


def _columns(events: Mapping[int, Iterable[Event]]) -> dict[str, list[Any]]:
    """Events as the expression reads them: one row for each victim of each."""
    found: dict[str, list[Any]] = {name: [] for name in bulk.EVENTS}
    for person, theirs in events.items():
        for one in theirs:
            for victim in (*sorted(one.victims),) or (None,):
                values = (
                    person, one.incident, None if victim is None else int(victim), one.age, one.recorded_age, one.weight,
                    one.part.value, one.standing.value, one.is_breach, one.is_disproved, one.order, one.offence, one.has_weapon,
                    one.evidence.value,
                )  # fmt: skip
                for name, value in zip(bulk.EVENTS, values, strict=True):
                    found[name].append(value)
    return found
