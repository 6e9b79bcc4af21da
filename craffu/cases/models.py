"""Investigations and what the courts said in them: roles, offences, hearings, results and outcomes.

A case points to source records, never to persons: who a record belongs to can change without rewriting the case (house rule
on identity). What a court said about one defendant on one day is a hearing; an amended message is a new version of it and
replaces the earlier one on the page, while both are kept.
Free text of a court can name a victim or a street, so all of it is encrypted at rest (SEC-06).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import RestrictedWith, Scoped, ScopedHistory
from craffu.cases.states import Stage
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.common.models import Sourced, provenance_handling
from craffu.people.models import SourceRecord

CASE = Kept.WITH_CASE


class Case(Scoped):
    """One investigation, and whatever the police, the prosecution and the courts call it."""

    restricted_with = RestrictedWith("case", "reference")

    reference = models.CharField(max_length=20)
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="cases_case_reference_once")
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "reference": internal(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return self.reference


class CaseReference(ScopedHistory):
    """What another system calls the case."""

    restricted_with = RestrictedWith("case", "case__reference")

    class Kind(models.TextChoices):
        PTIURN = "ptiurn", "Police and court case reference (PTIURN)"
        CRIME = "crime", "Crime reference"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="references")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "kind", "value"], name="cases_reference_is_one_case")
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "case": plain(CASE),
            "kind": plain(CASE),
            "value": plain(CASE),
        }

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"


class CaseStage(ScopedHistory):
    """The case entered a stage: on a day, known to us from an instant. The last row is the stage it is at."""

    restricted_with = RestrictedWith("case", "case__reference")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=12, choices=[(stage.value, stage.value) for stage in Stage])
    true_from = models.DateField()
    known_from = models.DateTimeField()
    source = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["case", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "case": plain(CASE),
            "stage": plain(CASE),
            "true_from": plain(CASE),
            "known_from": clock(CASE),
            "source": plain(CASE),
        }

    def __str__(self) -> str:
        return f"{self.stage} of {self.case_id}"


class CaseRole(ScopedHistory):
    """What part somebody plays in a case, by their source record. `relationship` is to the victim, as the source codes it."""

    restricted_with = RestrictedWith("case", "case__reference")

    class Role(models.TextChoices):
        SUSPECT = "suspect", "Suspect"
        DEFENDANT = "defendant", "Defendant"
        VICTIM = "victim", "Victim"
        WITNESS = "witness", "Witness"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="roles")
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role.choices)
    relationship = models.CharField(max_length=40, blank=True)
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "record", "role"], name="cases_role_once"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "case": plain(CASE),
            "record": plain(CASE),
            "role": plain(CASE),
            "relationship": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.role} in {self.case_id}"


class Offence(ScopedHistory):
    """One offence alleged against one person in one case, whatever the courts later say of it.

    `number` is the charge's sequence number in the case, `code` the official offence code as the source gave it.
    """

    restricted_with = RestrictedWith("case", "case__reference")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="offences")
    role = models.ForeignKey(CaseRole, on_delete=models.PROTECT, related_name="offences")
    number = models.CharField(max_length=6)
    code = models.CharField(max_length=20)
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["case", "role", "number", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["role", "number", "code"], name="cases_offence_once")]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "case": plain(CASE),
            "role": plain(CASE),
            "number": plain(CASE),
            "code": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.code} in {self.case_id}"


class Hearing(Scoped):
    """One defendant before a court on one day."""

    restricted_with = RestrictedWith("case", "case__reference")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hearings")
    role = models.ForeignKey(CaseRole, on_delete=models.PROTECT, related_name="hearings")
    held_on = models.DateField()
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["held_on", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["role", "held_on"], name="cases_hearing_once_a_day")]
        indexes: ClassVar = [models.Index(fields=["force", "held_on"], name="cases_hearing_day")]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "case": plain(CASE),
            "role": plain(CASE),
            "held_on": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"hearing of {self.case_id} on {self.held_on}"


class HearingVersion(Sourced, ScopedHistory):
    """What one message said of a hearing. The one received last is the court's latest word; the earlier ones stay readable."""

    restricted_with = RestrictedWith("case", "hearing__case__reference")

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64)
    known_from = models.DateTimeField()
    court = models.CharField(max_length=10)
    psa = models.CharField(max_length=10, blank=True)
    held_at = models.TimeField(null=True)
    presence = models.CharField(max_length=2, blank=True)
    bail_status = models.CharField(max_length=2, blank=True)
    bail_conditions = EncryptedTextField(blank=True)
    bail_reason = EncryptedTextField(blank=True)
    # What intake noticed: code, field and line of each oddity, never the value itself.
    flags = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["hearing", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hearing", "number"], name="cases_hearing_version_once"),
            *Sourced.provenance_constraints("cases_hearing_version"),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "content_sha256"], name="cases_hearing_content")]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "hearing": plain(CASE),
            "number": internal(CASE),
            "content_sha256": plain(CASE),
            "known_from": clock(CASE),
            "court": plain(CASE),
            "psa": plain(CASE),
            "held_at": plain(CASE),
            "presence": plain(CASE),
            "bail_status": plain(CASE),
            "bail_conditions": personal(CASE),
            "bail_reason": personal(CASE),
            "flags": plain(CASE),
            **provenance_handling(CASE),
        }

    def __str__(self) -> str:
        return f"version {self.number} of hearing {self.hearing_id}"


