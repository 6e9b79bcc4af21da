"""What was said of keeping somebody's records, step by step, and the days on which it was looked who comes up for review."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craffu.access.retention.kinds import Authority, Step
from craffu.common.door import AppendOnly
from craffu.common.fates import Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField


class RetentionStep(AppendOnly):
    """One step about one person, known by their reference. `words` say why, are encrypted, and go when the person is erased.

    `hold` is the step that a lifting ends, `next_on` when to look again, `asked_by` who asked for an erasure that somebody else
    decided: the database itself refuses one person for both. `rows` and `files` are how much an erasure took.
    """

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=16)
    group = models.CharField(max_length=1, blank=True, default="")
    authority = models.CharField(max_length=20, blank=True, default="")
    words = EncryptedTextField(blank=True, default="")
    hold = models.PositiveIntegerField(null=True)
    next_on = models.DateField(null=True)
    rows = models.PositiveIntegerField(null=True)
    files = models.PositiveIntegerField(null=True)
    asked_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["person", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "person", "number"], name="access_retention_step_once"),
            models.CheckConstraint(condition=Q(step__in=[str(one) for one in Step]), name="access_retention_step"),
            models.CheckConstraint(
                condition=Q(authority__in=["", *(str(one) for one in Authority)]), name="access_retention_authority"
            ),
            models.CheckConstraint(
                condition=Q(step="opened", by__isnull=True) | (~Q(step="opened") & Q(by__isnull=False)),
                name="access_retention_somebody_said_so",
            ),
            models.CheckConstraint(
                condition=~Q(step="erased")
                | (Q(asked_by__isnull=False, rows__isnull=False) & ~Q(authority="") & ~Q(asked_by=F("by"))),
                name="access_retention_erased_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(step="hold_lifted") | Q(hold__isnull=False), name="access_retention_lifts_one"
            ),
            models.CheckConstraint(
                condition=~Q(step="kept") | Q(next_on__isnull=False), name="access_retention_kept_until"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_AUDIT),
            "force": plain(Kept.WITH_AUDIT),
            "person": plain(Kept.WITH_AUDIT),
            "number": plain(Kept.WITH_AUDIT),
            "step": plain(Kept.WITH_AUDIT),
            "group": plain(Kept.WITH_AUDIT),
            "authority": plain(Kept.WITH_AUDIT),
            "words": personal(),
            "hold": plain(Kept.WITH_AUDIT),
            "next_on": plain(Kept.WITH_AUDIT),
            "rows": plain(Kept.WITH_AUDIT),
            "files": plain(Kept.WITH_AUDIT),
            "asked_by": plain(Kept.WITH_AUDIT),
            "by": plain(Kept.WITH_AUDIT),
            "known_from": clock(Kept.WITH_AUDIT),
        }

    def __str__(self) -> str:
        return f"{self.step} of {self.person}"


class RetentionLook(AppendOnly):
    """That on a day it was looked whose clear period is over."""

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    opened = models.PositiveIntegerField()

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["force", "on"], name="access_retention_look_once")]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_AUDIT),
            "force": plain(Kept.WITH_AUDIT),
            "on": clock(Kept.WITH_AUDIT),
            "opened": clock(Kept.WITH_AUDIT),
        }

    def __str__(self) -> str:
        return f"{self.opened} on {self.on}"
