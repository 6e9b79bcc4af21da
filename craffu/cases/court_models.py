"""What courts said in a case: hearings, the charges heard at them, results and outcomes.

What a court said about one defendant on one day is a hearing; an amended message is a new version of it and replaces the
earlier one on the page, while both are kept. Free text of a court can name a victim or a street, so all of it is encrypted
at rest (SEC-06).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import RestrictedWith, Scoped, ScopedHistory
from craffu.cases.case_models import CASE, Case, CaseRole, Offence
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.common.models import Sourced, provenance_handling


class Hearing(Scoped):
    """One defendant before a court on one day."""

    restricted_with = RestrictedWith("case", "case__reference")

    # Its index is the one that goes on to the day.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hearings", db_index=False)
    role = models.ForeignKey(CaseRole, on_delete=models.PROTECT, related_name="hearings")
    held_on = models.DateField()
    known_from = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["held_on", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["role", "held_on"], name="cases_hearing_once_a_day")]
        indexes: ClassVar = [
            models.Index(fields=["force", "held_on"], name="cases_hearing_day"),
            # Of a long case it counts the hearings and turns to a page of them, and no row of the others is read.
            models.Index(fields=["case", "force", "held_on"], name="cases_hearing_in_order"),
        ]

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

    # Its index is the one that goes on to when a message was received.
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="versions", db_index=False)
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
        indexes: ClassVar = [
            models.Index(fields=["force", "content_sha256"], name="cases_hearing_content"),
            models.Index(fields=["force", "known_from", "received_at", "id"], name="cases_hearing_newest"),
            # Whether a later message took the place of one is seen without reading it.
            models.Index(fields=["hearing", "force", "received_at", "number"], name="cases_hearing_latest"),
            # Few messages leave anything in doubt, and a page looks for those of its case.
            models.Index(fields=["hearing", "force"], name="cases_hearing_doubtful", condition=~Q(flags=[])),
        ]

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
        indexes: ClassVar = [
            models.Index(fields=["force", "next_on"], name="cases_result_next_day"),
            # Of a long case it says which results set a day, and no row of them is read.
            models.Index(fields=["charge", "next_on", "force"], name="cases_result_sets_a_day"),
        ]

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
