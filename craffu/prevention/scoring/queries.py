"""Reads of scores: whom the force scores, the last run, where everybody stands, and in which order (PRI-01, PRI-05)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Case, F, IntegerField, Max, QuerySet, Value, When

from craffu.access.acting import Acting
from craffu.people.models import Person
from craffu.prevention.models import PopulationDefined, SchemeAdopted, ScoreKept, ScoreRun, ScoreStands
from craffu.prevention.population.rules import Definition
from craffu.prevention.scoring.ranking import Ranked, Ranking, drawn, ranked
from craffu.prevention.scoring.rules import Tier


def population_on(by: Acting, on: date) -> PopulationDefined | None:
    """The definition in force on a day: the newest that has begun."""
    rows = PopulationDefined.objects.for_user(by).filter(begins__lte=on)
    found: PopulationDefined | None = rows.order_by("-version").first()
    return found


def definition_of(row: PopulationDefined) -> Definition:
    return Definition(row.name, row.version, row.begins, row.necessity_ref, row.necessity_on)


def adopted(by: Acting) -> SchemeAdopted | None:
    """The scheme and weights that the force adopted last; None while those that ship are in use."""
    found: SchemeAdopted | None = SchemeAdopted.objects.for_user(by).select_related("by").order_by("-number").first()
    return found


def last_run(by: Acting) -> ScoreRun | None:
    found: ScoreRun | None = ScoreRun.objects.for_user(by).order_by("-number").first()
    return found


def standing(by: Acting) -> list[ScoreStands]:
    """Where everybody of the population stands. One query."""
    return list(ScoreStands.objects.for_user(by).select_related("person", "run").order_by("id"))


@dataclass(frozen=True, slots=True)
class Given:
    """A priority as it was given, with the floors, and the incidents that put somebody on them: None where nobody kept them."""

    tier: str
    floors: list[str]
    floored: list[str] | None


def last_kept(by: Acting, among: Collection[int] = ()) -> dict[int, Given]:
    """What everybody, or each `among`, was given last, by person. One query."""
    rows = ScoreKept.objects.for_user(by)
    newest = rows.filter(person__one_of=frozenset(among)) if among else rows
    last = newest.order_by().values("person_id").annotate(last=Max("pk")).values("last")
    found = rows.filter(pk__in=last).order_by().values_list("person_id", "tier", "floors", "floored")
    return {person: Given(*given) for person, *given in found}


def stand_since(by: Acting) -> dict[int, datetime | None]:
    """Whoever stands anywhere, by row number, and since when they were scored anew; None where as of the run. One query."""
    return dict(ScoreStands.objects.for_user(by).order_by().values_list("person_id", "scored_at"))


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


def stands_of(by: Acting, person: Person) -> ScoreStands | None:
    """Where somebody stands; None outside the scored population. One query."""
    found: ScoreStands | None = ScoreStands.objects.for_user(by).filter(person=person).select_related("run").first()
    return found


def seed_of(run: ScoreRun) -> str:
    """What the lots of a run are drawn with."""
    return f"{run.force.code}/{run.number}"


def lot_of(seed: str, reference: str) -> str:
    return drawn(seed, reference)[:16]


def review_order(by: Acting) -> QuerySet[ScoreStands]:
    """Everybody with a score or on a floor, in the order in which they are reviewed: whoever is urgent first (PRI-04, PRI-05)."""
    rows = ScoreStands.objects.for_user(by).exclude(tier=Tier.NO_HISTORY.value).select_related("person", "run")
    found: QuerySet[ScoreStands] = rows.annotate(is_later=_LATER).order_by(
        "is_later", F("value").desc(nulls_last=True), "-harm", "newest_age", "lot"
    )
    return found


_LATER: Final = Case(When(tier=Tier.URGENT.value, then=Value(0)), default=Value(1), output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class First:
    """Those who are listed in order, each with their place, and how many more than were asked for have the last one's score."""

    listed: tuple[tuple[int, ScoreStands], ...]
    tied: int
    scored: int


def first_in_order(by: Acting, wanted: int) -> First:
    """The first so many, whoever ties with the last, and everybody who is urgent (PRI-04, PRI-05). Three queries."""
    rows = review_order(by)
    urgent = rows.filter(tier=Tier.URGENT.value).count()
    listed = list(rows[: max(wanted, urgent)])
    tied = []
    if listed and len(listed) == max(wanted, urgent):
        last = listed[-1]
        alike = [
            one for one in rows.filter(value=last.value) if (one.tier == Tier.URGENT) is (last.tier == Tier.URGENT)
        ]
        tied = [one for one in alike if one.pk not in {each.pk for each in listed}]
    several = [*listed, *tied]
    places: list[tuple[int, ScoreStands]] = []
    for number, one in enumerate(several, 1):
        before = places[-1] if places else None
        is_same = before is not None and (before[1].value, before[1].tier) == (one.value, one.tier)
        places.append((before[0] if before is not None and is_same else number, one))
    return First(tuple(places), len(tied), rows.count())


def without_history(by: Acting) -> QuerySet[ScoreStands]:
    """Whoever is in the population and has nothing that can be scored: never low (PRI-03)."""
    rows = ScoreStands.objects.for_user(by).filter(tier=Tier.NO_HISTORY.value).select_related("person")
    found: QuerySet[ScoreStands] = rows.order_by("lot")
    return found
