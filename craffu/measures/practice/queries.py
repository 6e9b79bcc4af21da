"""Cases of stalking by whether their officer was trained before or after, of a whole force (R2b). No name is read."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from django.db.models import Min, Q, QuerySet

from craffu.access.acting import Acting
from craffu.cases.models import Case, CaseVersion
from craffu.cases.risk.rules import STALKING_FLAG
from craffu.clocks.london import day_of
from craffu.measures.practice.kinds import Group
from craffu.measures.practice.rules import DECIDE_WITHIN, Handled, Read, group_of
from craffu.orders.considering.reading import STALKING_CLASS
from craffu.orders.models import OptionDecided
from craffu.resourcing.champions.queries import accepted_versions
from craffu.resourcing.models import Trained
from craffu.resourcing.staff.kinds import Lesson
from craffu.resourcing.staff.queries import last_said

# Cases opened in so many days are looked at.
OVER: Final = timedelta(days=730)
ABOUT: Final = "SPO"


@dataclass(frozen=True, slots=True)
class Practised:
    """The cases of each group, and from when to when they were opened."""

    first: date
    last: date
    groups: Mapping[Group, Sequence[Handled]]
    # Whose officer nobody has named.
    without_officer: int


class _Said(NamedTuple):
    """One word of a force's own system on a crime."""

    case: int
    crime: str
    number: int
    said_at: datetime
    reported_at: datetime
    home_office_class: str
    flags: list[str]
    officer: str

    @property
    def is_stalking(self) -> bool:
        return self.home_office_class == STALKING_CLASS or STALKING_FLAG in self.flags

    @property
    def order(self) -> tuple[datetime, int]:
        return self.said_at, self.number


@dataclass(frozen=True, slots=True)
class _Case:
    """A case by all that was said of its crimes: the first and the last word on each."""

    opened_at: datetime
    officer: str
    is_stalking: bool
    was_stalking_first: bool


def _case(said: Sequence[_Said]) -> _Case:
    crimes: dict[str, list[_Said]] = defaultdict(list)
    for one in said:
        crimes[one.crime].append(one)
    named = sorted((one for one in said if one.officer), key=lambda one: one.order)
    return _Case(
        opened_at=min(one.reported_at for one in said),
        officer=named[-1].officer if named else "",
        is_stalking=any(max(words, key=lambda one: one.order).is_stalking for words in crimes.values()),
        was_stalking_first=any(words[0].is_stalking for words in crimes.values()),
    )


def practised(by: Acting, now: datetime) -> Practised:
    """Of cases of stalking opened in two years, but for those younger than the 48 hours. Five queries, whatever there is."""
    until = now - DECIDE_WITHIN
    first = until - OVER
    trained = first_trained(by)
    decided = _decided(by)
    groups: dict[Group, list[Handled]] = defaultdict(list)
    without = 0
    for pk, case in _cases(by, first, until):
        if not case.officer:
            without += 1
            continue
        group = group_of(day_of(case.opened_at), trained.get(case.officer))
        if group is None:
            continue
        at = decided.get(pk)
        took = None if at is None else max(at - case.opened_at, timedelta(0))
        groups[group].append(Handled(case.officer, took, not case.was_stalking_first))
    return Practised(day_of(first), day_of(until), groups, without)


@dataclass(frozen=True, slots=True)
class Found:
    """The cases of each group that a dip sample read."""

    groups: Mapping[Group, Sequence[Read]]
    # Whose officer nobody has named.
    without_officer: int


def found_reading(by: Acting, rightly: Mapping[str, bool]) -> Found:
    """Of cases by their references, and whether the conduct was rightly classed, by their officer's training. Five queries."""
    trained = first_trained(by)
    references = dict(
        Case.objects.for_user(by).filter(reference__one_of=frozenset(rightly)).values_list("id", "reference")
    )
    rows = CaseVersion.objects.for_user(by).filter(case__one_of=frozenset(references))
    groups: dict[Group, list[Read]] = defaultdict(list)
    without = 0
    for pk, case in _told(rows):
        if not case.officer:
            without += 1
        elif (group := group_of(day_of(case.opened_at), trained.get(case.officer))) is not None:
            groups[group].append(Read(case.officer, not rightly[references[pk]]))
    return Found(groups, without)


def first_trained(by: Acting) -> dict[str, date]:
    """The day on which each member of staff first did the whole programme in a version that counts. Three queries."""
    accepted = accepted_versions(by)
    found: dict[str, date] = {}
    for row in last_said(Trained.objects.for_user(by).filter(lesson=Lesson.FULL.value)):
        counts = any(
            (one.programme, one.version) == (row.programme, row.version) and one.holds(row.trained_on)
            for one in accepted
        )
        if counts:
            found[row.staff_ref] = min(found.get(row.staff_ref, row.trained_on), row.trained_on)
    return found


def _cases(by: Acting, first: datetime, until: datetime) -> Iterator[tuple[int, _Case]]:
    """Cases with a crime that is stalking as last said, opened between two instants. One query."""
    is_stalking = Q(home_office_class=STALKING_CLASS) | Q(flags__icontains=f'"{STALKING_FLAG}"')
    of_the_kind = CaseVersion.objects.for_user(by).filter(is_stalking, reported_at__range=(first, until))
    rows = CaseVersion.objects.for_user(by).filter(case__in=of_the_kind.order_by().values("case"))
    for pk, case in _told(rows):
        if case.is_stalking and first <= case.opened_at <= until:
            yield pk, case


def _told(rows: QuerySet[CaseVersion]) -> Iterator[tuple[int, _Case]]:
    """Each case by all that was said of its crimes."""
    columns = ("case_id", "crime", "number", "said_at", "reported_at", "home_office_class", "flags", "officer")
    said = (_Said(*row) for row in rows.order_by("case", "crime", "number").values_list(*columns))
    for pk, words in groupby(said, key=lambda one: one.case):
        yield pk, _case(list(words))


def _decided(by: Acting) -> dict[int, datetime]:
    """When a stalking protection order was first decided about in each case. One query."""
    rows = OptionDecided.objects.for_user(by).filter(kind=ABOUT).order_by().values_list("case_id")
    return dict(rows.annotate(first=Min("at")))
