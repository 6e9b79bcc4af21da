"""Reads of the cohort: who is a member, since when, how they were looked at, and what moved between entry and exit (PRI-10)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common.edits import version_of
from craffu.people.models import Person
from craffu.prevention.deciding.rules import review_due
from craffu.prevention.models import CohortEntered, CohortLeft, CohortReviewed


@dataclass(frozen=True, slots=True)
class Membership:
    """One stay in the cohort, with every review of it, the newest last, and its end."""

    entered: CohortEntered
    reviews: tuple[CohortReviewed, ...]

    @property
    def left(self) -> CohortLeft | None:
        found: CohortLeft | None = getattr(self.entered, "left", None)
        return found

    @property
    def last_seen(self) -> date:
        """The day on which somebody last looked: the entry, where nobody has since."""
        return day_of(self.reviews[-1].known_from if self.reviews else self.entered.known_from)

    @property
    def review_due(self) -> date:
        return review_due(self.last_seen)


@dataclass(frozen=True, slots=True)
class Stays:
    """Every stay of one person, the newest last."""

    all: tuple[Membership, ...] = ()

    @property
    def now(self) -> Membership | None:
        """The one that has not ended."""
        last = self.all[-1] if self.all else None
        return last if last is not None and last.left is None else None

    @property
    def version(self) -> str:
        """As somebody sees it who decides."""
        last = self.all[-1] if self.all else None
        if last is None:
            return version_of()
        return version_of(last.entered.pk, len(last.reviews), int(last.left is not None))


def stays_of(by: Acting, person: Person) -> Stays:
    """Two queries."""
    return stays_among(by, {person.pk}).get(person.pk, Stays())


def stays_among(by: Acting, people: Collection[int]) -> dict[int, Stays]:
    """Every stay of each of these. Two queries, however many they are."""
    rows = CohortEntered.objects.for_user(by).filter(person__one_of=frozenset(people))
    return _stays(by, rows)


def _stays(by: Acting, rows: "QuerySet[CohortEntered]") -> dict[int, Stays]:
    entered = list(rows.select_related("by", "left", "left__by", "person").order_by("id"))
    reviews: dict[int, list[CohortReviewed]] = defaultdict(list)
    if entered:
        looked = CohortReviewed.objects.for_user(by).filter(entered__one_of=frozenset(one.pk for one in entered))
        for one in looked.select_related("by").order_by("id"):
            reviews[one.entered_id].append(one)
    found: dict[int, list[Membership]] = defaultdict(list)
    for row in entered:
        found[row.person_id].append(Membership(row, tuple(reviews[row.pk])))
    return {person: Stays(tuple(several)) for person, several in found.items()}


def members_now(by: Acting) -> list[Membership]:
    """Everybody in the cohort, whoever is looked at next first. Nobody who left. Two queries."""
    stays = _stays(by, CohortEntered.objects.for_user(by).filter(left__isnull=True))
    found = [one.now for one in stays.values() if one.now is not None]
    return sorted(found, key=lambda one: (one.review_due, one.entered.pk))
