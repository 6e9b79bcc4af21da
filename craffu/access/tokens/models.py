"""Tokens by which a program asks as somebody: who asked for one, who approved it, and until when (SEC-01). No secret is kept."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craffu.common.door import Guarded
from craffu.common.fates import Kept, clock, internal, plain


class ApiToken(Guarded):
    """One token. `digest` is the hash of its secret, `scopes` are lines. Of it nothing changes but its approval, use and end."""

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="api_tokens")
    reference = models.CharField(max_length=20)
    purpose = models.CharField(max_length=200)
    scopes = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    days = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reference"], name="access_api_token_reference"),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None, until=None)
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & Q(until__gt=F("approved_at"))),
                name="access_api_token_approved_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("user")), name="access_api_token_approved_by_another"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="access_api_token_ended_says_who",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "reference": plain(Kept.WITH_ACCOUNT),
            "purpose": plain(Kept.WITH_ACCOUNT),
            "scopes": plain(Kept.WITH_ACCOUNT),
            "digest": internal(Kept.WITH_ACCOUNT),
            "days": plain(Kept.WITH_ACCOUNT),
            "asked_at": clock(Kept.WITH_ACCOUNT),
            "approved_by": plain(Kept.WITH_ACCOUNT),
            "approved_at": clock(Kept.WITH_ACCOUNT),
            "until": clock(Kept.WITH_ACCOUNT),
            "used_at": clock(Kept.WITH_ACCOUNT),
            "ended_at": clock(Kept.WITH_ACCOUNT),
            "ended_by": plain(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return self.reference
