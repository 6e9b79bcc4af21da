"""Recommendations of every body that looks at the force, and what was said of each, which is only ever added to (SCR-10)."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q, Value

from craffu.common.fates import plain
from craffu.scrutiny.models.interviewing import RECORDED, REVIEW, Recorded
from craffu.scrutiny.recommending.kinds import Matter
from craffu.scrutiny.recommending.rules import ReportBy, Status

OPEN_TO_ALL: Final = "It names nobody but posts, and what it says of a force is published."


class ScrutinyReport(Recorded):
    """A published report. `key` is that of one that comes with Craffu, empty of others."""

    restricted_with = OPEN_TO_ALL

    reference = models.CharField(max_length=20)
    key = models.CharField(max_length=40, blank=True, default="")
    report_by = models.CharField(max_length=20)
    title_en = models.CharField(max_length=200)
    title_cy = models.CharField(max_length=200)
    published_on = models.DateField()
    source = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["-published_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="scrutiny_report_reference"),
            models.UniqueConstraint(fields=["force", "key"], condition=~Q(key=""), name="scrutiny_report_key"),
            models.CheckConstraint(
                condition=Q(report_by__in=[one.value for one in ReportBy]), name="scrutiny_report_by"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "reference": plain(REVIEW),
            "key": plain(REVIEW),
            "report_by": plain(REVIEW),
            "title_en": plain(REVIEW),
            "title_cy": plain(REVIEW),
            "published_on": plain(REVIEW),
            "source": plain(REVIEW),
        }

    def __str__(self) -> str:
        return self.reference


class Recommendation(Recorded):
    """One recommendation as its report numbers it; a part of another has its own number and its own log."""

    restricted_with = OPEN_TO_ALL

    reference = models.CharField(max_length=20)
    report = models.ForeignKey(ScrutinyReport, on_delete=models.PROTECT, related_name="recommendations")
    number = models.CharField(max_length=20)
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    matter = models.CharField(max_length=20)
    text_en = models.TextField()
    text_cy = models.TextField()
    measure = models.CharField(max_length=20, blank=True, default="")
    target = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["report", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="scrutiny_recommendation_reference"),
            models.UniqueConstraint(fields=["report", "number"], name="scrutiny_recommendation_number"),
            models.CheckConstraint(
                condition=Q(matter__in=[one.value for one in Matter]), name="scrutiny_recommendation_matter"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "reference": plain(REVIEW),
            "report": plain(REVIEW),
            "number": plain(REVIEW),
            "part_of": plain(REVIEW),
            "matter": plain(REVIEW),
            "text_en": plain(REVIEW),
            "text_cy": plain(REVIEW),
            "measure": plain(REVIEW),
            "target": plain(REVIEW),
        }

    def __str__(self) -> str:
        return self.reference


class RecommendationEntry(Recorded):
    """What was said of a recommendation once: how it stands from a day on, who has it to do, and on what it closes.

    `owner` is a post and never a name; `owned_by` the account of whoever holds it, who may say how it goes.
    """

    restricted_with = OPEN_TO_ALL

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="entries")
    status = models.CharField(max_length=20)
    said_on = models.DateField()
    reason = models.TextField(blank=True, default="")
    owner = models.CharField(max_length=100, blank=True, default="")
    owned_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    evidence = models.TextField(blank=True, default="")
    metric_met = models.BooleanField(null=True)
    exception = models.TextField(blank=True, default="")
    public_en = models.TextField(blank=True, default="")
    public_cy = models.TextField(blank=True, default="")
    # What its measure came to when this was said, with its snapshot; empty of none.
    figure = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["recommendation", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=[one.value for one in Status if one is not Status.AWAITING_RESPONSE]),
                name="scrutiny_recommendation_status",
            ),
            # Nothing is published in one language alone.
            models.CheckConstraint(
                condition=Q(public_en="", public_cy="") | ~Q(public_en="") & ~Q(public_cy=""),
                name="scrutiny_recommendation_both_languages",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "recommendation": plain(REVIEW),
            "status": plain(REVIEW),
            "said_on": plain(REVIEW),
            "reason": plain(REVIEW),
            "owner": plain(REVIEW),
            "owned_by": plain(REVIEW),
            "due_on": plain(REVIEW),
            "evidence": plain(REVIEW),
            "metric_met": plain(REVIEW),
            "exception": plain(REVIEW),
            "public_en": plain(REVIEW),
            "public_cy": plain(REVIEW),
            "figure": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"{self.status} of recommendation {self.recommendation_id}"
