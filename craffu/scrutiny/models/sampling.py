"""Dip samples: plan, frozen frame, reviewers, seed, and what was drawn; only ever added to (SCR-01 to SCR-05)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import internal, plain
from craffu.scrutiny.interviewing.kinds import ReviewQuestion
from craffu.scrutiny.models.interviewing import RECORDED, REVIEW, Recorded
from craffu.scrutiny.sampling.kinds import Strata
from craffu.scrutiny.sampling.rules import Allocation, Reason

IN_A_FRAME = (
    "It names a case by its reference alone: who may read it is asked by permissions of its own, and whoever opens the case"
    " is asked for the case itself."
)


class Sample(Recorded):
    """What is asked, of which cases, and by which version of the form. `number` is None where the size advised is taken."""

    reference = models.CharField(max_length=20)
    question = models.CharField(max_length=500)
    # Where it was written in Welsh too, for those who review in it.
    question_cy = models.CharField(max_length=500, blank=True, default="", db_default="")
    serves = models.CharField(max_length=10)
    inclusion = models.JSONField()
    strata = models.CharField(max_length=10)
    number = models.PositiveIntegerField(null=True)
    how = models.CharField(max_length=20)
    form = models.PositiveIntegerField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="scrutiny_sample_reference"),
            models.CheckConstraint(
                condition=Q(serves__in=[one.value for one in ReviewQuestion]), name="scrutiny_sample_serves"
            ),
            models.CheckConstraint(
                condition=Q(strata__in=[one.value for one in Strata]), name="scrutiny_sample_strata"
            ),
            models.CheckConstraint(condition=Q(how__in=[one.value for one in Allocation]), name="scrutiny_sample_how"),
            models.CheckConstraint(condition=Q(number=None) | Q(number__gt=0), name="scrutiny_sample_number"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "reference": plain(REVIEW),
            "question": plain(REVIEW),
            "question_cy": plain(REVIEW),
            "serves": plain(REVIEW),
            "inclusion": plain(REVIEW),
            "strata": plain(REVIEW),
            "number": plain(REVIEW),
            "how": plain(REVIEW),
            "form": plain(REVIEW),
        }

    def __str__(self) -> str:
        return self.reference


class SampleFrozen(Recorded):
    """The frame is what it is from now on: its hash, how many each stratum holds, and how many are drawn of each (SCR-01).

    `left_out` is how many more fitted, in which the use of somebody's data is restricted (SEC-11).
    """

    sample = models.OneToOneField(Sample, on_delete=models.PROTECT, related_name="frozen")
    sha256 = models.CharField(max_length=64)
    population = models.PositiveIntegerField()
    strata = models.JSONField()
    sizes = models.JSONField()
    is_raised = models.BooleanField()
    left_out = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(population__gt=0), name="scrutiny_frame_has_cases"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "sample": plain(REVIEW),
            "sha256": plain(REVIEW),
            "population": plain(REVIEW),
            "strata": plain(REVIEW),
            "sizes": plain(REVIEW),
            "is_raised": plain(REVIEW),
            "left_out": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"frame of {self.sample_id}"


class FrameCase(ScopedHistory):
    """One case or order of a frame."""

    restricted_with = IN_A_FRAME

    frame = models.ForeignKey(SampleFrozen, on_delete=models.PROTECT, related_name="cases")
    reference = models.CharField(max_length=20)
    stratum = models.CharField(max_length=60)

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["frame", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["frame", "reference"], name="scrutiny_frame_case_once"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(REVIEW),
            "force": plain(REVIEW),
            "frame": plain(REVIEW),
            "reference": plain(REVIEW),
            "stratum": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"one of frame {self.frame_id}"


class SampleReviewers(Recorded):
    """Who reviews it, by account name, in the order in which cases are given out."""

    sample = models.OneToOneField(Sample, on_delete=models.PROTECT, related_name="reviewers")
    usernames = models.JSONField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {**RECORDED, "sample": plain(REVIEW), "usernames": plain(REVIEW)}

    def __str__(self) -> str:
        return f"reviewers of {self.sample_id}"


class SampleSeeded(Recorded):
    """The seed, from somebody who has not seen the frame; with it the cases were drawn (SCR-02)."""

    sample = models.OneToOneField(Sample, on_delete=models.PROTECT, related_name="seeded")
    seed = models.CharField(max_length=100)

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {**RECORDED, "sample": plain(REVIEW), "seed": plain(REVIEW)}

    def __str__(self) -> str:
        return f"seed of {self.sample_id}"


class SampleCase(ScopedHistory):
    """A case that was drawn. Reviewers know it by `number` alone; `instead_of` is the one in whose place it came."""

    restricted_with = IN_A_FRAME

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=20)
    stratum = models.CharField(max_length=60)
    instead_of = models.OneToOneField("self", on_delete=models.PROTECT, related_name="replaced_with", null=True)

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["sample", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sample", "number"], name="scrutiny_sample_case_number"),
            models.UniqueConstraint(fields=["sample", "reference"], name="scrutiny_sample_case_once"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(REVIEW),
            "force": plain(REVIEW),
            "sample": plain(REVIEW),
            "number": plain(REVIEW),
            "reference": plain(REVIEW),
            "stratum": plain(REVIEW),
            "instead_of": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"case {self.number} of sample {self.sample_id}"


class SampleReplaced(Recorded):
    """That a drawn case was replaced, and why: the log that is printed with the result (SCR-05). None followed at its end."""

    case = models.OneToOneField(SampleCase, on_delete=models.PROTECT, related_name="replaced")
    reason = models.CharField(max_length=20)

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__in=[one.value for one in Reason]), name="scrutiny_replaced_reason"
            ),
        ]

    class Handling:
        fields: ClassVar = {**RECORDED, "case": plain(REVIEW), "reason": plain(REVIEW)}

    def __str__(self) -> str:
        return f"replacement of {self.case_id}"
