"""What came in, from which file, and what became of every row: runs, their files, and the rows held back for a person.

INT-03, INT-04, INT-05: a rejected or parked row keeps its file, line, reason and words until somebody corrects or
releases it, and every run's counts add up to what it received.
"""

from typing import ClassVar

from django.db import models

from craffu.access.scoping import Scoped, ScopedHistory
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.common.models import Sourced, provenance_handling
from craffu.intake.states import RunState
from craffu.people.models import SourceRecord

RUN = Kept.WITH_RUN


class Run(Scoped):
    """One intake of one kind of data. The counts grow while it runs, so that a page and a terminal can show how far it is."""

    restricted_with = "How a run went, in numbers."

    reference = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in RunState])
    by = models.CharField(max_length=60)
    # Which process runs it, as host:pid, so that a dead run can be told from a slow one.
    process = models.CharField(max_length=120)
    mapping_version = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    files_found = models.PositiveIntegerField(default=0)
    files_done = models.PositiveIntegerField(default=0)
    files_refused = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(null=True)
    received = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    parked = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    warnings = models.JSONField(default=dict)
    totals = models.JSONField(default=dict)
    problem = models.CharField(max_length=300, blank=True)
    reject_file = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="intake_run_reference_once"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(RUN),
            "force": plain(RUN),
            "reference": plain(RUN),
            "kind": plain(RUN),
            "state": plain(RUN),
            "by": plain(RUN),
            "process": internal(RUN),
            "mapping_version": plain(RUN),
            "started_at": clock(RUN),
            "moved_at": clock(RUN),
            "finished_at": clock(RUN),
            "files_found": plain(RUN),
            "files_done": plain(RUN),
            "files_refused": plain(RUN),
            "expected": plain(RUN),
            "received": plain(RUN),
            "created": plain(RUN),
            "updated": plain(RUN),
            "unchanged": plain(RUN),
            "parked": plain(RUN),
            "rejected": plain(RUN),
            "warnings": plain(RUN),
            "totals": plain(RUN),
            "problem": plain(RUN),
            "reject_file": plain(RUN),
        }

    def __str__(self) -> str:
        return self.reference


class RunFile(ScopedHistory):
    """A file of a run as it was found: taken in, or refused whole with the reason and what to do."""

    restricted_with = "Names of files and why one was refused."

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    row_count = models.PositiveIntegerField(default=0)
    refused_code = models.CharField(max_length=40, blank=True)
    # What fills the refusal's sentence in the reader's language; a row from before it was kept has the sentence alone.
    refused_values = models.JSONField(default=dict)
    refused_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["run", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(RUN),
            "force": plain(RUN),
            "run": plain(RUN),
            "name": plain(RUN),
            "sha256": plain(RUN),
            "size": plain(RUN),
            "row_count": plain(RUN),
            "refused_code": plain(RUN),
            "refused_values": plain(RUN),
            "refused_why": plain(RUN),
        }

    def __str__(self) -> str:
        return f"file {self.pk} of run {self.run_id}"


class HeldRow(ScopedHistory):
    """A row that was not stored: rejected for its sender to correct, or parked because a person must decide.

    It is kept once however often the same row is sent, with its own words encrypted.
    """

    restricted_with = "A row held back is joined to no case yet."

    class Why(models.TextChoices):
        REJECTED = "rejected", "Rejected"
        PARKED = "parked", "Parked"

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="held_rows")
    reference = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    why = models.CharField(max_length=10, choices=Why.choices)
    file_name = models.CharField(max_length=300)
    file_sha256 = models.CharField(max_length=64)
    line = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64)
    field = models.CharField(max_length=60, blank=True)
    value_class = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=60)
    received_at = models.DateTimeField()
    raw = EncryptedTextField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="intake_held_reference_once"),
            models.UniqueConstraint(fields=["force", "kind", "content_sha256", "line"], name="intake_row_held_once"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(RUN),
            "force": plain(RUN),
            "run": internal(RUN),
            "reference": plain(RUN),
            "kind": plain(RUN),
            "why": plain(RUN),
            "file_name": plain(RUN),
            "file_sha256": plain(RUN),
            "line": plain(RUN),
            "content_sha256": plain(RUN),
            "field": plain(RUN),
            "value_class": plain(RUN),
            "reason": plain(RUN),
            "received_at": clock(RUN),
            "raw": personal(RUN),
        }

    def __str__(self) -> str:
        return self.reference


