"""The only writes to source records and persons."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from operator import itemgetter

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.common import keyring
from craffu.common.actions import next_reference, next_references
from craffu.common.door import action
from craffu.common.fields import sealed
from craffu.common.models import Provenance
from craffu.common.version_reads import contents_said, newest_said
from craffu.common.versions import CREATED, Decided, Said, decide
from craffu.outbox.actions import tell
from craffu.people import events
from craffu.people.facts import PersonFacts, RecordRow
from craffu.people.homes.reading import Home, home_of
from craffu.people.models import (
    Membership,
    Person,
    RecordedContact,
    RecordedIdentifier,
    RecordedName,
    RecordVersion,
    SourceRecord,
)
from craffu.people.queries import members, record_numbers, records_now_of, versions_from
from craffu.people.rules import birth_precision, searched_by
from craffu.people.search.actions import all_names, index_names
from craffu.people.tokens import ADDRESS, HOME_COLUMNS, OF_NO_ADDRESS, contact_token, home_tokens, tokens_of_homes
from craffu.people.topics import HOMES, PEOPLE


def content_hash(facts: PersonFacts) -> str:
    """The same words give the same hash, whenever they were true."""
    words = {name: value for name, value in asdict(facts).items() if name != "true_from"}
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@action
def receive_record(
    *,
    by: Acting,
    source_key: str,
    facts: PersonFacts,
    provenance: Provenance,
    why: str,
    now: datetime,
    person: Person | None = None,
) -> SourceRecord:
    """A record not seen before, and whoever somebody says it is of; else a new person, until it is joined to another (IDN-02)."""
    record: SourceRecord = SourceRecord.objects.create(
        force=by.force, source=provenance.source, source_key=source_key, known_from=now
    )
    whose = person or Person.objects.create(
        force=by.force,
        reference=next_reference(kind=f"person/{by.force.code}", prefix="P"),
        known_from=now,
    )
    Membership.objects.create(
        force=by.force, record=record, person=whose, known_from=now, decided_by=by.actor.name, why=why
    )
    _filled(by, [whose])
    _append_version(by=by, record=record, number=1, facts=facts, provenance=provenance, now=now)
    _tell_of_homes(by, [record.pk] if person is not None else [], now)
    audit.record(
        kind=events.RECORD_RECEIVED, actor=by.actor, refs=[f"person/{whose.reference}"], request=by.request, now=now
    )
    return record


@action
def receive_record_again(
    *, by: Acting, record: SourceRecord, facts: PersonFacts, provenance: Provenance, now: datetime
) -> bool:
    """What the source says now. True where that differs from its last word, which is kept beside it (IDN-01)."""
    versions = list(record.versions.select_for_update().order_by("received_at", "number"))
    said = content_hash(facts)
    known = {(version.content_sha256, version.true_from) for version in versions}
    if (said, facts.true_from) in known or (versions and versions[-1].content_sha256 == said):
        return False
    number = max((version.number for version in versions), default=0) + 1
    _append_version(by=by, record=record, number=number, facts=facts, provenance=provenance, now=now)
    _tell_of_homes(by, [record.pk], now)
    person = record.memberships.order_by("-id").values_list("person__reference", flat=True)[0]
    audit.record(
        kind=events.RECORD_CHANGED_AT_SOURCE, actor=by.actor, refs=[f"person/{person}"], request=by.request, now=now
    )
    return True


def _append_version(
    *, by: Acting, record: SourceRecord, number: int, facts: PersonFacts, provenance: Provenance, now: datetime
) -> None:
    version = RecordVersion.objects.create(
        force=by.force,
        record=record,
        number=number,
        true_from=facts.true_from,
        known_from=now,
        content_sha256=content_hash(facts),
        title=facts.title,
        given_names=facts.given_names,
        family_name=facts.family_name,
        born_on=facts.born_on,
        born_precision=birth_precision(facts.born_on),
        sex=facts.sex,
        **provenance.fields(),
    )
    names = all_names(facts.given_names, facts.family_name, ())
    index_names(force=by.force, versions=[version.pk], names=[names], born=[facts.born_on])
    RecordedIdentifier.objects.bulk_create(
        RecordedIdentifier(
            force=by.force,
            version=version,
            kind=identifier.kind,
            as_given=identifier.as_given,
            normalised=identifier.normalised,
            standing=identifier.standing,
        )
        for identifier in facts.identifiers
    )
    RecordedContact.objects.bulk_create(
        RecordedContact(
            force=by.force,
            version=version,
            kind=contact.kind,
            value=contact.value,
            token=contact_token(contact.kind, contact.value),
            **dict(zip(HOME_COLUMNS, home_tokens(contact.kind, contact.value), strict=True)),
        )
        for contact in facts.contacts
    )


@action
def rehome(
    *, by: Acting, moves: Iterable[tuple[int | None, Sequence[int]]], left: Collection[int], why: str, now: datetime
) -> list[tuple[Person, list[int]]]:
    """Records become another person's: an existing one, by its row number, or where that is None one made for them (IDN-03).

    `left` are those whose they were, of whom some may have no record now; whoever has fewer is told of as whoever has more is.
    Nothing that the records say is touched. Whoever asks has decided so and logs it.
    """
    wanted = [(person, list(records)) for person, records in moves]
    known = Person.objects.for_user(by).in_bulk([person for person, _ in wanted if person is not None])
    made = next_references(
        kind=f"person/{by.force.code}", prefix="P", count=sum(person is None for person, _ in wanted)
    )
    new = iter(made)
    found = []
    for number, records in wanted:
        person = (
            Person.objects.create(force=by.force, reference=next(new), known_from=now)
            if number is None
            else known[number]
        )
        found.append((person, records))
    Membership.objects.bulk_create(
        Membership(force=by.force, record_id=record, person=person, known_from=now, decided_by=by.actor.name, why=why)
        for person, records in found
        for record in records
    )
    _filled(by, [person for person, _ in found])
    # What is due of whoever has none now moves with the records: to ask of them as well could end it before it has moved.
    others = _left_with_some(by, left)
    tell(force=by.force.code, topic=PEOPLE, subjects=dict.fromkeys([*(one.pk for one, _ in found), *others]), at=now)
    return found


def _left_with_some(by: Acting, people: Collection[int]) -> list[int]:
    """From these persons records were taken: who still has some. Of whoever has none now, that is written down."""
    still = records_now_of(by, people).keys()
    if without := frozenset(people) - still:
        Person.objects.for_user(by).filter(pk__one_of=without, has_records=True).update(has_records=False)
    return sorted(still)


def _filled(by: Acting, people: Iterable[Person]) -> None:
    """These persons were given records: of whoever had none, that they have is written down."""
    if had_none := [person.pk for person in people if not person.has_records]:
        Person.objects.for_user(by).filter(pk__one_of=frozenset(had_none)).update(has_records=True)


type Describe = Callable[[Sequence[int]], Sequence[RecordRow]]
"""What the rows at these places of a batch say: asked only of those that are new."""

_VERSION_COLUMNS = (
    "id", "record", "number", "content_sha256", "said_at", "true_from", "line", "title", "given_names", "family_name",
    "born_on", "sex", "ethnicity", "language", "born_precision",
)  # fmt: skip
_PRECISION_OF_LENGTH = {0: "not_given", 4: "year", 7: "month", 10: "day"}


@action
def receive_records(
    *,
    by: Acting,
    source: str,
    said: Sequence[Said],
    describe: Describe,
    provenance: Provenance,
    why: str,
    now: datetime,
) -> list[Decided]:
    """A batch of one source's records: what is new is appended, and a record not seen before gets a person of its own.

    Nothing is overwritten; an older version that comes late is kept beside the newer one (INT-01). Whoever calls this logs
    the batch, in one row of the log.
    """
    held, keys = versions_from(by, source), [key for key, _, _ in said]
    decided = decide(
        said,
        contents_said(held, "record__source_key", keys),
        lambda changed: newest_said(held, "record__source_key", changed),
        provenance.received_at,
    )
    stored = [at for at, one in enumerate(decided) if one.number]
    if stored:
        new = [keys[at] for at in stored if decided[at].outcome == CREATED]
        records = _records_for(by, source, new, [keys[at] for at in stored], why, now)
        versions = [(records[keys[at]], decided[at].number, *said[at][1:]) for at in stored]
        rows = describe(stored)
        _append_versions(by, versions, rows, provenance, now)
        again = [
            records[keys[at]]
            for at, row in zip(stored, rows, strict=True)
            if decided[at].outcome != CREATED and any(kind == ADDRESS for kind, _ in row.contacts)
        ]
        _tell_of_homes(by, again, now)
    return decided


def _tell_of_homes(by: Acting, records: Collection[int], now: datetime) -> None:
    """Tell of whoever these records are: one query and one row, or none. Of a new record whoever joins it to somebody tells."""
    if records:
        whose = members(by).filter(record__one_of=frozenset(records)).order_by().values_list("person_id", flat=True)
        tell(force=by.force.code, topic=HOMES, subjects=sorted(set(whose)), at=now)


def _records_for(
    by: Acting, source: str, new: Sequence[str], told: Sequence[str], why: str, now: datetime
) -> dict[str, int]:
    """The row number of every record told of, made where nobody had told of it before."""
    if not new:
        return record_numbers(by, source, told)
    records, people = SourceRecord.objects.take_numbers(len(new)), Person.objects.take_numbers(len(new))
    references = next_references(kind=f"person/{by.force.code}", prefix="P", count=len(new))
    same = {"force": by.force.pk, "known_from": now}
    SourceRecord.objects.append_rows(("id", "source_key"), zip(records, new, strict=True), {**same, "source": source})
    Person.objects.append_rows(("id", "reference"), zip(people, references, strict=True), same)
    Membership.objects.append_rows(
        ("record", "person"),
        zip(records, people, strict=True),
        {**same, "decided_by": by.actor.name, "why": why},
    )
    made = dict(zip(new, records, strict=True))
    return {**record_numbers(by, source, [key for key in told if key not in made]), **made}


def _append_versions(
    by: Acting,
    versions: Sequence[tuple[int, int, str, str]],
    rows: Sequence[RecordRow],
    provenance: Provenance,
    now: datetime,
) -> None:
    """`versions` are the record, the number, the digest and when the source said it, of each row."""
    same = {"force": by.force.pk}
    numbers = RecordVersion.objects.take_numbers(len(versions))
    RecordVersion.objects.append_rows(
        _VERSION_COLUMNS,
        [
            (number, *version, *row[:9], _PRECISION_OF_LENGTH[len(row.born_on)])
            for number, version, row in zip(numbers, versions, rows, strict=True)
        ],
        {**provenance.of_batch(), **same, "known_from": now},
    )
    index_names(
        force=by.force,
        versions=numbers,
        names=[
            all_names(row.given_names, row.family_name, row.aliases)
            if row.aliases
            else f"{row.given_names} {row.family_name}"
            for row in rows
        ],
        born=[row.born_on for row in rows],
    )
    told = list(zip(numbers, rows, strict=True))
    RecordedIdentifier.objects.append_rows(
        ("version", "kind", "as_given", "normalised", "standing"),
        [(version, *number) for version, row in told for number in row.identifiers if number is not None],
        same,
    )
    RecordedName.objects.append_rows(
        ("version", "given_names", "family_name"),
        [(version, *alias) for version, row in told for alias in row.aliases],
        {**same, "kind": RecordedName.Kind.ALIAS},
    )
    contacts = [(version, *contact, row.home) for version, row in told for contact in row.contacts]
    columns = ("version", "kind", "value", "token", *HOME_COLUMNS)
    RecordedContact.objects.append_rows(columns, _protected(contacts), same)


def _protected(
    contacts: Sequence[tuple[int, str, str, Home | None]],
) -> Iterable[tuple[int, str, str, str, str, str, str, str]]:
    """Contacts with their values encrypted, in the order of the index they are found by, so that it grows in few places."""
    ring = keyring.ring()
    values = sealed(RecordedContact, "value", [value for _, _, value, _ in contacts])
    tokens: dict[str, Iterator[str]] = {
        kind: iter(
            ring.tokens(kind, [searched_by(kind, value) for _, of_kind, value, _ in contacts if of_kind == kind])
        )
        for kind in {kind for _, kind, _, _ in contacts}
    }
    homes = tokens_of_homes([home or home_of(value) for _, kind, value, home in contacts if kind == ADDRESS])
    return sorted(
        (
            (version, kind, value, next(tokens[kind]), *(next(homes) if kind == ADDRESS else OF_NO_ADDRESS))
            for (version, kind, _, _), value in zip(contacts, values, strict=True)
        ),
        key=itemgetter(1, 3),
    )
