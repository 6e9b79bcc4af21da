"""What each victim has suffered that may be stalking recorded as something else, as links stand and for one reader (BRC-09)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from craffu.access.acting import Acting
from craffu.breaches.models import PatternDecided
from craffu.breaches.patterns.groups import BY_CLASS, BY_CODE, group_of
from craffu.breaches.patterns.rules import Crime, Group, Pattern, patterns
from craffu.cases.crime_queries import crimes_of_cases
from craffu.cases.models import CaseRole, CaseVersion
from craffu.clocks.london import day_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.edits import version_of
from craffu.orders.considering.reading import SUSPECTED
from craffu.people.queries import belonging_now, members


@dataclass(frozen=True, slots=True)
class Suffered:
    """One crime against somebody: which, of which case, on which day, recorded as what, and who is suspected, by person."""

    crime: str
    case: int
    case_reference: str
    group: Group
    title: str
    started_at: datetime
    known_from: datetime
    suspects: tuple[int, ...]

    def as_crime(self, victim: int) -> Crime:
        """Crimes of one case that began at one instant are of one incident."""
        suspect = str(self.suspects[0]) if self.suspects else None
        incident = f"{self.case}/{self.started_at.isoformat()}"
        return Crime(self.crime, incident, day_of(self.started_at), self.group, str(victim), suspect)


@dataclass(frozen=True, slots=True)
class Whole:
    """What one person suffered within the window, and what was decided of it before, in order."""

    person: int
    records: tuple[int, ...]
    crimes: tuple[Suffered, ...]
    pattern: Pattern | None
    decided: tuple[PatternDecided, ...]

    @property
    def record(self) -> int:
        """The record by which the person is known, the first there was."""
        return self.records[0]

    @property
    def version(self) -> str:
        """What a decision is made from: the crimes that are shown, and how often it was decided before (T30)."""
        return version_of(len(self.decided), *(one.crime for one in self.in_pattern))

    @property
    def in_pattern(self) -> list[Suffered]:
        names = set(self.pattern.crimes) if self.pattern else set()
        return [one for one in self.crimes if one.crime in names]

    @property
    def undecided(self) -> list[Suffered]:
        """The crimes of the pattern of which nobody has decided: where there is one, the question is open."""
        said = {crime for one in self.decided for crime in one.crimes}
        return [one for one in self.in_pattern if one.crime not in said]


def people_who_may(by: Acting) -> list[int]:
    """Everybody against whom a crime of these groups was ever recorded, by row number. Three queries."""
    # Classes come with and without leading noughts; what is not one of them is left out when it is read.
    classes = {*BY_CLASS, *(f"0{one}" for one in BY_CLASS), *(f"00{one}" for one in BY_CLASS)}
    recorded = CaseVersion.objects.for_user(by).filter(
        Q(offence_code__in=sorted(BY_CODE)) | Q(home_office_class__in=sorted(classes))
    )
    cases = frozenset(recorded.order_by().values_list("case_id", flat=True))
    return victims_of(by, cases)


def victims_of(by: Acting, cases: Collection[int]) -> list[int]:
    """Everybody who is a victim in these cases, by row number. Two queries."""
    roles = CaseRole.objects.for_user(by).filter(case__one_of=frozenset(cases), role=CaseRole.Role.VICTIM).order_by()
    records = frozenset(roles.values_list("record_id", flat=True))
    return sorted(set(members(by).filter(record__one_of=records).order_by().values_list("person_id", flat=True)))


def suffered_by(by: Acting, people: Collection[int], now: datetime) -> dict[int, Whole]:
    """What each of these people suffered, as known and as links stand at an instant. Nine queries, however many they are."""
    rows = members(by).filter(person__one_of=frozenset(people)).order_by("record_id")
    records: dict[int, list[int]] = defaultdict(list)
    for record, person in rows.values_list("record_id", "person_id"):
        records[person].append(record)
    whose = {record: person for person, several in records.items() for record in several}
    roles = CaseRole.objects.for_user(by).filter(record__one_of=frozenset(whose), role=CaseRole.Role.VICTIM)
    of_case: dict[int, set[int]] = defaultdict(set)
    references: dict[int, str] = {}
    for case, reference, record in roles.order_by().values_list("case_id", "case__reference", "record_id"):
        of_case[case].add(whose[record])
        references[case] = reference
    suspects = _suspects(by, of_case)
    found: dict[int, list[Suffered]] = defaultdict(list)
    for case, crimes in crimes_of_cases(by, of_case, now).items():
        for said in crimes:
            one = said.version
            group = group_of(one.offence_code, one.home_office_class)
            if group is not None:
                started = one.occurred_from or one.occurred_to or one.reported_at
                suffered = Suffered(
                    one.crime, case, references[case], group, one.offence_title, started, one.known_from,
                    tuple(sorted(suspects.get(case, ()))),
                )  # fmt: skip
                for person in of_case[case]:
                    found[person].append(suffered)
    decided = _decided(by, whose, now)
    return {
        person: _whole(person, several, found.get(person, ()), decided.get(person, ()), now)
        for person, several in records.items()
    }


def _whole(
    person: int, records: Sequence[int], crimes: Iterable[Suffered], decided: Iterable[PatternDecided], now: datetime
) -> Whole:
    ordered = tuple(sorted(crimes, key=lambda one: (one.started_at, one.crime)))
    pattern = next(iter(patterns([one.as_crime(person) for one in ordered], day_of(now))), None)
    return Whole(person, tuple(records), ordered, pattern, tuple(decided))


def _suspects(by: Acting, cases: Collection[int]) -> dict[int, set[int]]:
    """Who is suspected in each of these cases, by person. Two queries."""
    roles = CaseRole.objects.for_user(by).filter(case__one_of=frozenset(cases), role__in=SUSPECTED).order_by()
    named = list(roles.values_list("case_id", "record_id"))
    whose = belonging_now(by, {record for _, record in named}) if named else {}
    found: dict[int, set[int]] = defaultdict(set)
    for case, record in named:
        if record in whose:
            found[case].add(whose[record])
    return found


def _decided(by: Acting, whose: Mapping[int, int], now: datetime) -> dict[int, list[PatternDecided]]:
    rows = PatternDecided.objects.for_user(by).filter(victim__one_of=frozenset(whose), known_from__lte=now)
    found: dict[int, list[PatternDecided]] = defaultdict(list)
    for row in rows.select_related("by").order_by("id"):
        found[whose[row.victim_id]].append(row)
    return found
