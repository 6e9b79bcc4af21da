"""Reads of persons and source records, each for a reader of one force."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)

from craffu.access.acting import Acting
from craffu.access.asking import numbered, prepared
from craffu.access.later import Later
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.ahead import give
from craffu.common.once import once
from craffu.people.facts import HomeSaid
from craffu.people.models import (
    Membership,
    Person,
    RecordedContact,
    RecordedIdentifier,
    RecordedName,
    RecordVersion,
    SourceRecord,
)
from craffu.people.rules import Said, names_beside, record_name, shown, shown_name
from craffu.people.tokens import ADDRESS, contact_tokens_to_look_for, known_homes

_EVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Identity:
    """How a person is shown: the newest word for each value, of names not what was said in custody, and whose it is (IDN-01)."""

    reference: str
    given_names: str = field(repr=False)
    family_name: str = field(repr=False)
    born_on: str = field(repr=False)
    sex: str
    source: str
    records: int
    other_names: tuple[str, ...] = field(repr=False, default=())

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


def find_person(by: Acting, reference: str) -> Person | None:
    return next(iter(_person_called(by, reference)), None)


def is_called(by: Acting, reference: str) -> bool:
    """Whether anybody of the reader's force has this reference. One query."""
    return find_person(by, reference) is not None


@prepared
def _person_called(by: Acting, reference: str) -> QuerySet[Person]:
    found: QuerySet[Person] = Person.objects.for_user(by).filter(reference=reference).order_by("id")
    return found[:1]


def find_record(by: Acting, record: int) -> SourceRecord | None:
    found: SourceRecord | None = SourceRecord.objects.for_user(by).filter(pk=record).first()
    return found


def has_records(by: Acting, source: str) -> bool:
    """Whether a source has told of anybody."""
    return bool(SourceRecord.objects.for_user(by).filter(source=source).exists())


def find_record_called(by: Acting, source: str, key: str) -> SourceRecord | None:
    """The record that a source calls so."""
    found: SourceRecord | None = SourceRecord.objects.for_user(by).filter(source=source, source_key=key).first()
    return found


def record_names(by: Acting, records: Collection[int]) -> dict[int, str]:
    """What each record is called, no court's by the number of its case (SEC-02). One query."""
    rows = SourceRecord.objects.for_user(by).filter(pk__one_of=frozenset(records)).order_by()
    return {pk: record_name(source, key, pk) for pk, source, key in rows.values_list("pk", "source", "source_key")}


def records_that_came_as(by: Acting, person: Person) -> list[int]:
    """The records that came in as a person, whoever they are now. One query."""
    rows = Membership.objects.for_user(by).filter(record__memberships__person=person).order_by("record_id", "id")
    first: dict[int, int] = {}
    for record, whose in rows.values_list("record_id", "person_id"):
        first.setdefault(record, whose)
    return [record for record, whose in first.items() if whose == person.pk]


def whoever_now(by: Acting, people: Collection[Person]) -> dict[int, list[Person]]:
    """Who each of these persons is now, by their row number: themselves where any record is theirs, else whoever holds the
    records that came in as them, or where none did, those that ever were theirs (IDN-03). One query where any is without.
    """
    found = {person.pk: [person] for person in people}
    if not (gone := frozenset(person.pk for person in people if not person.has_records)):
        return found
    theirs = Membership.objects.for_user(by).filter(person__one_of=gone).order_by().values("record")
    first: dict[int, int] = {}
    last: dict[int, Person] = {}
    ever: dict[int, set[int]] = {person: set() for person in gone}
    rows = Membership.objects.for_user(by).filter(record__in=theirs).select_related("person")
    for row in rows.order_by("id"):
        first.setdefault(row.record_id, row.person_id)
        last[row.record_id] = row.person
        if row.person_id in ever:
            ever[row.person_id].add(row.record_id)
    for person, records in ever.items():
        came = {record for record in records if first[record] == person} or records
        found[person] = sorted({last[record] for record in came}, key=lambda one: one.pk)
    return found


