"""Blind reviews of the cases of a sample: whose, what they declared, answered and submitted; only ever added to (SCR-07)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.common.fates import personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.scrutiny.models.interviewing import RECORDED, REVIEW, Recorded
from craffu.scrutiny.models.sampling import SampleCase

FIRST, SECOND = 1, 2


class CaseReview(Recorded):
    """That somebody reviews one case, as its first or its second reviewer. `by` is who gave it out."""

    reference = models.CharField(max_length=20)
    case = models.ForeignKey(SampleCase, on_delete=models.PROTECT, related_name="reviews")
    place = models.PositiveIntegerField()
    reviewer = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="scrutiny_case_review_reference"),
            models.UniqueConstraint(fields=["case", "reviewer"], name="scrutiny_case_review_never_twice"),
            models.CheckConstraint(condition=Q(place__gte=FIRST, place__lte=SECOND), name="scrutiny_case_review_place"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "reference": plain(REVIEW),
            "case": plain(REVIEW),
            "place": plain(REVIEW),
            "reviewer": plain(REVIEW),
        }

    def __str__(self) -> str:
        return self.reference


class InterestDeclared(Recorded):
    """Whether they have an interest in the case: said before anything of it is shown."""

    review = models.OneToOneField(CaseReview, on_delete=models.PROTECT, related_name="interest")
    has_interest = models.BooleanField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {**RECORDED, "review": plain(REVIEW), "has_interest": plain(REVIEW)}

    def __str__(self) -> str:
        return f"interest in {self.review_id}"


class ReviewAnswer(Recorded):
    """One answer to one question of the form, of one repeat where it repeats. Of several the last counts."""

    review = models.ForeignKey(CaseReview, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=10)
    repeat = models.CharField(max_length=40, blank=True, default="")
    said = EncryptedTextField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["review", "id"]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "review": plain(REVIEW),
            "question": plain(REVIEW),
            "repeat": plain(REVIEW),
            "said": personal(REVIEW),
        }

    def __str__(self) -> str:
        return f"answer to {self.question} in {self.review_id}"


class ReviewSubmitted(Recorded):
    """The review is in, and nothing of it changes any more. `form` is the hash of the form by which it was answered."""

    review = models.OneToOneField(CaseReview, on_delete=models.PROTECT, related_name="submitted")
    form = models.CharField(max_length=64)

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {**RECORDED, "review": plain(REVIEW), "form": plain(REVIEW)}

    def __str__(self) -> str:
        return f"{self.review_id} submitted"


class IdentityOpened(Recorded):
    """Somebody of the commissioner's office learnt which case a number stands for, and says why they had to."""

    review = models.ForeignKey(CaseReview, on_delete=models.PROTECT, related_name="opened")
    reason = EncryptedTextField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {**RECORDED, "review": plain(REVIEW), "reason": personal(REVIEW)}

    def __str__(self) -> str:
        return f"identity of {self.review_id}"


class Adjudicated(Recorded):
    """What somebody else decided where two reviewers differ, once, and why; both originals stand beside it (DS-94)."""

    case = models.ForeignKey(SampleCase, on_delete=models.PROTECT, related_name="adjudicated")
    question = models.CharField(max_length=10)
    repeat = models.CharField(max_length=40, blank=True, default="")
    said = EncryptedTextField()
    reason = EncryptedTextField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "question", "repeat"], name="scrutiny_adjudicated_once"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "case": plain(REVIEW),
            "question": plain(REVIEW),
            "repeat": plain(REVIEW),
            "said": personal(REVIEW),
            "reason": personal(REVIEW),
        }

    def __str__(self) -> str:
        return f"adjudication of {self.question} in {self.case_id}"
