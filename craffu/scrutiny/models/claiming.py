"""Evidence of a deep dive, its findings and numbered claims; what is mended is added as a version of its own (SCR-09)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.common.fates import plain
from craffu.scrutiny.claiming.kinds import ClaimKind, Evidence
from craffu.scrutiny.claiming.rules import Sample as Chosen
from craffu.scrutiny.claiming.rules import Unit
from craffu.scrutiny.interviewing.kinds import ReviewQuestion
from craffu.scrutiny.models.deep_dives import NAMES_NOBODY, DeepDive
from craffu.scrutiny.models.interviewing import RECORDED, REVIEW, Recorded


class DiveEvidence(Recorded):
    """One piece of evidence, and the figure as it was worked out when it was attached.

    `source` and `part` are what is asked: a measure's code and part, a series and its measure, a sample and its question, the
    number of a passage, the invitation that somebody's words answer, where a document is read, a recommendation. `definition`
    tells one way of counting from another; `snapshot` and `sha256` what it was asked of: a snapshot, a published file, a frame.
    """

    restricted_with = NAMES_NOBODY

    dive = models.ForeignKey(DeepDive, on_delete=models.PROTECT, related_name="evidence")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    title_en = models.CharField(max_length=300)
    title_cy = models.CharField(max_length=300)
    source = models.CharField(max_length=400)
    part = models.CharField(max_length=160, blank=True, default="")
    definition = models.CharField(max_length=250, blank=True, default="")
    # By what a measure is split, and which of those this is of.
    split = models.CharField(max_length=20, blank=True, default="", db_default="")
    split_of = models.CharField(max_length=80, blank=True, default="", db_default="")
    snapshot = models.CharField(max_length=80, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    first = models.DateField()
    last = models.DateField()
    as_of = models.DateField(null=True)
    taken_on = models.DateField()
    unit = models.CharField(max_length=10)
    chosen = models.CharField(max_length=10)
    count = models.BigIntegerField(null=True)
    of = models.BigIntegerField(null=True)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["dive", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dive", "number"], name="scrutiny_evidence_number"),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in Evidence]), name="scrutiny_evidence_kind"
            ),
            models.CheckConstraint(condition=Q(unit__in=[one.value for one in Unit]), name="scrutiny_evidence_unit"),
            models.CheckConstraint(
                condition=Q(chosen__in=[one.value for one in Chosen]), name="scrutiny_evidence_chosen"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "dive": plain(REVIEW),
            "number": plain(REVIEW),
            "kind": plain(REVIEW),
            "title_en": plain(REVIEW),
            "title_cy": plain(REVIEW),
            "source": plain(REVIEW),
            "part": plain(REVIEW),
            "definition": plain(REVIEW),
            "split": plain(REVIEW),
            "split_of": plain(REVIEW),
            "snapshot": plain(REVIEW),
            "sha256": plain(REVIEW),
            "first": plain(REVIEW),
            "last": plain(REVIEW),
            "as_of": plain(REVIEW),
            "taken_on": plain(REVIEW),
            "unit": plain(REVIEW),
            "chosen": plain(REVIEW),
            "count": plain(REVIEW),
            "of": plain(REVIEW),
            "value": plain(REVIEW),
            "low": plain(REVIEW),
            "high": plain(REVIEW),
            "note": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"evidence {self.number} of {self.dive_id}"

    @property
    def of_what(self) -> str:
        """Of which part of what it is split by, as it stands behind a query; empty of the whole."""
        return f" {self.split}={self.split_of}" if self.split else ""


class DiveFinding(Recorded):
    """What was found on one of the three questions; of several of one number the last counts."""

    restricted_with = NAMES_NOBODY

    dive = models.ForeignKey(DeepDive, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveIntegerField()
    serves = models.CharField(max_length=10)
    text_en = models.TextField()
    text_cy = models.TextField()
    is_withdrawn = models.BooleanField(default=False, db_default=False)

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["dive", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(serves__in=[one.value for one in ReviewQuestion]), name="scrutiny_finding_serves"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "dive": plain(REVIEW),
            "number": plain(REVIEW),
            "serves": plain(REVIEW),
            "text_en": plain(REVIEW),
            "text_cy": plain(REVIEW),
            "is_withdrawn": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"finding {self.number} of {self.dive_id}"


class DiveClaim(Recorded):
    """A sentence under its number, and the evidence that it holds; of several of one number the last counts.

    `beside` is the evidence whose figure it is compared with. `causes` are what the sentence says brought it about, each with the
    day on which that began. `bears_out` and `against` are numbers of other evidence on the same matter.
    """

    restricted_with = NAMES_NOBODY

    dive = models.ForeignKey(DeepDive, on_delete=models.PROTECT, related_name="claims")
    finding = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    evidence = models.ForeignKey(DiveEvidence, on_delete=models.PROTECT, related_name="claims")
    beside = models.ForeignKey(DiveEvidence, on_delete=models.PROTECT, null=True, related_name="+")
    text_en = models.TextField()
    text_cy = models.TextField()
    causes = models.JSONField(default=list)
    bears_out = models.JSONField(default=list)
    against = models.JSONField(default=list)
    is_withdrawn = models.BooleanField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["dive", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in ClaimKind]), name="scrutiny_claim_kind"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "dive": plain(REVIEW),
            "finding": plain(REVIEW),
            "number": plain(REVIEW),
            "kind": plain(REVIEW),
            "evidence": plain(REVIEW),
            "beside": plain(REVIEW),
            "text_en": plain(REVIEW),
            "text_cy": plain(REVIEW),
            "causes": plain(REVIEW),
            "bears_out": plain(REVIEW),
            "against": plain(REVIEW),
            "is_withdrawn": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"claim {self.number} of {self.dive_id}"


class DiveChecked(Recorded):
    """What every measure that a deep dive rests on came to when it was worked out again from its own snapshot.

    `found` is by number of evidence: count, of how many, value; nothing where the snapshot could not be read.
    """

    restricted_with = NAMES_NOBODY

    # Nobody where a program checked it.
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")  # type: ignore[assignment]
    dive = models.ForeignKey(DeepDive, on_delete=models.PROTECT, related_name="checks")
    found = models.JSONField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["dive", "id"]

    class Handling:
        fields: ClassVar = {**RECORDED, "dive": plain(REVIEW), "found": plain(REVIEW)}

    def __str__(self) -> str:
        return f"check of {self.dive_id}"