def members(by: Acting, known_at: datetime | None = None) -> QuerySet[Membership]:
    """Which person each source record belongs to: the last decision about it (as known at an instant, where one is given)."""
    decisions = Membership.objects.for_user(by).filter(record=OuterRef("record"))
    present = Membership.objects.for_user(by)
    if known_at is not None:
        decisions = decisions.filter(known_from__lte=known_at)
        present = present.filter(known_from__lte=known_at)
    result: QuerySet[Membership] = present.filter(id=Subquery(decisions.order_by("-id").values("id")[:1]))
    return result


def records_of(by: Acting, person: Person, known_at: datetime | None = None) -> list[int]:
    """The row numbers of the source records a person is made of. One query."""
    return _records_of(by, person.pk, known_at)


@prepared
def _records_of(by: Acting, person: int, known_at: datetime | None) -> QuerySet[Membership, int]:
    return members(by, known_at).filter(person=person).order_by("record_id").values_list("record_id", flat=True)


def person_and_records(by: Acting, reference: str, known_at: datetime | None = None) -> tuple[Person | None, list[int]]:
    """The person of this reference, None where there is none for this reader, and `records_of` them. One query.

    One more where no record was theirs then.
    """
    rows = _memberships_called(by, reference, known_at)
    return (rows[0].person if rows else find_person(by, reference)), [one.record_id for one in rows]


@prepared
def _memberships_called(by: Acting, reference: str, known_at: datetime | None) -> QuerySet[Membership]:
    named = Person.objects.for_user(by).filter(reference=reference)
    mine = members(by, known_at).filter(person__in=named.values("pk")).select_related("person")
    return mine.order_by("record_id")


class Spoken(NamedTuple):
    """What a version of a record says of who somebody is: of hundreds, no rows are made."""

    pk: int
    record_id: int
    source: str
    true_from: date | None
    received_at: datetime
    said_at: datetime | None
    family_name: str
    given_names: str
    born_on: str
    sex: str


class PersonListed(NamedTuple):
    """A person in a list."""

    pk: int
    reference: str


# What a version says, of rows.
_WHO = ("record", *Spoken._fields[2:])


def identities(
    by: Acting,
    people: Iterable[Person | PersonListed],
    known_at: datetime | None = None,
    whose: Mapping[int, int] | None = None,
) -> dict[int, Identity]:
    """The identity of each person, by the person's row number, in two queries whatever their number.

    `whose` is the person that each of their source records belongs to, where it was read already: then it is one.
    """
    people = list(people)
    if whose is None:
        whose = dict(_whose(by, frozenset(person.pk for person in people), known_at))
    return identities_later(by, people, whose, known_at).answer


def identities_later(
    by: Acting, people: Collection[Person | PersonListed], whose: Mapping[int, int], known_at: datetime | None = None
) -> Later[dict[int, Identity]]:
    """The same where it was read whose each record is, to be asked with others."""

    def identified(versions: Iterable[Any]) -> dict[int, Identity]:
        said: dict[int, list[Spoken]] = {person.pk: [] for person in people}
        for version in map(Spoken._make, versions):
            said[whose[version.record_id]].append(version)
        return {person.pk: identity_of(person, said[person.pk]) for person in people}

    return Later(identified, _said_of.later(by, frozenset(whose), known_at))


@prepared
def _whose(by: Acting, people: frozenset[int], known_at: datetime | None) -> QuerySet[Membership, tuple[int, int]]:
    """Each source record of these people, with the person."""
    return members(by, known_at).filter(person__one_of=people).order_by().values_list("record_id", "person_id")


@prepared
def _said_of(by: Acting, records: frozenset[int], known_at: datetime | None) -> QuerySet[RecordVersion, Any]:
    """What every version of these records says of who it is, as `Spoken` names it."""
    versions = RecordVersion.objects.for_user(by).filter(record__one_of=records)
    if known_at is not None:
        versions = versions.filter(known_from__lte=known_at)
    said: QuerySet[RecordVersion, Any] = versions.order_by("id").values_list(*Spoken._fields)
    return said