class ChargeHeard(ScopedHistory):
    """How one offence stood at a hearing: charge, plea, finding, and whether the court has done with it."""

    restricted_with = RestrictedWith("case", "offence__case__reference")

    version = models.ForeignKey(HearingVersion, on_delete=models.PROTECT, related_name="charges")
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="heard")
    position = models.PositiveIntegerField()
    title = models.TextField(blank=True)
    wording = EncryptedTextField(blank=True)
    location = EncryptedTextField(blank=True)
    date_code = models.CharField(max_length=4, blank=True)
    started_on = models.DateField(null=True)
    started_at = models.TimeField(null=True)
    ended_on = models.DateField(null=True)
    ended_at = models.TimeField(null=True)
    charged_on = models.DateField(null=True)
    arrested_on = models.DateField(null=True)
    initiated_on = models.DateField(null=True)
    plea = models.CharField(max_length=4, blank=True)
    mode_of_trial = models.CharField(max_length=6, blank=True)
    finding = models.CharField(max_length=4, blank=True)
    convicted_on = models.DateField(null=True)
    convicting_court = models.CharField(max_length=10, blank=True)
    final = models.BooleanField(null=True)

    class Meta:
        ordering: ClassVar = ["version", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "position"], name="cases_charge_position_once")
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "version": plain(CASE),
            "offence": plain(CASE),
            "position": plain(CASE),
            "title": plain(CASE),
            "wording": personal(CASE),
            "location": personal(CASE),
            "date_code": plain(CASE),
            "started_on": plain(CASE),
            "started_at": plain(CASE),
            "ended_on": plain(CASE),
            "ended_at": plain(CASE),
            "charged_on": plain(CASE),
            "arrested_on": plain(CASE),
            "initiated_on": plain(CASE),
            "plea": plain(CASE),
            "mode_of_trial": plain(CASE),
            "finding": plain(CASE),
            "convicted_on": plain(CASE),
            "convicting_court": plain(CASE),
            "final": plain(CASE),
        }

    def __str__(self) -> str:
        return f"charge {self.position} of version {self.version_id}"


