"""Who a victim is and whether she is open to the reader; of what was said of her, what still stands.

She is a person who is a victim in at least one case. Her page opens to those for whom a case of hers is open, and to nobody for
whom any of them is restricted: what is known of her safety would betray what is shut (SEC-01, SEC-02).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.access.reach.queries import beyond
from craffu.cases.models import CaseRole
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.people.models import Membership, Person
from craffu.people.queries import members
from craffu.victims.models import AgreementVersion, CaseHappening, EntitlementSaid
from craffu.victims.models.recorded import OfVictim


@dataclass(frozen=True, slots=True)
class Victim:
    """A victim by the person's reference. `records` are all that are held to be hers, `cases` those of which she is a victim.

    `record` is the one under which new words about her are kept: of her records as a victim the one that came last.
    `shut` are the cases that keep her page from the reader. `beside` are those of which somebody was known as a victim before
    her, each with the record by which she became one.
    """

    person: Person
    records: tuple[int, ...]
    record: int
    cases: dict[int, str]
    shut: tuple[str, ...] = ()
    beside: Mapping[int, int] = field(default_factory=dict)

    @property
    def reference(self) -> str:
        return self.person.reference


def find_victim(by: Acting, reference: str) -> Victim | None:
    """The victim with this reference; None where there is none for this reader. Three queries.

    A covert case of hers that is shut to the reader leaves no trace: then there is no such victim for them.
    """
    rows = _memberships_called(by, reference)
    return _victim(by, rows[0].person, [row.record_id for row in rows]) if rows else None


@prepared
def _memberships_called(by: Acting, reference: str) -> QuerySet[Membership]:
    rows = members(by).filter(person__reference=reference)
    return rows.select_related("person").order_by("record_id")


@prepared
def cases_as_victim(by: Acting, records: frozenset[int]) -> QuerySet[CaseRole, tuple[int, int, str, bool]]:
    """The cases in which these records are of a victim, each with the record, the case's reference, and whether another record
    was a victim's there before.
    """
    victims = CaseRole.objects.for_user(by).filter(role=CaseRole.Role.VICTIM)
    before = Exists(victims.filter(case=OuterRef("case"), pk__lt=OuterRef("pk")).order_by())
    roles = victims.filter(record__one_of=records).order_by("id")
    said: QuerySet[CaseRole, tuple[int, int, str, bool]] = roles.values_list(
        "record_id", "case_id", "case__reference", before
    )
    return said


def beside_others(roles: Iterable[tuple[int, int, bool]]) -> dict[int, int]:
    """The cases of which somebody was known as a victim before her, by her roles in order: record, case, whether one was."""
    first: dict[int, tuple[int, bool]] = {}
    for record, case, is_after in roles:
        first.setdefault(case, (record, is_after))
    return {case: record for case, (record, is_after) in first.items() if is_after}


def _victim(by: Acting, person: Person, records: list[int]) -> Victim | None:
    found = cases_as_victim(by.joining(), frozenset(records))
    if not found:
        return None
    cases = {case: called for _, case, called, _ in found}
    if any(by.is_hidden("case", called) for called in cases.values()):
        return None
    called = set(cases.values())
    beside = beside_others((record, case, is_after) for record, case, _, is_after in found)
    shut = shut_cases(by, called, beyond(by, "case", called))
    return Victim(person, tuple(records), found[-1][0], cases, shut, beside)


def shut_cases(by: Acting, called: Iterable[str], unreached: Collection[str]) -> tuple[str, ...]:
    """The cases that keep a victim's page from the reader: any that is restricted, or all where they reach none of them."""
    named = set(called)
    restricted = {one for one in named if by.is_closed("case", one)}
    if restricted:
        return tuple(sorted(restricted))
    return tuple(sorted(named)) if named <= set(unreached) else ()


def standing[R: OfVictim](rows: Iterable[R]) -> list[R]:
    """Of these rows, in the order recorded, those that stand: of what a system said anew under one key, its last word."""
    last: dict[tuple[str, str] | int, R] = {}
    for row in rows:
        key = (row.source, row.source_key) if row.source_key else row.pk
        last.pop(key, None)
        last[key] = row
    return list(last.values())


def in_place_of(rows: Iterable[OfVictim]) -> dict[int, int]:
    """For each of these rows by its number, in the order recorded, the one that stands in its place: often itself.

    What belongs to a row that a system said anew belongs to the row that took its place.
    """
    listed = list(rows)
    last = {(one.source, one.source_key): one.pk for one in listed if one.source_key}
    return {one.pk: last.get((one.source, one.source_key), one.pk) for one in listed}


def not_struck(rows: Iterable[CaseHappening]) -> list[CaseHappening]:
    """Of what was recorded as having happened, in the order recorded, what stands and nobody took back."""
    listed = list(rows)
    struck = {one.strikes_id for one in listed}
    return [one for one in standing(listed) if one.strikes_id is None and one.pk not in struck]


def day_of_agreement(one: AgreementVersion) -> date:
    """The day on which it was agreed, or declined."""
    day = one.agreed_on or one.declined_on
    if day is None:
        raise ValueError("an agreement was agreed or declined on a day: the database says so")
    return day


def agreements_in_order(rows: Iterable[AgreementVersion]) -> list[AgreementVersion]:
    """Of these rows, in the order recorded, those that stand, as they were agreed: by day, then as they became known.

    What another system says of one of her records on one day is in the order of its numbers: an older version that comes late
    was there before the newer one that came first (INT-01).
    """
    listed = standing(rows)
    known = {one.pk: (one.known_from, one.pk) for one in listed}
    newer: dict[tuple[str, int, date], tuple[datetime, int]] = {}
    for one in sorted(
        (each for each in listed if each.source_key), key=lambda each: (each.number, each.pk), reverse=True
    ):
        series = (one.source, one.record_id, day_of_agreement(one))
        known[one.pk] = newer[series] = min(known[one.pk], newer.get(series, known[one.pk]))
    return sorted(listed, key=lambda one: (day_of_agreement(one), known[one.pk], one.number, one.pk))


def entitlements_in_order(rows: Iterable[EntitlementSaid]) -> list[EntitlementSaid]:
    """Of these rows, in the order recorded, those that stand, by the day of the decision, whenever each came (INT-01)."""
    return sorted(standing(rows), key=lambda one: (one.on, one.pk))