@prepared
def records_and_sources(by: Acting, people: frozenset[int]) -> QuerySet[Membership, tuple[int, int, str]]:
    """Each source record of these people, with the person and the system that it came from. One query."""
    mine = members(by).filter(person__one_of=people).order_by("record_id")
    return mine.values_list("record_id", "person_id", "record__source")


def identity_of(person: Person | PersonListed, versions: Iterable[RecordVersion | Spoken]) -> Identity:
    """Who a person is by every version of every record of theirs, in any order."""
    versions = list(versions)
    if len(versions) == 1:
        # As of most, and of every one of them on a list: there is nothing to choose from.
        one = versions[0]
        source = one.source if one.family_name else ""
        return Identity(person.reference, one.given_names, one.family_name, one.born_on, one.sex, source, records=1)

    def newest(name: str) -> tuple[str, str]:
        """The word to show, and whose it is; empty where nothing is said."""
        said = [v for v in versions if getattr(v, name)]
        if len(said) < 2:
            return (getattr(said[0], name), said[0].source) if said else ("", "")
        word = shown(Said(getattr(v, name), v.source, v.true_from, v.received_at, v.pk, v.said_at) for v in said)
        return (word.value, word.source) if word else ("", "")

    whole = {v.pk: v for v in versions if v.family_name and v.given_names}
    word = shown_name(
        Said(f"{v.given_names} {v.family_name}", v.source, v.true_from, v.received_at, pk, v.said_at)
        for pk, v in whole.items()
    )
    if word is not None:
        family, given, source = whole[word.order].family_name, whole[word.order].given_names, word.source
    else:
        (family, source), (given, _) = newest("family_name"), newest("given_names")
    others = {f"{v.given_names} {v.family_name}" for v in versions}
    return Identity(
        reference=person.reference,
        given_names=given,
        family_name=family,
        born_on=newest("born_on")[0],
        sex=newest("sex")[0],
        source=source,
        records=len({v.record_id for v in versions}),
        other_names=names_beside(f"{given} {family}", others),
    )


def people_of_records(by: Acting, records: Iterable[int], known_at: datetime | None = None) -> dict[int, Person]:
    """The person each source record belongs to, by the record's row number."""
    return {row.record_id: row.person for row in _memberships_of(by, tuple(records), known_at)}


@prepared
def _memberships_of(by: Acting, records: tuple[int, ...], known_at: datetime | None) -> QuerySet[Membership]:
    return members(by, known_at).filter(record__in=records).select_related("person").order_by("record_id")


def whole_people(by: Acting, records: Iterable[int], known_at: datetime | None = None) -> dict[int, Person]:
    """The person of each record of whoever these records are, these themselves among them. One query."""
    return {row.record_id: row.person for row in _whole_people(by, frozenset(records), known_at)}


@prepared
def _whole_people(by: Acting, records: frozenset[int], known_at: datetime | None) -> QuerySet[Membership]:
    theirs = members(by, known_at).filter(record__one_of=records).values("person")
    return members(by, known_at).filter(person__in=theirs).select_related("person").order_by("record_id")


def records_of_whoever(by: Acting, records: Iterable[int]) -> list[int]:
    """Every source record of whoever these records are, these themselves among them, in order. Two queries; none for none."""
    given = frozenset(records)
    if not given:
        return []
    people = frozenset(person for _record, person in _now_of_records(by, given))
    return sorted({*given, *(record for record, _person in _now_of_people(by, people))})


@prepared
def _now_of_records(by: Acting, records: frozenset[int]) -> QuerySet[Membership, tuple[int, int]]:
    """Each of these records, and whose it is now."""
    rows = members(by).filter(record__one_of=records).order_by()
    said: QuerySet[Membership, tuple[int, int]] = rows.values_list("record_id", "person_id")
    return said


@prepared
def _now_of_people(by: Acting, people: frozenset[int]) -> QuerySet[Membership, tuple[int, int]]:
    """Each record of these persons, and whose it is."""
    rows = members(by).filter(person__one_of=people).order_by()
    said: QuerySet[Membership, tuple[int, int]] = rows.values_list("record_id", "person_id")
    return said


