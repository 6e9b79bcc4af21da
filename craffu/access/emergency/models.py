"""Who opened a restricted record in an emergency, why and until when, and what somebody else found of it (SEC-03)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craffu.access.emergency.rules import Verdict
from craffu.common.door import AppendOnly, Guarded
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField


class EmergencyAccess(AppendOnly):
    """One grant: a person, a record, a reason, and the hour for which it holds. It is known by `number`, as E-10001.

    `words` may name people, so they are encrypted and in no log. `form` is the form it was asked with: it works once.
    """

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=20)
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="emergency_accesses")
    reason = models.CharField(max_length=20)
    words = EncryptedTextField()
    granted_at = models.DateTimeField()
    until = models.DateTimeField()
    form = models.CharField(max_length=32, unique=True)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["force", "kind", "reference"], name="access_emergency_of_record")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "number"], name="access_emergency_number_once"),
            models.CheckConstraint(condition=Q(until__gt=F("granted_at")), name="access_emergency_ends_later"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "force": plain(Kept.WITH_ACCOUNT),
            "number": plain(Kept.WITH_ACCOUNT),
            "kind": plain(Kept.WITH_ACCOUNT),
            "reference": plain(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "reason": plain(Kept.WITH_ACCOUNT),
            "words": personal(Kept.WITH_ACCOUNT),
            "granted_at": clock(Kept.WITH_ACCOUNT),
            "until": clock(Kept.WITH_ACCOUNT),
            "form": internal(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"{self.number} to {self.kind}/{self.reference}"


class EmergencyReview(Guarded):
    """What somebody else has to find of one emergency access, and found. It is decided once; `user` is whose access it was."""

    access = models.OneToOneField(EmergencyAccess, on_delete=models.PROTECT, related_name="review")
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    verdict = models.CharField(max_length=12, blank=True, default="")
    words = EncryptedTextField(blank=True, default="")
    decided_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["due_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(decided_by=F("user")), name="access_emergency_review_by_another"),
            models.CheckConstraint(
                condition=Q(verdict="", decided_by=None, decided_at=None)
                | Q(verdict__in=[str(one) for one in Verdict], decided_by__isnull=False, decided_at__isnull=False),
                name="access_emergency_review_says_who",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "access": plain(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "due_at": clock(Kept.WITH_ACCOUNT),
            "verdict": plain(Kept.WITH_ACCOUNT),
            "words": personal(Kept.WITH_ACCOUNT),
            "decided_by": plain(Kept.WITH_ACCOUNT),
            "decided_at": clock(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"{self.verdict or 'waits'} until {self.due_at:%Y-%m-%d %H:%M}"
