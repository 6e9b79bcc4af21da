"""What a force's papers say of themselves where it has worded something anew: each a version more (issue E, force wording)."""

from typing import ClassVar

from django.db import models

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import Kept, clock, internal, plain


class PaperWording(ScopedHistory):
    """One wording of a piece in one language. Number 1 is what ships and has no row."""

    restricted_with = "What papers say of themselves: about nobody."

    key = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    words = models.TextField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["key", "language", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "key", "language", "number"], name="orders_wording_once")
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "force": plain(Kept.REFERENCE),
            "key": plain(Kept.REFERENCE),
            "language": plain(Kept.REFERENCE),
            "number": plain(Kept.REFERENCE),
            "words": plain(Kept.REFERENCE),
            "reason": plain(Kept.REFERENCE),
            "by": plain(Kept.REFERENCE),
            "known_from": clock(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return f"version {self.number} of {self.key} in {self.language}"
