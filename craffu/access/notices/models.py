"""What somebody has to be told because it happened to what they answer for. Told in Craffu itself, and only once."""

from typing import ClassVar

from django.db import models

from craffu.common.door import AppendOnly
from craffu.common.fates import Kept, clock, internal, plain


class Notice(AppendOnly):
    """One thing that happened, told to one person. `sort` says what, by a short stable key; `cause` names it as the log does.

    `kind` and `reference` are the record that it happened to.
    """

    force = models.ForeignKey("access.Force", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="notices")
    sort = models.CharField(max_length=30)
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=20)
    cause = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["to", "at"], name="access_notice_to")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "sort", "cause", "to"], name="access_notice_once"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "force": plain(Kept.WITH_ACCOUNT),
            "to": plain(Kept.WITH_ACCOUNT),
            "sort": plain(Kept.WITH_ACCOUNT),
            "kind": plain(Kept.WITH_ACCOUNT),
            "reference": plain(Kept.WITH_ACCOUNT),
            "cause": plain(Kept.WITH_ACCOUNT),
            "at": clock(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"{self.sort} {self.kind}/{self.reference}"
