"""Reads for scores: everybody as known at an instant, scored in one pass, and where everybody stands (PRI-01, PRI-05)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.engines.choice import Engine
from craffu.engines.expressions import answered, table_of
from craffu.people.queries import belonging_now
from craffu.prevention.models import PopulationDefined, ScoreKept, ScoreRun, ScoreStands
from craffu.prevention.population.rules import Definition, Group, Happened, is_member
from craffu.prevention.scoring import bulk
from craffu.prevention.scoring.facts import Event
from craffu.prevention.scoring.known import Span, as_event, as_known, offence_of
from craffu.prevention.scoring.ranking import Ranked, Ranking, ranked
from craffu.prevention.scoring.reading import spans_of_everybody
from craffu.prevention.scoring.rules import Tier
from craffu.prevention.scoring.schemes import Scheme
from craffu.prevention.scoring.weights import Table


@dataclass(frozen=True, slots=True)
class Everybody:
    """Whoever is accused of anything as known at an instant: who is in the population, how each scores, how many are not."""

    scores: Mapping[int, Mapping[str, Any]]
    members: Collection[int]
    outside: int

    @property
    def without_score(self) -> list[int]:
        return sorted(person for person in self.members if person not in self.scores)


def population_on(by: Acting, on: date) -> PopulationDefined | None:
    """The definition in force on a day: the newest that has begun."""
    rows = PopulationDefined.objects.for_user(by).filter(begins__lte=on)
    found: PopulationDefined | None = rows.order_by("-version").first()
    return found


def definition_of(row: PopulationDefined) -> Definition:
    return Definition(row.name, row.version, row.begins, row.necessity_ref, row.necessity_on)


def everybody(
    by: Acting, at: datetime, population: Definition, scheme: Scheme, table: Table, engine: Engine
) -> Everybody:
    """Everybody in one pass over what the register knew at an instant."""
    known = as_known(spans_of_everybody(by), at)
    whose = belonging_now(by, {one.record for one in known} | {victim for one in known for victim in one.victims})
    return scored_spans(known, whose, day_of(at), population, scheme, table, engine)


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
        happened[person] += _happened(span, event, on, table)
    members = {person for person, theirs in happened.items() if is_member(population, theirs, on).is_in}
    rows = _columns({person: theirs for person, theirs in events.items() if person in members})
    found = answered(bulk.scores(scheme, table.unknown), {bulk.TABLE: table_of(rows, bulk.EVENTS)}, engine)
    return Everybody({row["person"]: row for row in found.to_pylist()}, members, len(events) - len(members))


def _happened(span: Span, event: Event, on: date, table: Table) -> Iterator[Happened]:
    """An event as the population is concerned with it: by its offence, and as a breach of an order."""
    age = event.recorded_age if event.age is None else event.age
    day = on - timedelta(days=age or 0)
    offence = offence_of(span.word, table)
    groups = {"" if offence is None or offence.group is None else offence.group.value}
    groups |= {Group.ORDER_BREACH.value} if event.is_breach else set()
    for group in sorted(groups):
        yield Happened(group, event.part, day, event.standing)


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


def last_run(by: Acting) -> ScoreRun | None:
    found: ScoreRun | None = ScoreRun.objects.for_user(by).order_by("-number").first()
    return found


def standing(by: Acting) -> list[ScoreStands]:
    """Where everybody of the population stands. One query."""
    return list(ScoreStands.objects.for_user(by).select_related("person").order_by("id"))


def last_kept(by: Acting) -> dict[int, tuple[str, list[str]]]:
    """The priority and floors that each was given last, by person. One query."""
    rows = ScoreKept.objects.for_user(by).order_by("id").values_list("person_id", "tier", "floors")
    return {person: (tier, floors) for person, tier, floors in rows}


def in_order(rows: Iterable[ScoreStands], wanted: int, seed: str) -> Ranking:
    """In which order they are reviewed: whoever a floor puts before a human at once comes first, by score among themselves."""
    several = list(rows)
    urgent = [one for one in several if one.tier == Tier.URGENT]
    first = ranked((_ranked(one) for one in urgent), len(urgent), seed)
    rest = ranked((_ranked(one) for one in several if one.tier != Tier.URGENT), max(0, wanted - len(urgent)), seed)
    return Ranking(
        (*first.order, *first.unscored, *rest.order), (*first.listed, *first.unscored, *rest.listed), rest.tied, rest.unscored,
        wanted,
    )  # fmt: skip


def _ranked(one: ScoreStands) -> Ranked:
    return Ranked(one.person.reference, one.value, one.harm, one.newest_age or 0)
