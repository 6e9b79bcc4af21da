"""Everybody as known at an instant, scored in one pass: by the expression that an engine works out (PRI-01, PRI-09).

Apart from the other reads, since no page needs an engine.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
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

    @property
    def without_score(self) -> list[int]:
        return sorted(person for person in self.members if person not in self.scores)


def everybody(
    by: Acting, at: datetime, population: Definition, scheme: Scheme, table: Table, engine: Engine
) -> Everybody:
    """Everybody in one pass over what the register knew at an instant."""
    known = as_known(spans_of_everybody(by), at)
    whose = belonging_now(by, {one.record for one in known} | {victim for one in known for victim in one.victims})
    cases = most_feared(acting_system(by.force, "scores"), None, at)
    feared = {whose.get(one.record, -one.record) for one in known if one.case in cases}
    found = scored_spans(known, whose, day_of(at), population, scheme, table, engine)
    return replace(found, feared=feared)


def scored_spans(
    known: Collection[Span], whose: Mapping[int, int], on: date, population: Definition, scheme: Scheme, table: Table,
    engine: Engine,
) -> Everybody:  # fmt: skip
    """Whoever these spans accuse, on a day, each record being whose it is said to be."""
    events: dict[int, list[Event]] = defaultdict(list)
    happened: dict[int, list[Happened]] = defaultdict(list)
    for span in known:
        person = whose.get(span.record, -span.record)
        event = as_event(span, on, table, whose)
        events[person].append(event)
        happened[person] += happened_of(span, event, on, table)
    members = {person for person, theirs in happened.items() if is_member(population, theirs, on).is_in}
    rows = _columns({person: theirs for person, theirs in events.items() if person in members})
    found = answered(bulk.scores(scheme, table.unknown), {bulk.TABLE: table_of(rows, bulk.EVENTS)}, engine)
    return Everybody({row["person"]: row for row in found.to_pylist()}, members, len(events) - len(members))


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