def people_page(by: Acting) -> QuerySet[Person]:
    """Every person of the reader's force of whom a record is held, newest first."""
    people: QuerySet[Person] = Person.objects.for_user(by).filter(has_records=True).order_by("-id")
    return people


def people_part(by: Acting, *, first: int, most: int) -> Later[list[PersonListed]]:
    """So many of `people_page` after the first ones. One query."""
    return Later(lambda rows: list(map(PersonListed._make, rows)), _people_part.later(by, first=first, most=most))


@prepared
def _people_part(by: Acting, *, first: int, most: int) -> QuerySet[Person, Any]:
    return people_page(by).values_list(*PersonListed._fields)[first : first + most]


@numbered
def people_up_to(by: Acting, *, most: int) -> QuerySet[Person, Any]:
    """How many people `people_page` gives, or `most` where it gives as many or more: no more are read."""
    return people_page(by).order_by().values_list("pk")[:most]


def people_number(by: Acting) -> int:
    """How many people `people_page` gives. It takes longer the more there are."""
    return people_page(by).order_by().count()


def provenance_of(by: Acting, records: Collection[int], known_at: datetime | None = None) -> list[RecordVersion]:
    """Every version of these records in the order received: what was said, when it was true, when we heard it. Two queries."""
    versions = _versions_of(by, tuple(records), known_at)
    if versions:
        give(versions, "identifiers", _identifiers_of(by, tuple(version.pk for version in versions)))
    return versions


@prepared
def _identifiers_of(by: Acting, versions: tuple[int, ...]) -> QuerySet[RecordedIdentifier]:
    mine: QuerySet[RecordedIdentifier] = RecordedIdentifier.objects.for_user(by).filter(version__in=versions)
    return mine.order_by("version", "id")


@prepared
def _versions_of(by: Acting, records: tuple[int, ...], known_at: datetime | None) -> QuerySet[RecordVersion]:
    versions = RecordVersion.objects.for_user(by).filter(record__in=records)
    if known_at is not None:
        versions = versions.filter(known_from__lte=known_at)
    in_order: QuerySet[RecordVersion] = versions.order_by("received_at", "id")
    return in_order


def who_and_pnc(
    by: Acting, records: Collection[int], known_at: datetime | None = None
) -> tuple[list[RecordVersion], str]:
    """What every version of these records says of who it is, and the newest valid PNC ID of them, as `pnc_id`. One query."""
    rows = _who_and_pnc(by, tuple(records), known_at)
    newest = shown(
        Said(one.pnc, one.source, one.true_from, one.received_at, one.pk, one.said_at) for one in rows if one.pnc
    )
    return rows, newest.value if newest else ""


@prepared
def _who_and_pnc(by: Acting, records: tuple[int, ...], known_at: datetime | None) -> QuerySet[Any]:
    valid = RecordedIdentifier.objects.for_user(by).filter(version=OuterRef("pk"), standing="valid")
    valid = valid.filter(kind=RecordedIdentifier.Kind.PNC).order_by("-id").values("normalised")
    versions: QuerySet[Any] = RecordVersion.objects.for_user(by).filter(record__in=records).only(*_WHO)
    if known_at is not None:
        versions = versions.filter(known_from__lte=known_at)
    said: QuerySet[Any] = versions.annotate(pnc=Subquery(valid[:1])).order_by("received_at", "id")
    return said


def pnc_id(versions: Iterable[RecordVersion]) -> str:
    """The newest valid PNC ID that any record gives, or nothing (IDN-01)."""
    newest = shown(
        Said(
            identifier.normalised,
            version.source,
            version.true_from,
            version.received_at,
            identifier.pk,
            version.said_at,
        )
        for version in versions
        for identifier in version.identifiers.all()
        if identifier.kind == RecordedIdentifier.Kind.PNC and identifier.standing == "valid"
    )
    return newest.value if newest else ""


def versions_from(by: Acting, source: str) -> QuerySet[RecordVersion]:
    """Every version of every record of one source."""
    versions: QuerySet[RecordVersion] = RecordVersion.objects.for_user(by).filter(
        record__force=by.force, record__source=source
    )
    return versions


