"""Detentions at police stations and releases from prison, as custody systems say of them, word after word (INT-01)."""

from typing import ClassVar

from django.db import models

from craffu.access.scoping import ScopedHistory
from craffu.cases.case_models import CASE
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.common.models import Sourced, provenance_handling
from craffu.people.models import SourceRecord


class DetentionVersion(Sourced, ScopedHistory):
    """What a custody system said of one detention; `record` is what the same row says of the person.

    It names the crime as the force's own system does, so that it can come before the crime itself; it may name none. The newest
    by `said_at`, then by when it was received, is the present word. An empty `disposal` says nothing of how it ended.
    """

    restricted_with = "Kept by the crime's own reference, and read only for crimes of cases that are open."

    key = models.CharField(max_length=150)
    number = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64)
    said_at = models.DateTimeField()
    known_from = models.DateTimeField()
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, null=True, related_name="+")
    crime = models.CharField(max_length=40, blank=True)
    station = models.CharField(max_length=80, blank=True)
    offence_code = models.CharField(max_length=20, blank=True)
    # What the custody system calls the order for whose breach somebody was arrested.
    for_breach_of = models.CharField(max_length=40, blank=True)
    arrested_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    disposal = models.CharField(max_length=30, blank=True)
    bail_ends_on = models.DateField(null=True)
    bail_conditions = EncryptedTextField(blank=True)

    class Meta:
        app_label = "cases"
        ordering: ClassVar = ["key", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "source", "key", "number"], name="cases_detention_once"),
            *Sourced.provenance_constraints("cases_detention"),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "crime"], name="cases_detention_of_crime")]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "key": plain(CASE),
            "number": internal(CASE),
            "content_sha256": plain(CASE),
            "said_at": plain(CASE),
            "known_from": clock(CASE),
            "record": plain(CASE),
            "crime": plain(CASE),
            "station": plain(CASE),
            "offence_code": plain(CASE),
            "for_breach_of": plain(CASE),
            "arrested_at": plain(CASE),
            "released_at": plain(CASE),
            "disposal": plain(CASE),
            "bail_ends_on": plain(CASE),
            "bail_conditions": personal(CASE),
            **provenance_handling(CASE),
        }

    def __str__(self) -> str:
        return f"version {self.number} of a detention"


class ReleaseVersion(Sourced, ScopedHistory):
    """What a custody system said of one release from prison, planned or made; `record` is what the same row says of the person.

    It names no case: whose it is, links say. The newest by `said_at`, then by when it was received, is the present word.
    """

    restricted_with = "Read for the person's own cases and orders, where they are open to the reader."

    key = models.CharField(max_length=150)
    number = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64)
    said_at = models.DateTimeField()
    known_from = models.DateTimeField()
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, null=True, related_name="+")
    prison = models.CharField(max_length=80, blank=True)
    planned_on = models.DateField()
    released_on = models.DateField(null=True)
    licence_ends_on = models.DateField(null=True)
    licence_conditions = EncryptedTextField(blank=True)

    class Meta:
        app_label = "cases"
        ordering: ClassVar = ["key", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "source", "key", "number"], name="cases_release_once"),
            *Sourced.provenance_constraints("cases_release"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "key": plain(CASE),
            "number": internal(CASE),
            "content_sha256": plain(CASE),
            "said_at": plain(CASE),
            "known_from": clock(CASE),
            "record": plain(CASE),
            "prison": plain(CASE),
            "planned_on": plain(CASE),
            "released_on": plain(CASE),
            "licence_ends_on": plain(CASE),
            "licence_conditions": personal(CASE),
            **provenance_handling(CASE),
        }

    def __str__(self) -> str:
        return f"version {self.number} of a release"
