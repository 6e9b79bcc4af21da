"""What lists of people say beside who somebody is: the systems they are known from and the number of their cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from craffu.access.acting import Acting
from craffu.access.later import Later
from craffu.cases.queries import cases_of_records_later
from craffu.people.models import Person
from craffu.people.queries import PersonListed, records_and_sources


@dataclass(frozen=True, slots=True)
class KnownFrom:
    """The source records of some people: whose each is, and the systems that each person is known from."""

    whose: dict[int, int]
    sources: dict[int, list[str]]


def known_from(by: Acting, people: Sequence[Person | PersonListed]) -> KnownFrom:
    """One query, whatever the number of people."""
    whose: dict[int, int] = {}
    sources: dict[int, list[str]] = {person.pk: [] for person in people}
    for record, person, source in records_and_sources(by, frozenset(person.pk for person in people)):
        whose[record] = person
        if source not in sources[person]:
            sources[person].append(source)
    return KnownFrom(whose, sources)


def case_counts(by: Acting, records: KnownFrom) -> Later[dict[int, int]]:
    """How many cases each person plays a part in, by the person's row number. One query."""

    def counted(played: Iterable[tuple[int, int]]) -> dict[int, int]:
        cases: dict[int, set[int]] = {}
        for record, case in played:
            cases.setdefault(records.whose[record], set()).add(case)
        return {person: len(found) for person, found in cases.items()}

    return Later(counted, cases_of_records_later(by, records.whose))