class ResultGiven(ScopedHistory):
    """One result the court gave for an offence, with its words, and the next hearing where it set one.

    `durations` are `{"value", "unit", "starts", ...}` as the message gave them, `amounts` pounds as decimal text: a court
    may give several of each.
    """

    restricted_with = RestrictedWith("case", "charge__offence__case__reference")

    charge = models.ForeignKey(ChargeHeard, on_delete=models.PROTECT, related_name="results")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=10, blank=True)
    text = EncryptedTextField(blank=True)
    qualifiers = models.JSONField(default=list)
    durations = models.JSONField(default=list)
    amounts = models.JSONField(default=list)
    penalty_points = models.PositiveIntegerField(null=True)
    next_court = models.CharField(max_length=10, blank=True)
    next_on = models.DateField(null=True)
    next_at = models.TimeField(null=True)
    next_reason = EncryptedTextField(blank=True)
    next_bail_status = models.CharField(max_length=2, blank=True)

    class Meta:
        ordering: ClassVar = ["charge", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["charge", "position"], name="cases_result_position_once")
        ]
        indexes: ClassVar = [models.Index(fields=["force", "next_on"], name="cases_result_next_day")]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "charge": plain(CASE),
            "position": plain(CASE),
            "code": plain(CASE),
            "text": personal(CASE),
            "qualifiers": plain(CASE),
            "durations": plain(CASE),
            "amounts": plain(CASE),
            "penalty_points": plain(CASE),
            "next_court": plain(CASE),
            "next_on": plain(CASE),
            "next_at": plain(CASE),
            "next_reason": personal(CASE),
            "next_bail_status": plain(CASE),
        }

    def __str__(self) -> str:
        return f"result {self.position} of charge {self.charge_id}"


class Outcome(ScopedHistory):
    """How an offence ended, as the record that ended it says. A later row replaces an earlier one on the page."""

    restricted_with = RestrictedWith("case", "offence__case__reference")

    class Kind(models.TextChoices):
        CONVICTED = "convicted", "Convicted"
        NOT_GUILTY = "not_guilty", "Found not guilty"
        NO_CONVICTION = "no_conviction", "No conviction"
        ENDED = "ended", "Ended without a finding"

    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    true_from = models.DateField()
    known_from = models.DateTimeField()
    version = models.ForeignKey(HearingVersion, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["offence", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["convicted", "not_guilty", "no_conviction", "ended"]), name="cases_outcome_known"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "offence": plain(CASE),
            "kind": plain(CASE),
            "true_from": plain(CASE),
            "known_from": clock(CASE),
            "version": plain(CASE),
        }

    def __str__(self) -> str:
        return f"{self.kind} for {self.offence_id}"


class CaseVersion(Sourced, ScopedHistory):
    """What a force's own system said of one crime or incident. One case can be several of them, joined by their PTIURN.

    The newest by `said_at`, then by when it was received, is the system's present word; the earlier ones stay readable.
    """

    restricted_with = RestrictedWith("case", "case__reference")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="versions")
    crime = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64)
    said_at = models.DateTimeField()
    known_from = models.DateTimeField()
    recorded_as = models.CharField(max_length=10)
    home_office_class = models.CharField(max_length=20, blank=True)
    offence_code = models.CharField(max_length=20, blank=True)
    offence_title = models.CharField(max_length=200, blank=True)
    occurred_from = models.DateTimeField(null=True)
    occurred_to = models.DateTimeField(null=True)
    reported_at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True)
    location = EncryptedTextField(blank=True)
    lsoa = models.CharField(max_length=20, blank=True)
    station = models.CharField(max_length=80, blank=True)
    officer = models.CharField(max_length=80, blank=True)
    # As the source codes them: stalking, domestic_abuse, honour_based, repeat_victim ...
    flags = models.JSONField(default=list)
    risk_grade = models.CharField(max_length=10, blank=True)
    risk_graded_at = models.DateTimeField(null=True)
    ptiurn = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=14)
    summary = EncryptedTextField(blank=True)

    class Meta:
        ordering: ClassVar = ["case", "crime", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "crime", "number"], name="cases_crime_version_once"),
            *Sourced.provenance_constraints("cases_crime_version"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["force", "ptiurn"], name="cases_crime_ptiurn", condition=~Q(ptiurn="")),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "case": plain(CASE),
            "crime": plain(CASE),
            "number": internal(CASE),
            "content_sha256": plain(CASE),
            "said_at": plain(CASE),
            "known_from": clock(CASE),
            "recorded_as": plain(CASE),
            "home_office_class": plain(CASE),
            "offence_code": plain(CASE),
            "offence_title": plain(CASE),
            "occurred_from": plain(CASE),
            "occurred_to": plain(CASE),
            "reported_at": plain(CASE),
            "recorded_at": plain(CASE),
            "location": personal(CASE),
            "lsoa": plain(CASE),
            "station": plain(CASE),
            "officer": personal(CASE),
            "flags": plain(CASE),
            "risk_grade": plain(CASE),
            "risk_graded_at": plain(CASE),
            "ptiurn": plain(CASE),
            "stage": plain(CASE),
            "summary": personal(CASE),
            **provenance_handling(CASE),
        }

    def __str__(self) -> str:
        return f"version {self.number} of a crime of {self.case_id}"