class HeldDecision(ScopedHistory):
    """What a person decided about a held row. The first decision closes it."""

    restricted_with = "A row held back is joined to no case yet."

    class Decision(models.TextChoices):
        CORRECTED = "corrected", "Corrected and taken in"
        SAME_PERSON = "same_person", "Released: the same person"
        OTHER_PERSON = "other_person", "Released: another person"
        SET_ASIDE = "set_aside", "Set aside"

    held = models.OneToOneField(HeldRow, on_delete=models.PROTECT, related_name="decision")
    decision = models.CharField(max_length=14, choices=Decision.choices)
    decided_by = models.CharField(max_length=60)
    decided_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(RUN),
            "force": plain(RUN),
            "held": plain(RUN),
            "decision": plain(RUN),
            "decided_by": plain(RUN),
            "decided_at": clock(RUN),
            "reason": plain(RUN),
        }

    def __str__(self) -> str:
        return f"{self.decision} for {self.held_id}"


class KeptRow(Sourced, ScopedHistory):
    """A row of a force's own systems whose pages come later: kept whole, version by version, in its own words.

    `key` is the source's own, `said_at` when the source said it, and `words` all values of the row by column, as JSON.
    `record` is what the row says of a person, where it says anything.
    """

    restricted_with = "Shown on no page, but for the words of an order that somebody enters from a court's list."

    kind = models.CharField(max_length=40)
    table = models.CharField(max_length=40)
    key = models.CharField(max_length=160)
    number = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64)
    said_at = models.DateTimeField()
    known_from = models.DateTimeField()
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, null=True, related_name="+")
    words = EncryptedTextField()

    class Meta:
        ordering: ClassVar = ["kind", "table", "key", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "kind", "table", "key", "number"], name="intake_kept_row_once"),
            *Sourced.provenance_constraints("intake_kept_row"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_CASE),
            "force": plain(Kept.WITH_CASE),
            "kind": plain(Kept.WITH_CASE),
            "table": plain(Kept.WITH_CASE),
            "key": plain(Kept.WITH_CASE),
            "number": internal(Kept.WITH_CASE),
            "content_sha256": plain(Kept.WITH_CASE),
            "said_at": plain(Kept.WITH_CASE),
            "known_from": clock(Kept.WITH_CASE),
            "record": plain(Kept.WITH_CASE),
            "words": personal(Kept.WITH_CASE),
            **provenance_handling(Kept.WITH_CASE),
        }

    def __str__(self) -> str:
        return f"version {self.number} of a row of {self.kind} {self.table}"


class RowWaiting(Scoped):
    """A row of witness care that names a person, a crime or another row that has not come yet: a work list (INT-04).

    The row itself is kept whole; `waits_for` is the first that it lacks, as its own system calls it.
    """

    restricted_with = "What it belongs to has not come."

    table = models.CharField(max_length=40)
    key = models.CharField(max_length=160)
    waits_for = models.CharField(max_length=80)
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "table", "key"], name="intake_row_waits_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "waits_for"], name="intake_row_waits_for")]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_CASE),
            "force": plain(Kept.WITH_CASE),
            "table": plain(Kept.WITH_CASE),
            "key": plain(Kept.WITH_CASE),
            "waits_for": plain(Kept.WITH_CASE),
            "known_from": clock(Kept.WITH_CASE),
        }

    def __str__(self) -> str:
        return f"waiting row {self.pk}"


class MappingUsed(ScopedHistory):
    """A mapping file as it was when a run used it, so that what every value came through can be read later (INT-02)."""

    restricted_with = "How a system's columns are named."

    kind = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    words = models.TextField()
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["kind", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "kind", "version"], name="intake_mapping_once"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(RUN),
            "force": plain(RUN),
            "kind": plain(RUN),
            "version": plain(RUN),
            "words": plain(RUN),
            "known_from": clock(RUN),
        }

    def __str__(self) -> str:
        return f"mapping {self.version} of {self.kind}"
