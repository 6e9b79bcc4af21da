"""Deep dives: question, plan, people, what was sent to the force and what it replied; all of it only ever added to (SCR-12)."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q

from craffu.common.fates import plain
from craffu.scrutiny.deep_dives.kinds import Method
from craffu.scrutiny.deep_dives.states import DiveStatus
from craffu.scrutiny.models.interviewing import RECORDED, REVIEW, Recorded
from craffu.scrutiny.recommending.kinds import Matter

NAMES_NOBODY: Final = "It names no case and no person: what it rests on is counted, drawn or said under a number."


class DeepDive(Recorded):
    """What is asked, of which days, and on what terms."""

    restricted_with = NAMES_NOBODY

    reference = models.CharField(max_length=20)
    title_en = models.CharField(max_length=200)
    title_cy = models.CharField(max_length=200)
    question_en = models.TextField()
    question_cy = models.TextField()
    terms_en = models.TextField()
    terms_cy = models.TextField()
    first = models.DateField()
    last = models.DateField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="scrutiny_dive_reference"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="scrutiny_dive_days"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "reference": plain(REVIEW),
            "title_en": plain(REVIEW),
            "title_cy": plain(REVIEW),
            "question_en": plain(REVIEW),
            "question_cy": plain(REVIEW),
            "terms_en": plain(REVIEW),
            "terms_cy": plain(REVIEW),
            "first": plain(REVIEW),
            "last": plain(REVIEW),
        }

    def __str__(self) -> str:
        return self.reference


class DivePlanned(Recorded):
    """What is to be done by one method, by which day, and whether it is done; of several the last counts."""

    restricted_with = NAMES_NOBODY

    dive = models.ForeignKey(DeepDive, on_delete=models.PROTECT, related_name="planned")
    method = models.CharField(max_length=12)
    words = models.TextField()
    due_on = models.DateField()
    is_done = models.BooleanField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["dive", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(method__in=[one.value for one in Method]), name="scrutiny_dive_method"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "dive": plain(REVIEW),
            "method": plain(REVIEW),
            "words": plain(REVIEW),
            "due_on": plain(REVIEW),
            "is_done": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"{self.method} of {self.dive_id}"


class DivePerson(Recorded):
    """Who takes part, as what, and which interest they declared; of several about somebody the last counts."""

    restricted_with = NAMES_NOBODY

    dive = models.ForeignKey(DeepDive, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=100)
    has_interest = models.BooleanField()
    interest = models.TextField(blank=True, default="")

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["dive", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(has_interest=False) | ~Q(interest=""), name="scrutiny_dive_interest_said"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "dive": plain(REVIEW),
            "person": plain(REVIEW),
            "part": plain(REVIEW),
            "has_interest": plain(REVIEW),
            "interest": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"somebody of {self.dive_id}"


class DiveRecommended(Recorded):
    """What is to be recommended, under its number; of several of one number the last counts."""

    restricted_with = NAMES_NOBODY

    dive = models.ForeignKey(DeepDive, on_delete=models.PROTECT, related_name="recommended")
    number = models.PositiveIntegerField()
    matter = models.CharField(max_length=20)
    text_en = models.TextField()
    text_cy = models.TextField()
    measure = models.CharField(max_length=20, blank=True, default="")
    target = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["dive", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(matter__in=[one.value for one in Matter]), name="scrutiny_dive_matter"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "dive": plain(REVIEW),
            "number": plain(REVIEW),
            "matter": plain(REVIEW),
            "text_en": plain(REVIEW),
            "text_cy": plain(REVIEW),
            "measure": plain(REVIEW),
            "target": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"recommendation {self.number} of {self.dive_id}"


class DiveStep(Recorded):
    """A step of its life, with the text that it is about.

    Of a draft that went to the force, and of what was published, the whole text in both languages with its hash; of a reply the
    force's words, and the post that gave them.
    """

    restricted_with = NAMES_NOBODY

    dive = models.ForeignKey(DeepDive, on_delete=models.PROTECT, related_name="steps")
    status = models.CharField(max_length=12)
    on = models.DateField()
    words = models.TextField(blank=True, default="")
    post = models.CharField(max_length=100, blank=True, default="")
    text = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["dive", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=[one.value for one in DiveStatus]), name="scrutiny_dive_status"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[DiveStatus.WITH_FORCE.value, DiveStatus.PUBLISHED.value]) | ~Q(sha256=""),
                name="scrutiny_dive_text_kept",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "dive": plain(REVIEW),
            "status": plain(REVIEW),
            "on": plain(REVIEW),
            "words": plain(REVIEW),
            "post": plain(REVIEW),
            "text": plain(REVIEW),
            "sha256": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"{self.status} of {self.dive_id}"


class DiveCorrection(Recorded):
    """What the force asks to have corrected, as it asked."""

    restricted_with = NAMES_NOBODY

    reply = models.ForeignKey(DiveStep, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField()
    words = models.TextField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["reply", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reply", "number"], name="scrutiny_dive_correction_number"),
        ]

    class Handling:
        fields: ClassVar = {**RECORDED, "reply": plain(REVIEW), "number": plain(REVIEW), "words": plain(REVIEW)}

    def __str__(self) -> str:
        return f"correction {self.number} of {self.reply_id}"


class DiveCorrectionAnswered(Recorded):
    """Taken, or declined with a reason; once."""

    restricted_with = NAMES_NOBODY

    correction = models.OneToOneField(DiveCorrection, on_delete=models.PROTECT, related_name="answered")
    is_taken = models.BooleanField()
    reason = models.TextField(blank=True, default="")
    reason_cy = models.TextField(blank=True, default="", db_default="")

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(is_taken=True) | ~Q(reason=""), name="scrutiny_dive_declined_why"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "correction": plain(REVIEW),
            "is_taken": plain(REVIEW),
            "reason": plain(REVIEW),
            "reason_cy": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"answer to {self.correction_id}"