class InvolvementVersion(Sourced, ScopedHistory):
    """What a force's own system said of who was involved in which crime. It names both as the system does.

    The role itself is a `CaseRole`, which stands as soon as both the crime and the person have come, in whatever order.
    """

    restricted_with = "Read while rows are joined; pages show the role that it made, which is restricted with its case."

    key = models.CharField(max_length=150)
    number = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64)
    said_at = models.DateTimeField()
    known_from = models.DateTimeField()
    crime = models.CharField(max_length=40)
    record_key = models.CharField(max_length=120)
    role = models.CharField(max_length=10, choices=CaseRole.Role.choices)
    relationship = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["key", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "source", "key", "number"], name="cases_involvement_once"),
            *Sourced.provenance_constraints("cases_involvement"),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "record_key"], name="cases_involvement_of_record")]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "key": plain(CASE),
            "number": internal(CASE),
            "content_sha256": plain(CASE),
            "said_at": plain(CASE),
            "known_from": clock(CASE),
            "crime": plain(CASE),
            "record_key": plain(CASE),
            "role": plain(CASE),
            "relationship": plain(CASE),
            **provenance_handling(CASE),
        }

    def __str__(self) -> str:
        return f"version {self.number} of an involvement"


class RoleWaiting(Scoped):
    """An involvement whose crime or whose person has not come yet: a work list, emptied as they come (INT-04)."""

    restricted_with = "Its case has not come."

    crime = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    record_key = models.CharField(max_length=120)
    role = models.CharField(max_length=10, choices=CaseRole.Role.choices)
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "crime", "source", "record_key", "role"], name="cases_role_waits_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "source", "record_key"], name="cases_role_waits_for_record")]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "crime": plain(CASE),
            "source": plain(CASE),
            "record_key": plain(CASE),
            "role": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"waiting role {self.pk}"


class CaseOutcome(Sourced, ScopedHistory):
    """The Home Office outcome that a force gave a crime: one of several over time, each with its versions.

    It names the crime as the force's system does, so that it can come before the crime itself. `reason` is free text.
    """

    restricted_with = "Kept by the crime's own reference, and read only for crimes of cases that are open."

    key = models.CharField(max_length=150)
    number = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64)
    said_at = models.DateTimeField()
    known_from = models.DateTimeField()
    crime = models.CharField(max_length=40)
    outcome_number = models.PositiveIntegerField()
    code = models.CharField(max_length=10)
    decided_on = models.DateField()
    record_key = models.CharField(max_length=120, blank=True)
    reason = EncryptedTextField(blank=True)

    class Meta:
        ordering: ClassVar = ["crime", "outcome_number", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "source", "key", "number"], name="cases_home_office_outcome_once"),
            *Sourced.provenance_constraints("cases_home_office_outcome"),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "crime"], name="cases_outcome_of_crime")]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "key": plain(CASE),
            "number": internal(CASE),
            "content_sha256": plain(CASE),
            "said_at": plain(CASE),
            "known_from": clock(CASE),
            "crime": plain(CASE),
            "outcome_number": plain(CASE),
            "code": plain(CASE),
            "decided_on": plain(CASE),
            "record_key": plain(CASE),
            "reason": personal(CASE),
            **provenance_handling(CASE),
        }

    def __str__(self) -> str:
        return f"outcome {self.code} of a crime"
