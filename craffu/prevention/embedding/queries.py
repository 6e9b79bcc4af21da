"""Reads of how far the order of review is used: who opened it where, what was decided, whom of the first a plan goes on for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.access.models import Area
from craffu.access.queries import holders_of
from craffu.access.reach.queries import Posted, postings_of
from craffu.audit.reading import acts_of_kinds
from craffu.clocks.london import day_of, start_of
from craffu.people.queries import records_now_of
from craffu.prevention import events
from craffu.prevention.embedding.rules import Opened, Used, used, weeks_before
from craffu.prevention.models import CohortEntered, CohortLeft, CohortReviewed, Plan, PriorityDecided
from craffu.prevention.permissions import READ, check_can_state_population
from craffu.prevention.scoring.queries import first_in_order

# Those who belong to no area.
NOWHERE: Final = 0


@dataclass(frozen=True, slots=True)
class Embedding:
    """Over the last whole weeks: each place, by its area or None; decisions by kind; how many of the first have a plan going on.

    `areas` names the places; `with_plan` of `first` people.
    """

    weeks: tuple[date, ...]
    places: tuple[Used, ...]
    areas: dict[int, Area]
    priorities: int
    cohort: int
    first: int
    with_plan: int


def embedding(by: Acting, now: datetime, first: int) -> Embedding:
    """How far the order is used, over the last four whole weeks of London. Raises NotPermitted (PRI-01: who states it)."""
    check_can_state_population(by)
    weeks = weeks_before(day_of(now))
    since, until = start_of(weeks[0]), start_of(weeks[-1] + timedelta(days=7))
    people = {one.username: one.pk for one in holders_of(by, READ)}
    posted = postings_of(people.values())
    areas = {one.pk: one for one in Area.objects.filter(force=by.force).order_by("code")}
    places = {area: [user for user in people.values() if area in _areas(posted, user)] for area in areas}
    nowhere = [user for user in people.values() if not _areas(posted, user)]
    listed = {one.person_id for _place, one in first_in_order(by, first).listed[:first]}
    return Embedding(
        weeks, tuple(used({**places, NOWHERE: nowhere}, _opened(by, people, since, until), weeks)), areas,
        _between(PriorityDecided.objects.for_user(by), since, until),
        sum(_between(of.objects.for_user(by), since, until) for of in (CohortEntered, CohortReviewed, CohortLeft)),
        len(listed), len(plans_going_on(by, listed)),
    )  # fmt: skip


def _areas(posted: Mapping[int, Posted], user: int) -> Collection[int]:
    return posted[user].areas if user in posted else ()


def _opened(by: Acting, people: dict[str, int], since: datetime, until: datetime) -> Iterable[Opened]:
    """By the log: who opened the list, or why somebody has their place in it. One query."""
    kinds = (events.SCORES_LISTED.key, events.SCORE_VIEWED.key)
    for actor, at in acts_of_kinds(force=by.force.code, kinds=kinds, since=since, until=until):
        if actor in people:
            yield Opened(people[actor], day_of(at))


def _between(rows: Any, since: datetime, until: datetime) -> int:
    return int(rows.filter(known_from__gte=since, known_from__lt=until).count())


def plans_going_on(by: Acting, people: Collection[int]) -> set[int]:
    """Of these people those for whom a plan goes on that was not ended. Two queries."""
    records = {record: person for person, theirs in records_now_of(by, people).items() for record in theirs}
    rows = Plan.objects.for_user(by).filter(record__one_of=frozenset(records), ended__isnull=True)
    return {records[record] for record in rows.order_by().values_list("record_id", flat=True)}
