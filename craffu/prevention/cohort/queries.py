"""Reads of the cohort: who is a member, since when, how they were looked at, and what moved between entry and exit (PRI-10)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common.edits import version_of
from craffu.people.models import Person
from craffu.people.queries import shells_of, whose_now
from craffu.prevention.deciding.rules import review_due
from craffu.prevention.models import CohortEntered, CohortLeft, CohortReviewed


@dataclass(frozen=True, slots=True)
class Membership:
    """One stay in the cohort, with every review of it, the newest last, and its end; and who that is by now (IDN-06).

    `beside` are reviews of another stay of theirs at times when neither had ended: whoever was looked at was looked at.
    """

    entered: CohortEntered
    reviews: tuple[CohortReviewed, ...]
    person: Person
    beside: tuple[CohortReviewed, ...] = ()

    @property
    def left(self) -> CohortLeft | None:
        found: CohortLeft | None = getattr(self.entered, "left", None)
        return found

    @property
    def last_seen(self) -> date:
        """The day on which somebody last looked: the entry, where nobody has since."""
        looks = (*self.reviews, *self.beside)
        return day_of(max([self.entered.known_from, *(one.known_from for one in looks)]))

    @property
    def review_due(self) -> date:
        return review_due(self.last_seen)


@dataclass(frozen=True, slots=True)
class Stays:
    """Every stay of one person, the newest last."""

    all: tuple[Membership, ...] = ()

    @property
    def now(self) -> Membership | None:
        """The one that has not ended; the newest, where records that were two members' turned out to be one person's."""
        return next(reversed(self.open), None)

    @property
    def open(self) -> tuple[Membership, ...]:
        """Every one that has not ended: what is said of a member is said of all of them."""
        return tuple(one for one in self.all if one.left is None)

    @property
    def next_number(self) -> int:
        return max((one.entered.number for one in self.all), default=0) + 1

    @property
    def version(self) -> str:
        """As somebody sees it who decides."""
        said = ((one.entered.pk, len(one.reviews), int(one.left is not None)) for one in self.all)
        return version_of(*(number for each in said for number in each))


def stays_of(by: Acting, person: Person) -> Stays:
    """Five queries."""
    return stays_among(by, {person.pk}).get(person.pk, Stays())


def stays_among(by: Acting, people: Collection[int]) -> dict[int, Stays]:
    """Every stay of each of these, whoever they were then. Seven queries, however many they are."""
    ever = frozenset({*people, *shells_of(by, people)})
    return _stays(by, CohortEntered.objects.for_user(by).filter(person__one_of=ever))


def _stays(by: Acting, rows: "QuerySet[CohortEntered]") -> dict[int, Stays]:
    entered = list(rows.select_related("by", "left", "left__by", "person").order_by("id"))
    reviews: dict[int, list[CohortReviewed]] = defaultdict(list)
    if entered:
        looked = CohortReviewed.objects.for_user(by).filter(entered__one_of=frozenset(one.pk for one in entered))
        for one in looked.select_related("by").order_by("id"):
            reviews[one.entered_id].append(one)
    now = whose_now(by, {row.person_id: row.person for row in entered}.values())
    found: dict[int, list[Membership]] = defaultdict(list)
    for row in entered:
        person = now.get(row.person_id, row.person)
        found[person.pk].append(Membership(row, tuple(reviews[row.pk]), person))
    return {person: Stays(tuple(_with_beside(one, several) for one in several)) for person, several in found.items()}


def _with_beside(one: Membership, several: Collection[Membership]) -> Membership:
    """A stay with the reviews of the others while it had not ended; one that was said of both is its own."""
    since, until = one.entered.known_from, one.left.known_from if one.left is not None else None
    own = {each.known_from for each in one.reviews}
    beside = {
        each.known_from: each
        for other in several
        for each in other.reviews
        if each.known_from > since and (until is None or each.known_from <= until) and each.known_from not in own
    }
    return replace(one, beside=tuple(beside[at] for at in sorted(beside)))


def members_now(by: Acting) -> list[Membership]:
    """Everybody in the cohort, whoever is looked at next first. Nobody who left. Five queries at most."""
    stays = _stays(by, CohortEntered.objects.for_user(by).filter(left__isnull=True))
    found = [one.now for one in stays.values() if one.now is not None]
    return sorted(found, key=lambda one: (one.review_due, one.entered.pk))
