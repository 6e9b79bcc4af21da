"""What a scheme would have said at cut-offs of the past, and what was recorded of the same people afterwards (methods A6).

Everything is read from the register once; each cut-off sees the spans that stood then and no other.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.clocks.london import end_of
from craffu.engines.choice import Engine
from craffu.people.queries import memberships_of
from craffu.prevention.population.rules import Definition
from craffu.prevention.proving.backtesting import Cutoff
from craffu.prevention.proving.leaks import check_no_leak
from craffu.prevention.running.queries import scored_spans
from craffu.prevention.scoring.facts import Event, Standing
from craffu.prevention.scoring.known import Span, as_event, as_known
from craffu.prevention.scoring.reading import spans_of_everybody
from craffu.prevention.scoring.rules import FLOOR_WEIGHT
from craffu.prevention.scoring.schemes import Scheme
from craffu.prevention.scoring.weights import Table

EVERY: Final = timedelta(days=30)
FOLLOWED: Final = timedelta(days=365)
# So long after the follow-up the last of what happened in it has been recorded.
LAG: Final = timedelta(days=90)
OUTCOMES: Final = ("any", "breach", "serious")
ORDERS: Final = ("scheme", "random", "incidents", "v100", "newest", "grade")
_GRADES: Final = {"high": 3.0, "medium": 2.0, "standard": 1.0}


@dataclass(frozen=True, slots=True)
class Past:
    """Every span, and whose each record is from when."""

    spans: Sequence[Span]
    whose: Mapping[int, Sequence[tuple[datetime, int]]] = field(repr=False)

    def people_at(self, at: datetime) -> tuple[dict[int, int], dict[int, datetime]]:
        """Whose each record was at an instant, and since when."""
        found: dict[int, int] = {}
        since: dict[int, datetime] = {}
        for record, decided in self.whose.items():
            held = [one for one in decided if one[0] <= at]
            if held:
                since[record], found[record] = held[-1]
        return found, since


def past_of(by: Acting) -> Past:
    """A link that a person decided counts from then; one of the model's as made when its record was first known, which is when
    records are linked in a register that is in use.
    """
    spans = list(spans_of_everybody(by))
    first: dict[int, datetime] = {}
    for one in spans:
        for record in (one.record, *one.victims):
            first[record] = min(one.known_from, first.get(record, one.known_from))
    people = set(User.objects.filter(force=by.force).values_list("username", flat=True))
    decided: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for row in memberships_of(by, set(first)):
        at = row.known_from if row.decided_by in people else first[row.record_id]
        decided[row.record_id].append((at, row.person_id))
    return Past(spans, {record: sorted(several, key=lambda one: one[0]) for record, several in decided.items()})


def days_to_ask(past: Past, last: date) -> list[date]:
    """Cut-offs every thirty days, from three years after the first act, so that none looks back on nothing, to a year and the lag
    of recording before the last day.
    """
    if not past.spans:
        return []
    first = min(one.recorded_on for one in past.spans) + timedelta(days=1_095)
    end, found = last - FOLLOWED - LAG, []
    while end >= first:
        found.append(end)
        end -= EVERY
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Asked:
    """One cut-off: its people in order of their rows, how each order scores them, and each outcome that followed."""

    on: date
    people: list[int]
    scores: dict[str, list[float]]
    followed: dict[str, list[bool]]
    harm: list[float]
    serious_acts: dict[int, list[str]]

    def cutoff(self, outcome: str, row_of: Mapping[int, int]) -> Cutoff:
        rows = np.array([row_of[person] for person in self.people], dtype=np.int64)
        scores = {name: np.array(several, dtype=np.float64) for name, several in self.scores.items()}
        return Cutoff(
            rows, scores, np.array(self.followed[outcome], dtype=np.float64), np.array(self.harm, dtype=np.float64)
        )


def asked_at(
    past: Past,
    days: Collection[date],
    scheme: Scheme,
    table: Table,
    engine: Engine,
    said: Callable[[], object] = lambda: None,
) -> Iterator[Asked]:
    """Each cut-off in turn. Raises Leaked where one would rest on what came after it."""
    for on in days:
        at = end_of(on)
        used = as_known(past.spans, at)
        whose, since = past.people_at(at)
        check_no_leak(used, since, at)
        yield _asked(past, on, used, whose, scheme, table, engine)
        said()


def _asked(
    past: Past, on: date, used: list[Span], whose: Mapping[int, int], scheme: Scheme, table: Table, engine: Engine
) -> Asked:  # fmt: skip
    stated = Definition("as asked", 1, date.min + timedelta(days=1), "backtest", date.min + timedelta(days=1))
    found = scored_spans(used, whose, on, stated, scheme, table, engine)
    people = sorted(found.scores)
    events = _events(used, whose, on, table)
    after, grades = _afterwards(past, on, whose, table), _grades(used, whose)
    scores = {
        "scheme": [found.scores[one]["score"] for one in people],
        # Whoever is drawn by lot: all alike.
        "random": [0.0] * len(people),
        "incidents": [float(found.scores[one]["incidents_in_a_year"]) for one in people],
        "v100": [_harm_of_a_year(events[one]) for one in people],
        "newest": [-float(found.scores[one]["newest_age"]) for one in people],
        "grade": [grades[one] for one in people],
    }
    return Asked(
        on, people, scores,
        {
            "any": [bool(after[one]) for one in people],
            "breach": [any(act.is_breach for act in after[one]) for one in people],
            "serious": [any(_is_serious(act) for act in after[one]) for one in people],
        },
        [_harm(after[one], scheme) for one in people],
        {one: [act.incident for act in after[one] if _is_serious(act)] for one in people},
    )  # fmt: skip


def _events(used: Collection[Span], whose: Mapping[int, int], on: date, table: Table) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = defaultdict(list)
    for one in used:
        event = as_event(one, on, table, whose)
        if event.standing is Standing.RECORDED and event.age is not None and event.age >= 0:
            found[whose.get(one.record, -one.record)].append(event)
    return found


def _afterwards(past: Past, on: date, whose: Mapping[int, int], table: Table) -> dict[int, list[Event]]:
    """What happened to be recorded of the same people in the year after, as it is known at the end, each incident once."""
    last = on + FOLLOWED
    found: dict[int, dict[str, Event]] = defaultdict(dict)
    latest = [one for one in past.spans if one.known_until is None]
    for one in latest:
        day = one.word.occurred_on
        if day is None or not on < day <= last or one.recorded_on > last + LAG:
            continue
        event = as_event(one, day, table, whose)
        if event.standing is Standing.RECORDED:
            theirs = found[whose.get(one.record, -one.record)]
            before = theirs.get(event.incident)
            if (
                before is None
                or (event.weight or 0) > (before.weight or 0)
                or (event.is_breach and not before.is_breach)
            ):
                theirs[event.incident] = event
    return defaultdict(list, {person: list(several.values()) for person, several in found.items()})


def _is_serious(one: Event) -> bool:
    return one.weight is not None and one.weight >= FLOOR_WEIGHT


def _harm(several: Collection[Event], scheme: Scheme) -> float:
    return sum(min(one.weight or 0.0, scheme.params.harm_weight_cap) for one in several)


def _harm_of_a_year(several: Collection[Event]) -> float:
    """The weights of the last 365 days together, each incident by its greatest: as V100 puts people in order (methods A1)."""
    heaviest: dict[str, float] = {}
    for one in several:
        if one.age is not None and one.age <= 365:
            heaviest[one.incident] = max(one.weight or 0.0, heaviest.get(one.incident, 0.0))
    return sum(heaviest.values())


def _grades(used: Collection[Span], whose: Mapping[int, int]) -> dict[int, float]:
    """The grade of risk that an officer gave last, by person; nought where nobody gave one."""
    found: dict[int, float] = defaultdict(float)
    for one in sorted(used, key=lambda one: one.known_from):
        if one.word.grade in _GRADES:
            found[whose.get(one.record, -one.record)] = _GRADES[one.word.grade]
    return found