def record_numbers(by: Acting, source: str, keys: Collection[str]) -> dict[str, int]:
    """The row number of each record that a source calls so, for those that there are. One query."""
    if not keys:
        return {}
    records = SourceRecord.objects.for_user(by).filter(source=source, source_key__one_of=frozenset(keys))
    return dict(records.order_by().values_list("source_key", "id"))


def records_with_contact(by: Acting, kind: str, value: str) -> list[int]:
    """The row numbers of the records that ever gave this address, telephone or other contact, found by its token (SEC-06).

    While the key of the tokens is being changed, a contact is found under the old key and under the new one.
    """
    found = RecordedContact.objects.for_user(by).filter(kind=kind, token__in=contact_tokens_to_look_for(kind, value))
    return sorted(set(found.order_by().values_list("version__record", flat=True)))


def held_under(by: Acting, records: Collection[int]) -> list[tuple[str, str, str, str]]:
    """Whose these records are: source, controller, regime and basis of sharing, each combination once (SEC-10)."""
    said = RecordVersion.objects.for_user(by).filter(record__in=list(records)).order_by("source", "controller")
    return list(said.values_list("source", "controller", "regime", "sharing_basis").distinct())


def last_contact_of(by: Acting, records: Collection[int]) -> int:
    """The row number of the last contact that these records gave; 0 where there is none. One query."""
    said = RecordedContact.objects.for_user(by).filter(version__record__in=list(records))
    return said.aggregate(last=Max("id"))["last"] or 0


def is_heard_since(by: Acting, records: Collection[int], at: datetime) -> bool:
    """Whether these records gave a contact after an instant, or one became somebody's after it. Two queries at most."""
    said = RecordedContact.objects.for_user(by).filter(version__record__in=list(records), version__known_from__gt=at)
    return said.exists() or members(by).filter(record__in=list(records), known_from__gt=at).exists()


def contacts_of(by: Acting, records: Collection[int]) -> list[tuple[str, str]]:
    """Every contact that these records ever gave, kind and value, in the clear: to compare with, never to show (SEC-06)."""
    said = RecordedContact.objects.for_user(by).filter(version__record__in=list(records)).order_by("id")
    return list(said.values_list("kind", "value"))


def people_known(by: Acting) -> int:
    """How many people there are, as their records are linked now."""
    return members(by).order_by().values("person_id").distinct().count()


def records_linked(by: Acting) -> int:
    """How many records are one person's together with another."""
    several = members(by).order_by().values("person_id").annotate(number=Count("id")).filter(number__gt=1)
    return sum(several.values_list("number", flat=True))


# Numbers that name one person for good; an arrest summons number names an arrest.
HARD = (RecordedIdentifier.Kind.PNC, RecordedIdentifier.Kind.CRO)


def hard_identifiers(by: Acting, records: Collection[int]) -> dict[int, dict[str, set[str]]]:
    """The valid PNC IDs and CRO numbers that each of these records ever gave, by kind. One query."""
    rows = RecordedIdentifier.objects.for_user(by).filter(
        version__record__one_of=frozenset(records), kind__in=HARD, standing="valid"
    )
    found: dict[int, dict[str, set[str]]] = {}
    for record, kind, number in rows.order_by().values_list("version__record_id", "kind", "normalised"):
        found.setdefault(record, {}).setdefault(kind, set()).add(number)
    return found


@once
def mates(by: Acting, records: Collection[int]) -> set[int]:
    """Every record of whoever these are now, these too. One query."""
    return {*records, *_mates(by, frozenset(records))}


@prepared
def _mates(by: Acting, records: frozenset[int]) -> QuerySet[Membership, int]:
    now = members(by).order_by()
    theirs = now.filter(person__in=now.filter(record__one_of=records).values("person"))
    said: QuerySet[Membership, int] = theirs.values_list("record_id", flat=True)
    return said


