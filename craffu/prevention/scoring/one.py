"""Some people scored one by one, with what each score was made of: for why somebody has a priority, and when something of them
is recorded (PRI-02, PRI-09).

The reference itself, by the scheme and weights of a run and as known at an instant: so a score is made again from its snapshot.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from craffu.access.acting import Acting, acting_system
from craffu.clocks.london import day_of
from craffu.people.queries import belonging_now, records_now_of
from craffu.prevention.models import SchemeAdopted, ScoreRun
from craffu.prevention.population.rules import Answer, is_member
from craffu.prevention.scoring.facts import Event
from craffu.prevention.scoring.feared import most_feared
from craffu.prevention.scoring.known import Span, as_event, as_known, happened_of
from craffu.prevention.scoring.queries import adopted, definition_of
from craffu.prevention.scoring.reading import spans_of_records
from craffu.prevention.scoring.rules import Score, convicted_only, floored, scored
from craffu.prevention.scoring.schemes import Scheme, default, scheme_of
from craffu.prevention.scoring.weights import Table, own, table_kept


@dataclass(frozen=True, slots=True)
class Counted:
    """What the register knew of an act, and the event that a score makes of it."""

    span: Span
    event: Event


@dataclass(frozen=True, slots=True)
class Alone:
    """One person as scored: whether they are in the population, what was known, the score, and the score of what was proved."""

    member: Answer
    counted: tuple[Counted, ...]
    score: Score
    proved: Score
    # The incidents that put them on a floor.
    floored: tuple[str, ...] = ()

    @property
    def is_in(self) -> bool:
        return self.member.is_in


def scheme_kept(run: ScoreRun | SchemeAdopted) -> Scheme:
    """The scheme of a run, or that was adopted, from its own words."""
    return scheme_of(json.loads(run.scheme_text))


def in_use(by: Acting) -> tuple[Scheme, Table]:
    """By which scheme and weights the force puts people in order: those it adopted last, else those that ship (PRI-09)."""
    row = adopted(by)
    return (default(), own()) if row is None else (scheme_kept(row), own_or_kept(row))


def scored_alone(by: Acting, people: Collection[int], at: datetime, run: ScoreRun) -> dict[int, Alone]:
    """Each of these people as known at an instant. So many queries, however many they are."""
    system = acting_system(by.force, "scores")
    scheme, table = scheme_kept(run), own_or_kept(run)
    records = records_now_of(system, people)
    known = as_known(spans_of_records(system, set().union(*records.values())), at) if records else []
    whose = belonging_now(system, {one.record for one in known} | {victim for one in known for victim in one.victims})
    by_person: dict[int, list[Span]] = defaultdict(list)
    for span in known:
        by_person[whose.get(span.record, -span.record)].append(span)
    feared = most_feared(system, {int(one.case) for one in known if one.case.isdigit()}, at)
    return {person: _alone(by_person[person], whose, day_of(at), run, scheme, table, feared) for person in people}


def own_or_kept(run: ScoreRun | SchemeAdopted) -> Table:
    """The weights of a run, or that were adopted: those that ship where they are the same, else from the run's own words."""
    return (
        own() if own().sha256 == run.weights_sha256 else table_kept(json.loads(run.weights_text), run.weights_version)
    )


def _alone(
    known: Collection[Span], whose: Mapping[int, int], on: date, run: ScoreRun, scheme: Scheme, table: Table,
    feared: Collection[str],
) -> Alone:  # fmt: skip
    counted = tuple(Counted(one, as_event(one, on, table, whose)) for one in known)
    happened = [each for one in counted for each in happened_of(one.span, one.event, on, table)]
    member = is_member(definition_of(run.population), happened, on)
    events = [one.event for one in counted]
    score = scored(
        events, scheme, in_population=member.is_in, unknown=table.unknown,
        victim_fears_most=any(one.case in feared for one in known),
    )  # fmt: skip
    return Alone(
        member, counted, score, convicted_only(events, scheme), floored(events, scheme) if member.is_in else ()
    )
