"""Accounts that no person signs in with, for work with nobody there, and the approvals by which they work."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craffu.common.door import AppendOnly, Guarded
from craffu.common.fates import Kept, clock, internal, plain


class ServiceAccount(Guarded):
    """One such account: what it is for, what it may do, under which account of the machine, and who answers for it.

    It is never changed: another purpose or other work is another account, which somebody approves. `work` are lines.
    """

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60, unique=True)
    purpose = models.CharField(max_length=200)
    work = models.TextField()
    machine_account = models.CharField(max_length=60)
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    requester = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="access_service_ended_says_who",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "force": plain(Kept.WITH_ACCOUNT),
            "name": plain(Kept.WITH_ACCOUNT),
            "purpose": plain(Kept.WITH_ACCOUNT),
            "work": plain(Kept.WITH_ACCOUNT),
            "machine_account": plain(Kept.WITH_ACCOUNT),
            "owner": plain(Kept.WITH_ACCOUNT),
            "requester": plain(Kept.WITH_ACCOUNT),
            "requested_at": clock(Kept.WITH_ACCOUNT),
            "ended_at": clock(Kept.WITH_ACCOUNT),
            "ended_by": plain(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return self.name


class ServiceApproval(AppendOnly):
    """That a second person let a service account work, until when, and why. The last row counts.

    `requester` and `owner` are the account's, so that the database itself refuses an approval by either.
    """

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(ServiceAccount, on_delete=models.PROTECT, related_name="approvals")
    requester = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(approved_by=F("requester")) & ~Q(approved_by=F("owner")),
                name="access_service_approved_by_another",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("approved_at")), name="access_service_approval_ends_later"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "force": plain(Kept.WITH_ACCOUNT),
            "service": plain(Kept.WITH_ACCOUNT),
            "requester": plain(Kept.WITH_ACCOUNT),
            "owner": plain(Kept.WITH_ACCOUNT),
            "approved_by": plain(Kept.WITH_ACCOUNT),
            "approved_at": clock(Kept.WITH_ACCOUNT),
            "until": clock(Kept.WITH_ACCOUNT),
            "reason": plain(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"until {self.until:%Y-%m-%d %H:%M}"
