"""An investigation: what others call it, where it stands, who plays which part in it, and what is alleged.

A case points to source records, never to persons: who a record belongs to can change without rewriting the case (house rule
on identity).
"""

from typing import ClassVar

from django.db import models

from craffu.access.scoping import RestrictedWith, Scoped, ScopedHistory
from craffu.cases.states import Stage
from craffu.common.fates import Kept, clock, internal, plain
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
        indexes: ClassVar = [models.Index(fields=["force", "id"], name="cases_case_newest")]

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

    # Its index is the one that goes on to the kind.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="references", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "kind", "value"], name="cases_reference_is_one_case")
        ]
        indexes: ClassVar = [models.Index(fields=["case", "force", "-kind", "id"], name="cases_reference_of_case")]

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
