"""That it was asked to destroy words which somebody took back, and what somebody else decided (SEC-09). No word stands here."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.common.fates import plain
from craffu.scrutiny.destroying.kinds import Decision, Of
from craffu.scrutiny.models.interviewing import RECORDED, REVIEW, Interview, Recorded


class Destruction(Recorded):
    """Somebody asked for it: of an interview, or of the answers that came by one invitation to the safe page."""

    reference = models.CharField(max_length=20)
    of = models.CharField(max_length=10)
    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="destructions", null=True)
    invitation = models.ForeignKey("victims.Invitation", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="scrutiny_destruction_reference"),
            models.CheckConstraint(
                condition=Q(of=Of.INTERVIEW.value, interview__isnull=False, invitation__isnull=True)
                | Q(of=Of.SURVEY.value, interview__isnull=True, invitation__isnull=False),
                name="scrutiny_destruction_of",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "reference": plain(REVIEW),
            "of": plain(REVIEW),
            "interview": plain(REVIEW),
            "invitation": plain(REVIEW),
        }

    def __str__(self) -> str:
        return self.reference


class DestructionDecided(Recorded):
    """What somebody else decided, once; `texts` is how many were destroyed, none where they are kept."""

    destruction = models.OneToOneField(Destruction, on_delete=models.PROTECT, related_name="decided")
    decision = models.CharField(max_length=20)
    texts = models.PositiveIntegerField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decision=Decision.DESTROY.value, texts__gt=0)
                | Q(decision__in=[Decision.KEEP_HELD.value, Decision.KEEP_IN_ERROR.value], texts=0),
                name="scrutiny_destruction_decided",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "destruction": plain(REVIEW),
            "decision": plain(REVIEW),
            "texts": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"decision on {self.destruction_id}"
