"""What a force's own system said of its crimes: each word on a crime, who was involved, and the outcomes given."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import RestrictedWith, Scoped, ScopedHistory
from craffu.cases.case_models import CASE, Case, CaseRole
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.common.models import Sourced, provenance_handling


class CaseVersion(Sourced, ScopedHistory):
    """What a force's own system said of one crime or incident. One case can be several of them, joined by their PTIURN.

    The newest by `said_at`, then by when it was received, is the system's present word; the earlier ones stay readable.
    """

    restricted_with = RestrictedWith("case", "case__reference")

    # Its index is the one that goes on to when a crime was reported.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="versions", db_index=False)
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
            models.Index(fields=["case", "reported_at"], name="cases_crime_reported"),
            # How many crimes a case has is counted from it alone.
            models.Index(fields=["case", "source", "crime", "force"], name="cases_crime_of_case"),
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
