"""Which records are shut to all but those they name, and whom each of them names (SEC-02). History is only appended."""

from typing import ClassVar

from django.db import models

from craffu.access.markings import OF_RECORDS, RESTRICTED
from craffu.common.door import AppendOnly
from craffu.common.fates import Kept, clock, internal, plain


class Restriction(AppendOnly):
    """A record shut to everybody but those it names, or opened again. The last row for a record says which (SEC-02).

    `kind` and `reference` name the record as the log does: case and C-10001. `ask` is whom outsiders are sent to, and
    `marking` says what they are shown (`access/markings.py`).
    """

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=20)
    restricted = models.BooleanField()
    marking = models.CharField(max_length=20, default=RESTRICTED.key, db_default=RESTRICTED.key)
    ask = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["force", "kind", "reference"], name="access_restriction_of_record")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(marking__in=[one.key for one in OF_RECORDS]), name="access_restriction_marking"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "force": plain(Kept.WITH_ACCOUNT),
            "kind": plain(Kept.WITH_ACCOUNT),
            "reference": plain(Kept.WITH_ACCOUNT),
            "restricted": plain(Kept.WITH_ACCOUNT),
            "marking": plain(Kept.WITH_ACCOUNT),
            "ask": plain(Kept.WITH_ACCOUNT),
            "reason": plain(Kept.WITH_ACCOUNT),
            "changed_at": clock(Kept.WITH_ACCOUNT),
            "changed_by": plain(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"{self.kind}/{self.reference} {self.marking if self.restricted else 'open'}"


class Admission(AppendOnly):
    """Somebody let into a restricted record, or no longer. The last row for a person and a record says which.

    `until` ends it by itself; empty, it stands until another row ends it. `emergency` is the emergency access that let
    them in, or that they left.
    """

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=20)
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="admissions")
    admitted = models.BooleanField()
    until = models.DateTimeField(null=True)
    emergency = models.ForeignKey(
        "access.EmergencyAccess", on_delete=models.PROTECT, null=True, related_name="admissions"
    )
    reason = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["user", "kind", "reference"], name="access_admission_of_user")]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "force": plain(Kept.WITH_ACCOUNT),
            "kind": plain(Kept.WITH_ACCOUNT),
            "reference": plain(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "admitted": plain(Kept.WITH_ACCOUNT),
            "until": clock(Kept.WITH_ACCOUNT),
            "emergency": plain(Kept.WITH_ACCOUNT),
            "reason": plain(Kept.WITH_ACCOUNT),
            "changed_at": clock(Kept.WITH_ACCOUNT),
            "changed_by": plain(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"{self.user_id} {'in' if self.admitted else 'out of'} {self.kind}/{self.reference}"
