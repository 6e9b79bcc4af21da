"""The only writes to source records and persons."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.common import keyring
from craffu.common.actions import next_reference
from craffu.common.door import action
from craffu.common.models import Provenance
from craffu.people import events
from craffu.people.facts import PersonFacts
from craffu.people.models import (
    Membership,
    Person,
    RecordedContact,
    RecordedIdentifier,
    RecordVersion,
    SourceRecord,
)
from craffu.people.rules import birth_precision, searched_by


def content_hash(facts: PersonFacts) -> str:
    """The same words give the same hash, whenever they were true."""
    words = {name: value for name, value in asdict(facts).items() if name != "true_from"}
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@action
def receive_record(
    *, by: Acting, source_key: str, facts: PersonFacts, provenance: Provenance, why: str, now: datetime
) -> SourceRecord:
    """A record not seen before, and a new person standing over it until somebody joins it to another (IDN-02)."""
    record: SourceRecord = SourceRecord.objects.create(
        force=by.force, source=provenance.source, source_key=source_key, known_from=now
    )
    person = Person.objects.create(
        force=by.force,
        reference=next_reference(kind=f"person/{by.force.code}", prefix="P"),
        known_from=now,
    )
    Membership.objects.create(
        force=by.force, record=record, person=person, known_from=now, decided_by=by.actor.name, why=why
    )
    _append_version(by=by, record=record, number=1, facts=facts, provenance=provenance, now=now)
    audit.record(
        kind=events.RECORD_RECEIVED, actor=by.actor, refs=[f"person/{person.reference}"], request=by.request, now=now
    )
    return record


@action
def receive_record_again(
    *, by: Acting, record: SourceRecord, facts: PersonFacts, provenance: Provenance, now: datetime
) -> bool:
    """What the source says now. True where that differs from its last word, which is kept beside it (IDN-01)."""
    versions = record.versions.select_for_update().order_by("-number")
    said = content_hash(facts)
    latest = versions.first()
    if latest is not None and (
        latest.content_sha256 == said or versions.filter(content_sha256=said, true_from=facts.true_from).exists()
    ):
        return False
    number = latest.number + 1 if latest else 1
    _append_version(by=by, record=record, number=number, facts=facts, provenance=provenance, now=now)
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
            token=keyring.ring().token(contact.kind, searched_by(contact.kind, contact.value)),
        )
        for contact in facts.contacts
    )