@dataclass(frozen=True, slots=True)
class Belonging:
    """Whose some records are now, whose each came in as, and the record that each person they ever were was made for."""

    now: Mapping[int, int]
    home: Mapping[int, int]
    first: Mapping[int, int]


def belonging(by: Acting, records: Collection[int]) -> Belonging:
    """One query."""
    among, rows = frozenset(records), Membership.objects.for_user(by)
    ever = rows.filter(person__in=rows.filter(record__one_of=among).values("person"))
    now: dict[int, int] = {}
    home: dict[int, int] = {}
    first: dict[int, int] = {}
    for record, person in ever.order_by("id").values_list("record_id", "person_id"):
        first.setdefault(person, record)
        if record in among:
            home.setdefault(record, person)
            now[record] = person
    return Belonging(now, home, first)


@once
def belonging_now(by: Acting, records: Collection[int]) -> dict[int, int]:
    """Whose each of these records is now, by row numbers. One query."""
    return dict(_now_of_records(by, frozenset(records)))


def contact_tokens(by: Acting, records: Collection[int]) -> dict[int, dict[str, frozenset[str]]]:
    """The tokens of the contacts that each record ever gave, by kind: to tell whether two are the same. One query.

    Of an address those of the home too, so that one that is otherwise written is the same.
    """
    rows = RecordedContact.objects.for_user(by).filter(version__record__one_of=frozenset(records)).order_by()
    found: dict[int, dict[str, frozenset[str]]] = {}
    columns = ("version__record_id", "kind", "token", "home_token", "street_token")
    for record, kind, token, *homes in rows.values_list(*columns):
        kinds = found.setdefault(record, {})
        kinds[kind] = kinds.get(kind, frozenset()) | {token, *known_homes(homes)}
    return found


def records_now_of(by: Acting, people: Collection[int]) -> dict[int, set[int]]:
    """The records that each of these persons is made of, by row numbers. One query."""
    found: dict[int, set[int]] = {}
    for record, person in _now_of_people(by, frozenset(people)):
        found.setdefault(person, set()).add(record)
    return found


def shells_of(by: Acting, people: Collection[int]) -> dict[int, int]:
    """The persons without a record whose first record is one of these persons' now, each with whose: what was decided of them
    is said of whoever that is (IDN-06). Three queries at most.
    """
    theirs = {record for records in records_now_of(by, people).values() for record in records}
    if not theirs:
        return {}
    found = belonging(by, theirs)
    others = {one: found.now[first] for one, first in found.first.items() if first in found.now and one not in people}
    return _without_records(by, others)


def whose_now(by: Acting, people: Iterable[Person]) -> dict[int, Person]:
    """Those of these persons who have no record any more, each with whose their first record is. Three queries at most."""
    without = {one.pk for one in people if not one.has_records}
    if not without:
        return {}
    found = belonging(by, set(records_ever_of(by, without)))
    now = {one: found.now[found.first[one]] for one in without if found.first.get(one) in found.now}
    named = Person.objects.for_user(by).in_bulk(sorted(set(now.values())))
    return {one: named[person] for one, person in now.items() if person in named}


def _without_records(by: Acting, others: Mapping[int, int]) -> dict[int, int]:
    if not others:
        return {}
    rows = Person.objects.for_user(by).filter(pk__one_of=frozenset(others), has_records=False).order_by()
    return {one: others[one] for one in rows.values_list("pk", flat=True)}


def records_ever_of(by: Acting, people: Collection[int]) -> dict[int, set[int]]:
    """Every record that is or ever was one of these persons', with whose of them. One query."""
    rows = Membership.objects.for_user(by).filter(person__one_of=frozenset(people)).order_by()
    found: dict[int, set[int]] = {}
    for record, person in rows.values_list("record_id", "person_id"):
        found.setdefault(record, set()).add(person)
    return found


def memberships_of(by: Acting, records: Collection[int]) -> list[Membership]:
    """Every decision whose these records are, oldest first. One query."""
    rows = Membership.objects.for_user(by).filter(record__one_of=frozenset(records)).select_related("person")
    return list(rows.order_by("id"))


