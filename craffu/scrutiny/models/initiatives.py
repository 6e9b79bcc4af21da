"""Initiatives of the force, what was said of each, and its figures before and after: all of it only ever added to (C4)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craffu.common.fates import plain
from craffu.scrutiny.initiatives.kinds import Course
from craffu.scrutiny.models.interviewing import RECORDED, REVIEW, Recorded
from craffu.scrutiny.models.recommending import OPEN_TO_ALL
from craffu.scrutiny.recommending.kinds import Matter


class Initiative(Recorded):
    """What the force does otherwise from a day on, the measure that is to show it, and the days it is held against.

    `owner` is a post and never a name. `measure` and `part` are keys of a measure's definition.
    """

    restricted_with = OPEN_TO_ALL

    reference = models.CharField(max_length=20)
    title_en = models.CharField(max_length=200)
    title_cy = models.CharField(max_length=200)
    aim = models.TextField()
    matter = models.CharField(max_length=20)
    owner = models.CharField(max_length=100)
    begins_on = models.DateField()
    measure = models.CharField(max_length=20)
    part = models.CharField(max_length=40)
    baseline_first = models.DateField()
    baseline_last = models.DateField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["-begins_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="scrutiny_initiative_reference"),
            models.CheckConstraint(
                condition=Q(matter__in=[one.value for one in Matter]), name="scrutiny_initiative_matter"
            ),
            models.CheckConstraint(
                condition=Q(baseline_first__lte=F("baseline_last")) & Q(baseline_last__lt=F("begins_on")),
                name="scrutiny_initiative_baseline",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "reference": plain(REVIEW),
            "title_en": plain(REVIEW),
            "title_cy": plain(REVIEW),
            "aim": plain(REVIEW),
            "matter": plain(REVIEW),
            "owner": plain(REVIEW),
            "begins_on": plain(REVIEW),
            "measure": plain(REVIEW),
            "part": plain(REVIEW),
            "baseline_first": plain(REVIEW),
            "baseline_last": plain(REVIEW),
        }

    def __str__(self) -> str:
        return self.reference


class InitiativeEntry(Recorded):
    """What was said of an initiative once: a word on how it goes, its last day, or that it never began."""

    restricted_with = OPEN_TO_ALL

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="entries")
    course = models.CharField(max_length=12)
    on = models.DateField()
    words = models.TextField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["initiative", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(course__in=[one.value for one in Course]), name="scrutiny_initiative_course"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "initiative": plain(REVIEW),
            "course": plain(REVIEW),
            "on": plain(REVIEW),
            "words": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"{self.course} of initiative {self.initiative_id}"


class InitiativeFigure(Recorded):
    """What its measure came to over a period, counted from a snapshot and never typed; None where it could not be told.

    `version` is that of the measure's definition.
    """

    restricted_with = OPEN_TO_ALL

    # Nobody where a program counted it.
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")  # type: ignore[assignment]
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="figures")
    is_baseline = models.BooleanField()
    first = models.DateField()
    last = models.DateField()
    count = models.PositiveIntegerField(null=True)
    of = models.PositiveIntegerField(null=True)
    value = models.FloatField(null=True)
    note = models.CharField(max_length=200, blank=True, default="")
    version = models.PositiveIntegerField()
    snapshot = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["initiative", "first", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="scrutiny_initiative_period"),
            models.UniqueConstraint(
                fields=["initiative", "is_baseline", "first", "last", "digest"], name="scrutiny_initiative_figure_once"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "initiative": plain(REVIEW),
            "is_baseline": plain(REVIEW),
            "first": plain(REVIEW),
            "last": plain(REVIEW),
            "count": plain(REVIEW),
            "of": plain(REVIEW),
            "value": plain(REVIEW),
            "note": plain(REVIEW),
            "version": plain(REVIEW),
            "snapshot": plain(REVIEW),
            "digest": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"figure of initiative {self.initiative_id}"
