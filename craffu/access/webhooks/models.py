"""Receivers that are told when something changed, and each telling: what, when, how often tried, and what came of it (ADR 94)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craffu.access.webhooks.rules import Delivery
from craffu.common.door import Guarded
from craffu.common.fates import Kept, clock, internal, plain
from craffu.common.fields import EncryptedTextField


class Webhook(Guarded):
    """One receiver. It is told of what its token may read, and of nothing else; of it nothing changes but how it stands."""

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20)
    token = models.ForeignKey("access.ApiToken", on_delete=models.PROTECT, related_name="webhooks")
    purpose = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    secret = EncryptedTextField()
    events = models.TextField()
    asked_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reference"], name="access_webhook_reference"),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="access_webhook_approved_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("asked_by")), name="access_webhook_approved_by_another"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="access_webhook_ended_says_who",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "force": plain(Kept.WITH_ACCOUNT),
            "reference": plain(Kept.WITH_ACCOUNT),
            "token": internal(Kept.WITH_ACCOUNT),
            "purpose": plain(Kept.WITH_ACCOUNT),
            "address": plain(Kept.WITH_ACCOUNT),
            "secret": internal(Kept.WITH_ACCOUNT),
            "events": plain(Kept.WITH_ACCOUNT),
            "asked_by": plain(Kept.WITH_ACCOUNT),
            "asked_at": clock(Kept.WITH_ACCOUNT),
            "approved_by": plain(Kept.WITH_ACCOUNT),
            "approved_at": clock(Kept.WITH_ACCOUNT),
            "stopped_at": clock(Kept.WITH_ACCOUNT),
            "ended_at": clock(Kept.WITH_ACCOUNT),
            "ended_by": plain(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return self.reference


class WebhookDelivery(Guarded):
    """One telling. `number` is its own, by which the receiver knows a repeat; `answer` is a status or why there was none."""

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    number = models.CharField(max_length=32, unique=True)
    event = models.CharField(max_length=30)
    about = models.CharField(max_length=40)
    told_at = models.DateTimeField()
    status = models.CharField(max_length=10, default=Delivery.WAITS)
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    answer = models.CharField(max_length=30, blank=True, default="")

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["force", "next_at"],
                condition=Q(status__in=[Delivery.WAITS, Delivery.UNDER_WAY]),
                name="access_webhook_to_send",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_RUN),
            "force": plain(Kept.WITH_RUN),
            "webhook": internal(Kept.WITH_RUN),
            "number": internal(Kept.WITH_RUN),
            "event": plain(Kept.WITH_RUN),
            "about": plain(Kept.WITH_RUN),
            "told_at": clock(Kept.WITH_RUN),
            "status": plain(Kept.WITH_RUN),
            "tries": clock(Kept.WITH_RUN),
            "next_at": clock(Kept.WITH_RUN),
            "changed_at": clock(Kept.WITH_RUN),
            "answer": clock(Kept.WITH_RUN),
        }

    def __str__(self) -> str:
        return f"{self.webhook_id} {self.event} {self.about}"