# The token of a home by its street, beside the kinds of contacts.
HOME_BY_STREET: Final = "home by its street"


@dataclass(frozen=True, slots=True)
class SaidLast:
    """What one source record says last, as records are compared: its contacts by their tokens alone (SEC-06).

    `tokens` are by the kind of contact; of an address that of the home, by its postcode, and as `HOME_BY_STREET` without it.
    """

    record: int
    given_names: str = field(repr=False)
    family_name: str = field(repr=False)
    born_on: str = field(repr=False)
    sex: str
    pnc: str = field(repr=False)
    tokens: Mapping[str, str] = field(repr=False)
    # Given and family names by which they are also known.
    aliases: tuple[tuple[str, str], ...] = field(repr=False, default=())
    # The highest row number of any version of it: of what was received out of order, not the one that says so.
    version: int = 0


def newest_version(versions: Iterable[RecordVersion]) -> RecordVersion:
    """Of several versions of one record what its source said last, whenever it came (INT-01)."""
    return max(versions, key=lambda one: (one.said_at or _EVER, one.received_at, one.number))


def versions_said(by: Acting, records: Collection[int]) -> list[tuple[RecordVersion, bool]]:
    """Every version of these records, as they became known, and whether it is the newest of its record (INT-01). One query."""
    versions = list(RecordVersion.objects.for_user(by).filter(record__one_of=frozenset(records)).order_by("id"))
    of_record: dict[int, list[RecordVersion]] = {}
    for one in versions:
        of_record.setdefault(one.record_id, []).append(one)
    newest = {newest_version(several).pk for several in of_record.values()}
    return [(one, one.pk in newest) for one in versions]


def said_last(by: Acting, records: Collection[int] | None = None) -> list[SaidLast]:
    """What its source said last of every source record, or of these, whenever it came (INT-01). Four queries; of these alone
    two.
    """
    versions = RecordVersion.objects.for_user(by)
    if records is not None:
        versions = versions.filter(record__one_of=frozenset(records))
    last: dict[int, tuple[Any, ...]] = {}
    when: dict[int, tuple[datetime, datetime]] = {}
    highest: dict[int, int] = {}
    for row in versions.order_by("record_id", "number").values_list(
        "record_id", "pk", "given_names", "family_name", "born_on", "sex", "said_at", "received_at"
    ):
        record, said = row[0], (row[6] or _EVER, row[7])
        if record not in last or said >= when[record]:
            last[record], when[record] = row[:6], said
        highest[record] = max(row[1], highest.get(record, 0))
    among = frozenset(row[1] for row in last.values())
    pnc: dict[int, str] = {}
    tokens: dict[int, dict[str, str]] = {}
    aliases: dict[int, list[tuple[str, str]]] = {}
    for _id, version, what, one, other in _beside(by, among, few=records is not None):
        if what == _NUMBER:
            pnc[version] = one
        elif what == _NAME:
            aliases.setdefault(version, []).append((one, other))
        elif what == ADDRESS:
            tokens.setdefault(version, {}).update({ADDRESS: _known(one), HOME_BY_STREET: _known(other)})
        else:
            tokens.setdefault(version, {})[what] = one
    return [
        SaidLast(
            record, given, family, born, sex, pnc.get(version, ""), tokens.get(version, {}), tuple(aliases.get(version, ())),
            highest[record],
        )
        for record, version, given, family, born, sex in last.values()
    ]  # fmt: skip


def _known(home: str) -> str:
    return "".join(known_homes([home]))


# What stands beside a version, among the kinds of contacts.
_NUMBER, _NAME = "pnc number", "other name"
_AS_COMPARED = Case(When(kind=ADDRESS, then=F("home_token")), default=F("token"))


