"""Source records, never overwritten, and the persons standing over them (IDN-01).

A source record is what one system says about one person, in one context. What it says is kept version by version with
two times: when it was true and when we came to know it (X10). A person is a set of source records, and which records
those are is kept as a history too, so that a wrong join can be undone and leaves everything as it was (IDN-03).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import Scoped, ScopedHistory
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.common.models import Sourced, provenance_handling
from craffu.people.search import models as search_models  # noqa: F401  # Django finds an app's models here

# A person may be known from records that are open and others that are not; a case is what is restricted.
OF_NO_CASE = "Who somebody is. What he is said to have done stands in cases, which are restricted."


class BirthPrecision(models.TextChoices):
    """How much of a date of birth the source gave."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    YEAR = "year", "Year"
    NOT_GIVEN = "not_given", "Not given"


class SourceRecord(Scoped):
    """One system's record of one person: stable, whatever it says later."""

    restricted_with = OF_NO_CASE

    source = models.CharField(max_length=40)
    # The sender's own key for the record, made unreadable where it would name the person.
    source_key = models.CharField(max_length=120)
    blind_indexes: ClassVar = ("source_key",)
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "source", "source_key"], name="people_source_record_once"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": plain(Kept.WITH_PERSON),
            "source": plain(Kept.WITH_PERSON),
            "source_key": plain(Kept.WITH_PERSON),
            "known_from": clock(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return f"{self.source} record {self.pk}"


class RecordVersion(Sourced, ScopedHistory):
    """What a source record said: true from a day, known to us from an instant."""

    restricted_with = OF_NO_CASE

    # The constraint below begins with the record and is its index too.
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    true_from = models.DateField(null=True)
    known_from = models.DateTimeField()
    content_sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=40, blank=True)
    given_names = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    born_on = models.CharField(max_length=10, blank=True)
    born_precision = models.CharField(max_length=10, choices=BirthPrecision.choices, default=BirthPrecision.NOT_GIVEN)
    sex = models.CharField(max_length=2, blank=True)
    # When the source itself made this version, where it says so: of two words of one day the later counts (INT-01).
    said_at = models.DateTimeField(null=True)
    ethnicity = models.CharField(max_length=20, blank=True, default="")
    language = models.CharField(max_length=5, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["record", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "number"], name="people_record_version_once"),
            models.CheckConstraint(
                condition=Q(born_on="", born_precision="not_given")
                | (~Q(born_on="") & Q(born_precision__in=["day", "month", "year"])),
                name="people_birth_and_precision_together",
            ),
            *Sourced.provenance_constraints("people_record_version"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": plain(Kept.WITH_PERSON),
            "record": plain(Kept.WITH_PERSON),
            "number": internal(Kept.WITH_PERSON),
            "true_from": plain(Kept.WITH_PERSON),
            "known_from": clock(Kept.WITH_PERSON),
            "content_sha256": internal(Kept.WITH_PERSON),
            "title": personal(),
            "given_names": personal(),
            "family_name": personal(),
            "born_on": personal(),
            "born_precision": plain(Kept.WITH_PERSON),
            "sex": personal(),
            "said_at": plain(Kept.WITH_PERSON),
            "ethnicity": personal(),
            "language": personal(),
            **provenance_handling(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return f"version {self.number} of record {self.record_id}"


class RecordedName(ScopedHistory):
    """A name a version gives besides the main one: an alias, a former or a maiden name."""

    restricted_with = OF_NO_CASE

    class Kind(models.TextChoices):
        ALIAS = "alias", "Alias"
        FORMER = "former", "Former name"
        KNOWN_AS = "known_as", "Known as"

    version = models.ForeignKey(RecordVersion, on_delete=models.PROTECT, related_name="other_names")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    given_names = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["version", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": plain(Kept.WITH_PERSON),
            "version": plain(Kept.WITH_PERSON),
            "kind": plain(Kept.WITH_PERSON),
            "given_names": personal(),
            "family_name": personal(),
        }

    def __str__(self) -> str:
        return f"{self.kind} of version {self.version_id}"


class RecordedIdentifier(ScopedHistory):
    """A number some system knows the person by. An odd-looking one is kept and marked, never thrown away."""

    restricted_with = OF_NO_CASE

    class Kind(models.TextChoices):
        PNC = "pnc", "PNC ID"
        CRO = "cro", "CRO number"
        ASN = "asn", "Arrest summons number"

    version = models.ForeignKey(RecordVersion, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    as_given = models.CharField(max_length=60)
    normalised = models.CharField(max_length=60)
    standing = models.CharField(max_length=12)

    class Meta:
        ordering: ClassVar = ["version", "id"]
        indexes: ClassVar = [models.Index(fields=["force", "kind", "normalised"], name="people_identifier")]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": plain(Kept.WITH_PERSON),
            "version": plain(Kept.WITH_PERSON),
            "kind": plain(Kept.WITH_PERSON),
            "as_given": personal(),
            "normalised": personal(),
            "standing": plain(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return f"{self.kind} of version {self.version_id}"


class RecordedContact(ScopedHistory):
    """An address, a telephone or a safe word: encrypted from the first day, found only by its keyed token (SEC-06)."""

    restricted_with = OF_NO_CASE

    class Kind(models.TextChoices):
        ADDRESS = "address", "Address"
        PHONE = "phone", "Telephone"
        EMAIL = "email", "E-mail"
        SAFE_WORD = "safe_word", "Safe word"
        WORKPLACE = "workplace", "Workplace"
        SCHOOL = "school", "School"

    version = models.ForeignKey(RecordVersion, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = EncryptedTextField()
    token = models.CharField(max_length=32)
    # Of an address: the home it is of, by its postcode and without it. Nothing until it was read (`tokens.read_addresses`).
    home_token = models.CharField(max_length=32, blank=True, default="", db_default="")
    street_token = models.CharField(max_length=32, blank=True, default="", db_default="")
    # Of its door and of its postcode alone, by which it is looked for in what leaves (VIC-09).
    door_token = models.CharField(max_length=32, blank=True, default="", db_default="")
    postcode_token = models.CharField(max_length=32, blank=True, default="", db_default="")
    blind_indexes: ClassVar = ("token", "home_token", "street_token", "door_token", "postcode_token")

    class Meta:
        ordering: ClassVar = ["version", "id"]
        indexes: ClassVar = [
            models.Index(fields=["force", "kind", "token"], name="people_contact_token"),
            models.Index(fields=["force", "door_token"], name="people_contact_door"),
            models.Index(fields=["force", "postcode_token"], name="people_contact_postcode"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": plain(Kept.WITH_PERSON),
            "version": plain(Kept.WITH_PERSON),
            "kind": plain(Kept.WITH_PERSON),
            "value": personal(),
            "token": personal(),
            "home_token": personal(),
            "street_token": personal(),
            "door_token": personal(),
            "postcode_token": personal(),
        }

    def __str__(self) -> str:
        return f"{self.kind} of version {self.version_id}"


class Person(Scoped):
    """Somebody, known by the source records that are held to be theirs. The reference never changes and is never reused."""

    restricted_with = OF_NO_CASE

    reference = models.CharField(max_length=20)
    known_from = models.DateTimeField()
    # Whether any record is held to be theirs now: of somebody found to be another, none is, and no list shows them.
    has_records = models.BooleanField(default=True, db_default=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="people_person_reference_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["force", "id"], name="people_person_newest"),
            models.Index(fields=["force", "id"], condition=Q(has_records=True), name="people_person_with_records"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": plain(Kept.WITH_PERSON),
            "reference": internal(Kept.WITH_PERSON),
            "known_from": clock(Kept.WITH_PERSON),
            "has_records": internal(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return self.reference


class Membership(ScopedHistory):
    """A decision that a source record is this person's. The last row for a record says whose it is."""

    restricted_with = OF_NO_CASE

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    known_from = models.DateTimeField()
    decided_by = models.CharField(max_length=60)
    why = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["record", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": plain(Kept.WITH_PERSON),
            "record": plain(Kept.WITH_PERSON),
            "person": plain(Kept.WITH_PERSON),
            "known_from": clock(Kept.WITH_PERSON),
            "decided_by": plain(Kept.WITH_PERSON),
            "why": plain(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return f"record {self.record_id} is {self.person_id}"