def _beside(by: Acting, versions: frozenset[int], *, few: bool) -> Iterable[tuple[int, int, str, str, str]]:
    """What stands beside these versions, as row number, version, kind, and what it says: of each kind in order. One query for a
    few; for many one for each kind, read in the order of its table.
    """
    nothing = Value("", CharField())
    numbers = RecordedIdentifier.objects.for_user(by).filter(version__one_of=versions, kind="pnc", standing="valid")
    names = RecordedName.objects.for_user(by).filter(version__one_of=versions)
    kinds = (
        numbers.values_list("id", "version_id", Value(_NUMBER, CharField()), "normalised", nothing),
        RecordedContact.objects.for_user(by).filter(version__one_of=versions)
        .values_list("id", "version_id", "kind", _AS_COMPARED, "street_token"),
        names.values_list("id", "version_id", Value(_NAME, CharField()), "given_names", "family_name"),
    )  # fmt: skip
    if few:
        first, *others = (one.order_by() for one in kinds)
        return sorted(first.union(*others, all=True).order_by())
    return chain.from_iterable(one.order_by("id") for one in kinds)


def names_given(by: Acting, records: Collection[int]) -> dict[int, set[tuple[str, str]]]:
    """Every name that each of these records ever gave, aliases and former ones too: given and family names. Two queries."""
    among = frozenset(records)
    said = RecordVersion.objects.for_user(by).filter(record__one_of=among).order_by()
    beside = RecordedName.objects.for_user(by).filter(version__record__one_of=among).order_by()
    found: dict[int, set[tuple[str, str]]] = {}
    for record, given, family in (
        *said.values_list("record_id", "given_names", "family_name"),
        *beside.values_list("version__record_id", "given_names", "family_name"),
    ):
        found.setdefault(record, set()).add((given, family))
    return found


def names_said_last(by: Acting, records: Collection[int]) -> set[tuple[str, str]]:
    """Every name in what these records say last, aliases and former ones too: given and family names. Two queries."""
    last = [one for one, is_last in versions_said(by, records) if is_last]
    beside = RecordedName.objects.for_user(by).filter(version__one_of=frozenset(one.pk for one in last)).order_by()
    return {
        *((one.given_names, one.family_name) for one in last),
        *beside.values_list("given_names", "family_name"),
    }


def homes_said(by: Acting, records: Collection[int], until: datetime) -> list[HomeSaid]:
    """Every version of these records that was known by then, as they became known, with the homes and postcodes that it says. Two
    queries.
    """
    among = frozenset(records)
    tokens: dict[int, set[str]] = {}
    contacts = RecordedContact.objects.for_user(by).filter(version__record__one_of=among, kind=ADDRESS).order_by()
    for version, *said in contacts.values_list("version_id", "home_token", "street_token", "postcode_token"):
        tokens.setdefault(version, set()).update(known_homes(said))
    rows = RecordVersion.objects.for_user(by).filter(record__one_of=among, known_from__lte=until)
    return [
        HomeSaid(record, pk, known_from, said_at or received_at, frozenset(tokens.get(pk, ())))
        for record, pk, known_from, said_at, received_at in rows.order_by("known_from", "id").values_list(
            "record_id", "pk", "known_from", "said_at", "received_at"
        )
    ]


# So long after it was known a version is seen by everybody: another with a lower number may be committed after it.
_SETTLED_AFTER = timedelta(minutes=10)


def described(by: Acting, records: Collection[int], now: datetime) -> dict[int, tuple[str, str, str]]:
    """Sex, day of birth and ethnicity as each record says them last. One query."""
    versions = RecordVersion.objects.for_user(by).filter(record__one_of=frozenset(records), known_from__lte=now)
    told = versions.order_by().values_list("record_id", "said_at", "number", "sex", "born_on", "ethnicity")
    return {
        record: (sex, born_on, ethnicity)
        for record, _, _, sex, born_on, ethnicity in sorted(told, key=lambda one: (one[0], one[1] or _EVER, one[2]))
    }


def last_settled_version(by: Acting, at: datetime) -> int:
    """A version of any record than which none with a lower number will appear any more; 0 where there is none. One query.

    SQLite has one writer at a time, so that there the last is.
    """
    rows = RecordVersion.objects.for_user(by)
    if connection.vendor != "sqlite":
        rows = rows.filter(known_from__lte=at - _SETTLED_AFTER)
    return rows.order_by("-pk").values_list("pk", flat=True).first() or 0
